"""Values that are set when another answer changes, and only then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from consult.questionnaires.routing import evaluate, final_answers, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from consult.responses.page import ReadPage, read_page
from tests.samples.questions import NOW, ask, one_page

LATER = NOW + timedelta(hours=5)


def form(*questions: Question | Group) -> Questionnaire:
    return one_page(*questions)[0]


def sent(made: Questionnaire, stored: dict[str, Any], *, now: Any = NOW, **typed: str) -> ReadPage:
    fields = MultiDict([(f"q-{key}", value) for key, value in typed.items()])
    return read_page(made, pages(made)[0], fields, stored, now=now, language="en")


def stored_after(made: Questionnaire, stored: dict[str, Any], **how: Any) -> dict[str, Any]:
    return sent(made, stored, **how).merged(stored)


STAMPED = form(
    ask("integer", "age"),
    ask("text", "name"),
    ask("calculate", "asked_at", calculation="string(now())", trigger=("age",)),
)


def test_a_moment_is_kept_when_its_trigger_is_answered() -> None:
    stored = stored_after(STAMPED, {}, age="30")
    assert stored["asked_at"].startswith(NOW.date().isoformat())


def test_other_changes_leave_it_as_it_is() -> None:
    first = stored_after(STAMPED, {}, age="30")
    again = stored_after(STAMPED, first, now=LATER, age="30", name="Amal")
    assert again["asked_at"] == first["asked_at"]


def test_a_changed_trigger_sets_it_anew() -> None:
    first = stored_after(STAMPED, {}, age="30")
    assert stored_after(STAMPED, first, now=LATER, age="31")["asked_at"] != first["asked_at"]


def test_nothing_is_set_before_the_trigger_is_answered() -> None:
    assert "asked_at" not in stored_after(STAMPED, {}, name="Amal")
    assert evaluate(STAMPED, {"name": "Amal"}, now=NOW, language="en").states["asked_at"].value is None


def test_what_was_set_is_what_is_submitted() -> None:
    first = stored_after(STAMPED, {}, age="30")
    kept = final_answers(STAMPED, first, now=LATER, language="en")
    assert kept["asked_at"] == first["asked_at"]


PROPOSED = form(
    ask("integer", "rooms"), ask("integer", "beds", calculation="${rooms} * 2", trigger=("rooms",))
)


def test_an_answer_is_proposed_and_may_be_written_over() -> None:
    proposed = stored_after(PROPOSED, {}, rooms="2", beds="")
    assert proposed == {"rooms": 2, "beds": 4}
    assert stored_after(PROPOSED, proposed, rooms="2", beds="5") == {"rooms": 2, "beds": 5}


def test_what_was_written_over_stands_until_the_trigger_changes() -> None:
    written = {"rooms": 2, "beds": 5}
    assert stored_after(PROPOSED, written, rooms="2", beds="5")["beds"] == 5
    assert stored_after(PROPOSED, written, rooms="3", beds="5")["beds"] == 6
    assert stored_after(PROPOSED, written, rooms="3", beds="7")["beds"] == 7


def test_an_emptied_proposal_stays_empty() -> None:
    stored = stored_after(PROPOSED, {"rooms": 2, "beds": 4}, rooms="2", beds="")
    assert stored["beds"] is None
    assert evaluate(PROPOSED, stored, now=NOW, language="en").states["beds"].value is None


def test_a_trigger_without_a_calculation_empties() -> None:
    made = form(ask("text", "town"), ask("text", "street", trigger=("town",)))
    assert stored_after(made, {"town": "A", "street": "B"}, town="C", street="B").get("street") is None


def test_several_triggers_each_set_it() -> None:
    made = form(
        ask("integer", "a"),
        ask("integer", "b"),
        ask("calculate", "sum", calculation="coalesce(${a}, 0) + coalesce(${b}, 0)", trigger=("a", "b")),
    )
    first = stored_after(made, {}, a="1")
    assert float(first["sum"]) == 1
    assert float(stored_after(made, first, a="1", b="2")["sum"]) == 3


def test_answers_from_a_file_are_worked_out_where_they_are_missing() -> None:
    states = evaluate(PROPOSED, {"rooms": 3}, now=NOW, language="en").states
    assert states["beds"].value == 6
