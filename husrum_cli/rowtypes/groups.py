"""Rows about groups: groups, leaders, enrolments, meetings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from ..domain.activities import groups
from ..input.text import fold
from .activities import activities, gathered
from .attendance import held_turnouts, turnout, turnout_differs
from .columns import Values
from .context import Book
from .rowtype import Held, Kind, comparable


def new_group(values: Values, meetings: tuple[str, ...] = ()) -> groups.NewGroup:
    """The group a row is."""
    return groups.NewGroup(
        title=values["title"],
        kind=values["kind"],
        starts=values.get("start"),
        capacity=values.get("capacity"),
        leaders=tuple(values.get("leader", ())),
        continues=values.get("continues"),
        venue=values.get("venue"),
        programmes=values.get("programme", ()),
        ref=values.get("ref"),
        closed=values.get("closed"),
        meetings=meetings,
    )


def _group_key(book: Book, values: Values) -> Hashable:
    if values.get("ref"):
        return str(values["ref"])
    return (fold(values["title"]), values.get("start"))


def _add_group(book: Book, values: Values) -> int:
    group = groups.open_group(book.store, new_group(values))
    values["ref"] = group.ref
    return group.id


def _amend_group(book: Book, held: Held, changes: Values) -> None:
    from ..domain.activities.activities import keep_leaders, keep_programmes
    from ..domain.people.partners import partner_named

    columns = {"start": "starts", "capacity": "capacity", "closed": "closed"}
    said = {columns[name]: value for name, value in changes.items() if name in columns}
    if "continues" in changes:
        said["continues_id"] = changes["continues"].id
    if "venue" in changes:
        said["venue_id"] = partner_named(book.store, changes["venue"])
    book.store.update("activities", held.id, **said)
    keep_programmes(book.store, held.id, changes.get("programme", ()))
    keep_leaders(book.store, held.id, changes.get("leader", ()), held.values.get("start"))


def _held_groups(book: Book) -> Iterator[Held]:
    groups_by_id = activities(book, "G")
    programmes = gathered(book, "SELECT activity_id, programme FROM programmes ORDER BY 1, 2")
    leaders: dict[int, list[object]] = {}
    for activity, person, starts in book.store.connection.execute("SELECT activity_id, person_id, starts FROM leaders ORDER BY id"):
        if activity in groups_by_id and starts == groups_by_id[activity].starts:
            leaders.setdefault(activity, []).append(book.people.by_id[person])
    sql = """SELECT activities.id, continues_id, partners.name AS venue FROM activities LEFT JOIN partners ON partners.id = venue_id
        WHERE ref GLOB 'G*' ORDER BY activities.id"""
    for row in book.store.rows(sql):
        group = groups_by_id[row["id"]]
        columns = {
            "ref": group.ref,
            "title": group.title,
            "kind": group.kind,
            "start": group.starts,
            "capacity": group.capacity,
            "closed": group.closed,
        }
        more = {"continues": groups_by_id.get(row["continues_id"]), "venue": row["venue"], "programme": tuple(programmes.get(group.id, ()))}
        yield Held(group.id, {**columns, **more, "leader": tuple(leaders.get(group.id, ()))})


def _group_differs(book: Book, column: str, held: Held, values: Values) -> bool:
    """Weeks and skipped days only plan; leaders may have rows of their own, and those named must be among them."""
    if column in ("weeks", "skip"):
        return False
    if column == "leader":
        return not comparable(values[column]) <= comparable(held.values.get(column) or ())
    return bool(comparable(values[column]) != comparable(held.values.get(column)))


def _add_leader(book: Book, values: Values) -> int:
    groups.lead(book.store, book.rules, values["group"], values["person"], values.get("from"), values.get("to"))
    return int(book.store.value("SELECT last_insert_rowid()"))


def _amend_leader(book: Book, held: Held, changes: Values) -> None:
    book.store.update("leaders", held.id, ends=changes["to"])


def _held_leaders(book: Book) -> Iterator[Held]:
    known = activities(book, "G")
    for row in book.store.rows("SELECT id, activity_id, person_id, starts, ends FROM leaders ORDER BY id"):
        if row["activity_id"] in known:
            who = {"group": known[row["activity_id"]], "person": book.people.by_id[row["person_id"]]}
            yield Held(row["id"], {**who, "from": row["starts"], "to": row["ends"]})


def _add_enrolment(book: Book, values: Values) -> int:
    groups.enroll(book.store, book.rules, values["group"], values["person"], values.get("date"), values.get("until"), values.get("reason"))
    return int(book.store.value("SELECT last_insert_rowid()"))


def _amend_enrolment(book: Book, held: Held, changes: Values) -> None:
    columns = {"until": "ends", "reason": "reason"}
    book.store.update("enrolments", held.id, **{columns[name]: value for name, value in changes.items()})


def _held_enrolments(book: Book) -> Iterator[Held]:
    known = activities(book, "G")
    for row in book.store.rows("SELECT id, activity_id, person_id, starts, ends, reason FROM enrolments ORDER BY id"):
        who = {"group": known[row["activity_id"]], "person": book.people.by_id[row["person_id"]]}
        yield Held(row["id"], {**who, "date": row["starts"], "until": row["ends"], "reason": row["reason"]})


def _add_meeting(book: Book, values: Values) -> int:
    group, day = values["group"], values["date"]
    if values.get("cancelled") or values.get("planned"):
        state = "cancelled" if values.get("cancelled") else "planned"
        return book.store.insert(
            "sessions", activity_id=group.id, date=day, state=state, theme=values.get("theme"), note=values.get("note")
        )
    groups.meet(book.standing, book.rules, group, day, turnout(values), values.get("absent"), values.get("theme"), values.get("note"))
    return int(book.store.value("SELECT id FROM sessions WHERE activity_id = ? AND date = ?", group.id, day))


def _amend_meeting(book: Book, held: Held, changes: Values) -> None:
    group, day = held.values["group"], held.values["date"]
    if "cancelled" in changes:
        groups.cancel_meeting(book.store, group, day, changes.get("note"))
    elif "state" in changes:
        groups.meet(
            book.standing, book.rules, group, day, turnout(changes), changes.get("absent"), changes.get("theme"), changes.get("note")
        )
    else:
        book.store.update("sessions", held.id, **{name: changes[name] for name in ("theme", "note") if name in changes})


def _held_meetings(book: Book) -> Iterator[Held]:
    known = activities(book, "G")
    turnouts = held_turnouts(book, "G")
    sql = """SELECT sessions.id, activity_id, date, state, unnamed, theme, sessions.note FROM sessions JOIN activities ON activities.id = activity_id
        WHERE ref GLOB 'G*' ORDER BY activity_id, date"""
    for row in book.store.rows(sql):
        group = known[row["activity_id"]]
        own = {
            "group": group,
            "date": row["date"],
            "theme": row["theme"],
            "note": row["note"],
            "unnamed": row["unnamed"],
            "state": row["state"],
        }
        yield Held(row["id"], {**own, **turnouts.get(row["id"], {})})


KINDS = (
    Kind("groups", _group_key, _add_group, _amend_group, _held_groups, _group_differs, later=("continues",)),
    Kind(
        "leaders",
        lambda book, values: (values["group"].id, values["person"].id, values.get("from")),
        _add_leader,
        _amend_leader,
        _held_leaders,
    ),
    Kind(
        "enrolments",
        lambda book, values: (values["group"].id, values["person"].id, values.get("date")),
        _add_enrolment,
        _amend_enrolment,
        _held_enrolments,
    ),
    Kind(
        "meetings", lambda book, values: (values["group"].id, values["date"]), _add_meeting, _amend_meeting, _held_meetings, turnout_differs
    ),
)
