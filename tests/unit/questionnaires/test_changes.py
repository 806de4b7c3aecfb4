"""What a draft changes of what is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.changes import Change, changes_between
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Choice, Question

RED, BLUE = (Choice(key, Localized({"en": key})) for key in ("red", "blue"))
COLOUR = Question("colour", "select_one", Localized({"en": "Colour?"}), list_name="c", choices=(RED, BLUE))
TOWN = Question("town", "text", Localized({"en": "Town?"}))
ABOUT = Group("about", Localized({"en": "About you"}), items=(COLOUR, TOWN))
BEFORE = Questionnaire("f", Localized({"en": "Form"}), ("en", "fr"), (ABOUT,), {"c": (RED, BLUE)})


def with_items(*items: Question | Group) -> Questionnaire:
    return replace(BEFORE, items=items)


def keys(items: tuple[Question | Group, ...]) -> list[str]:
    return [item.key for item in items]


def test_the_same_has_no_changes() -> None:
    assert changes_between(BEFORE, replace(BEFORE)).is_empty


def test_what_is_new_and_what_is_gone_is_named() -> None:
    street = replace(TOWN, key="street")
    found = changes_between(BEFORE, with_items(replace(ABOUT, items=(COLOUR, street))))
    assert (keys(found.added), keys(found.removed)) == (["street"], ["town"])
    assert not found.is_empty


@pytest.mark.parametrize(
    ("change", "aspect"),
    [
        ({"kind": "integer"}, "kind"),
        ({"hint": Localized({"en": "Or village"})}, "words"),
        ({"relevant": Expression.parse("1 = 1")}, "condition"),
        ({"required": Expression.parse("1")}, "required"),
        ({"constraint": Expression.parse(". != ''")}, "constraint"),
        ({"default": Expression.parse("'x'")}, "calculation"),
        ({"appearance": ("multiline",)}, "looks"),
    ],
)
def test_a_question_that_differs_says_how(change: dict[str, object], aspect: str) -> None:
    town = replace(TOWN, **change)  # type: ignore[arg-type]
    found = changes_between(BEFORE, with_items(replace(ABOUT, items=(COLOUR, town))))
    assert found.changed == (Change(town, (aspect,)),)  # type: ignore[arg-type]


def test_choices_that_are_gone_are_named() -> None:
    colour = replace(COLOUR, choices=(RED,))
    found = changes_between(BEFORE, with_items(replace(ABOUT, items=(colour, TOWN))))
    assert found.changed == (Change(colour, ("choices",), ("blue",)),)


def test_a_condition_of_a_group_is_a_change_of_the_group_alone() -> None:
    about = replace(ABOUT, relevant=Expression.parse("1 = 1"))
    assert changes_between(BEFORE, with_items(about)).changed == (Change(about, ("condition",)),)


def test_another_order_is_said_once() -> None:
    found = changes_between(BEFORE, with_items(replace(ABOUT, items=(TOWN, COLOUR))))
    assert found.is_reordered
    assert [*found.added, *found.removed, *found.changed] == []


def test_languages_title_and_notice_are_told() -> None:
    notice = Notice(purpose=Localized({"en": "To plan"}))
    after = replace(BEFORE, title=Localized({"en": "Survey"}), languages=("en", "ar"), notice=notice)
    found = changes_between(BEFORE, after)
    assert (found.languages_added, found.languages_removed) == (("ar",), ("fr",))
    assert found.is_title_changed
    assert found.is_notice_changed
