"""Every text of a questionnaire can be read and translated by its address; nothing else changes."""

from __future__ import annotations

from dataclasses import replace

from consult.i18n import Localized
from consult.questionnaires.specification import Group
from consult.questionnaires.texts import missing, texts, translate, with_notice
from consult.questions.question import Choice, Question
from tests.integration.answering.questionnaires import WELCOME


def test_every_text_has_an_address_of_its_own() -> None:
    paths = [text.path for text in texts(WELCOME)]
    assert len(paths) == len(set(paths))
    assert "question:area:label" in paths
    assert "choice:yes_no:yes" in paths


def test_what_lacks_a_language_is_missing_in_it() -> None:
    assert "notice:authority" in {text.path for text in missing(WELCOME, "ar")}
    assert missing(WELCOME, "en") == []


def test_a_translation_changes_one_text_in_one_language() -> None:
    changed = translate(WELCOME, "ar", {"question:area:label": "مكان السكن"})
    assert changed.questions["area"].label["ar"] == "مكان السكن"
    assert changed.questions["area"].label["en"] == WELCOME.questions["area"].label["en"]
    assert changed.questions["age"] == WELCOME.questions["age"]


def test_a_translated_choice_is_the_same_in_the_list_and_in_the_question() -> None:
    changed = translate(WELCOME, "ar", {"choice:yes_no:yes": "أجل"})
    assert changed.choice_lists["yes_no"][0].label["ar"] == "أجل"
    assert changed.questions["works"].choices[0].label["ar"] == "أجل"


def test_a_code_that_stands_twice_in_a_list_has_two_addresses() -> None:
    first, second = (Choice("king", Localized({"en": name})) for name in ("King (North)", "King (South)"))
    twice = replace(WELCOME, choice_lists={"towns": (first, second)})
    paths = [text.path for text in texts(twice) if text.path.startswith("choice:")]
    assert paths == ["choice:towns:king", "choice:towns:king:2"]
    changed = translate(twice, "fr", {"choice:towns:king:2": "King (Sud)"})
    assert ["fr" in choice.label for choice in changed.choice_lists["towns"]] == [False, True]


def test_texts_inside_repeats_are_translated_like_others() -> None:
    inner = Question("name", "text", Localized({"en": "Name?"}))
    members = Group("members", Localized({"en": "Members"}), items=(inner,), is_repeat=True)
    changed = translate(replace(WELCOME, items=(members,)), "fr", {"question:name:label": "Nom?"})
    assert changed.questions["name"].label["fr"] == "Nom?"
    assert changed.items[0] == replace(members, items=(changed.questions["name"],))


def test_a_new_language_joins_the_languages() -> None:
    assert translate(WELCOME, "uk", {}).languages == (*WELCOME.languages, "uk")


def test_an_unknown_address_changes_nothing() -> None:
    assert translate(WELCOME, "en", {"question:nobody:label": "x"}) == WELCOME


def test_a_notice_can_be_begun_where_there_was_none() -> None:
    bare = replace(WELCOME, notice=type(WELCOME.notice)())
    written = with_notice(bare, "fr", {"contact": "Maya Tremblay"})
    assert written.notice.contact["fr"] == "Maya Tremblay"
