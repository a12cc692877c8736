"""The list to tick off, drawn: columns of numbers and names that fill the screen, gone from it afterwards."""

from __future__ import annotations

import sys
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import create_output
from prompt_toolkit.utils import get_cwidth

from ...domain.views.pages import excused_sign
from ...i18n import _, whole_number
from ...records.tick_list import TickResult
from ...render.terminal import fold_text
from .ticking import FILTER, NAME, UNNAMED, TickList

_COLUMN = 26
_AROUND = 7  # lines that are not the list
# A key that is not followed by more within this many seconds is Escape itself.
_ESCAPE_SECONDS = 0.05
_CURSOR = "[SetCursorPosition]"


def tick_off(ticks: TickList, title: str, note: Callable[[TickResult], None]) -> TickResult | None:
    """Show the list until Enter or Escape. None: cancelled, nothing changes; `ticks` still has the ticks. Ctrl-C raises `KeyboardInterrupt`.

    note: called with the ticks when they have been drawn.
    """
    control = FormattedTextControl(lambda: draw(ticks, title, *_size()), show_cursor=True, focusable=True)
    app: Application[bool] = Application(
        layout=Layout(Window(control, wrap_lines=False)),
        key_bindings=_keys(ticks),
        full_screen=True,
        input=create_input(sys.stdin),
        output=create_output(sys.stderr),
        after_render=lambda _app: note(ticks.result),
    )
    app.ttimeoutlen = app.timeoutlen = _ESCAPE_SECONDS
    return ticks.result if app.run() else None


def _size() -> tuple[int, int]:
    size = get_app().output.get_size()
    return size.columns, size.rows


def draw(ticks: TickList, title: str, width: int, height: int) -> StyleAndTextTuples:
    """Return the whole screen as styled text, one line for each row of it."""
    shown, (rows, across) = ticks.visible_people, _rows_and_columns(ticks, width, height)
    page = ticks.cursor // (rows * across)
    first, last = page * rows * across, min(len(shown), (page + 1) * rows * across)
    text: StyleAndTextTuples = [("bold", _fit(title, width)), ("", "\n")]
    text += _field(_("Search"), ticks, FILTER, width) if ticks.field != NAME else _field(_("Full name"), ticks, NAME, width)
    text += [("", "\n")]
    column = width // across
    for row in range(rows):
        for place in range(first + row, last, rows):
            each = shown[place]
            mark = " + " if not each.number else f"[{_sign(ticks, each.id)}]"
            label = f"{each.number:>4} {each.shown or each.called}" if each.number else each.called
            style = "reverse" if place == ticks.cursor and ticks.field == FILTER else "bold" if each.id in ticks.ticked else ""
            text += [(style, _fit(f"{mark} {label}", column - 1)), ("", " ")]
        text.append(("", "\n"))
    more = _("{first}-{last} of {all}", first=first + 1, last=last, all=whole_number(len(shown))) if last - first < len(shown) else ""
    for line in _remark_lines(ticks, width, height) or [more]:
        text += [("", _fit(line, width)), ("", "\n")]
    text += _field(_("Unnamed"), ticks, UNNAMED, width)
    text += [("bold", _fit(ticks.count_line, width)), ("", "\n"), ("", _fit(_keys_line(ticks), width))]
    return text


