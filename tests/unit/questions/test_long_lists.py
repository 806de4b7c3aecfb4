"""Lists that are too long for a page: when, and what a search in them finds."""

from __future__ import annotations

import time

import pytest

from consult.i18n import Localized
from consult.questions import Choice, Question, kind_of
from consult.questions.long_lists import MOST_ON_PAGE, is_long, matches

TOWNS = (
    Choice("on-1", Localized({"en": "London", "fr": "London"})),
    Choice("on-2", Localized({"en": "New London"})),
    Choice("qc-1", Localized({"fr": "Québec", "en": "Quebec City"})),
    Choice("qc-2", Localized({"fr": "Trois-Rivières"})),
    Choice("on-3", Localized({"en": "Blondon"})),
)
MORE = tuple(Choice(f"x{n}", Localized({"en": f"Place {n}"})) for n in range(MOST_ON_PAGE))


def question(*choices: Choice, kind: str = "select_one", appearance: tuple[str, ...] = ()) -> Question:
    return Question("town", kind, list_name="towns", choices=choices, appearance=appearance)


def found(searched: str, offered: tuple[str, ...] | None = None) -> list[str]:
    asked = question(*TOWNS, *MORE)
    codes = offered or tuple(choice.key for choice in asked.choices)
    return [choice.key for choice in matches(asked, codes, searched).choices]


@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_list_is_long_from_the_first_choice_that_people_would_not_read(kind: str) -> None:
    assert not is_long(question(*MORE, kind=kind))
    assert is_long(question(*MORE, TOWNS[0], kind=kind))


@pytest.mark.parametrize("appearance", ["label", "list-nolabel", "likert"])
def test_table_of_choices_is_never_searched(appearance: str) -> None:
    assert not is_long(question(*MORE, *TOWNS, appearance=(appearance,)))


def test_ranking_is_never_searched() -> None:
    assert not is_long(question(*MORE, *TOWNS, kind="rank"))


def test_long_list_is_searched_whatever_menu_was_asked_for() -> None:
    asked = question(*MORE, *TOWNS, appearance=("minimal",))
    assert kind_of(asked).partial(asked) == "questions/select_find.html"


@pytest.mark.parametrize(
    ("searched", "codes"),
    [
        ("london", ["on-1", "on-2", "on-3"]),
        ("LON", ["on-1", "on-2", "on-3"]),
        ("quebec", ["qc-1"]),
        ("Québec", ["qc-1"]),
        ("riv trois", ["qc-2"]),
        ("on-3", ["on-3"]),
        ("  new   lon ", ["on-2"]),
        ("nowhere", []),
        ("<script>", []),
    ],
)
def test_search_finds_what_people_mean_the_likeliest_first(searched: str, codes: list[str]) -> None:
    assert found(searched) == codes


def test_search_finds_only_what_is_offered() -> None:
    assert found("london", ("on-2", "qc-1")) == ["on-2"]


def test_without_a_search_a_short_offer_is_shown_whole_and_a_long_one_not_at_all() -> None:
    assert found("", ("qc-1", "on-1")) == ["qc-1", "on-1"]
    assert found("") == []


def test_number_of_all_matches_is_known_when_only_the_first_are_given() -> None:
    asked = question(*TOWNS, *MORE, *(Choice(f"y{n}", Localized({"en": f"Place 2{n}"})) for n in range(20)))
    result = matches(asked, tuple(choice.key for choice in asked.choices), "place")
    assert (len(result.choices), result.total) == (MOST_ON_PAGE, 50)


def test_twenty_thousand_are_searched_at_once() -> None:
    asked = question(*(Choice(str(n), Localized({"en": f"Street {n}"})) for n in range(20_000)))
    codes = tuple(choice.key for choice in asked.choices)
    matches(asked, codes, "street 19999")
    begun = time.process_time()
    assert matches(asked, codes, "street 19999").total == 1
    assert time.process_time() - begun < 1


def test_report_of_a_very_long_list_has_no_column_for_each_choice() -> None:
    many = tuple(Choice(str(n), Localized({"en": str(n)})) for n in range(201))
    asked = question(*many, kind="select_multiple")
    assert [column.key for column in kind_of(asked).columns(asked)] == ["town"]
