"""An enquiry and its interview, filled in question by question: without a terminal, and as a coordinator does it at one."""

from __future__ import annotations

import json
import signal
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import husrum, husrum_process, looked_into

from husrum_cli.commands.forms.form import Form, FormQuestion, Texts
from husrum_cli.errors import WrongInput

TODAY = {"HUSRUM_TODAY": "2024-03-06"}


def three(texts: Texts) -> Sequence[FormQuestion]:
    """A name, whether there was an interview, and where there was one, how it went."""
    more = [FormQuestion("how", "How")] if texts.get("held") else []
    return [FormQuestion("name", "Name", required=True), FormQuestion("held", "Held"), *more]


def no_digits(name: str, text: str) -> str:
    if not text or any(sign.isdigit() for sign in text):
        raise WrongInput(f"{name} is wrong")
    return text.title()


# Without a terminal ------------------------------------------------------------------------------------------------------------------


def test_a_wrong_answer_is_asked_for_again_and_an_empty_one_leaves_it_open() -> None:
    form = Form(three, no_digits, {})
    assert form.answer("") == form.answer("7") == "Name is wrong"
    assert form.answer("anna") == form.answer("") == ""
    assert form.current is None and form.answers == {"name": "anna"} and form.summary == [("Name", "Anna"), ("Held", "")]


def test_a_question_that_comes_up_after_an_answer_and_goes_with_it() -> None:
    form = Form(three, no_digits, {})
    for text in ("anna", "yes", "well"):
        form.answer(text)
    assert form.answers == {"name": "anna", "held": "yes", "how": "well"}
    assert form.go_to(2) and not form.go_to(4) and not form.go_to(0)
    form.answer("")
    assert form.current is None and form.answers == {"name": "anna"}


def test_back_is_also_typed_behind_an_answer_that_was_there_already() -> None:
    form = Form(three, no_digits, {"name": "anna", "held": "yes"})
    assert form.answer("yes<") == "" and form.current and form.current.name == "name"
    assert form.texts == {"name": "anna", "held": "yes"}


def test_back_shows_the_question_before_and_its_answer() -> None:
    form = Form(three, no_digits, {})
    form.answer("anna")
    assert form.answer("<") == ""
    assert form.current and form.current.name == "name" and form.texts == {"name": "anna"}
    form.go_back()
    assert form.place == 0


def test_one_answer_is_changed_and_the_summary_is_next() -> None:
    form = Form(three, no_digits, {})
    for text in ("anna", "yes", "well"):
        form.answer(text)
    form.go_to(1)
    form.answer("bo")
    assert form.current is None and form.answers["name"] == "bo"


def test_it_is_taken_up_where_it_was_interrupted() -> None:
    form = Form(three, no_digits, {})
    form.answer("anna")
    form.interrupt("ye5")
    again = Form(three, no_digits, form.texts)
    assert again.current and again.current.name == "held" and again.texts["held"] == "ye5"
    assert again.answer("ye5") == "Held is wrong"


@given(st.lists(st.sampled_from(["anna", "bo", "7", "", "<"]), max_size=20), st.text("an7", max_size=4))
def test_whatever_is_typed_is_there_the_next_time(typed: list[str], line: str) -> None:
    form = Form(three, no_digits, {})
    for text in typed:
        if form.current:
            form.answer(text)
    form.interrupt(line)
    again = Form(three, no_digits, form.texts)
    assert again.texts == form.texts
    for _label, shown in again.summary if again.current is None else []:
        assert not any(sign.isdigit() for sign in shown)


# At a terminal -----------------------------------------------------------------------------------------------------------------------

terminal = pytest.importorskip("terminal")


@pytest.fixture
def town(city: Path) -> Path:
    for line in (["Anna Holm", "--born", "2003-05-01"], ["Bo Krog"]):
        assert husrum("--db", city, "intake", "add", *line, "--enquired", "2024-01-08", env=TODAY).exit_code == 0
    return city


def at(path: Path, *words: str, language: str = "en", **more: Any) -> Any:
    return terminal.Terminal(path, *words, env={**TODAY, "HUSRUM_LANGUAGE": language}, **more)


def fill(seat: Any, answers: dict[str, str]) -> None:
    """Answers one question after the other, each when it is asked."""
    for question, answer in answers.items():
        seat.asked(question)
        seat.type(f"{answer}\r")


def intakes(path: Path, person: str) -> list[dict[str, Any]]:
    shown = json.loads(husrum("--db", path, "intake", "show", person, "--format", "json").stdout)
    found: list[dict[str, Any]] = shown["intakes"]
    return found


def drafts_listed(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(husrum("--db", path, "intake", "drafts", "--format", "json").stdout))


def drafts(path: Path) -> int:
    with closing(looked_into(path)) as connection:
        number: int = connection.execute("SELECT count(*) FROM drafts").fetchone()[0]
    return number


