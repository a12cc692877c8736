"""Charts as pictures: the same bytes for the same numbers, in colours that the colour-blind can tell apart."""

from __future__ import annotations

import io
import logging
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..errors import WrongInput
from ..i18n import _
from ..records.report import Chart, Series
from .listing import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Inches: as wide as the text of an A4 page, and as a phone.
WIDE, NARROW = 6.7, 3.6
# Each has a contrast of three to one or more with white, and all differ for every kind of colour-blindness.
COLOURS = ("#332288", "#d55e00", "#882255", "#0072b2", "#6699cc", "#888888")
_MAIN, _EARLIER = "#0072b2", "#6699cc"
_INK = "#222222"
_DPI = 200
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # the one that comes with the library, so that no machine draws another
    "font.size": 9,
    "text.parse_math": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": "#888888",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "svg.fonttype": "path",  # no reader needs the font
}


def svg(chart: Chart, width: float) -> bytes:
    """The chart as SVG."""
    return _drawn(chart, width, "svg", {"Date": None, "Creator": None, "Format": None, "Type": None})


def png(chart: Chart, width: float) -> bytes:
    """The chart as PNG, sharp enough to print."""
    return _drawn(chart, width, "png", {"Software": None})


def _drawn(chart: Chart, width: float, format: str, metadata: dict[str, Any]) -> bytes:
    with _style(chart.name):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width, 1))
        FigureCanvasAgg(figure)
        {"stacked": _stacked, "bars": _bars, "panels": _panels}[chart.kind](figure, chart, width)
        file = io.BytesIO()
        figure.savefig(file, format=format, dpi=_DPI, metadata=metadata, facecolor="white")
    return file.getvalue()


@contextmanager
def _style(name: str) -> Iterator[None]:
    """The style of all charts, whatever the user's own is. Raises `WrongInput` where the library is not installed."""
    try:
        import matplotlib
    except ImportError:
        raise WrongInput(_("A report needs one more package: pip install 'husrum-cli[report]'")) from None
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # that it looks for fonts, the first time
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that the font doesn't have is drawn as a box
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**_STYLE, "svg.hashsalt": name})
        yield


def _stacked(figure: Figure, chart: Chart, width: float) -> None:
    narrow = width < WIDE
    figure.set_size_inches(width, 3.6 if narrow else 3.3)
    axes = figure.add_subplot()
    places = range(len(chart.categories))
    bottom = [0.0] * len(chart.categories)
    for series, colour in zip(chart.series, COLOURS, strict=False):
        numbers = [number or 0 for number in series.numbers]
        axes.bar(places, numbers, 0.8, bottom, color=colour, label=visible(series.label), edgecolor="white", linewidth=0.6)
        bottom = [below + number for below, number in zip(bottom, numbers, strict=True)]
    for place, total in zip(places, bottom, strict=True):
        if total:
            axes.annotate(f"{total:.0f}", (place, total), (0, 2), textcoords="offset points", ha="center", fontsize=7 if narrow else 8)
    axes.set_xticks(places, chart.categories, rotation=60 if narrow else 0)
    axes.tick_params(axis="x", length=0)
    _from_zero(axes, max(bottom))
    figure.legend(loc="outside lower center", ncols=2 if narrow else 3, frameon=False, fontsize=8)
    figure.set_layout_engine("constrained")


def _bars(figure: Figure, chart: Chart, width: float) -> None:
    narrow = width < WIDE
    (series,) = chart.series
    labels = [textwrap.fill(visible(each), 22 if narrow else 40) for each in chart.categories]
    lines = sum(1 + 0.45 * each.count("\n") for each in labels)
    figure.set_size_inches(width, 0.2 + 0.27 * lines)
    axes = figure.add_subplot()
    places = range(len(labels))
    numbers = [number or 0 for number in series.numbers]
    axes.barh(places, numbers, 0.7, color=_MAIN)
    for place, number, text in zip(places, numbers, series.texts, strict=True):
        axes.annotate(visible(text), (number, place), (3, 0), textcoords="offset points", va="center")
    axes.set_yticks(places, labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)  # the first on top
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, max([*numbers, 1]) * 1.12)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    figure.set_layout_engine("constrained")


def _panels(figure: Figure, chart: Chart, width: float) -> None:
    columns = min(len(chart.series), 2 if width < WIDE else 3)
    rows = -(-len(chart.series) // columns)
    figure.set_size_inches(width, 1.75 * rows)
    for number, series in enumerate(chart.series, 1):
        _panel(figure.add_subplot(rows, columns, number), chart.categories, series, 18 if width < WIDE else 26)
    figure.set_layout_engine("constrained")


def _panel(axes: Axes, categories: tuple[str, ...], series: Series, letters: int) -> None:
    places = range(len(categories))
    numbers = [number or 0 for number in series.numbers]
    # The last column is the report's own year.
    axes.bar(places, numbers, 0.7, color=[_EARLIER] * (len(numbers) - 1) + [_MAIN])
    for place, number, text in zip(places, numbers, series.texts, strict=True):
        axes.annotate(visible(text), (place, number), (0, 2), textcoords="offset points", ha="center", fontsize=8)
    crowded = len(categories) > 5
    axes.set_xticks(places, [f"’{each[-2:]}" if crowded else each for each in categories], fontsize=8)
    axes.tick_params(axis="x", length=0)
    axes.set_title(textwrap.fill(visible(series.label), letters), loc="left", fontsize=8.5)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    _from_zero(axes, max(numbers))


def _from_zero(axes: Axes, highest: float) -> None:
    axes.set_ylim(0, max(highest, 1) * 1.15)
