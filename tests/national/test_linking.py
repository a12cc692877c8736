"""Tags: spellings of one human agree, different humans don't, and nothing can be read from them. Then who is one human: the laws."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from any_text import LETTERS
from hypothesis import given, settings
from hypothesis import strategies as st
from nations import KEY
from often import holds_often

from husrum_cli.domain.national import linking
from husrum_cli.domain.national.linking import key_fingerprint, link_humans, tags
from husrum_cli.store import create

BORN = "2003-05-01"
KINDS = ("name_birth", "similar_name_birth", "phone_birth", "email_birth")


def named(name: str, born: str = BORN) -> dict[str, str]:
    return tags(name, born, None, None, KEY)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Åse Ågård", "Aase Aagaard", "ÅSE ÅGÅRD", "AASE AAGAARD", "A\u030ase A\u030aga\u030ard", "Ase Agard", " åse   ågård "),
        ("Søren Sørensen", "Soeren Soerensen", "Sören Sörensen", "SØREN SØRENSEN", "Soren Sorensen", "søren\tsørensen"),
        ("Anne-Marie Holm", "Anne Marie Holm", "ANNE–MARIE HOLM", "Annemarie Holm", "anne - marie holm"),
        ("Æmilie Kjær", "Aemilie Kjaer", "ÆMILIE KJÆR", "Ämilie Kjär"),
        ("René Núñez", "Rene Nunez", "RENE\u0301 Nunez"),
        ("Sinéad O'Connor", "Sinead O’Connor", "Sinead OConnor", "sinead o´connor"),
        ("Guðrún Þórsdóttir", "Gudrun Thorsdottir"),
        ("J. P. Holm", "J.P. Holm", "j p holm"),
        ("Günter Groß", "Gunter Gross"),
        ("İpek Yıldız", "Ipek Yildiz", "ipek yildiz"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_agree(spellings: tuple[str, ...]) -> None:
    assert {named(each)["name_birth"] for each in spellings} == {named(spellings[0])["name_birth"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Holm", "Anne Holm"),
        ("Anna Holm", "Anna Holmen"),
        ("Anna Holm", "Anna Marie Holm"),
        ("Anna Holm", "Holm Anna"),
        ("Bo Kær", "Bo Kar"),
        ("Jens Møller", "Jens Müller"),
        ("Олена Коваль", "Олег Коваль"),
        ("李 明", "李 华"),
    ],
)
def test_different_names_do_not_agree(one: str, other: str) -> None:
    assert named(one)["name_birth"] != named(other)["name_birth"]


def test_a_middle_name_that_is_left_out_suggests_without_linking() -> None:
    short, long = named("Anna Holm"), named("Anna Marie Holm")
    assert {kind for kind in short if short[kind] == long[kind]} == {"similar_name_birth"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Holm", "Holm, Anna"),
        ("Dorte Krog", "Dorthe Krogh"),
        ("Sofie Schmidt", "Sophie Schmitt"),
        ("Christian Clausen", "Kristian Klausen"),
        ("Mette Petersen", "Mete Petersen"),
        ("Anna Maria Holm", "Holm Anna"),
    ],
)
def test_similar_names_suggest_without_linking(one: str, other: str) -> None:
    a, b = named(one), named(other)
    assert a["name_birth"] != b["name_birth"] and a["similar_name_birth"] == b["similar_name_birth"]


@pytest.mark.parametrize(("one", "other"), [("Anna Holm", "Anna Dam"), ("Anna Holm", "Bo Holm"), ("Anna Holm", "Hanne Holm")])
def test_one_word_in_common_is_no_similar_name(one: str, other: str) -> None:
    assert not set(named(one).values()) & set(named(other).values())


def test_the_first_of_january_suggests_without_linking() -> None:
    assert named("Anna Holm", "2003-01-01").keys() == {"similar_name_birth"}
    assert named("Anna Holm", "2003-01-02").keys() == {"name_birth", "similar_name_birth"}


def test_no_tag_can_be_guessed_from_one_fact_at_a_time() -> None:
    """An attacker with the key must guess the date together with both names, or with a phone number or address."""
    made = tags("Anna Holm", BORN, "12345678", "anna@example.dk", KEY)
    for one in ("Anna Dam", "Bo Holm"):
        assert not set(made.values()) & set(tags(one, BORN, None, None, KEY).values())
    assert not set(made.values()) & set(tags("Anna Holm", "2003-05-02", "12345678", "anna@example.dk", KEY).values())


@pytest.mark.parametrize("name", ["Anna", "  anna ", "Anna-", "Anna ?"])
def test_a_name_of_one_word_makes_no_tag(name: str) -> None:
    assert named(name) == {}


@pytest.mark.parametrize("born", [None, "", "2003", "2003-05", "1. maj 2003"])
def test_without_a_full_birth_date_there_is_no_tag(born: str | None) -> None:
    assert tags("Anna Holm", born, "12345678", "anna@example.dk", KEY) == {}


@pytest.mark.parametrize("name", ["", "-", "' '", "?!"])
def test_without_a_name_only_contacts_tell(name: str) -> None:
    assert tags(name, BORN, "12345678", None, KEY).keys() == {"phone_birth"}


@pytest.mark.parametrize(
    "phone", ["12345678", "12 34 56 78", "+45 12 34 56 78", "0045 12345678", "(+45) 12-34-56-78", "4512345678", "１２３４５６７８"]
)
def test_spellings_of_one_phone_number_agree(phone: str) -> None:
    assert tags("", BORN, phone, None, KEY) == tags("", BORN, "12345678", None, KEY) != {}


@pytest.mark.parametrize(("one", "other"), [("45123456", "12345645"), ("+46 12345678", "12345678"), ("12345678", "12345679")])
def test_different_phone_numbers_do_not_agree(one: str, other: str) -> None:
    assert tags("", BORN, one, None, KEY) != tags("", BORN, other, None, KEY)


def test_a_foreign_number_agrees_with_either_beginning() -> None:
    assert tags("", BORN, "+46 70 123 45 67", None, KEY) == tags("", BORN, "0046701234567", None, KEY)


@pytest.mark.parametrize("nothing", ["", "112", "ingen", "0045"])
def test_what_is_no_phone_number_makes_no_tag(nothing: str) -> None:
    assert tags("", BORN, nothing, None, KEY) == {}


def test_mail_addresses() -> None:
    assert tags("", BORN, None, " Anna@Example.DK ", KEY) == tags("", BORN, None, "anna@example.dk", KEY) != {}
    assert tags("", BORN, None, "anna", KEY) == {}
    assert tags("", BORN, None, "anna.holm@example.dk", KEY) != tags("", BORN, None, "annaholm@example.dk", KEY)


def test_the_tags_of_all_versions_agree() -> None:
    """Tags of one city are compared with those that an older program made in another: if these change, so must the rules' name."""
    facts = ("Søren-Åge O'Kjær", "1999-12-31", "+45 20 30 40 50", "Soren@Example.dk", KEY)
    program = f"from husrum_cli.domain.national.linking import tags, tag_version; print(tags(*{facts!r}), tag_version({KEY!r}), sep='|')"
    # A process of its own, since the tests lower the cost of tags.
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8").stdout.strip()
    assert made == f"{PINNED}|{FINGERPRINT}-2"
    assert key_fingerprint(KEY) == FINGERPRINT


