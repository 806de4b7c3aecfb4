"""Before and after sending: everything once more in one's own language, and a receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.notice import language_urls
from consult.answering.sitting import Sitting, give_receipt, send_to_start, sit_down
from consult.answering.standing import questionnaire_of, standing_or_404
from consult.answering.visit import read_visit
from consult.i18n import LocalText, lazy_gettext
from consult.questionnaires.routing import Page, final_answers, pages, previous_page
from consult.questions import Question, kind_of
from consult.questions.kind import OTHER
from consult.questions.other import other_key
from consult.responses.page_checks import check_answers
from consult.responses.page_form import is_header
from consult.responses.records import Draft, Submitting
from consult.responses.service import submit_response

_UNFINISHED = lazy_gettext("What you typed here is not an answer yet. Please correct it or empty it.")


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the review: ``url`` leads back to it; ``answer`` is empty when there is none."""

    url: str
    label: LocalText
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page's lines, under its title."""

    title: LocalText
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to do before sending: where, at which question, and what."""

    url: str
    label: LocalText
    message: object


class Incomplete(Exception):
    """Something is missing: nothing is sent."""


def review(survey: str) -> str | Redirect:
    """All answers, readable, with a way back to each."""
    sitting = sit_down(survey)
    if sitting.draft is None:
        return redirect(url_for("answering.start", survey=survey), 303)
    return _review_page(sitting, ())


def submit(survey: str) -> tuple[str, int] | Redirect:
    """Send: exactly once, however often it is asked."""
    sitting = sit_down(survey)

    def finish(draft: Draft) -> Mapping[str, Any]:
        if _messages(sitting, draft):
            raise Incomplete
        return final_answers(
            sitting.questionnaire, draft.answers, now=http.now(), language=draft.language, seed=sitting.seed
        )

    try:
        submission = submit_response(http.database(), sitting.entry.response, finish, http.now().date())
    except Incomplete:
        sitting = sit_down(survey)
        return _review_page(sitting, _problems(sitting)), 422
    if submission.outcome is Submitting.MISSING:
        send_to_start(sitting.visit.without(survey), survey)
    return give_receipt(sitting.visit, survey, sitting.entry.response)


def thanks(survey: str) -> str:
    """The receipt; without one (cleared, another device) a plain thank-you."""
    with http.database().read() as session:
        standing = standing_or_404(session, survey)
        asked = questionnaire_of(session, standing)
    return render_template(
        "answering/thanks.html",
        asker=standing.asker,
        urls=language_urls("answering.thanks", asked.questionnaire, survey=survey),
        reference=read_visit().receipt(survey),
    )


def _review_page(sitting: Sitting, problems: tuple[Problem, ...]) -> str:
    questionnaire, evaluation = sitting.questionnaire, sitting.evaluation
    title = questionnaire.title.pick(g.lang, questionnaire.default_language)
    sections = [
        Section(sitting.told(page.title) or title, lines)
        for page in pages(questionnaire)
        if (lines := list(_lines(sitting, page)))
    ]
    return render_template(
        "answering/review.html",
        asker=sitting.standing.asker,
        urls=language_urls("answering.review", questionnaire, survey=sitting.entry.survey),
        survey=sitting.entry.survey,
        sections=sections,
        problems=problems,
        back_url=sitting.url(previous_page(questionnaire, evaluation, None)),
    )


def _lines(sitting: Sitting, page: Page) -> Iterator[Line]:
    for question in page.questions:
        is_shown = kind_of(question).takes_answer and not is_header(question)
        if is_shown and sitting.evaluation.states[question.key].relevant:
            yield Line(_url(sitting, page, question), _label(sitting, question), _answer(sitting, question))


def _url(sitting: Sitting, page: Page, question: Question) -> str:
    return sitting.url(page, review=1, _anchor=f"q-{question.key}")


def _label(sitting: Sitting, question: Question) -> LocalText:
    label = sitting.told(question.label)
    return LocalText(label.replace("**", "") or question.key, label.language)


def _answer(sitting: Sitting, question: Question) -> str:
    value = sitting.evaluation.states[question.key].value
    shown = kind_of(question).display(question, value, g.lang)
    detail = sitting.answers.get(other_key(question)) if question.has_other else None
    chose_other = OTHER in (value if isinstance(value, list) else [value])
    return f"{shown} ({detail})" if detail and chose_other else shown


def _problems(sitting: Sitting) -> tuple[Problem, ...]:
    found = _messages(sitting, sitting.draft) if sitting.draft else {}
    return tuple(
        Problem(_url(sitting, page, question), _label(sitting, question), found[question.key])
        for page in pages(sitting.questionnaire)
        for question in page.questions
        if question.key in found
    )


def _messages(sitting: Sitting, draft: Draft) -> dict[str, object]:
    """What stands against sending, by question key."""
    found: dict[str, object] = dict(
        check_answers(
            sitting.questionnaire, draft.answers, now=http.now(), language=g.lang, seed=sitting.seed
        )
    )
    states = sitting.evaluate(draft.answers).states
    typed = (key for key in draft.unsaved if key in states and states[key].relevant)
    return found | dict.fromkeys(typed, _UNFINISHED)
