"""Placeholders of an own text: every figure by its key, with the year before, the target and the percentage."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.figures.registry import BY_KEY
from ...records import YearRecord
from ...records.report import Block, Bullets, Paragraph, Quote, SideBySide, TextRun
from ...render.phrases import number_text, share_text
from ...vocabulary import Share
from .content import Content
from .prose import percent_phrase


def placeholder_texts(content: Content) -> dict[str, str]:
    """Return the text of every place: `visits`, `visits.previous`, `visits.target`, `diagnosis_any.share`, `occupation.unemployed`, `year`, `city`."""
    values = {"year": str(content.record.year or content.period), "period": content.period, "city": content.city}
    values |= _figures(content.record)
    if len(content.years) > 1:
        values |= {f"{key}.previous": text for key, text in _figures(content.years[-2]).items() if key in BY_KEY or key.endswith(".share")}
    for target in content.facts.targets:
        if target.key and target.value is not None and target.period[1:] == content.record.period[1:]:
            shown = f"{int(target.value * 100 + 0.5)} %" if isinstance(BY_KEY.get(target.key), Share) else number_text(target.value)
            values[f"{target.key}.target"] = shown
    return values


def _figures(record: YearRecord) -> dict[str, str]:
    values: dict[str, str] = {}
    for line in record.figures:
        if "answered" not in line.fields:
            values[line.key] = number_text(line.fields)
            continue
        values[line.key] = share_text(line.fields)
        values |= {f"{line.key}.{part}": number_text(line.fields[part]) for part in ("count", "answered", "base")}
        known = line.fields["value"] is not None
        values[f"{line.key}.share"] = f"{percent_phrase(line.fields)} %" if known else share_text(line.fields)
    for spread in record.spreads:
        for code, (_label, number) in spread.numbers.items():
            values |= {
                f"{spread.key}.{code}" + (f".{part}" if part else ""): number_text(each) for part, each in spread.split(number).items()
            }
    return values


def as_markdown(blocks: Iterable[Block], values: dict[str, str]) -> str:
    """Return the prose among blocks as Markdown, with a place for every figure; charts, tables and key figures are left out."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, SideBySide):
            lines.append(as_markdown(block.blocks, values))
        elif isinstance(block, Quote):
            lines.append("\n".join(f"> {line}" for line in as_markdown(block.blocks, values).splitlines()))
        elif isinstance(block, Bullets):
            items = (as_markdown(item, values).replace("\n", "\n  ") for item in block.items)
            lines.append("\n".join(f"- {item}" for item in items))
        elif isinstance(block, Paragraph) and block.kind in ("text", "heading1", "heading2"):
            sign = {"heading1": "## ", "heading2": "### "}.get(block.kind, "")
            lines.append(sign + "".join(_run(run, values) for run in block.runs))
    return "\n\n".join(line for line in lines if line)


def _run(run: TextRun, values: dict[str, str]) -> str:
    if run.text == "\n":
        return "  \n"
    if run.key and values.get(run.key) == run.text:
        return f"{{{{ {run.key} }}}}"
    marks = "**" if run.bold else "*" if run.italic else ""
    text = run.text.strip()
    return (
        f"{run.text[: len(run.text) - len(run.text.lstrip())]}{marks}{_escaped(text)}{marks}{run.text[len(run.text.rstrip()) :]}"
        if text
        else run.text
    )


def _escaped(text: str) -> str:
    """Return a text that Markdown only shows, and that ends no comment."""
    for sign in "\\`*_[]<>":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("--\\>", "-\\-\\>").replace("{{", "{ {")
