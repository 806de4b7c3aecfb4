"""The way through a questionnaire: nested as its groups are, and honest about what leads where."""

from __future__ import annotations

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.flow import Flow, Section, Stop, flow_of
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question


def ask(key: str, relevant: str = "") -> Question:
    condition = Expression.parse(relevant) if relevant else None
    return Question(key, "integer", Localized({"en": key}), relevant=condition)


def group(key: str, *items: Question | Group, relevant: str = "", is_repeat: bool = False) -> Group:
    condition = Expression.parse(relevant) if relevant else None
    return Group(key, Localized({"en": key}), relevant=condition, items=items, is_repeat=is_repeat)


def flow(*items: Question | Group) -> Flow:
    return flow_of(Questionnaire("f", Localized({"en": "F"}), ("en",), items, {}))


def shape(items: object) -> list[object]:
    return [
        [item.group.key, shape(item.items)] if isinstance(item, Section) else item.page.key
        for item in items  # type: ignore[attr-defined]
    ]


def onward(of: Flow, key: str) -> list[tuple[str | None, list[str]]]:
    page = next(stop.page for stop in of.stops if stop.page.key == key)
    return [
        (one.page.key if one.page else None, [condition.source for condition in one.conditions])
        for one in of.onward(page)
    ]


BRANCHING = flow(
    group("about", ask("age"), ask("status")),
    group("refugees", ask("r"), relevant="${status} = 1"),
    group("students", ask("s"), relevant="${status} = 2"),
    group("all", ask("z")),
)


def test_a_group_of_one_page_is_a_page_and_one_of_several_a_section() -> None:
    nested = flow(group("home", group("rooms", ask("a")), group("rent", ask("b"))), group("work", ask("c")))
    assert shape(nested.items) == [["home", ["rooms", "rent"]], "work"]


def test_sections_are_nested_as_the_groups_are() -> None:
    inner = group("inner", group("one", ask("a")), group("two", ask("b")))
    assert shape(flow(group("outer", inner, group("three", ask("c")))).items) == [
        ["outer", [["inner", ["one", "two"]], "three"]]
    ]


def test_a_page_has_the_condition_of_its_group() -> None:
    stop = BRANCHING.items[1]
    assert isinstance(stop, Stop)
    assert stop.condition is not None
    assert stop.condition.source == "${status} = 1"


def test_a_page_leads_to_each_page_that_may_come_next_and_no_further() -> None:
    assert onward(BRANCHING, "about") == [
        ("refugees", ["${status} = 1"]),
        ("students", ["${status} = 2"]),
        ("all", []),
    ]


def test_the_last_page_leads_to_the_end() -> None:
    assert onward(BRANCHING, "all") == [(None, [])]


def test_pages_behind_the_same_condition_follow_each_other() -> None:
    section = group("only", group("one", ask("a")), group("two", ask("b")), relevant="${age} > 3")
    found = flow(group("first", ask("age")), section, group("rest", ask("z")))
    assert onward(found, "first") == [("one", ["${age} > 3"]), ("rest", [])]
    assert onward(found, "one") == [("two", [])]
    assert onward(found, "two") == [("rest", [])]


def test_a_page_on_which_every_question_has_a_condition_may_be_skipped() -> None:
    found = flow(group("first", ask("age")), group("maybe", ask("a", "${age} > 3")), group("rest", ask("z")))
    assert onward(found, "first") == [("maybe", []), ("rest", [])]
    assert [stop.is_by_question for stop in found.stops] == [False, True, False]


def test_a_page_names_the_pages_that_its_answers_decide_about() -> None:
    about = BRANCHING.stops[0].page
    assert shape(BRANCHING.decided(about)) == ["refugees", "students"]
    assert BRANCHING.decided(BRANCHING.stops[3].page) == []


def test_of_a_section_that_is_decided_about_only_the_whole_is_named() -> None:
    inner = group("inner", ask("b"), relevant="${age} > 5")
    section = group("only", group("one", ask("a")), inner, relevant="${age} > 3")
    found = flow(group("first", ask("age")), section)
    assert shape(found.decided(found.stops[0].page)) == [["only", ["one", "inner"]]]


def test_a_condition_that_holds_already_is_not_asked_again() -> None:
    inner = group("inner", ask("b"), relevant="${age} > 3")
    section = group("only", group("one", ask("a")), inner, relevant="${age} > 3")
    assert onward(flow(group("first", ask("age")), section), "one") == [("inner", [])]


def test_the_last_page_of_an_item_leads_back_to_the_list() -> None:
    found = flow(group("members", ask("name"), is_repeat=True), group("rest", ask("z")))
    assert shape(found.items)[0][0] == "members"  # type: ignore[index]
    list_page, item_page, _rest = (stop.page for stop in found.stops)
    assert list_page.kind == "list"
    assert [one.page for one in found.onward(item_page)] == [list_page]


def test_an_empty_questionnaire_has_an_empty_way() -> None:
    assert flow().items == []
