"""Open answers of an interview: in the speaker's words with their language, and a translation beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import render_template
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from consult.i18n import language
from consult.questionnaires.routing import Page
from consult.questions import kind_of
from consult.questions.question import Question

if TYPE_CHECKING:
    from consult.collecting.sitting import Interview

SPOKEN = "spoken-"
TRANSLATED = "translated-"
"""Names of the inputs beside an open answer: the language spoken, and the collector's translation."""

LONGEST = 10_000
"""Characters of a translation; as long as an answer may be."""


def open_questions(page: Page) -> list[Question]:
    """Questions answered in the speaker's own words."""
    return [
        question
        for question in page.questions
        if kind_of(question).summary == "texts" and not kind_of(question).has_choices
    ]


def read_words(
    page: Page,
    sent: MultiDict[str, str],
    answers: Mapping[str, Any],
    interview: Interview,
    before: Mapping[str, Any],
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """For the open answers of a page, by question key: the language spoken, the collector’s translation.

    What is no language of the survey is not stored: it is the language of the interview then. Translations
    into other languages than the one on the page stay as they were ``before``.
    """
    languages, second = interview.questionnaire.languages, interview.second
    spoken: dict[str, str] = {}
    translations: dict[str, dict[str, str]] = {}
    for question in open_questions(page):
        if not answers.get(question.key):
            continue
        said_in = sent.get(SPOKEN + question.key, "")
        spoken[question.key] = said_in if said_in in languages else interview.language
        said = dict(before.get(question.key, {}))
        if second and TRANSLATED + question.key in sent:
            said[second] = sent[TRANSLATED + question.key].strip()[:LONGEST]
        if said := {code: text for code, text in said.items() if text}:
            translations[question.key] = said
    return spoken, translations


def words_beside(
    page: Page, interview: Interview, spoken: Mapping[str, Any], translations: Mapping[str, Any]
) -> dict[str, Markup]:
    """What stands below each open question: room holes ``extra-<key>``."""
    found: dict[str, Markup] = {}
    for question in open_questions(page):
        html = render_template(
            "collecting/_words.html",
            key=question.key,
            spoken=spoken.get(question.key, interview.language),
            languages=[language(code) for code in interview.questionnaire.languages],
            second=language(interview.second) if interview.second else None,
            translated=translations.get(question.key, {}).get(interview.second or "", ""),
        )
        found[f"extra-{question.key}"] = Markup(html)  # noqa: S704  (an escaping template's own output)
    return found
