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
from consult.i18n import LocalText
from consult.questionnaires.routing import final_answers, previous_spot
from consult.responses.reading_back import ReadBack, read_back
from consult.responses.records import Draft, Submitting
from consult.responses.service import submit_response


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
    return _review_page(sitting)


def submit(survey: str) -> tuple[str, int] | Redirect:
    """Send: exactly once, however often it is asked."""
    sitting = sit_down(survey)

    def finish(draft: Draft) -> Mapping[str, Any]:
        if _read_back(sitting, draft.answers).obstacles(draft.unsaved, now=http.now(), seed=sitting.seed):
            raise Incomplete
        return final_answers(
            sitting.questionnaire, draft.answers, now=http.now(), language=draft.language, seed=sitting.seed
        )

    try:
        submission = submit_response(http.database(), sitting.entry.response, finish, http.now().date())
    except Incomplete:
        return _review_page(sit_down(survey), with_obstacles=True), 422
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


def _review_page(sitting: Sitting, *, with_obstacles: bool = False) -> str:
    back = _read_back(sitting, sitting.answers)
    return render_template(
        "answering/review.html",
        asker=sitting.standing.asker,
        urls=language_urls("answering.review", sitting.questionnaire, survey=sitting.entry.survey),
        survey=sitting.entry.survey,
        sections=back.sections(),
        problems=tuple(_problems(sitting, back)) if with_obstacles else (),
        back_url=sitting.url(previous_spot(sitting.questionnaire, back.evaluation, None)),
    )


def _read_back(sitting: Sitting, answers: Mapping[str, Any]) -> ReadBack:
    return read_back(sitting.questionnaire, answers, g.lang, now=http.now(), seed=sitting.seed)


def _problems(sitting: Sitting, back: ReadBack) -> Iterator[Problem]:
    for one in back.obstacles(sitting.unsaved, now=http.now(), seed=sitting.seed):
        where: dict[str, Any] = {"page": one.place, "review": 1, "_anchor": f"q-{one.key}"}
        url = url_for("answering.page", survey=sitting.entry.survey, **where)
        yield Problem(url, one.label, one.message)