def edits(path: Path) -> int:
    with closing(looked_into(path)) as connection:
        number: int = connection.execute("SELECT count(*) FROM edits").fetchone()[0]
    return number


INTERVIEW = {
    "How they found HUSRUM:": "mun", "Referred by:": "Åben Fleksibel Rådgivning", "Why they come": "lonel,lacking", "What they wish for": "talk",
    "What they were offered": "", "Gender": "would", "Municipality": "Aarhus", "Occupation": "higher",
    "Consent": "yes", "Diagnoses": "angst, aut", "Psychiatric": "",
    "Suicidal thoughts:": "earl", "Loneliness:": "severe",
}  # fmt: skip


def test_an_enquiry_alone_asks_for_little(town: Path) -> None:
    with at(town, "intake", "add") as seat:
        fill(seat, {"Full name:": "Karl Kok", "Called:": "", "Born": "2003", "Enquired": "", "Interview held": ""})
        fill(seat, {"How they found HUSRUM:": "self", "Referred by:": "", "What they wish for": "ev", "Gender": "", "Municipality": ""})
        fill(seat, {"Phone:": "", "E-mail:": "", "Note:": "", "Save?": ""})
        status, shown = seat.end()
    assert status == 0 and shown.endswith("3 Karl Kok: enquiry on 2024-03-06. See: husrum person show 3\n") and "Diagnoses" not in shown
    assert intakes(town, "3")[0]["answers"] == {"source": ["self"], "wish": ["events"]} and drafts(town) == 0


def test_an_interview_is_interrupted_and_taken_up(town: Path) -> None:
    signed = edits(town)
    with at(town, "intake", "add") as seat:
        fill(seat, {"Full name:": "Karl Kok", "Called:": "", "Born": "2003", "Enquired": "5/3", "Interview held": "today"})
        fill(seat, dict(list(INTERVIEW.items())[:9]))
        seat.see("Diagnoses")
        seat.type("angst")
        seat.see("angst")
        seat.press(terminal.INTERRUPT)
        status, shown = seat.end()
    assert status == 130 and "kept as a draft" in shown
    assert drafts(town) == 1 and edits(town) == signed and husrum("--db", town, "person", "find", "Kok").exit_code == 4
    with at(town, "intake", "add") as seat:
        seat.see("Karl Kok, 13 answers. Go on with it?")
        seat.type("yes\r")
        seat.asked("Diagnoses (several with commas): angst")
        seat.type(", aut\r")
        fill(seat, dict(list(INTERVIEW.items())[10:]))
        fill(seat, {"Phone:": "", "E-mail:": "", "Note:": ""})
        lines = seat.see("Save?")
        assert any("Diagnoses: Anxiety, Autism" in line for line in lines) and any("Gender: Would not say" in line for line in lines)
        seat.type("\r")
        assert seat.end()[0] == 0
    (held,) = intakes(town, "Karl Kok")
    assert (held["enquired"], held["held"], held["referred_by"]) == ("2024-03-05", "2024-03-06", "Åben Fleksibel Rådgivning")
    assert held["answers"] == {
        "source": ["municipal"], "motive": ["lacking_network", "loneliness"], "wish": ["group"], "gender": ["declined"], "municipality": ["Aarhus"],
        "occupation": ["student_higher"], "diagnosis": ["anxiety", "autism"], "suicidal_thoughts": ["past"], "loneliness": ["severe"],
    }  # fmt: skip
    assert drafts(town) == 0


def test_a_window_that_is_closed_keeps_what_was_typed(town: Path) -> None:
    with at(town, "intake", "hold", "bo") as seat:
        fill(seat, {"Interview held": "", "How they found HUSRUM:": "friend"})
        seat.see("Referred by:")
        seat.type("Mor")
        seat.see("Referred by: Mor")
        with closing(looked_into(town, None)) as lock:
            seat.hang_up(lock)
    with at(town, "intake", "hold", "bo") as seat:
        seat.see("3 answers. Go on with it?")
        seat.type("no\r")
        seat.see("Interview held")
        seat.press(terminal.INTERRUPT)
        assert seat.end()[0] == 130
    assert drafts(town) == 1 and intakes(town, "2")[0]["held"] is None


