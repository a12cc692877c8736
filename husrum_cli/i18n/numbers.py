"""Numbers as a language writes them, and texts that depend on a number. The marks are texts of the language's .po file."""

from .texts import PluralForms, fill_places, pgettext, plural


def whole_number(value: int) -> str:
    """Format 2792 as 2,792, in Danish 2.792."""
    text = f"{value:,}"
    return text.replace(",", pgettext("thousands separator", ",")) if "," in text else text


def decimal_mark() -> str:
    """Return the sign between the whole part and the decimals."""
    return pgettext("decimal mark", ".")


def decimal_number(value: float) -> str:
    """Format 1.5 as 1.5, in Danish 1,5; whole numbers without decimals, others with at most ten."""
    whole, decimals = f"{abs(value):.10f}".rstrip("0").split(".")
    text = whole_number(int(whole)) + (decimal_mark() + decimals if decimals else "")
    return f"-{text}" if value < 0 and text != "0" else text  # between -1 and 0 the whole part has no sign of its own


def many(one: str, several: str, number: int, /, **values: object) -> str:
    """Translate the text for one or for several, with `{number}` and its other places filled."""
    return fill_places(plural(one, several, number), {"number": whole_number(number), **values})


def counts(*counted: tuple[int, PluralForms]) -> list[str]:
    """Return numbers in words, without those that are 0."""
    return [many(*forms, number) for number, forms in counted if number]
