"""Extract, update and compile the translations: see docs/translating.md.

    python tools/translations.py update       take new and changed texts of the code into every .po file, and compile
    python tools/translations.py add sv       start the .po file of a new language
    python tools/translations.py compile      write the modules that the program loads

Needs Babel. The build hook compiles too, so an installed husrum, also an editable one, is ready to run.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGE = CHECKOUT / "husrum_cli"
FOLDER = PACKAGE / "i18n"
# Which arguments of which calls are texts, as Babel writes it: by default the first; (1, 2) singular and plural; (1, "c") a context.
KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "phrase": (1, 2),
    "N_": None,
    "many": (1, 2),
    "NP_": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NC_": ((1, "c"), 2),
    "placeholder": None,
    # Definitions of figures and of what `check` finds.
    "Figure": (4,),
    "ReportedFigure": (4,),
    "Share": (4,),
    "Definition": (2,),
}
# Header fields that change with every run, or that say nothing here.
_NOISE = (
    "Project-Id-Version",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
)


def extract_texts(
    file: IO[bytes], keywords: Iterable[str], comment_tags: object, options: object
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Extract the texts of a Python file: an extraction method of Babel.

    Besides calls of the keywords, these are the texts of the help: `help=`, the words in capitals of `metavar=`, and the docstrings of commands.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in keywords:
                texts = tuple(_text(argument) for argument in node.args)
                if any(texts):
                    yield node.lineno, name, texts if len(texts) > 1 else texts[0], []
            for keyword in node.keywords:
                if keyword.arg == "help" and (text := _text(keyword.value)) and re.search("[a-z]", re.sub(r"\{\w+\}", "", text)):
                    yield keyword.value.lineno, "N_", text, []
                elif keyword.arg == "metavar" and (text := _text(keyword.value)):
                    yield from ((keyword.value.lineno, "N_", word, []) for word in re.findall("[A-Z]{3,}", text))
        elif isinstance(node, ast.FunctionDef) and _is_command(node):
            help = inspect.cleandoc(ast.get_docstring(node) or "")
            for text in dict.fromkeys((" ".join(help.split()), help.partition("\n")[0])):
                yield node.lineno, "N_", text, []


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_command(function: ast.FunctionDef) -> bool:
    """Whether a function is a command: it is registered here, or has parameters as commands take them and is registered elsewhere."""
    registered = any(isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "command" for call in function.decorator_list)
    annotations = [ast.unparse(each.annotation) for each in function.args.args if each.annotation]
    return (
        registered
        or not function.name.startswith("_")
        and not function.name.endswith("_options")
        and any(re.match("[A-Z_]+$|Annotated", text) for text in annotations)
    )


def template(language: str) -> Catalog:
    """Every text of the code, as far as a language needs it: Danish labels are in the records themselves."""
    catalog = Catalog(project="husrum", charset="utf-8")
    found = extract_from_dir(PACKAGE, [("**.py", extract_texts)], keywords=KEYWORDS, comment_tags=())
    for path, line, text, comments, context in sorted(found, key=lambda each: each[:2]):
        catalog.add(text, None, [(f"husrum_cli/{Path(path).as_posix()}", line)], auto_comments=comments, context=context)
    for label in labels() if language != "da" else ():
        catalog.add(label, context="label")
    return catalog


def labels() -> Iterator[str]:
    """Yield the English labels of all records that also have a Danish one: words of the field and figures."""
    from husrum_cli import vocabulary
    from husrum_cli.domain.figures import registry, share_registry
    from husrum_cli.input.dates import month_names, weekday

    def walk(value: object) -> Iterator[str]:
        if hasattr(value, "danish") and hasattr(value, "english"):
            yield value.english
        if isinstance(value, Mapping):
            value = tuple(value.values())
        if isinstance(value, tuple):
            for each in value:
                yield from walk(each)

    yield from (*month_names("en"), *(weekday(f"2024-01-0{day}") for day in range(1, 8)))
    for module in (vocabulary, registry, share_registry):
        yield from walk(tuple(vars(module)[name] for name in sorted(vars(module)) if name.isupper()))


def languages() -> list[str]:
    """The languages that there is a .po file of."""
    return sorted(path.stem for path in FOLDER.glob("*.po"))


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """The translations of a language."""
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def write(catalog: Catalog, language: str, folder: Path = FOLDER) -> None:
    """Write a .po file, one line a text and without anything that changes by itself, so that differences are those of texts."""
    written = io.BytesIO()
    catalog.header_comment = (
        f"# The texts of husrum in {catalog.locale.english_name if catalog.locale else language}. See docs/translating.md."
    )
    catalog.fuzzy = False
    write_po(written, catalog, width=0, include_lineno=False, ignore_obsolete=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    (folder / f"{language}.po").write_text("".join(line for line in lines if not line.startswith(tuple(f'"{name}:' for name in _NOISE))))


def update(language: str) -> None:
    """Take the texts of the code into a .po file, and compile it. A changed text keeps its translation, marked as fuzzy."""
    catalog = read(language)
    catalog.update(template(language))
    write(catalog, language)
    compile_language(language)


def add(language: str) -> None:
    """Start the .po file of a language, without translations."""
    catalog = Catalog(locale=language, project="husrum", charset="utf-8")
    catalog.update(template(language))
    write(catalog, language)


def compile_language(language: str, folder: Path = FOLDER) -> None:
    """Write the module that the program loads: the texts, and those with plural forms."""
    catalog = read(language, folder)
    translated = [message for message in catalog if message.id and message.string and not message.fuzzy]
    texts = {key(message): message.string for message in translated if not message.pluralizable}
    plurals = {key(message): tuple(message.string) for message in translated if message.pluralizable and all(message.string)}
    lines = [
        f'"""Compiled from {language}.po; changes here are lost."""',
        f"PLURAL_RULE = {catalog.plural_expr!r}",
        f"TEXTS = {texts!r}",
        f"PLURALS = {plurals!r}",
    ]
    path = folder / f"texts_{language}.py"
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(temporary, path)


def compile_stale() -> None:
    """Compile what is older than its .po file."""
    for language in languages():
        compiled = FOLDER / f"texts_{language}.py"
        sources = (FOLDER / f"{language}.po", Path(__file__))
        if not compiled.exists() or any(source.stat().st_mtime >= compiled.stat().st_mtime for source in sources):
            compile_language(language)


def key(message: Message) -> str:
    """Return the key under which `husrum_cli.i18n` looks a text up."""
    english = message.id[0] if message.pluralizable else message.id
    return f"{message.context}\4{english}" if message.context else english


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("update", "add", "compile"))
    parser.add_argument("language", nargs="?", help="one language; else all of them")
    given = parser.parse_args()
    do = {"update": update, "add": add, "compile": compile_language}[given.what]
    for language in [given.language] if given.language else languages():
        do(language)


if __name__ == "__main__":
    main()
