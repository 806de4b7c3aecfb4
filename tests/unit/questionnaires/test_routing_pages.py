"""Which questions stand together, and the way from page to page."""

from __future__ import annotations

from consult.questionnaires.routing import next_page, pages, previous_page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from tests.unit.questionnaires.logic_forms import ask, form, group, state_of


def layout(*items: Question | Group) -> list[tuple[str, list[str]]]:
    return [(page.key, [question.key for question in page.questions]) for page in pages(form(*items))]


def test_group_without_subgroups_is_one_page_however_long() -> None:
    questions = [ask(f"q{number}") for number in range(14)]
    assert layout(group("home", *questions)) == [("home", [question.key for question in questions])]


def test_loose_questions_make_pages_of_ten() -> None:
    assert [(key, len(asked)) for key, asked in layout(*(ask(f"q{n}") for n in range(23)))] == [
        ("q0", 10),
        ("q10", 10),
        ("q20", 3),
    ]


def test_subgroups_are_pages_between_loose_questions() -> None:
    assert layout(
        ask("a"), group("home", ask("b"), group("rent", ask("c"), ask("d")), ask("e")), ask("f")
    ) == [
        ("a", ["a"]),
        ("b", ["b"]),
        ("rent", ["c", "d"]),
        ("e", ["e"]),
        ("f", ["f"]),
    ]


def test_field_list_is_one_page_with_all_its_subgroups() -> None:
    whole = group("home", ask("a"), group("rent", ask("b")), ask("c"), appearance=("field-list",))
    assert layout(whole) == [("home", ["a", "b", "c"])]


def test_what_nobody_sees_is_on_no_page() -> None:
    unseen = [ask("c", "calculate", calculation="1"), ask("h", "hidden"), ask("start", "start")]
    assert layout(*unseen, ask("a"), group("none", *unseen)) == [("a", ["a"])]


def test_notes_are_seen() -> None:
    assert layout(ask("welcome", "note"), ask("a")) == [("welcome", ["welcome", "a"])]


def test_page_has_the_title_and_group_around_it() -> None:
    inner = group("rent", ask("c"))
    outer = group("home", ask("b"), inner)
    loose, rent = pages(form(outer))
    assert (loose.title["en"], loose.group) == ("Home", outer)
    assert (rent.title["en"], rent.group) == ("Rent", inner)


def test_page_of_no_group_has_no_title() -> None:
    (page,) = pages(form(ask("a")))
    assert (page.group, len(page.title)) == (None, 0)


def test_keys_of_pages_are_unique_and_leave_the_addresses_of_the_survey_alone() -> None:
    keys = [
        key
        for key, _ in layout(ask("home"), group("home", ask("a")), group("review", ask("b")), ask("thanks"))
    ]
    assert keys == ["home", "home-2", "review-2", "thanks-2"]


def test_pages_are_numbered_from_zero() -> None:
    assert [page.index for page in pages(form(group("a", ask("x")), group("b", ask("y"))))] == [0, 1]


def test_pages_are_made_once() -> None:
    questionnaire = form(ask("a"))
    assert pages(questionnaire) is pages(questionnaire)


def three_pages() -> Questionnaire:
    return form(
        group("a", ask("works", "select_one")),
        group("b", ask("job"), relevant="${works} = 'yes'"),
        group("c", ask("other")),
    )


def test_next_page_skips_what_is_not_relevant() -> None:
    questionnaire = three_pages()
    first, second, third = pages(questionnaire)
    for answers, expected in (({"works": "yes"}, second), ({"works": "no"}, third), ({}, third)):
        assert next_page(questionnaire, state_of(questionnaire, answers), first) == expected


def test_previous_page_skips_what_is_not_relevant() -> None:
    questionnaire = three_pages()
    first, second, third = pages(questionnaire)
    for answers, expected in (({"works": "yes"}, second), ({"works": "no"}, first)):
        assert previous_page(questionnaire, state_of(questionnaire, answers), third) == expected


def test_ways_end_at_both_ends() -> None:
    questionnaire = three_pages()
    evaluation = state_of(questionnaire, {})
    first, _, third = pages(questionnaire)
    assert next_page(questionnaire, evaluation, None) == first
    assert previous_page(questionnaire, evaluation, None) == third
    assert next_page(questionnaire, evaluation, third) is None
    assert previous_page(questionnaire, evaluation, first) is None


def test_page_is_relevant_if_one_of_its_questions_is() -> None:
    questionnaire = form(
        group("a", ask("x", relevant="false()"), ask("y", relevant="${z} = 1")), ask("z", "integer")
    )
    page = pages(questionnaire)[0]
    assert not state_of(questionnaire, {}).page_relevant(page)
    assert state_of(questionnaire, {"z": 1}).page_relevant(page)
