"""Danish: files that are encrypted where they lie."""

from __future__ import annotations

ENCRYPTION: dict[str, str] = {
    # The commands and options.
    "Encrypt the file: without its key nobody can read it.": "Kryptér filen: uden nøglen kan ingen læse den.",
    "Encrypt the file where it stands: without its key nobody can read it.": "Kryptér filen, hvor den ligger: uden nøglen kan ingen læse den.",
    "Write an encrypted file in clear.": "Skriv en krypteret fil ukrypteret.",
    "Write an encrypted file in clear: whoever gets hold of it can read it.": (
        "Skriv en krypteret fil ukrypteret: enhver, der får fat i den, kan læse den."
    ),
    "Encrypted, with the key of --db-key or a new one: without it nobody can read the file.": (
        "Krypteret, med nøglen fra --db-key eller en ny: uden den kan ingen læse filen."
    ),
    "The key of an encrypted FILE, where it is another; repeatable.": "Nøglen til en krypteret FILE, hvis det er en anden; kan gentages.",
    "The key of an encrypted file; else HUSRUM_DB_KEY, else the one chosen last.": (
        "Nøglen til en krypteret fil; ellers HUSRUM_DB_KEY, ellers den senest valgte."
    ),
    # What was done.
    "{path}: a new key. Without it nobody can read the file, you neither: keep a copy of it in another place, and never beside the file.": (
        "{path}: en ny nøgle. Uden den kan ingen læse filen, heller ikke du: gem en kopi af den et andet sted, og aldrig ved siden af filen."
    ),
    "{path} is encrypted; its key is in {key}. In clear again: husrum decrypt": (
        "{path} er krypteret; nøglen ligger i {key}. Ukrypteret igen: husrum decrypt"
    ),
    "{path} is no longer encrypted: whoever gets hold of it can read it. Encrypt it: husrum encrypt": (
        "{path} er ikke krypteret mere: enhver, der får fat i den, kan læse den. Kryptér den: husrum encrypt"
    ),
    "Copies made before are not encrypted; delete those that you need no more: {names}": (
        "Tidligere kopier er ikke krypteret; slet dem, der ikke skal bruges mere: {names}"
    ),
    # What is in the way.
    "{path} is encrypted already.": "{path} er krypteret i forvejen.",
    "{path} is not encrypted.": "{path} er ikke krypteret.",
    "{path} is no husrum file; or it is encrypted, and needs its key: --db-key FILE": (
        "{path} er ikke en husrum-fil; eller den er krypteret og skal bruge sin nøgle: --db-key FILE"
    ),
    "{path} can't be opened: it is encrypted with another key, or damaged, or no husrum file.": (
        "{path} kan ikke åbnes: den er krypteret med en anden nøgle, beskadiget eller ikke en husrum-fil."
    ),
    "{path} holds no key of an encrypted file, which is 32 bytes long.": "{path} indeholder ingen nøgle til en krypteret fil; en sådan er 32 bytes lang.",
    "An encrypted file needs one more package: pip install 'husrum-cli[crypt]'": (
        "Til en krypteret fil skal der en pakke mere til: pip install 'husrum-cli[crypt]'"
    ),
}