def test_any_number_of_callers_can_be_interrupted(town: Path) -> None:
    for name in ("Karl Kok", "Lis Lund"):
        with at(town, "intake", "add") as seat:
            if name == "Lis Lund":
                seat.see("Go on with it?")
                seat.type("no\r")
            fill(seat, {"Full name:": name})
            seat.see("Called:")
            seat.press(terminal.INTERRUPT)
            assert seat.end()[0] == 130
    waits = json.loads(husrum("--db", town, "today", "--format", "json", env=TODAY).stdout)["items"]
    assert [(each["name"], each["command"]) for each in waits if each["what"] == "unfinished form"] == [
        ("Lis", "husrum intake add"), ("Karl", "husrum intake add")]  # fmt: skip
    with at(town, "intake", "add") as seat:
        karl, lis = (each["draft"] for each in sorted(drafts_listed(town), key=lambda each: str(each["name"])))
        lines = [line.split(" Interrupted")[0].strip() for line in seat.see("Which one to go on with?") if "Interrupted" in line]
        assert lines == [str(lis), str(karl)]  # as `intake drafts` numbers them
        seat.type("Karl\r")
        seat.see("“Karl” is not one of them.")
        seat.type(f"{karl}\r")
        fill(seat, {"Full name:": "", "Called:": "", "Born": "2003", "Enquired": "", "Interview held": ""})
        fill(seat, {"How they found HUSRUM:": "self", "Referred by:": "", "What they wish for": "ev", "Gender": "", "Municipality": ""})
        fill(seat, {"Phone:": "", "E-mail:": "", "Note:": "", "Save?": ""})
        assert seat.end()[0] == 0
    assert intakes(town, "Karl Kok") and drafts(town) == 1
    [left] = drafts_listed(town)
    assert left["name"] == "Lis Lund"
    assert husrum("--db", town, "intake", "drafts", "--remove", left["draft"] + 7).exit_code == 4
    with at(town, "intake", "drafts", "--remove", str(left["draft"])) as seat:
        seat.see("Lis Lund", "(yes/no)")
        seat.type("no\r")
        assert "Nothing was written." in seat.end()[1] and drafts(town) == 1
    assert "Lis Lund" in husrum("--db", town, "intake", "drafts", "--remove", left["draft"]).stderr
    assert drafts(town) == 0


def test_a_request_to_end_keeps_what_was_typed(town: Path) -> None:
    with at(town, "intake", "hold", "bo") as seat:
        fill(seat, {"Interview held": "", "How they found HUSRUM:": "friend"})
        seat.see("Referred by:")
        seat.type("Mor")
        seat.see("Referred by: Mor")
        seat.process.send_signal(signal.SIGTERM)
        status, shown = seat.end()
    assert status == 143 and "Traceback" not in shown
    with at(town, "intake", "hold", "bo") as seat:
        seat.see("3 answers. Go on with it?")


def test_going_back_and_changing_one_answer(town: Path) -> None:
    with at(town, "intake", "hold", "2") as seat:
        fill(seat, {"Interview held": "", "How they found HUSRUM:": "friend"})
        seat.asked("Referred by:")
        seat.press(terminal.UP)
        fill(seat, {"How they found HUSRUM: friend": "\x15headspace", "Referred by:": "Mor", "Why they come": "<", "Referred by: Mor": ""})
        fill(seat, {**dict.fromkeys(list(INTERVIEW)[2:], ""), "Consent": "yes", "Note:": ""})
        seat.see("Save?", "2 How they found HUSRUM: headspace", "3 Referred by: Mor")
        for nonsense in ("perhaps", "99"):
            seat.type(f"{nonsense}\r")
            seat.see(f"“{nonsense}” is neither yes nor no, nor a number from 1 to 15.", "Save?")
        seat.type("11\r")
        fill(seat, {"Diagnoses (several with commas):": "shoes"})
        lines = seat.see("The answer is not known.")
        assert not any("Choose from:" in line for line in lines), "they stand above the question"
        fill(seat, {"Diagnoses (several with commas): ": "none"})
        seat.see("11 Diagnoses: None")
        seat.type("\r")
        assert seat.end()[0] == 0
    assert intakes(town, "2")[0]["answers"] == {"source": ["headspace"], "diagnosis": ["none"]}


def consents(path: Path) -> list[tuple[Any, ...]]:
    with closing(looked_into(path)) as connection:
        return connection.execute("SELECT person_id, purpose, given FROM consents ORDER BY id").fetchall()


