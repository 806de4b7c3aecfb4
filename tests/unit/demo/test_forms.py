"""The example’s questionnaires: complete in every language, kind to people, and read without a finding."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.demo import forms
from consult.demo.forms import FORMS, example_questionnaire, example_xlsform, languages_of, read_words
from consult.questionnaires.routing import pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.texts import missing, texts
from consult.questionnaires.xlsform import read_xlsform

LANGUAGES = {"en", "fr", "ar", "es", "zh-Hans"}
NO_ANSWER = {"no_answer", "sans_reponse"}
PERSONAL = {
    *("status", "area", "age_group", "gender", "housing_share", "work_now", "income_enough"),
    *("service_barriers", "family_doctor", "care_barriers"),
    *("discrimination", "discrimination_where", "discrimination_basis"),
    *("origine", "lieu", "raisons_anglais", "appartenance", "langue_travail"),
}
"""Questions that can point to a person or hurt: who somebody is, what they have, what was done to them."""


@pytest.fixture(params=FORMS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def questionnaire(name: str) -> Questionnaire:
    return example_questionnaire(name)


def words(name: str, code: str) -> Iterator[str]:
    for rows in read_words(name, code).values():
        for row in rows:
            yield from (text for column, text in row.items() if column not in ("name", "list_name"))


def groups(items: tuple[object, ...]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups(item.items)


def test_questionnaire_is_read_without_errors_or_warnings(name: str) -> None:
    reading = read_xlsform(example_xlsform(name).encode(), f"{name}.md")
    assert [(f.severity, f.code, f.sheet, f.row, str(f.message)) for f in reading.findings] == []


def test_every_text_is_there_in_all_five_languages(questionnaire: Questionnaire) -> None:
    assert set(questionnaire.languages) == LANGUAGES
    assert [(code, text.path) for code in LANGUAGES for text in missing(questionnaire, code)] == []


def test_every_question_choice_and_group_has_words(questionnaire: Questionnaire) -> None:
    found = {text.path for text in texts(questionnaire)}
    asked = {question.key for page in pages(questionnaire) for question in page.questions}
    choices = {f"choice:{name}:{c.key}" for name, all_ in questionnaire.choice_lists.items() for c in all_}
    labels = {f"question:{key}:label" for key in asked} | choices
    labels |= {f"group:{group.key}:label" for group in groups(questionnaire.items)}
    assert labels - found == set()


def test_one_survey_is_authored_in_english_and_one_in_french() -> None:
    assert [example_questionnaire(name).default_language for name in FORMS] == ["en", "fr"]


def test_immigrant_survey_has_about_thirty_questions() -> None:
    questionnaire = example_questionnaire("immigrant_survey")
    grids = [group for group in groups(questionnaire.items) if "table-list" in group.appearance]
    asked = [
        question for page in pages(questionnaire) for question in page.questions if question.kind != "note"
    ]
    assert 30 <= len(asked) - sum(len(grid.items) - 1 for grid in grids) <= 35


def test_examples_show_many_kinds_of_question() -> None:
    kinds = {question.kind for name in FORMS for question in example_questionnaire(name).questions.values()}
    assert kinds >= {"text", "integer", "decimal", "range", "date", "select_one", "select_multiple", "rank"}
    assert kinds >= {"note", "calculate"}


def test_no_page_asks_more_than_ten_questions(questionnaire: Questionnaire) -> None:
    assert [page.key for page in pages(questionnaire) if len(page.questions) > 10] == []


def test_notice_says_who_asks_by_what_right_why_and_whom_to_call(questionnaire: Questionnaire) -> None:
    notice = questionnaire.notice
    for text in (notice.introduction, notice.authority, notice.purpose, notice.contact):
        assert text.keys() == LANGUAGES
    assert questionnaire.minutes


def test_every_language_says_that_the_example_is_made_up(questionnaire: Questionnaire) -> None:
    says = {"en": "made up", "fr": "fictifs", "ar": "غير حقيقية", "es": "ficticios", "zh-Hans": "编造"}
    assert [code for code in LANGUAGES if says[code] not in questionnaire.notice.introduction[code]] == []


def test_personal_questions_are_voluntary_say_why_and_can_be_declined(questionnaire: Questionnaire) -> None:
    personal = [question for key, question in questionnaire.questions.items() if key in PERSONAL]
    assert personal
    for question in personal:
        assert question.required is None, question.key
        assert question.hint, question.key
        declining = [choice for choice in question.choices if choice.key in NO_ANSWER]
        assert len(declining) == 1, question.key
        assert declining[0].is_exclusive or question.kind == "select_one", question.key


def test_only_the_year_of_arrival_is_required() -> None:
    required = [
        key
        for name in FORMS
        for key, question in example_questionnaire(name).questions.items()
        if question.required is not None
    ]
    assert required == ["arrival_year"]


def test_every_constraint_says_what_to_do(questionnaire: Questionnaire) -> None:
    silent = [q.key for q in questionnaire.questions.values() if q.constraint and not q.constraint_message]
    assert silent == []


def test_piped_answers_stand_in_every_language() -> None:
    label = example_questionnaire("immigrant_survey").questions["services_known"].label
    assert [code for code in LANGUAGES if "${arrival_year}" not in label[code]] == []


def test_french_is_set_as_in_canada(name: str) -> None:
    wrong = re.compile(
        r"[^\u00a0\d]:|(?<!\u00a0)%|\u00ab(?!\u00a0)|(?<!\u00a0)\u00bb|[\s\u00a0\u202f][;!?]|'|\d\.\d"
    )
    assert [text for text in words(name, "fr") if wrong.search(text)] == []


def test_quotes_and_apostrophes_are_typographic(name: str) -> None:
    assert [text for code in LANGUAGES for text in words(name, code) if re.search("['\"]", text)] == []


def test_languages_that_write_from_the_right_hold_no_marks_that_reorder_text(name: str) -> None:
    assert [
        text for text in words(name, "ar") if re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    ] == []


def test_english_questions_are_short(name: str) -> None:
    labels = [row["label"] for row in read_words(name, "en")["survey"] if row["name"] != "fairness_note"]
    assert [label for label in labels if len(label.split()) > 20] == []


def test_language_of_authoring_comes_first() -> None:
    assert languages_of("services_en_francais")[0] == "fr"


def test_words_for_something_that_is_not_asked_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(forms.FOLDER / "immigrant_survey", tmp_path / "immigrant_survey")
    english = tmp_path / "immigrant_survey" / "en.md"
    english.write_text(english.read_text(encoding="utf-8").replace("recommend", "recomend"), encoding="utf-8")
    monkeypatch.setattr(forms, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="recomend"):
        example_xlsform("immigrant_survey")
