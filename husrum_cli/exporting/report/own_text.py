"""The coordinator's own text for the report: Markdown with one heading a chapter, and figures written into it by their key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from ...errors import UnusableFile, WrongInput
from ...i18n import _
from ...input.text import fold, refuse_cpr
from ...records.report import Block, Bullets, Cell, Paragraph, Picture, Quote, ReportTable, TextRun
from ...regular_files import regular_bytes
from .pictures import read_picture

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST_REPORT_TEXT = 1_000_000
_PLACE = re.compile(r"\{\{(.*?)\}\}")
_SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
# A heading that is at least so alike to a chapter's is meant to be it.
_NEAR = 0.75
_DIRECTIVES = {"replace": "replace", "erstat": "replace", "chapter": "chapter", "kapitel": "chapter"}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class OwnChapter(NamedTuple):
    """A text written by the user for a chapter, or a chapter of their own (`title`). `after`: what follows the chapter's own prose.

    `replaces`: the chapter's own prose is left out; its charts and key figures stay.
    """

    blocks: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()
    title: str = ""
    replaces: bool = False


class _Directive(NamedTuple):
    """A line that says what becomes of a chapter's own prose."""

    name: str


def read_own_text(
    path: Path, chapters: Mapping[str, Sequence[str]], values: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, OwnChapter]:
    """Return what is written for each chapter, in the order of the file.

    `chapters`: name -> its headings; `values`: the text of every place; `labels`: what a figure is called -> its key.

    Raises `UnusableFile` if a file can't be read, `WrongInput` with the line for what is unknown or broken in it.
    """
    return OwnText(path, chapters, values, labels).chapters(_source(path))


def _source(path: Path) -> str:
    try:
        raw = regular_bytes(path)
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(_("{path} is not in UTF-8; save it as UTF-8.", path=path), "text") from None
    if len(text) > _LONGEST_REPORT_TEXT or "\0" in text:
        raise WrongInput(_("{path} is not the text of a report.", path=path), "text")
    refuse_cpr(text, "text")
    return text


