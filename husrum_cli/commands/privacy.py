"""The rights of people: to see what is stored about them, and to have it erased; and retention."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ..domain.table_words import counted_rows, rows_word
from ..errors import UnusableFile, WrongInput
from ..i18n import _, long_days, many, whole_number
from ..render.listing import Listing, read_format, write_json
from .app import interactive, list_options
from .asking import ask_yes
from .context import open_file, reading, say, say_warnings
from .declarations import Argument, Noun, Option
from .lists import show
from .options import DRY_RUN_OPTION, FORMAT_OPTION, OVERWRITE_OPTION, PERSON, YES_OPTION, Text

if TYPE_CHECKING:
    from ..domain.people.lookup import Person
    from ..domain.privacy.erasure import Removal
    from ..rowtypes.context import CommandContext
    from ..store import Store
    from ..store.redaction import TextFound

retention_app = Noun()


def export(
    person: PERSON,
    to: Annotated[str, Option("--to", metavar="FILE", help="A name that ends in .md or .json; left out, or -: the terminal.")] = "-",
    format: Annotated[Text, Option("--format", metavar="md|json", help="A page in plain words, or JSON.")] = None,
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """Everything that is held about a person, to hand to them."""
    from ..domain.privacy.subject_access import subject_data
    from ..exporting.person import PERSON_FORMATS, person_text, write_person
    from ..render.data_files import file_format

    kind = file_format(to, PERSON_FORMATS, format)
    with reading() as context:
        who = context.people.find_one(person)
        data = subject_data(context.store, who)
    if to == "-":
        print(person_text(data, kind), end="")
        return
    write_person(Path(to).expanduser(), data, kind, overwrite)
    say(_("{person}: written to {path}. It holds answers and notes: hand it to nobody else.", person=who.display_name, path=to))


def anonymise(
    people: Annotated[str, Argument(metavar="PERSON", help="Number or name; several with commas: 17,19-22.")],
    yes: YES_OPTION = False,
    dry_run: DRY_RUN_OPTION = False,
) -> None:
    """Remove a person's name, contacts, notes and exact birth date for good. The city's figures stay as they are."""
    with reading() as context:
        several = context.people.at_least_one(people, "person", context.rules)
        say_warnings(context)
        new = [who for who in several if not context.people.anonymised_on(who)]
        for who in several:
            if gone := context.people.anonymised_on(who):
                say(_("{number} was anonymised on {date}.", number=context.people.number(who), date=gone.date))

        # At a terminal each person is asked about; what was said of one is not said of the next.
        for group in [[who] for who in new] if interactive() and not yes and not dry_run else [new]:
            _anonymise(context, group, yes, dry_run)


def _anonymise(context: CommandContext, people: list[Person], yes: bool, dry_run: bool) -> None:
    from ..domain.privacy import erasure

    def show_plan(plan: Removal) -> None:
        _show_anonymise(context, people, plan)

    if not people:
        _finish(context.store)
    elif _agreed(context.store, "person anonymise", yes, dry_run, lambda: erasure.anonymise(context.people, people), show_plan):
        traces = erasure.traces_of(context.store, people)
        with context.store.writing("person anonymise", undoable=False):
            removal = erasure.anonymise(context.people, people)
        if yes:
            show_plan(removal)
        numbers = ",".join(context.people.number(who) for who in people)
        _finish(context.store)
        erasure.check_bytes(context.store, traces)
        say(_("{people}: anonymised. See: husrum person show {number}", people=numbers, number=context.people.number(people[0])))


def erase(person: PERSON, yes: YES_OPTION = False, dry_run: DRY_RUN_OPTION = False, format: FORMAT_OPTION = "table") -> None:
    """Remove everything about a person for good (GDPR article 17). Figures of years that are not closed change."""
    from ..domain.privacy import erasure

    format = read_format(format)
    with reading() as context:
        if gone := context.people.erased_person(person):
            say(_("{number} was erased on {date}.", number=gone.number, date=gone.date))
            _finish(context.store)
            return
        who = context.people.find_one(person)

        def show_plan(plan: Removal) -> None:
            _show_erase(who, plan, format)

        if _agreed(context.store, "person erase", yes, dry_run, lambda: erasure.erase(context.people, who), show_plan):
            traces = erasure.traces_of(context.store, [who])
            with context.store.writing("person erase", undoable=False):
                removal = erasure.erase(context.people, who)
            if yes:
                show_plan(removal)
            _finish(context.store)
            erasure.check_bytes(context.store, traces)
            say(_("{number}: erased. The number is given to nobody else. See: husrum log", number=context.people.number(who)))


def _agreed(
    store: Store, command: str, yes: bool, dry_run: bool, remove: Callable[[], Removal], show_plan: Callable[[Removal], None]
) -> bool:
    """Ask for confirmation, after showing the consequences."""
    if yes and not dry_run:
        return True
    if not dry_run and not interactive():
        raise WrongInput(_("It can't be undone. See what would happen with --dry-run; then add --yes."), "yes")
    with store.writing(command, dry_run=True, undoable=False):
        plan = remove()
    show_plan(plan)
    if not dry_run and ask_yes(_("It can't be undone, and neither can anything written before. Go on? (yes/no)")):
        return True
    say(_("Nothing was written."))
    return False


def _show_anonymise(context: CommandContext, people: list[Person], plan: Removal) -> None:
    for who in people:
        say(
            _(
                "{person}: name, called name, phone and e-mail go, and of the birth date all but the year. What stays is number {number}, without a name.",
                person=who.display_name,
                number=context.people.number(who),
            )
        )
        if running := plan.running.get(who.id):
            what = ", ".join(rows_word(table) for table in running)
            say(
                f"{_('Note')}: {_('{person} still has something that runs: {what}. End it first, or with the number.', person=who.display_name, what=what)}"
            )
    if plan.rows:
        say(_("Notes and wishes that go: {rows}.", rows=_rows(plan.rows)))
    _show_texts(plan)
    say(_("The figures of every year stay as they are."))


def _show_erase(who: Person, plan: Removal, format: str) -> None:
    say(_("{person}: everything goes: {rows}.", person=who.display_name, rows=_rows(plan.rows) or _("number and name")))
    _show_texts(plan)
    if plan.closed:
        say(_("Closed years keep their figures: {years}.", years=", ".join(map(str, plan.closed))))
    if format == "table":
        lines = [change for change in plan.changes if not change.share]
        if not plan.changes:
            say(_("No figure of an open year changes."))
            return
        say(_("Figures of open years that change:"))
        columns = {"year": _("Year"), "label": _("Figure"), "before": _("before"), "after": _("after")}
        show(Listing(columns, [change._asdict() for change in lines]), format)
        if len(lines) < len(plan.changes):
            say(
                _(
                    "So do shares and distributions: {number}. All of them: --format json",
                    number=whole_number(len(plan.changes) - len(lines)),
                )
            )
        return
    show(
        Listing({name: name for name in ("year", "key", "label", "before", "after")}, [change._asdict() for change in plan.changes]), format
    )


def _show_texts(plan: Removal) -> None:
    if plan.texts:
        say(
            many(
                "{number} other text is changed, in which the name, phone or e-mail was: {texts}.",
                "{number} other texts are changed, in which the name, phone or e-mail was: {texts}.",
                len(plan.texts),
                texts=_which(plan.texts),
            )
        )
    if plan.possible:
        say(_("A part of a name that may be theirs is left in notes; look at them and decide: {texts}.", texts=_which(plan.possible)))
    if plan.name_stays:
        say(f"{_('Note')}: {_('Somebody else has the same name, so it is left in notes and titles; look there yourself.')}")


def _which(texts: list[TextFound]) -> str:
    """Return the texts as a coordinator finds them: `E12`, `G1, 2024-03-05`, or what kind of row they are."""
    return "; ".join(dict.fromkeys(map(_text_in, texts)))


def _text_in(text: TextFound) -> str:
    rows, which = rows_word(text.table), long_days(text.which.split(", "))
    if text.is_of_a_person:
        return _("{rows} of person {which}", rows=rows, which=which)
    return f"{rows} {which}".strip()


def _rows(counts: dict[str, int]) -> str:
    return ", ".join(counted_rows(table, number) for table, number in counts.items())


def _finish(store: Store) -> None:
    """Finish a removal: clear the last traces from the file, and say where else they may be."""
    from ..store.backup import find_copies, folders_around

    try:
        store.finish_removing()
    except UnusableFile as error:
        say(f"{_('Note')}: {_('The rows are gone. The next command that writes finishes the rest: {reason}', reason=error.message)}")
    for copy in find_copies(store, folders_around(store.path)):
        if copy.still_holds:
            text = many(
                "{path} still holds this person ({people}); delete it when it is not needed any more.",
                "{path} still holds them ({people}); delete it when it is not needed any more.",
                len(copy.still_holds),
                path=copy.path,
                people=", ".join(map(str, copy.still_holds)),
            )
            say(f"{_('Note')}: {text}")


@retention_app.command(shows=list_options)
def retention(
    older_than: Annotated[
        Text, Option("--older-than", metavar="2y", help="How long unseen: 2y, 18m; left out: the setting retention_months.")
    ] = None,
    backups: Annotated[list[str] | None, Option("--backups", metavar="DIR", help="Another folder where backups lie.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """Who could be anonymised: since when nobody has seen them. And backups so old that they hold what was removed."""
    from ..domain.privacy.retention import cutoff_of, old_backups, unseen_people
    from ..domain.settings import setting

    format = read_format(format)
    with open_file() as store:
        due = cutoff_of(f"{setting(store, 'retention_months')}m")
        cutoff = cutoff_of(older_than) if older_than is not None else due
        people = unseen_people(store, cutoff)
        copies = old_backups(store, cutoff, [Path(folder).expanduser() for folder in backups or ()])
    records = [{"file": str(copy.path), "written": copy.written, "still_holds": copy.still_holds} for copy in copies]
    if format == "json":
        write_json({"schema": "husrum.retention/1", "unseen_since": cutoff, "people": people, "backups": records})
        return
    several = {"branch": _("Branch")} if any("branch" in record for record in people) else {}
    columns = {**several, "person": _("Number"), "name": _("Name"), "unseen_since": _("Unseen since"), "what": _("Seen last")}
    show(Listing(columns, people), format)
    # The command is only offered for those whom the file should not keep any longer; others may be on a break.
    if past := [record for record in people if (record["unseen_since"] or "") < due]:
        numbers = ",".join(str(record["person"]) for record in past)
        text = _(
            "Not seen since {date}: {number}. To anonymise them: husrum person anonymise {people}",
            date=min(due, cutoff),
            number=len(past),
            people=numbers,
        )
        say(text)
    for copy in copies:
        still = (
            many(
                "It holds somebody who is gone from the file: {people}.",
                "It holds people who are gone from the file: {people}.",
                len(copy.still_holds),
                people=", ".join(map(str, copy.still_holds)),
            )
            if copy.still_holds
            else ""
        )
        say(f"{_('Note')}: {_('{path} was written last on {date}.', path=copy.path, date=copy.written)} {still}".rstrip())
    if copies:
        say(_("Backups keep whom you anonymise or erase. Make a new one (husrum backup), and delete those."))