def _rows_and_columns(ticks: TickList, width: int, height: int) -> tuple[int, int]:
    """Return how much of the list is on the screen. A long remark takes some of its rows."""
    rows = max(1, height - _AROUND - len(_remark_lines(ticks, width, height)[1:]))
    return rows, max(1, min(width // _COLUMN, -(-len(ticks.visible_people) // rows)))


def _remark_lines(ticks: TickList, width: int, height: int) -> list[str]:
    """Return the remark on as many lines as leave a row of the list on the screen."""
    lines = [line for remark in ticks.remark.split("\n") for line in fold_text(remark, width)]
    return lines[: max(1, height - _AROUND)]


def _sign(ticks: TickList, id: int) -> str:
    return "x" if id in ticks.ticked else excused_sign() if id in ticks.excused else " "


def _field(label: str, ticks: TickList, field: str, width: int) -> StyleAndTextTuples:
    typed = ticks.typed[field]
    room = max(1, width - get_cwidth(label) - 4)
    begin: StyleAndTextTuples = [("", f"{label}: "), ("bold", typed[-room:])]
    return [*begin, (_CURSOR if ticks.field == field else "", " "), ("", "\n")]


def _keys_line(ticks: TickList) -> str:
    if ticks.field == NAME:
        return _("Enter: on the list   Esc: back")
    if ticks.field == UNNAMED:
        return _("0-9   Tab: back to the list   Enter: save   Esc: leave all as it was")
    if ticks.typed[FILTER]:
        return _("Space: tick   Arrows   Ctrl-N: somebody new   Esc: leave all as it was")
    if ticks.excusable:
        return _("Space: tick  Ctrl-A: excused  Tab: unnamed  Enter: save  Esc: leave all as it was")
    return _("Space: tick   Arrows   Tab: unnamed   Enter: save   Esc: leave all as it was")


def _fit(text: str, width: int) -> str:
    """Return the text in exactly so many cells, cut with a sign that it was."""
    if get_cwidth(text) > width:
        while text and get_cwidth(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - get_cwidth(text))


def _keys(ticks: TickList) -> KeyBindings:
    keys = KeyBindings()
    in_name = Condition(lambda: ticks.field == NAME)

    @keys.add("escape", filter=in_name)
    def _back(event: KeyPressEvent) -> None:
        ticks.leave_name()

    @keys.add("escape", filter=~in_name)
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(result=False)

    @keys.add("c-c")
    @keys.add("c-d")
    @keys.add(Keys.SIGINT)
    def _interrupt(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        if ticks.enter():
            event.app.exit(result=True)

    @keys.add(" ", filter=~in_name)
    def _tick(event: KeyPressEvent) -> None:
        if ticks.field == UNNAMED:
            ticks.other_field()
        ticks.tick()

    @keys.add("c-a", filter=~in_name)
    def _excuse(event: KeyPressEvent) -> None:
        ticks.excuse()

    @keys.add("tab", filter=~in_name)
    @keys.add("s-tab", filter=~in_name)
    def _other(event: KeyPressEvent) -> None:
        ticks.other_field()

    @keys.add("backspace")
    def _erase(event: KeyPressEvent) -> None:
        ticks.erase()

    @keys.add("c-n", filter=~in_name)
    def _new(event: KeyPressEvent) -> None:
        ticks.ask_name()

    for key, step in (("up", -1), ("down", 1)):
        keys.add(key, filter=~in_name)(lambda event, step=step: ticks.move(step))
    for key, step in (("left", -1), ("right", 1), ("pageup", -2), ("pagedown", 2)):
        keys.add(key, filter=~in_name)(lambda event, step=step: ticks.move(_leap(ticks, step)))
    keys.add("home", filter=~in_name)(lambda event: ticks.move(-len(ticks.visible_people)))
    keys.add("end", filter=~in_name)(lambda event: ticks.move(len(ticks.visible_people)))

    @keys.add(Keys.Any)
    def _type(event: KeyPressEvent) -> None:
        if ticks.field == FILTER and not ticks.typed[FILTER] and event.data in ("+", "-"):
            ticks.add_unnamed(1 if event.data == "+" else -1)
        elif event.data.isprintable():
            ticks.type(event.data)

    @keys.add(Keys.BracketedPaste)
    def _paste(event: KeyPressEvent) -> None:
        ticks.type(" ".join(event.data.split()))

    return keys


def _leap(ticks: TickList, step: int) -> int:
    """Return how many places to move for a column to the side, or a screen up or down."""
    width, height = _size()
    rows, across = _rows_and_columns(ticks, width, height)
    return step * rows if abs(step) == 1 else (1 if step > 0 else -1) * rows * across