class OwnText:
    """One file of own text, while it is read."""

    def __init__(self, path: Path, chapters: Mapping[str, Sequence[str]], values: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self.path = path
        self.named = {fold(heading): chapter for chapter, headings in chapters.items() for heading in headings}
        self.headings = [headings[0] for headings in chapters.values()]
        self.values = values
        self.keys = {fold(label): key for label, key in labels.items()} | {key: key for key in values}
        self.heading = ""

    def error_at(self, line: int, problem: str) -> WrongInput:
        """Return an error that names the line."""
        return WrongInput(_("{path}, line {line}: {problem}", path=self.path.name, line=line, problem=problem), "text")

    def chapters(self, text: str) -> dict[str, OwnChapter]:
        """Return every chapter of the file, also those without text: they tell the order."""
        from markdown_it import MarkdownIt

        # Raw HTML is recognised here, and then shown as the text it is.
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        starts = [number for number, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1" and token.level == 0]
        if any(self.blocks(tokens[: starts[0] if starts else None])):
            raise self.error_at(_line(tokens[0]), _("there is text before the first heading. A chapter begins with # and its name."))
        found: dict[str, OwnChapter] = {}
        for start, end in pairwise([*starts, len(tokens)]):
            self.heading = tokens[start + 1].content
            name = self.chapter(self.heading, _line(tokens[start]))
            if name in found:
                raise self.error_at(_line(tokens[start]), _("the chapter “{chapter}” is there twice.", chapter=self.heading))
            title = (
                "" if name in self.named.values() else "".join(run.text for run in self.runs(tokens[start + 1])).removeprefix("+").strip()
            )
            found[name] = _own_chapter(tuple(self.blocks(tokens[start + 3 : end])), title)
        return found

    def chapter(self, heading: str, line: int) -> str:
        """Return the chapter with this heading: one of the report's, else one of their own. Raises `WrongInput` for what is nearly one of the report's."""
        name = self.named.get(fold(heading))
        if name is not None:
            return name
        own = heading.startswith("+") and heading.removeprefix("+").strip()
        near = [] if own else difflib.get_close_matches(fold(heading), self.named, 1, _NEAR)
        if near:
            nearest = next(each for each in self.headings if self.named[fold(each)] == self.named[near[0]])
            raise self.error_at(
                line,
                _(
                    "“{heading}” is not a chapter. Did you mean {nearest}? A chapter of your own with such a name: # + {heading}",
                    heading=heading,
                    nearest=nearest,
                ),
            )
        if not fold(heading).strip("+ "):
            raise self.error_at(line, _("a chapter has no name."))
        return f"own-{re.sub(r'[^a-z0-9]+', '-', fold(heading)).strip('-')}"

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Any]:
        """Yield the blocks of these tokens, and directives."""
        number = 0
        while number < len(tokens):
            token = tokens[number]
            end = _end(tokens, number)
            inside = tokens[number + 1 : end]
            if token.type == "paragraph_open":
                yield from self.paragraph(inside[0])
            elif token.type == "table_open":
                yield self.table(inside)
            elif token.type == "heading_open":
                self.heading = inside[0].content
                yield Paragraph(self.runs(inside[0]), "heading1" if token.tag in ("h1", "h2") else "heading2")
            elif token.type == "blockquote_open":
                yield Quote(tuple(self.blocks(inside)))
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                first = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
                yield Bullets(tuple(tuple(self.blocks(item)) for item in _items(inside)), first)
            elif token.type in ("fence", "code_block"):
                yield Paragraph((TextRun(token.content.rstrip("\n")),), "code")
            elif token.type == "html_block" and (text := _COMMENT.sub("", token.content).strip()):
                yield Paragraph(tuple(self.fill_placeholders(text, _line(token), {})))
            number = end + 1

    def paragraph(self, inline: Token) -> Iterator[Any]:
        """Yield a paragraph; or the pictures that it consists of; or a directive."""
        directive = _PLACE.fullmatch(inline.content.strip())
        if directive and directive[1].strip().lower() in _DIRECTIVES:
            yield _Directive(_DIRECTIVES[directive[1].strip().lower()])
            return
        children = [
            token
            for token in inline.children or ()
            if token.type != "softbreak" and token.content.strip(" ") != "" or token.type == "image"
        ]
        if children and all(token.type == "image" for token in children):
            for number, token in enumerate(children):
                yield self.picture(token, _line(inline) + number)
        elif runs := self.runs(inline):
            yield Paragraph(runs)

    def picture(self, token: Token, line: int) -> Picture:
        """Read a picture, named from the folder of the text. Its title is shown below it."""
        target = unquote(str(token.attrs.get("src", "")))
        if re.match(r"[a-z][a-z0-9+.-]+:", target, re.IGNORECASE):
            raise self.error_at(line, _("a picture is a file in the folder of the text, not “{target}”.", target=target))
        try:
            return read_picture(self.path.parent / target, token.content, str(token.attrs.get("title", "")))
        except WrongInput as error:
            raise self.error_at(line, str(error)) from None

    def table(self, tokens: Sequence[Token]) -> ReportTable:
        """Read a table. Columns aligned to the right are numbers."""
        rows: list[list[Cell]] = []
        texts: set[int] = set()
        for number, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                runs = self.runs(tokens[number + 1])
                figures = [run for run in runs if run.key]
                alone = len(figures) == 1 and len(runs) == 1
                rows[-1].append(Cell("".join(run.text for run in runs), figures[0].key if alone else ""))
                if "right" not in str(token.attrs.get("style", "")):
                    texts.add(len(rows[-1]) - 1)
        return ReportTable(self.heading, tuple(cell.text for cell in rows[0]), tuple(map(tuple, rows[1:])), frozenset(texts - {0}))

    def runs(self, inline: Token) -> tuple[TextRun, ...]:
        """Return the pieces of a paragraph or heading."""
        runs: list[TextRun] = []
        style: dict[str, Any] = {}
        line = _line(inline)
        for token in inline.children or ():
            if token.type in ("softbreak", "hardbreak"):
                runs.append(TextRun(" " if token.type == "softbreak" else "\n"))
                line += 1
            elif token.type in ("text", "text_special"):
                runs += self.fill_placeholders(token.content, line, style)
            elif token.type == "html_inline":
                runs += self.fill_placeholders(_COMMENT.sub("", token.content), line, style)
                line += token.content.count("\n")
            elif token.type == "code_inline":
                runs.append(TextRun(token.content, **style))
            elif token.type == "image":
                raise self.error_at(line, _("a picture must be on a line of its own."))
            elif token.type in ("strong_open", "strong_close"):
                style = _changed(style, bold=token.nesting > 0)
            elif token.type in ("em_open", "em_close"):
                style = _changed(style, italic=token.nesting > 0)
            elif token.type == "link_open":
                target = str(token.attrs.get("href", ""))
                if not _SAFE_LINK.match(target):
                    raise self.error_at(line, _("a link leads to https://, http:// or mailto:, not to “{target}”.", target=target))
                style = _changed(style, link=target)
            elif token.type == "link_close":
                style = _changed(style, link="")
        return tuple(run for run in runs if run.text)

    def fill_placeholders(self, text: str, line: int, style: dict[str, Any]) -> Iterator[TextRun]:
        """Yield the text with its places filled."""
        end = 0
        for place in _PLACE.finditer(text):
            yield TextRun(text[end : place.start()], **style)
            key = place[1].strip()
            if key not in self.values:
                raise self.error_at(line, self.unknown(key))
            yield TextRun(self.values[key], key, **style)
            end = place.end()
        if "{{" in text[end:]:
            raise self.error_at(line, _("a figure's place begins with {{ but does not end with }}."))
        yield TextRun(text[end:], **style)

    def unknown(self, key: str) -> str:
        """Return what is wrong with a place that there isn't, with the nearest one."""
        base, _dot, part = key.rpartition(".")
        if part == "target" and base in self.values:
            return _("“{key}” has no target for this period. See: husrum target list", key=base)
        if part == "previous" and base in self.values:
            return _("“{key}” is not known for a year before this.", key=base)
        # The right figure with a part that it has not, or one that is called alike.
        near = [base] if base in self.values else [self.keys[each] for each in difflib.get_close_matches(fold(key), self.keys, 1)]
        hint = _("Did you mean {keys}?", keys=near[0]) if near else _("All keys: husrum stats year --format csv")
        return _("“{key}” is not a figure of the year. {hint}", key=key, hint=hint)


def _own_chapter(found: Sequence[Any], title: str) -> OwnChapter:
    """Return a chapter of blocks and directives."""
    names = [each.name for each in found if isinstance(each, _Directive)]
    split = next((place for place, each in enumerate(found) if isinstance(each, _Directive) and each.name == "chapter"), len(found))
    blocks, after = (tuple(_stepwise(each for each in part if not isinstance(each, _Directive))) for part in (found[:split], found[split:]))
    return OwnChapter(blocks, after, title, "replace" in names)


def _stepwise(blocks: Iterable[Block]) -> Iterator[Block]:
    """Renumber the headings of a chapter so that no level is skipped."""
    begun = False
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind == "heading2" and not begun:
            block = block._replace(kind="heading1")
        begun = begun or isinstance(block, Paragraph) and block.kind == "heading1"
        yield block


def _changed(style: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**style, **changes}


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the one at `start`."""
    depth = 0
    for number in range(start, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens)


def _items(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    number = 0
    while number < len(tokens):
        end = _end(tokens, number)
        yield tokens[number + 1 : end]
        number = end + 1
