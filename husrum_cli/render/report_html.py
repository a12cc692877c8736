"""A report as one HTML file: nothing is fetched from anywhere, it prints to A4 without changes, and can be read on a phone or aloud."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..extras import missing_extra
from ..records.report import Report
from .charts import MIDDLE, NARROW, WIDE, lay_out
from .listing import remove_controls
from .typography import glue_runs, glue_units

_TEMPLATES = Path(__file__).parent / "templates"


def report_html(report: Report) -> str:
    """Return the whole file. Raises `WrongInput` if the library is not installed."""
    template = _template()
    from markupsafe import Markup

    style = _style(f"{report.title} · {report.subtitle}")
    # A browser takes this style and no other, runs nothing and fetches nothing, even if something slipped through.
    allowed = _base64(sha256(style.encode()).digest())
    html: str = template.render(report=report, style=Markup(style), style_hash=allowed, WIDE=WIDE, MIDDLE=MIDDLE, NARROW=NARROW)
    return html


@cache
def _template() -> Any:
    """Return the template, compiled. Raises `WrongInput` if the library is not installed."""
    try:
        import jinja2
    except ImportError:
        raise missing_extra("report") from None
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=_shown,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__,
        "lay_out": lay_out,
        "base64": _base64,
        "glue_units": glue_units,
        "glue_runs": glue_runs,
    }
    return environment.get_template("report.html")


def _shown(value: Any) -> Any:
    """Return a value for the template: a text without invisible characters. Markup is made of such texts already."""
    return remove_controls(value) if type(value) is str else value


def _style(title: str) -> str:
    """Return the style, with the running title of printed pages, every sign of which but letters and digits is escaped."""
    escaped = re.sub(r"[^A-Za-z0-9]", lambda sign: f"\\{ord(sign[0]):x} ", remove_controls(title).replace("\n", " "))
    return (_TEMPLATES / "report.css").read_text(encoding="utf-8").replace("{title}", escaped)


def _base64(content: bytes) -> str:
    return b64encode(content).decode("ascii")
