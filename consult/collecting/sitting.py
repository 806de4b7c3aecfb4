"""One interview as a request finds it: whose it is, its version, what is stored so far."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask import session as browser

from consult import http
from consult.accounts.access import actor
from consult.i18n import OFFICIAL_LANGUAGES
from consult.questionnaires.routing import Evaluation, Spot, evaluate, list_spot, next_spot
from consult.questionnaires.specification import Questionnaire
from consult.responses.places import back_to_review, can_stand, place_of, spot_of
from consult.responses.records import Draft
from consult.responses.service import read_draft
from consult.surveys.models import Survey
from consult.surveys.service import Published, published, survey_by_slug

REVIEW = "review"
"""In the address of a page that was opened from the review: it leads back there."""


@dataclass(frozen=True, slots=True)
class Interview:
    """An unfinished interview of the signed-in collector. ``second``: the language shown beside the first."""

    survey: Survey
    version: Published
    draft: Draft
    second: str | None

    @property
    def questionnaire(self) -> Questionnaire:
        return self.version.questionnaire

    @property
    def id(self) -> uuid.UUID:
        return self.draft.start.response_id

    @property
    def language(self) -> str:
        """The language of the interview."""
        return self.draft.language

    def evaluate(self, answers: Mapping[str, Any]) -> Evaluation:
        return evaluate(
            self.questionnaire, answers, now=http.now(), language=self.language, seed=self.draft.start.seed
        )

    def spot(self, place: str) -> Spot:
        """The page of an address, and the item it is about; 404 without one.

        Ends the request where the item is gone: with the list in which it stood.
        """
        spot, answers = spot_of(self.questionnaire, place) or abort(404), self.draft.answers
        if spot.trail and not can_stand(self.evaluate(answers), answers, spot.trail):
            outer = list_spot(self.questionnaire, spot.trail[:1])
            abort(redirect(page_url(self, place_of(outer)), 303))
        return spot


def after(interview: Interview, spot: Spot, now: Evaluation) -> Spot | None:
    """Where the interview goes on after a page, with the answers that ``now`` is of; None for the review."""
    following = next_spot(interview.questionnaire, now, spot)
    if REVIEW not in request.args:
        return following
    before = interview.evaluate(interview.draft.answers)
    return back_to_review(interview.questionnaire, before, now, following)


def page_url(interview: Interview, place: str | None) -> str:
    """The address of a page of questions; of the review after the last. A page that was opened from the
    review leads back there, and so do those that are reached from it."""
    if place is None:
        return url_for("collecting.review", survey=interview.survey.slug, response=interview.id)
    of: dict[str, Any] = {"survey": interview.survey.slug, "response": interview.id, "page": place}
    return url_for("collecting.page", **of, review=request.args.get(REVIEW))


def open_interview(slug: str, response: str) -> Interview:
    """The collector's own unfinished interview in this survey; 404 for anything else.

    Looking at one that is submitted leads to the entry. A survey that was closed meanwhile does not end an
    interview: what was begun, on paper most of all, may still be entered.

    Read on a snapshot of its own: storing waits for its own turn, outside any unit of work.
    """
    with http.database().read() as reading:
        survey = survey_by_slug(reading, slug) or abort(404)
        draft = read_draft(reading, identity(response), actor().id)
        if draft is None or draft.start.survey_id != survey.id:
            abort(404)
        version = published(reading, draft.start.version_id)
    if draft.is_submitted and request.method in http.SAFE_METHODS:
        abort(redirect(url_for("collecting.entry", survey=slug, response=response)))
    return Interview(survey, version, draft, second_language(version.questionnaire, draft.language))


def identity(response: str) -> uuid.UUID:
    """The identity in an address; 404 for what is none."""
    try:
        return uuid.UUID(response)
    except ValueError:
        abort(404)


def second_language(questionnaire: Questionnaire, first: str) -> str | None:
    """English or French beside the language of the interview: as chosen, else as the office page speaks."""
    wanted = browser.get("second", g.lang)
    if wanted == "none":
        return None
    offered = [code for code in (wanted, g.lang, *OFFICIAL_LANGUAGES) if code in questionnaire.languages]
    return next((code for code in offered if code != first), None)