PINNED = {
    "name_birth": "42daf2b4dc3f1cb1ab13f486c9567ce0",
    "similar_name_birth": "a5d0157dbca5316bf8e0e9860616e5da",
    "phone_birth": "534700636137d24a42617e022114bcf7",
    "email_birth": "bbba88a81e26ea80feb4e82e41b9bdde",
}
FINGERPRINT = "2bf9-64aa-ae25-423c"

words = st.text(st.sampled_from("abeoåæøéAÅØ' -.1中"), max_size=12)


@settings(derandomize=True, max_examples=100)
@given(words, words, st.dates().map(str), st.binary(min_size=32, max_size=32))
def test_tags_differ_by_kind_key_and_date(first: str, last: str, born: str, key: bytes) -> None:
    phone, email = "12345678", "a@b.dk"
    made = tags(f"{first} {last}", born, phone, email, key)
    assert made.keys() <= set(KINDS) and len(set(made.values())) == len(made)
    assert not set(made.values()) & set(tags(f"{first} {last}", born, phone, email, bytes(32 * [key[0] ^ 1])).values())
    other = tags(f"{first} {last}", "1999-01-02" if born != "1999-01-02" else "1999-01-03", phone, email, key)
    assert not set(made.values()) & set(other.values())


@settings(derandomize=True, max_examples=100)
@given(st.text(LETTERS, max_size=30))
def test_any_name_agrees_with_itself_however_it_is_typed(name: str) -> None:
    import unicodedata

    for other in (unicodedata.normalize("NFD", name), unicodedata.normalize("NFC", name), f"  {name} ", name.replace("-", " ")):
        assert named(other) == named(name)


# Who is one human

PEOPLE = [(branch, number) for branch in range(4) for number in range(3)]
pairs = st.tuples(st.sampled_from(range(len(PEOPLE))), st.sampled_from(range(len(PEOPLE)))).filter(lambda pair: pair[0] < pair[1])
# Whose tag agrees with whose (equal letters; ~: none), and what was decided.
names = st.lists(st.sampled_from("aaabbc~"), min_size=len(PEOPLE), max_size=len(PEOPLE))
decided = st.dictionaries(pairs, st.booleans(), max_size=8)
Decided = dict[tuple[int, int], bool]


