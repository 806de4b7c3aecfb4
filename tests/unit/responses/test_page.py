"""A page that was sent: read once, judged once, nothing typed is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Questionnaire
from consult.questions import Given
from consult.responses.page import ReadPage, read_page, typed_again
from consult.responses.page_form import page_form
from consult.responses.script_reach import beyond_script
from tests.samples.questions import NOW, ask, choices, group, one_page

AREAS = choices(("home", {"en": "Housing", "fr": "Logement"}), ("work", {"en": "Work", "fr": "Emploi"}))
SCRIPT = ("live", "1")
TOWNS = tuple(
    replace(choice, attributes={"of": of})
    for choice, of in zip(choices("london", "montreal"), ("on", "qc"), strict=True)
)


def sent(
    made: tuple[Questionnaire, Page],
    *fields: tuple[str, str],
    stored: dict[str, Any] | None = None,
    language: str = "en",
    **named: str,
) -> ReadPage:
    """Send a page; ``named`` are inputs by question key, ``fields`` any inputs."""
    form = MultiDict([*fields, *((f"q-{key}", value) for key, value in named.items())])
    return read_page(*made, form, stored or {}, now=NOW, language=language)


def said(read: ReadPage) -> dict[str, str]:
    return {key: str(message) for key, message in read.errors.items()}


def test_what_is_valid_comes_out_coded() -> None:
    page = one_page(
        ask("integer", "age"),
        ask("select_multiple", "needs", choices=AREAS),
        ask("date", "since"),
        ask("text", "why"),
    )
    read = sent(page, ("q-needs", "work"), ("q-needs", "home"), age="٣٤", since="5 mars 2026", language="fr")
    assert dict(read.answers) == {"age": 34, "needs": ["home", "work"], "since": "2026-03-05"}
    assert read.is_complete
    assert read.asked == {"age", "needs", "since", "why"}


def test_an_emptied_answer_is_taken_away() -> None:
    read = sent(one_page(ask("text", "why")), why="", stored={"why": "because", "elsewhere": 1})
    assert read.merged({"why": "because", "elsewhere": 1}) == {"elsewhere": 1}


def test_all_faults_are_found_at_once_in_the_order_of_the_page() -> None:
    page = one_page(
        ask("integer", "age"),
        ask("text", "name", required="true()"),
        ask("select_one", "need", choices=AREAS),
    )
    assert said(sent(page, need="palace", age="old")) == {
        "age": "Please write a whole number in digits, such as 12.",
        "name": "Please answer this question.",
        "need": "Please choose one of the answers offered.",
    }


def test_what_is_not_valid_is_kept_as_it_was_typed() -> None:
    page = one_page(ask("integer", "age"), ask("select_one", "need", choices=AREAS, has_other=True))
    read = sent(page, ("q-need/other", "x" * 1_001), age=" about forty ", stored={"age": 39})
    assert typed_again(read.unsaved["age"]).texts == (" about forty ",)
    assert typed_again(read.unsaved["need"]).details == {"other": "x" * 1_001}
    assert "age" not in read.merged({"age": 39})


def test_what_no_page_can_hold_is_shown_again_as_a_sign_for_it() -> None:
    read = sent(one_page(ask("text", "why")), why="before\x00after")
    assert typed_again(read.unsaved["why"]).texts == ("before\ufffdafter",)


def test_valid_answers_are_kept_beside_those_that_are_not() -> None:
    read = sent(one_page(ask("integer", "age"), ask("text", "why")), age="old", why="because")
    assert dict(read.answers) == {"why": "because"}


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("text", {}, "Please answer this question."),
        ("select_one", {"choices": AREAS}, "Please choose an answer."),
        ("rank", {"choices": AREAS}, "Please choose an answer."),
        ("acknowledge", {}, "Please tick the box to go on."),
    ],
)
def test_what_is_required_says_so_in_the_words_of_its_kind(kind: str, more: Any, sentence: str) -> None:
    assert said(sent(one_page(ask(kind, required="true()", **more)))) == {"it": sentence}


def test_the_author_s_own_sentence_wins_in_the_language_of_the_page() -> None:
    page = one_page(
        ask("text", required="true()", required_message={"en": "Your name, please.", "fr": "Votre nom."})
    )
    assert said(sent(page, language="fr")) == {"it": "Votre nom."}
    assert said(sent(page, language="ar")) == {"it": "Please answer this question."}


def test_required_can_depend_on_another_answer() -> None:
    page = one_page(ask("select_one", "need", choices=AREAS), ask("text", "why", required="${need} = 'home'"))
    assert said(sent(page, need="home")) == {"why": "Please answer this question."}
    assert said(sent(page, need="work")) == {}


def test_a_constraint_speaks_the_author_s_words_with_labels_for_answers() -> None:
    page = one_page(
        ask("select_one", "need", choices=AREAS),
        ask("integer", "age", constraint=". < 120", constraint_message={"fr": "Trop pour ${need}."}),
    )
    read = sent(page, need="home", age="200", language="fr")
    assert said(read) == {"age": "Trop pour Logement."}
    assert read.errors["age"].language == "fr"


def test_a_constraint_without_words_has_the_standard_sentence() -> None:
    read = sent(one_page(ask("integer", constraint=". < 10")), it="11")
    assert said(read)["it"].startswith("This answer is not possible here.")


def test_a_constraint_does_not_judge_an_empty_answer() -> None:
    assert said(sent(one_page(ask("integer", constraint=". > 10")))) == {}


CASCADE = one_page(
    ask("select_one", "need", choices=AREAS),
    ask("integer", "rent", relevant="${need} = 'home'", required="true()", constraint=". > 0"),
)


def test_what_is_not_relevant_is_not_judged_and_its_stored_answer_stays() -> None:
    stored = {"need": "home", "rent": 900}
    read = sent(CASCADE, SCRIPT, need="work", rent="", stored=stored)
    assert read.is_complete
    assert read.merged(stored) == {"need": "work", "rent": 900}


def test_what_was_typed_before_it_became_irrelevant_is_kept() -> None:
    assert sent(CASCADE, SCRIPT, need="work", rent="950").merged({}) == {"need": "work", "rent": 950}


def test_what_was_typed_wrongly_before_it_became_irrelevant_is_no_fault() -> None:
    assert sent(CASCADE, SCRIPT, need="work", rent="dear").is_complete


def test_without_script_a_question_that_has_become_relevant_is_shown_before_it_is_required() -> None:
    read = sent(CASCADE, need="home")
    assert (read.revealed, said(read), read.is_complete) == (("rent",), {}, False)


def test_with_script_a_revealed_question_was_seen_and_is_judged() -> None:
    read = sent(CASCADE, SCRIPT, need="home")
    assert (read.revealed, list(read.errors)) == ((), ["rent"])


def test_a_revealed_question_is_judged_when_the_page_is_sent_again() -> None:
    read = sent(CASCADE, need="home", stored={"need": "home"})
    assert (read.revealed, list(read.errors)) == ((), ["rent"])


def towns_of(province: str = "${province}", required: str = "false()") -> tuple[Questionnaire, Page]:
    """A list on the same page as what it hangs on."""
    return one_page(
        ask("text", "province"),
        ask("select_one", "town", choices=TOWNS, choice_filter=f"of = {province}", required=required),
    )


def test_without_script_a_list_that_had_no_choices_is_shown_before_it_is_required() -> None:
    made = towns_of(required="true()")
    assert sent(made, province="on").revealed == ("town",)
    assert sent(made, province="on", stored={"province": "on"}).revealed == ()
    assert said(sent(made, SCRIPT, province="on")) == {"town": "Please choose an answer."}


def test_a_list_that_the_script_cannot_filter_is_shown_before_it_is_passed_over() -> None:
    made = towns_of("pulldata('towns', 'of', 'name', ${province})")
    assert sent(towns_of(), SCRIPT, province="on").revealed == ()
    assert "town" in beyond_script(*made)


def test_choice_that_does_not_go_with_the_other_answers_is_told_so() -> None:
    read = sent(towns_of(), province="on", town="montreal")
    assert said(read) == {"town": "Only these answers go with what you answered before. Please choose again."}
    assert read.unsaved["town"]["texts"] == ["montreal"]


def test_choice_before_anybody_can_tell_what_is_offered_is_told_so() -> None:
    read = sent(towns_of(), province="", town="montreal")
    assert said(read) == {
        "town": "What can be chosen here follows from other answers. Please give those first."
    }


def test_only_choices_on_offer_are_taken() -> None:
    towns = (*choices("london", "windsor"),)
    filtered = ask("select_one", "town", choices=towns, choice_filter="name = ${near}")
    page = one_page(ask("text", "near"), filtered)
    assert said(sent(page, near="london", town="london")) == {}
    assert said(sent(page, near="london", town="windsor")) == {
        "town": "Only these answers go with what you answered before. Please choose again."
    }


def test_what_cannot_be_changed_is_not_taken_from_the_browser() -> None:
    page = one_page(ask("text", "fixed", read_only="true()", default="'ours'", required="true()"))
    read = sent(page, fixed="forged", stored={"fixed": "ours"})
    assert read.is_complete
    assert read.merged({"fixed": "ours"}) == {"fixed": "ours"}


def test_what_cannot_be_changed_steers_nothing_when_it_is_forged() -> None:
    page = one_page(
        ask("text", "fixed", read_only="true()", default="'ours'"),
        ask("text", "why", relevant="${fixed} = 'forged'", required="true()"),
    )
    assert sent(page, SCRIPT, fixed="forged", stored={"fixed": "ours"}).is_complete


def test_what_can_be_changed_after_all_is_taken() -> None:
    page = one_page(ask("text", "key"), ask("text", "door", read_only="${key} = ''"))
    assert dict(sent(page, key="k", door="open").answers) == {"key": "k", "door": "open"}
    assert dict(sent(page, door="open").answers) == {}


def test_an_emptied_default_is_not_filled_in_again() -> None:
    page = one_page(ask("text", "city", default="'London'"))
    read = sent(page, city="")
    assert read.merged({}) == {"city": None}
    assert read.evaluation.states["city"].value is None


def test_a_default_that_was_left_alone_is_an_answer() -> None:
    assert sent(one_page(ask("text", "city", default="'London'")), city="London").merged({}) == {
        "city": "London"
    }


def test_the_head_of_a_table_is_not_asked() -> None:
    head = ask("select_one", "head", choices=AREAS, appearance="label", required="true()")
    row = ask("select_one", "row", choices=AREAS, list_name="head_list", appearance="list-nolabel")
    assert sent(one_page(head, row), row="home").is_complete


def test_a_condition_on_a_group_inside_the_page_counts() -> None:
    page = one_page(
        ask("select_one", "need", choices=AREAS),
        group(ask("text", "why", required="true()"), key="inner", relevant="${need} = 'home'"),
    )
    assert sent(page, SCRIPT, need="work").is_complete
    assert list(sent(page, SCRIPT, need="home").errors) == ["why"]
    assert sent(page, need="home").revealed == ("why",)


@pytest.mark.parametrize(
    "key", ["language", "go", "data", "errors", "validate", "meta", "process", "csrf_token", "a-b.c"]
)
def test_a_question_may_have_any_name(key: str) -> None:
    page = one_page(ask("text", key, required="true()"))
    read = sent(page, (f"q-{key}", "words"), ("language", "fr"), ("go", "next"))
    assert dict(read.answers) == {key: "words"}


def test_inputs_that_belong_to_no_question_are_ignored() -> None:
    read = sent(one_page(ask("text", "why")), ("q-other_page", "forged"), ("answers", "x"), why="because")
    assert dict(read.answers) == {"why": "because"}


def test_ranking_reads_one_input_for_each_choice() -> None:
    page = one_page(ask("rank", "order", choices=AREAS))
    read = sent(page, ("q-order/home", "2"), ("q-order/work", "1"), ("q-order/palace", "3"))
    assert dict(read.answers) == {"order": ["work", "home"]}


def test_nothing_of_one_person_is_left_for_the_next() -> None:
    page = one_page(ask("integer", "age"), ask("select_one", "need", choices=AREAS, has_other=True))
    first = sent(page, ("q-need/other", "Library"), age="old")
    second = sent(page)
    assert (dict(second.answers), dict(second.unsaved), said(second)) == ({}, {}, {})
    assert list(first.errors) == ["age"]
    with page_form(*page) as form:
        assert all(
            (field.data, field.given, field.errors) == ({}, Given(), ()) for field in form.answer_fields
        )


def test_many_people_send_the_same_page_at_once() -> None:
    page = one_page(*(ask("integer", f"n{place}") for place in range(10)))

    def send(number: int) -> set[Any]:
        return set(sent(page, *((f"q-n{place}", str(number)) for place in range(10))).answers.values())

    with ThreadPoolExecutor(8) as people:
        assert list(people.map(send, range(200))) == [{number} for number in range(200)]
