"""The STATUS report: its chapters, the coordinator's own text, and the file it is written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ...i18n import _, language
from ...records.report import Block, Bullets, Chapter, Cover, Paragraph, Picture, Quote, Report, SideBySide
from ...render.data_files import open_output
from ...render.stats import notices as shared_notices
from .chapters import ChapterText, chapters
from .content import Content
from .own_text import OwnChapter, read_own_text
from .places import as_markdown, placeholder_texts
from .source import ReportSource

REPORT_FORMATS = ("html", "docx")
_COVER = "cover"


def build_report(source: ReportSource, text: Path | None, draft: bool = False) -> Report:
    """Return the report. Raises `WrongInput` for what is wrong in the text, `UnusableFile` if a file of it can't be read."""
    content = Content(source)
    known = chapters(source.record)
    own: Mapping[str, OwnChapter] = {}
    if text is not None:
        headings = {_COVER: (_cover_title(), _COVER)} | {name: (each.title, name) for name, each in known.items()}
        own = read_own_text(text, headings, placeholder_texts(content), {line.label: line.key for line in reversed(source.record.figures)})
    made = []
    for name in _order(list(known), [name for name in own if name != _COVER]):
        blocks = _blocks(content, known.get(name), own.get(name, OwnChapter()))
        if blocks:
            chapter = known.get(name)
            made.append(Chapter(name, chapter.title if chapter else own[name].title, blocks, bool(chapter and chapter.appendix)))
    made.sort(key=lambda each: each.appendix)
    notices = _notices(source)
    return Report(
        _("STATUS {year}", year=content.period),
        f"HUSRUM {content.city}",
        language(),
        source.record.closed_at or source.record.period.last,
        notices if draft else _internal(source),
        tuple(made),
        _("Contents"),
        _cover(own.get(_COVER)),
        () if draft else notices,
    )


def _cover_title() -> str:
    return _("Cover")


def _order(known: list[str], own: list[str]) -> list[str]:
    """Return the chapters in the order of the own text; those it doesn't name come after the one that they usually follow."""
    order = list(own)
    for place, name in enumerate(known):
        if name not in order:
            before = next((each for each in reversed(known[:place]) if each in order), None)
            order.insert(order.index(before) + 1 if before else 0, name)
    return order


def _blocks(content: Content, chapter: ChapterText | None, own: OwnChapter) -> tuple[Block, ...]:
    """Return the blocks of a chapter, with what somebody wrote."""
    made = tuple(chapter.blocks(content)) if chapter and chapter.blocks else ()
    if own.replaces:
        made = tuple(_without_prose(made))
    return (*own.blocks, *made, *own.after)


def _without_prose(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, SideBySide):
            yield block.figure
        elif not isinstance(block, (Paragraph, Bullets, Quote)):
            yield block


def _cover(own: OwnChapter | None) -> Cover:
    """Return the cover: the picture that is called `logo`, another one, and whatever else is written for it."""
    blocks = own.blocks if own else ()
    pictures = [block for block in blocks if isinstance(block, Picture)]
    logo = next((each for each in pictures if each.caption.strip().casefold() == "logo"), None)
    picture = next((each for each in pictures if each is not logo), None)
    rest = tuple(block for block in blocks if block is not logo and block is not picture)
    return Cover(logo and logo._replace(caption=""), picture, rest)


def _internal(source: ReportSource) -> tuple[str, ...]:
    """Return the warnings that must be at the top of the report, in a draft or not."""
    if source.record.threshold:
        return ()
    return (_("For internal use: the figures are exact, and small ones may point at a person."),)


def _notices(source: ReportSource) -> tuple[str, ...]:
    notices = list(_internal(source))
    if source.record.closed_at:
        notices.append(_("The figures are those of {date}, when the year was closed.", date=source.record.closed_at))
    elif source.record.year:
        notices.append(_("The year is not closed yet; its figures may still change."))
    return (*notices, *shared_notices(source.record.threshold, source.record.missing, source.record.unlinked))


def new_text(path: Path, source: ReportSource) -> None:
    """Write a text to go on writing in: every chapter's heading and, as a comment, its own prose. Raises `Refused` if the file exists."""
    content = Content(source)
    values = placeholder_texts(content)
    hints = [
        f'# {_cover_title()}\n\n<!-- {_("A logo and a picture, from the folder of this text:")}\n\n![Logo](logo.svg "logo")\n\n![](photo.jpg)\n\n-->\n'
    ]
    for each in chapters(source.record).values():
        prose = as_markdown(each.blocks(content), values) if each.blocks and not each.appendix else ""
        hint = (
            _("The chapter's own text. Take away this line and the last one, and change it; what you write without them is added to it.")
            if prose
            else _("Your own text goes here. A figure is written by its key: {place}", place="{{ visits }}")
        )
        body = f"<!-- {hint}\n\n{{{{ replace }}}}\n\n{prose}\n\n-->" if prose else f"<!-- {hint} -->"
        hints.append(f"# {each.title}\n\n{body}\n")
    with open_output(path) as temporary:
        temporary.write_text("\n".join(hints), encoding="utf-8", newline="\n")


def write_report(path: Path, report: Report, format: str, overwrite: bool) -> None:
    """Write the file whole or not at all. Raises `Refused` if it exists already, `WrongInput` if a library is missing."""
    with open_output(path, overwrite) as temporary:
        if format == "docx":
            from ...render.report_docx import report_docx

            temporary.write_bytes(report_docx(report))
        else:
            from ...render.report_html import report_html

            temporary.write_text(report_html(report), encoding="utf-8", newline="\n")