def human_of(place: Path, order: list[int], names: list[str], decided: Decided) -> dict[int, frozenset[int]]:
    """Links these people, entered in this order: person -> everybody who is the same human."""
    path = place / "denmark.db"
    path.write_bytes(b"")
    with closing(create(path)) as store:
        with store.writing("merge"):
            branches = {
                branch: store.insert("branches", name=f"City {branch}")
                for branch in sorted({PEOPLE[each][0] for each in order}, key=lambda b: order.index(3 * b))
            }
            for branch in branches.values():
                store.insert("link_keys", branch_id=branch, fingerprint="f")
            ids = {
                each: store.insert("people", branch_id=branches[PEOPLE[each][0]], number=1 + PEOPLE[each][1], uid=f"u{each * 7 % 12:02}")
                for each in order
            }
            uids = {each: f"u{each * 7 % 12:02}" for each in order}
            for each in order:
                store.insert("link_tags", person_id=ids[each], kind="email_birth", tag=f"own {each}")
                if names[each] != "~":
                    store.insert("link_tags", person_id=ids[each], kind="name_birth", tag=names[each])
            for (one, other), same in decided.items():
                low, high = sorted((uids[one], uids[other]))
                store.insert("link_decisions", one_uid=low, other_uid=high, same=int(same))
            link_humans(store)
        back = {id: each for each, id in ids.items()}
        rows = store.rows("SELECT id, uid, human_id, coalesce(human_id, id) AS human FROM people")
        groups: dict[int, set[int]] = {}
        for row in rows:
            groups.setdefault(row["human"], set()).add(row["id"])
        uid = {row["id"]: row["uid"] for row in rows}
        for row in rows:
            group = groups[row["human"]]
            assert row["human_id"] == (min(group, key=uid.__getitem__) if len(group) > 1 else None)
        return {back[id]: frozenset(back[member] for member in groups[row["human"]]) for row in rows for id in [row["id"]]}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("linking")


@settings(derandomize=True, max_examples=40)
@given(names, decided, st.randoms(use_true_random=False))
def test_who_is_one_human(place: Path, names: list[str], decided: Decided, order: random.Random) -> None:
    everyone = list(range(len(PEOPLE)))
    human = human_of(place, everyone, names, decided)
    for group in human.values():
        assert len({PEOPLE[each][0] for each in group}) == len(group), "one human is in a branch once at most"
    same = {pair for pair, are in decided.items() if are}
    for (one, other), are in decided.items():
        assert are or human[one] != human[other], "a decision 'different' holds"
    for one, other in ((a, b) for a in everyone for b in human[a] if a < b):
        assert connected(one, other, human[one], names, same), "linked people have a reason to be"
    for one in everyone:
        for other in everyone:
            if names[one] == names[other] != "~" and human[one] != human[other]:
                assert kept_apart(human[one], human[other], decided), "equal tags link unless something keeps them apart"
    shuffled = list(everyone)
    order.shuffle(shuffled)
    assert human_of(place, shuffled, names, dict(reversed(decided.items()))) == human, "no order and no local id matters"


@pytest.mark.full
def test_the_laws_hold_often(place: Path) -> None:
    holds_often(test_tags_differ_by_kind_key_and_date, words, words, st.dates().map(str), st.binary(min_size=32, max_size=32))
    holds_often(test_any_name_agrees_with_itself_however_it_is_typed, st.text(LETTERS, max_size=30))
    holds_often(test_who_is_one_human, st.just(place), names, decided, st.randoms(use_true_random=False))


def connected(one: int, other: int, group: frozenset[int], names: list[str], same: set[tuple[int, int]]) -> bool:
    """Whether a chain of equal tags and decisions inside the group leads from one to the other."""
    reached = {one}
    for _round in group:
        reached |= {b for a in reached for b in group if names[a] == names[b] != "~" or (a, b) in same or (b, a) in same}
    return other in reached


def kept_apart(one: frozenset[int], other: frozenset[int], decided: Decided) -> bool:
    """Whether two humans share a branch, or were decided to be different."""
    branches = {PEOPLE[each][0] for each in one} & {PEOPLE[each][0] for each in other}
    return bool(branches) or any(decided.get((min(a, b), max(a, b))) is False for a in one for b in other)


def test_a_tag_that_more_share_than_there_can_be_cities_links_nobody_and_takes_no_time(tmp_path: Path) -> None:
    with closing(create(tmp_path / "denmark.db")) as store, store.writing("merge"):
        for branch in range(20):
            id = store.insert("branches", name=f"City {branch}")
            first = 1 + 1000 * branch
            store.insert_many("people", ("id", "branch_id", "number"), [(first + each, id, 1 + each) for each in range(1000)])
            store.insert_many("link_tags", ("person_id", "kind", "tag"), [(first + each, "name_birth", "the same") for each in range(1000)])
        link_humans(store)
        assert store.value("SELECT count(human_id) FROM people") == 0
        assert linking.MOST_ALIKE < 20000


@pytest.mark.parametrize(("sharing", "linked"), [(256, 256), (257, 0)])
def test_as_many_as_there_can_be_cities_may_share_a_tag(tmp_path: Path, sharing: int, linked: int) -> None:
    with closing(create(tmp_path / "denmark.db")) as store, store.writing("merge"):
        each = range(1, sharing + 1)
        store.insert_many("branches", ("id", "name"), [(id, f"City {id}") for id in each])
        store.insert_many("people", ("id", "branch_id", "number"), [(id, id, 1) for id in each])
        store.insert_many("link_tags", ("person_id", "kind", "tag"), [(id, "name_birth", "the same") for id in each])
        link_humans(store)
        assert store.value("SELECT count(human_id) FROM people") == linked
