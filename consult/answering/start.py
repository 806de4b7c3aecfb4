"""The start of a survey: who asks and why, the privacy notice, and consent to exactly that notice."""

from __future__ import annotations

import datetime as dt
import uuid

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult import http
from consult.answering.standing import Standing, questionnaire_of, standing_or_404
from consult.answering.visit import Entry, read_visit, remember
from consult.i18n import OFFICIAL_LANGUAGES, Localized, LocalText, lazy_gettext
from consult.questionnaires.routing import evaluate, next_page, pages
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import missing
from consult.surveys.service import Published

_TERMS = (
    ("authority", lazy_gettext("What allows us to ask")),
    ("purpose", lazy_gettext("What your answers are used for")),
    ("contact", lazy_gettext("Who answers your questions")),
)


def start(survey: str) -> str | tuple[str, int]:
    """Everything a person needs to know before the first question."""
    with http.database().read() as session:
        standing = standing_or_404(session, survey)
        asked = questionnaire_of(session, standing)
    if not standing.is_open:
        return closed_page(standing, asked)
    return _start_page(standing, asked)


def consent(survey: str) -> Response | tuple[str, int]:
    """Begin: the device remembers what was agreed to, in which language, on which day."""
    with http.database().read() as session:
        standing = standing_or_404(session, survey)
        asked = questionnaire_of(session, standing)
    if not standing.is_open:
        return closed_page(standing, asked)
    if g.lang not in asked.questionnaire.languages:
        abort(400)
    if request.form.get("notice") != asked.notice_digest:
        return _start_page(standing, asked, notice_changed=True), 422
    visit = read_visit()
    entry = visit.entry(survey)
    if entry is None or "again" in request.form:
        entry = Entry(survey, asked.version_id, uuid.uuid4(), asked.notice_digest, g.lang, today())
    # Pressing the button twice goes on with what the first press began.
    answer = redirect(first_page_url(survey, asked.questionnaire), 303)
    remember(answer, visit.with_entry(entry))
    return answer


def first_page_url(survey: str, questionnaire: Questionnaire) -> str:
    """The address of the first page with something to ask."""
    evaluation = evaluate(questionnaire, {}, now=dt.datetime.now(dt.UTC), language=g.lang)
    page = next_page(questionnaire, evaluation, None)
    if page is None:
        return url_for("answering.review", survey=survey)
    return url_for("answering.page", survey=survey, page=page.key)


def today() -> dt.date:
    """The day of a consent or an answer: all that is kept of the time."""
    return dt.datetime.now(dt.UTC).date()


def closed_page(standing: Standing, asked: Published, has_draft: bool = False) -> tuple[str, int]:
    """The friendly end of a survey that takes no more answers."""
    questionnaire = asked.questionnaire
    page = render_template(
        "answering/closed.html",
        asker=standing.asker,
        urls=_urls(standing.slug, questionnaire),
        title=questionnaire.title.pick(g.lang, questionnaire.default_language),
        contact=paragraphs(questionnaire.notice.contact, questionnaire),
        has_draft=has_draft,
    )
    return page, 410


def _start_page(standing: Standing, asked: Published, *, notice_changed: bool = False) -> str:
    questionnaire = asked.questionnaire
    entry = read_visit().entry(standing.slug)
    return render_template(
        "answering/start.html",
        asker=standing.asker,
        urls=_urls(standing.slug, questionnaire),
        title=questionnaire.title.pick(g.lang, questionnaire.default_language),
        introduction=paragraphs(questionnaire.notice.introduction, questionnaire),
        notice=_notice(questionnaire),
        contact=paragraphs(questionnaire.notice.contact, questionnaire),
        notice_digest=asked.notice_digest,
        notice_changed=notice_changed,
        lost="lost" in request.args,
        questions=sum(len(page.questions) for page in pages(questionnaire)),
        minutes=questionnaire.minutes,
        is_offered=g.lang in questionnaire.languages,
        untranslated=len(missing(questionnaire, g.lang)),
        entry=entry,
        continue_url=url_for("answering.go_on", survey=standing.slug),
    )


def _notice(questionnaire: Questionnaire) -> list[tuple[object, list[LocalText]]]:
    told = ((term, paragraphs(getattr(questionnaire.notice, what), questionnaire)) for what, term in _TERMS)
    return [(term, texts) for term, texts in told if texts]


def _urls(survey: str, questionnaire: Questionnaire) -> dict[str, str]:
    """The two official languages side by side, then the others in the questionnaire's order."""
    codes = sorted(questionnaire.languages, key=lambda code: (code not in OFFICIAL_LANGUAGES, code == "fr"))
    return {code: url_for("answering.start", survey=survey, lang=code) for code in codes}


def paragraphs(text: Localized, questionnaire: Questionnaire) -> list[LocalText]:
    """The lines of a text, each knowing its language."""
    picked = text.pick(g.lang, questionnaire.default_language)
    return [LocalText(line, picked.language) for line in picked.splitlines() if line.strip()]
