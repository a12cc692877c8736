"""The Danish order of names: æ, ø and å last, aa as å, whatever the case. Other accents don't matter."""


def danish_order(one: str, other: str) -> int:
    """Compare two names, as SQLite asks a collation to: negative, zero or positive."""
    first, second = danish_key(one), danish_key(other)
    return (first > second) - (first < second)


def danish_key(text: str) -> str:
    """Return a text that sorts as the name does in a Danish list."""
    text = text.casefold().replace("aa", "å")
    if not text.isascii():
        import unicodedata

        # The signs behind z; ä and ö are the Swedes' æ and ø.
        text = text.translate({ord(sign): place for signs, place in (("æä", "{"), ("øö", "|"), ("å", "}")) for sign in signs})
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return text
