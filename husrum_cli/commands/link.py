"""`husrum link`: one human in two cities, and the keys that it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ..config import remember_link_key
from ..domain.national import link_decisions
from ..errors import NotFound, Refused, WrongInput
from ..i18n import _, many
from ..input.text import refuse_cpr
from ..render.listing import Listing, read_format
from .app import list_options
from .context import reading, say, writing
from .declarations import Argument, Noun, Option
from .keys import key_path
from .lists import show
from .options import FORMAT_OPTION, Text

link_app = Noun("One human in two cities: keys, likely pairs, decisions.")
LINKED_PERSON = Annotated[str, Argument(metavar="PERSON", help="With the city: Aarhus:17")]
OTHER = Annotated[str, Argument(metavar="PERSON", help="With the city: Horsens:5")]


@link_app.command("list", shows=list_options)
def list_(
    decided: Annotated[bool, Option("--decided", help="What was decided already.")] = False,
    linked: Annotated[bool, Option("--linked", help="Who is linked with whom, and why.")] = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """Pairs of two cities that may be one human, the most likely first."""
    format = read_format(format)
    if decided and linked:
        raise WrongInput(_("Give either --decided or --linked."), "linked")
    select = link_decisions.decision_records if decided else link_decisions.linked_records if linked else link_decisions.likely_pairs
    with reading() as context:
        records = select(context.store, context.people)
        without_tags = link_decisions.without_tags(context.store)
    columns = {
        "reference": _("Person"),
        "born": _("Born"),
        "gender": _("Gender"),
        "other_reference": _("Other person"),
        "other_born": _("Born"),
        "other_gender": _("Gender"),
    }
    more = {"agree": _("Agree"), "tags": _("What agrees")}
    if decided:
        more = {"decision": _("Decided"), "linked": _("Linked")}
    elif linked:
        more = {"decision": _("Decided"), "tags": _("What agrees")}
    if records or format != "table":
        show(Listing({**columns, **more}, records), format)
    if without_tags:
        cities = ", ".join(without_tags)
        say(f"{_('Note')}: {_('Merged without a link key, so nobody there is linked or suggested: {cities}.', cities=cities)}")
    if decided:
        say(many("{number} decision.", "{number} decisions.", len(records)))
    elif linked:
        say(
            many("{number} pair is linked. If they are two humans: husrum link different PERSON PERSON",
                 "{number} pairs are linked. If two are not the same human: husrum link different PERSON PERSON", len(records))
            if records
            else _("Nobody is linked.")
        )  # fmt: skip
    else:
        say(
            many("{number} likely pair. Ask the cities, then: husrum link same PERSON PERSON, or: husrum link different PERSON PERSON",
                 "{number} likely pairs. Ask the cities, then: husrum link same PERSON PERSON, or: husrum link different PERSON PERSON", len(records))
            if records
            else _("No pair waits for a decision. What was decided: husrum link list --decided")
        )  # fmt: skip


@link_app.command("same")
def same(person: LINKED_PERSON, other: OTHER) -> None:
    """Two people of two cities are one human: the nation counts them once."""
    with writing("link same") as context:
        done = link_decisions.decide(context.store, context.people, person, other, same=True)
        linked = ", ".join(done.linked)
        context.confirm(
            _("{one} and {other} are one human: {linked}. See: husrum link list --decided", one=done.one, other=done.other, linked=linked)
        )
        if done.before is not None:
            context.confirm(_("That was decided before.") if done.before else _("It replaces what was decided before: two humans."))


@link_app.command("different")
def different(person: LINKED_PERSON, other: OTHER) -> None:
    """Two people of two cities are two humans, however alike their names and dates."""
    with writing("link different") as context:
        done = link_decisions.decide(context.store, context.people, person, other, same=False)
        context.confirm(_("{one} and {other} are two humans. See: husrum link list --decided", one=done.one, other=done.other))
        if done.before is not None:
            context.confirm(_("It replaces what was decided before: one human.") if done.before else _("That was decided before."))


@link_app.command("new-key")
def new_key(file: Annotated[str, Argument(metavar="FILE", help="The new file.")]) -> None:
    """Make the key that all cities link people with. One city or the national office makes it, once."""
    from ..domain.file_location import places_to_worry_about
    from ..domain.national.linking import new_link_key

    path = Path(file).expanduser()
    mark = new_link_key(path)
    for worry in places_to_worry_about(path):
        say(f"{_('Note')}: {worry}")
    say(_("{path}: a new link key with the fingerprint {fingerprint}.", path=path, fingerprint=mark))
    say(_("Every city needs this same file: bring it on a USB stick, never by mail. There: husrum link use-key FILE"))
    say(_("Compare the fingerprint on the phone. Keep a copy where only you can read it; it can't be made again."))


@link_app.command("use-key")
def use_key(
    file: Annotated[Text, Argument(metavar="[FILE]", help="The key; left out: say which one is in use.")] = None,
) -> None:
    """Choose the link key, once and for all; or say which one is in use."""
    from ..domain.national.linking import is_demo, key_fingerprint, read_link_key

    path = Path(file).expanduser() if file else key_path(None)
    if path is None:
        raise NotFound(_("No link key is chosen. Choose it with: husrum link use-key FILE"), "key")
    key = read_link_key(path)
    mark = key_fingerprint(key)
    if file and is_demo(key):
        raise Refused(
            _("{path} is a demonstration's key, which protects nobody; make one with: husrum link new-key FILE", path=path), "key"
        )
    if file:
        refuse_cpr(str(path.absolute()), "FILE")
        remember_link_key(path)
    say(_("People are linked with the key {fingerprint}, in {path}.", fingerprint=mark, path=path))


@link_app.command("national-key")
def national_key(
    key: Annotated[Text, Argument(metavar="[KEY]", help="The public key, age1…; left out: say which one is in use.")] = None,
    new: Annotated[Text, Option("--new", metavar="FILE", help="At the national office: make a new identity in this file.")] = None,
) -> None:
    """The national office's public key, which handovers are encrypted to; it is kept in the city's file."""
    from ..exporting import encryption

    if new and key:
        raise WrongInput(_("Name either a public key or --new FILE."), "new")
    if new:
        _new_identity(Path(new).expanduser())
    elif key:
        with writing("link national-key") as context:
            public = encryption.keep_national_key(context.store, key)
            context.confirm(_("What {path} hands over is encrypted to {key} from now on.", path=context.store.path, key=public))
    else:
        with reading() as context:
            known = encryption.national_key(context.store)
        if known is None:
            raise NotFound(_("The file knows no national key. Ask the national office for it, then: husrum link national-key KEY"), "key")
        print(known)


def _new_identity(path: Path) -> None:
    from ..domain.file_location import places_to_worry_about
    from ..exporting.encryption import new_identity

    public = new_identity(path)
    for worry in places_to_worry_about(path):
        say(f"{_('Note')}: {worry}")
    print(public)
    say(_("{path}: the national office's identity. Keep it secret and keep a copy: without it no handover can be opened.", path=path))
    say(_("Give every city the public key above. There: husrum link national-key KEY"))