def test_without_a_consent_nothing_about_health_is_asked(town: Path) -> None:
    asked = {name: "" for name in list(INTERVIEW)[:9]}
    with at(town, "intake", "hold", "bo") as seat:
        fill(seat, {"Interview held": "5/3", **asked, "Note:": "", "Save?": ""})
        status, shown = seat.end()
    assert status == 0 and "Diagnoses" not in shown and consents(town) == []
    with at(town, "intake", "edit", "bo", "--ask") as seat:
        fill(seat, {**{name: "" for name in asked if name != "Referred by:"}, "Consent": "yes", "Diagnoses": "angst"})
        fill(seat, {"Psychiatric": "", "Suicidal thoughts:": "", "Loneliness:": "", "Save?": ""})
        assert seat.end()[0] == 0
    assert consents(town) == [(2, "health_data", "2024-03-06")] and intakes(town, "2")[0]["answers"] == {"diagnosis": ["anxiety"]}
    with at(town, "intake", "edit", "bo", "--ask") as seat:  # it is not asked for again
        fill(seat, {**{name: "" for name in asked if name not in ("Referred by:", "Consent")}, "Diagnoses": "stress"})
        seat.press(terminal.INTERRUPT)
        assert "Consent" not in seat.end()[1]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_consent_is_asked_for_before_typed_answers_are_stored(town: Path, answer: str) -> None:
    with at(town, "intake", "hold", "bo", "--date", "5/3", "--diagnosis", "angst") as seat:
        seat.see("Do they agree that answers about health are stored? (yes/no)")
        seat.type("yep\r")
        seat.see("“yep” is neither yes nor no.")
        seat.type(f"{answer}\r")
        status = seat.end()[0]
    stored = (0, [(2, "health_data", "2024-03-05")], {"diagnosis": ["anxiety"]}) if answer == "yes" else (5, [], {})
    assert (status, consents(town), intakes(town, "2")[0]["answers"]) == stored


def test_no_consent_is_asked_for_where_somebody_would_not_say(town: Path) -> None:
    with at(town, "intake", "hold", "bo", "--diagnosis", "declined") as seat:
        assert seat.end()[0] == 0


@pytest.mark.parametrize(("answer", "people"), [("1", 2), ("", 3)])
def test_somebody_who_is_known_is_asked_about_as_soon_as_name_and_birth_date_are(town: Path, answer: str, people: int) -> None:
    with at(town, "intake", "add") as seat:
        fill(seat, {"Full name:": "anna holm", "Called:": "", "Born": "1/5-2003"})
        seat.see("Known already: 1 Anna Holm, 2003-05-01. Is it the same human?")
        seat.type(f"{answer}\r")
        fill(seat, {"Enquired": "", "Interview held": "", "How they found HUSRUM:": ""})
        fill(
            seat,
            {
                "Referred by:": "",
                "What they wish for": "",
                "Gender": "",
                "Municipality": "",
                "Phone:": "",
                "E-mail:": "",
                "Note:": "",
                "Save?": "",
            },
        )
        status, shown = seat.end()
    assert status == 0 and ("1 Anna Holm: enquiry on 2024-03-06" in shown) == bool(answer)
    assert len(json.loads(husrum("--db", town, "person", "list", "--format", "json").stdout)) == people


def test_the_form_says_what_would_be_refused(town: Path) -> None:
    with at(town, "intake", "hold", "2") as seat:
        fill(seat, {"Interview held": "2024-01-01", **dict.fromkeys(list(INTERVIEW)[:9], ""), "Note:": "", "Save?": ""})
        seat.see("before the enquiry on 2024-01-08")
        seat.type("1\r")
        seat.asked("Interview held (date; Enter: today): 2024-01-01")
        seat.type("\x152024-01-09\r")
        seat.see("1 Interview held: 2024-01-09")
        seat.type("\r")
        assert seat.end()[0] == 0
    assert intakes(town, "2")[0]["held"] == "2024-01-09"


def test_a_name_is_asked_for_until_there_is_one(town: Path) -> None:
    with at(town, "intake", "add", language="da") as seat:
        fill(seat, {"Fuldt navn:": ""})
        seat.see("Der står ikke noget.")
        seat.asked("Fuldt navn:")
        seat.type("Eva Ek\r")
        seat.asked("Kaldenavn:")


def test_nothing_confidential_stays_on_the_screen(town: Path) -> None:
    with at(town, "intake", "add", "Eva Ek", "--ask", language="da") as seat:
        seat.see("Kaldenavn:")
        seat.press(terminal.INTERRUPT)
        _status, shown = seat.end()
    begun, ended = shown.index("\x1b[?1049h"), shown.index("\x1b[?1049l")
    assert begun < shown.index("Kaldenavn") < ended and "Kaldenavn" not in shown[ended:]


def test_off_a_terminal_the_form_is_no_way(town: Path) -> None:
    done = husrum_process("--db", town, "intake", "add", "Eva Ek", "--ask", input="friend\n" * 30)
    assert done.exit_code == 2 and "--answers" in done.stderr
    done = husrum_process("--db", town, "intake", "hold", "2", env=TODAY)
    assert done.exit_code == 0


def test_the_summary_says_what_is_meant_where_nothing_was_typed(town: Path) -> None:
    with at(town, "intake", "hold", "2") as seat:
        fill(seat, {"Interview held": "", **dict.fromkeys(list(INTERVIEW)[:9], ""), "Note:": ""})
        seat.see("Save?", f"1 Interview held: {TODAY['HUSRUM_TODAY']}", "Consent to store answers about health: no")
        seat.type("\r")
        assert seat.end()[0] == 0
    assert intakes(town, "Bo Krog")[0]["held"] == TODAY["HUSRUM_TODAY"]
