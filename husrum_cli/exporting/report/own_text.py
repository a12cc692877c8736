"""The coordinator's own text for the report: Markdown with one heading a chapter, and figures written into it by their key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UnusableFile, WrongInput
from ...i18n import _
from ...input.text import fold, refuse_cpr
from ...records.report import Block, Bullets, Paragraph, Quote, Run
from ...render.data_files import written

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 1_000_000
_PLACE = re.compile(r"\{\{(.*?)\}\}")
_SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_own_text(path: Path, chapters: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> dict[str, tuple[Block, ...]]:
    """The blocks of each chapter. `chapters`: name -> the headings it goes by; `values`: what may be written into the text, by key.

    Raises `UnusableFile` where the file can't be read, `WrongInput` with the line for what is unknown or broken in it.
    """
    return OwnText(path.name, chapters, values).chapters(_source(path))


def _source(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(_("{path} is not in UTF-8; save it as UTF-8.", path=path), "text") from None
    if len(text) > LONGEST or "\0" in text:
        raise WrongInput(_("{path} is no text of a report.", path=path), "text")
    refuse_cpr(text, "text")
    return text


class OwnText:
    """One file of own text, while it is read."""

    def __init__(self, name: str, chapters: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> None:
        self.name = name
        self.named = {fold(heading): chapter for chapter, headings in chapters.items() for heading in headings}
        self.headings = [headings[0] for headings in chapters.values()]
        self.values = values

    def wrong(self, line: int, problem: str) -> WrongInput:
        """An error that names the line."""
        return WrongInput(_("{path}, line {line}: {problem}", path=self.name, line=line, problem=problem), "text")

    def chapters(self, text: str) -> dict[str, tuple[Block, ...]]:
        """The blocks of each chapter that has any."""
        from markdown_it import MarkdownIt

        # Raw HTML is told apart here, and then shown as the text it is.
        tokens = MarkdownIt("commonmark").parse(text)
        found: dict[str, tuple[Block, ...]] = {}
        chapter = ""
        start = 0
        for number, token in enumerate([*tokens, None]):
            if token is not None and not (token.type == "heading_open" and token.tag == "h1" and token.level == 0):
                continue
            blocks = tuple(_stepwise(self.blocks(tokens[start:number])))
            if blocks and not chapter:
                raise self.wrong(_line(tokens[start]), _("text stands before the first heading. A chapter begins with # and its name."))
            if blocks:
                found[chapter] = blocks
            if token is None:
                break
            chapter = self.chapter(tokens[number + 1].content, _line(token))
            if chapter in found:
                raise self.wrong(_line(token), _("the chapter “{chapter}” is there twice.", chapter=tokens[number + 1].content))
            found[chapter] = ()
            start = number + 3
        return {name: blocks for name, blocks in found.items() if blocks}

    def chapter(self, heading: str, line: int) -> str:
        """The chapter with this heading."""
        name = self.named.get(fold(heading))
        if name is None:
            near = difflib.get_close_matches(fold(heading), self.named, 1)
            nearest = next((each for each in self.headings if near and self.named[fold(each)] == self.named[near[0]]), None)
            hint = (
                _("Did you mean {keys}?", keys=nearest)
                if nearest
                else _("The chapters are: {chapters}.", chapters=", ".join(self.headings))
            )
            raise self.wrong(line, _("“{heading}” is no chapter. {hint}", heading=heading, hint=hint))
        return name

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """What stands in these tokens."""
        number = 0
        while number < len(tokens):
            token = tokens[number]
            end = _end(tokens, number)
            inside = tokens[number + 1 : end]
            if token.type == "paragraph_open":
                runs = self.runs(inside[0])
                if runs:
                    yield Paragraph(runs)
            elif token.type == "heading_open":
                yield Paragraph(self.runs(inside[0]), "heading1" if token.tag in ("h1", "h2") else "heading2")
            elif token.type == "blockquote_open":
                yield Quote(tuple(self.blocks(inside)))
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                first = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
                yield Bullets(tuple(tuple(self.blocks(item)) for item in _items(inside)), first)
            elif token.type in ("fence", "code_block"):
                yield Paragraph((Run(token.content.rstrip("\n")),), "code")
            elif token.type == "html_block" and (text := _COMMENT.sub("", token.content).strip()):
                yield Paragraph(tuple(self.filled(text, _line(token), {})))
            number = end + 1

    def runs(self, inline: Token) -> tuple[Run, ...]:
        """The pieces of a paragraph or heading."""
        runs: list[Run] = []
        style: dict[str, Any] = {}
        line = _line(inline)
        for token in inline.children or ():
            if token.type in ("softbreak", "hardbreak"):
                runs.append(Run(" " if token.type == "softbreak" else "\n"))
                line += 1
            elif token.type in ("text", "text_special"):
                runs += self.filled(token.content, line, style)
            elif token.type == "html_inline":
                runs += self.filled(_COMMENT.sub("", token.content), line, style)
                line += token.content.count("\n")
            elif token.type == "code_inline":
                runs.append(Run(token.content, **style))
            elif token.type == "image":
                raise self.wrong(line, _("a picture can't be taken in; put it into the Word document afterwards."))
            elif token.type in ("strong_open", "strong_close"):
                style = _changed(style, bold=token.nesting > 0)
            elif token.type in ("em_open", "em_close"):
                style = _changed(style, italic=token.nesting > 0)
            elif token.type == "link_open":
                target = str(token.attrs.get("href", ""))
                if not _SAFE_LINK.match(target):
                    raise self.wrong(line, _("a link leads to https://, http:// or mailto:, not to “{target}”.", target=target))
                style = _changed(style, link=target)
            elif token.type == "link_close":
                style = _changed(style, link="")
        return tuple(run for run in runs if run.text)

    def filled(self, text: str, line: int, style: dict[str, Any]) -> Iterator[Run]:
        """The text with its places filled."""
        end = 0
        for place in _PLACE.finditer(text):
            yield Run(text[end : place.start()], **style)
            key = place[1].strip()
            if key not in self.values:
                near = difflib.get_close_matches(key.lower(), self.values, 1)
                hint = _("Did you mean {keys}?", keys=near[0]) if near else _("All keys: husrum stats year --format csv")
                raise self.wrong(line, _("“{key}” is no figure of the year. {hint}", key=key, hint=hint))
            yield Run(self.values[key], key, **style)
            end = place.end()
        if "{{" in text[end:]:
            raise self.wrong(line, _("a figure's place begins with {{ but does not end with }}."))
        yield Run(text[end:], **style)


def _stepwise(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings of a chapter, none of which leaves a level out."""
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
    """Where what begins here ends."""
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


def write_new_text(path: Path, chapters: Iterable[tuple[str, str]]) -> None:
    """Writes the skeleton: every chapter's heading, and below it a hint that no report shows. Raises `Refused` where the file exists."""
    with written(path) as beside:
        beside.write_text("\n".join(f"# {title}\n\n<!-- {hint} -->\n" for title, hint in chapters), encoding="utf-8", newline="\n")
