"""Values that are set when another answer changes, and only then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from consult.i18n import Localized
from consult.questionnaires.routing import evaluate, final_answers, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from consult.responses.compiled_logic import logic_of
from consult.responses.page import ReadPage, read_page
from consult.responses.script_reach import beyond_script
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


COUNTED = form(
    ask("text", "town"),
    ask("text", "name"),
    ask("calculate", "moves", calculation="${moves} + 1", default="0", trigger=("town",)),
)


def test_a_calculation_reads_what_it_came_to_before() -> None:
    first = stored_after(COUNTED, {}, town="A")
    assert first["moves"] == 1
    assert stored_after(COUNTED, first, town="B")["moves"] == 2
    assert stored_after(COUNTED, first, town="A", name="Amal")["moves"] == 1


def test_what_was_set_off_sets_off_more_where_it_has_changed() -> None:
    made = form(
        ask("integer", "rooms"),
        ask("integer", "beds", calculation="${rooms} div 2", trigger=("rooms",)),
        ask("calculate", "changes", calculation="coalesce(${changes}, 0) + 1", trigger=("beds",)),
        ask("text", "why", trigger=("changes",)),
    )
    first = stored_after(made, {}, rooms="2", beds="", why="it is so")
    assert (first["beds"], first["changes"], first["why"]) == (1, 1, "it is so")
    assert stored_after(made, first, rooms="3", beds="1", why="it is so") == {**first, "rooms": 3}
    more = stored_after(made, first, rooms="4", beds="1", why="it is so")
    assert (more["beds"], more["changes"], more["why"]) == (2, 2, None)
    typed = stored_after(made, first, rooms="4", beds="7", why="it is so")
    assert (typed["beds"], typed["changes"], typed["why"]) == (7, 2, None)


def test_its_default_is_what_was_there_first() -> None:
    assert evaluate(COUNTED, {}, now=NOW, language="en").states["moves"].value == 0
    assert evaluate(COUNTED, {"town": "A"}, now=NOW, language="en").states["moves"].value == 1
    assert evaluate(COUNTED, {"town": "A", "moves": 7}, now=NOW, language="en").states["moves"].value == 7


def test_an_emptied_trigger_sets_off_too() -> None:
    assert stored_after(COUNTED, {"town": "A", "moves": 1}, town="")["moves"] == 2


def test_what_came_to_nothing_stays_so_until_the_next_change() -> None:
    made = form(
        ask("text", "town"),
        ask("text", "name"),
        ask("calculate", "seen", calculation="if(${name} = '', '', 'yes')", trigger=("town",)),
    )
    first = stored_after(made, {}, town="A")
    named = stored_after(made, first, town="A", name="Amal")
    assert evaluate(made, named, now=NOW, language="en").states["seen"].value is None
    assert stored_after(made, named, town="B", name="Amal")["seen"] == "yes"


def test_what_is_not_asked_when_it_is_set_off_is_worked_out_when_it_comes_to_be() -> None:
    made = form(
        ask("integer", "rooms"),
        ask("text", "name"),
        ask("calculate", "beds", calculation="${rooms} * 2", trigger=("rooms",), relevant="${name} != ''"),
    )
    first = stored_after(made, {}, rooms="2")
    assert "beds" not in first
    assert stored_after(made, first, rooms="2", name="Amal")["beds"] == 4


def test_a_total_is_kept_in_the_item_whose_trigger_changes() -> None:
    member = Group(
        "members",
        Localized({"en": "Members"}),
        is_repeat=True,
        items=(
            ask("integer", "pay"),
            ask("calculate", "all", calculation="${pay} + coalesce(${all}, 0)", trigger=("pay",)),
        ),
    )
    made = form(member)
    page = next(each for each in pages(made) if each.kind == "questions")
    stored: dict[str, Any] = {"members": [{"pay": 1, "all": 1}, {"pay": 5, "all": 5}]}
    fields = MultiDict([("q-pay", "10")])
    read = read_page(made, page, fields, stored, now=NOW, language="en", trail=(("members", 1),))
    assert read.merged(stored)["members"] == [{"pay": 1, "all": 1}, {"pay": 10, "all": 15}]


def test_the_script_is_told_what_sets_it_off_and_what_it_was() -> None:
    made = form(*COUNTED.questions.values(), ask("text", "why", relevant="${moves} > 1"))
    page = pages(made)[0]
    logic = logic_of(made, page, "en")
    assert logic.questions["moves"]["t"] == ["town"]
    assert logic.earlier == ("~moves",)
    stored = evaluate(made, {"town": "A", "moves": 4}, now=NOW, language="en")
    assert logic.values(stored) == '{"~moves":4.0}'
    assert beyond_script(made, page) == frozenset()


def test_the_script_is_told_of_a_moment_that_a_trigger_keeps() -> None:
    made = form(*STAMPED.questions.values(), ask("text", "why", relevant="${asked_at} != ''"))
    assert set(logic_of(made, pages(made)[0], "en").questions) == {"asked_at", "why"}


def test_without_script_what_it_brings_up_is_shown_first() -> None:
    made = form(*COUNTED.questions.values(), ask("text", "why", relevant="${moves} > 1"))
    assert sent(made, {"town": "A", "moves": 1}, town="B", why="").revealed == ("why",)
    assert sent(made, {"town": "A", "moves": 1}, town="A", why="").revealed == ()


def test_answers_from_a_file_are_worked_out_where_they_are_missing() -> None:
    states = evaluate(PROPOSED, {"rooms": 3}, now=NOW, language="en").states
    assert states["beds"].value == 6
