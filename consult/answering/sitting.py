"""One person's way through one survey, as a request finds it: consent, version, what is stored so far."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NoReturn

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.closing import closed_page
from consult.answering.standing import Standing, questionnaire_of, standing_or_404, standings
from consult.answering.visit import Entry, Visit, read_visit, remember
from consult.i18n import Localized, LocalText
from consult.questionnaires.routing import Evaluation, Spot, Trail, evaluate, list_spot
from consult.questionnaires.specification import Questionnaire
from consult.questions.rich_text import plain_text
from consult.responses.codes import receipt
from consult.responses.page_text import with_answers
from consult.responses.places import can_stand, place_of, spot_of, with_item
from consult.responses.records import Consent, Draft, Start, seed_of
from consult.responses.service import read_draft
from consult.surveys.service import Published


@dataclass(frozen=True)
class Sitting:
    """``draft`` is None until the first page is stored. ``asked`` is the version that this person began with,
    also when a newer one was published meanwhile."""

    standing: Standing
    visit: Visit
    entry: Entry
    asked: Published
    draft: Draft | None

    @property
    def questionnaire(self) -> Questionnaire:
        return self.asked.questionnaire

    @property
    def answers(self) -> Mapping[str, Any]:
        """What is stored: question key → coded value."""
        return self.draft.answers if self.draft else {}

    @property
    def unsaved(self) -> Mapping[str, Any]:
        """What was typed and is not an answer (yet): question key → raw input."""
        return self.draft.unsaved if self.draft else {}

    @property
    def seed(self) -> int:
        return seed_of(self.entry.response)

    @cached_property
    def evaluation(self) -> Evaluation:
        """How every question stands with what is stored."""
        return self.evaluate(self.answers)

    def evaluate(self, answers: Mapping[str, Any]) -> Evaluation:
        return evaluate(self.questionnaire, answers, now=http.now(), language=g.lang, seed=self.seed)

    def local(self, text: Localized) -> LocalText:
        """A text of the questionnaire in the page's language, or as it fell back; plain text."""
        return plain_text(text.pick(g.lang, self.questionnaire.default_language))

    def told(self, text: Localized) -> LocalText:
        """The same with the answers it names in their places."""
        local = self.local(text)
        filled = with_answers(local, self.questionnaire, self.evaluation, local.language)
        return LocalText(filled, local.language)

    def spot(self, place: str) -> Spot:
        """The page of an address, and the item it is about; 404 without one.

        Ends the request where the item is gone: with the list in which it stood.
        """
        spot = spot_of(self.questionnaire, place) or abort(404)
        if spot.trail and not can_stand(self.evaluation, self.answers, spot.trail):
            outer = list_spot(self.questionnaire, spot.trail[:1])
            abort(redirect(self.url(outer), 303))
        return spot

    def inside(self, trail: Trail) -> Evaluation:
        """How every question stands, seen from an item that is there, or that is answered now."""
        return self.evaluate(with_item(self.answers, trail)).at(trail) if trail else self.evaluation

    def url(self, spot: Spot | None, **how: Any) -> str:
        """The address of a page; of the review after the last."""
        if spot is None:
            return url_for("answering.review", survey=self.entry.survey, **how)
        return url_for("answering.page", survey=self.entry.survey, page=place_of(spot), **how)

    def kept(self) -> Sitting:
        """The same sitting, once something of it is stored: what the device is to remember."""
        if self.entry.is_stored:
            return self
        entry = replace(self.entry, is_stored=True)
        return replace(self, entry=entry, visit=self.visit.with_entry(entry))

    @property
    def start(self) -> Start:
        """What the store keeps from the beginning: identity, version, consent."""
        entry = self.entry
        consent = Consent(entry.notice, entry.language, entry.consented_on)
        survey_id = self.standing.survey_id
        return Start(entry.response, survey_id, entry.version, entry.consented_on, consent)

    def require_open_in_this_language(self) -> None:
        """Ends the request where nothing can be answered: closed, or in a language that it does not have."""
        if not self.standing.is_open:
            abort(closed_page(self.standing, self.asked, self.entry.kept_until if self.draft else None))
        if g.lang not in self.questionnaire.languages:
            abort(redirect(url_for("answering.start", survey=self.entry.survey), 303))


def sit_down(survey: str) -> Sitting:
    """The sitting of this device. Ends the request for a person who has none, or who cannot go on."""
    with http.database().look() as session:
        standing = standing_or_404(session, survey)
        visit = read_visit()
        entry = visit.entry(survey)
        if entry is None:
            _send_away(visit, survey)
        asked = questionnaire_of(session, standing, entry.version)
        draft = read_draft(session, entry.response)
    if draft is None and entry.is_stored:
        send_to_start(visit.without(survey), survey)
    if draft is not None and draft.is_submitted:
        abort(give_receipt(visit, survey, entry.response))  # the reply that said so was lost
    sitting = Sitting(standing, visit, entry, asked, draft)
    sitting.require_open_in_this_language()
    return sitting


def sit_down_first(visit: Visit, survey: str) -> Sitting | None:
    """The sitting of a device of which nothing is stored yet, by what was known a moment ago.

    It asks the database nothing: whoever stores something of it checks that the survey is open. None where
    only the database can tell.
    """
    entry, standing = visit.entry(survey), standings().recent(survey)
    if entry is None or entry.is_stored or standing is None:
        return None
    with http.database().look() as session:
        asked = questionnaire_of(session, standing, entry.version)
    sitting = Sitting(standing, visit, entry, asked, None)
    sitting.require_open_in_this_language()
    return sitting


def _send_away(visit: Visit, survey: str) -> NoReturn:
    if visit.receipt(survey):
        abort(redirect(url_for("answering.thanks", survey=survey), 303))
    send_to_start(visit, survey)


def send_to_start(visit: Visit, survey: str) -> NoReturn:
    """Nothing to go on with is known here; says what to do."""
    answer = redirect(url_for("answering.start", survey=survey, lost=1), 303)
    if request.cookies:
        remember(answer, visit)
    abort(answer)


def give_receipt(visit: Visit, survey: str, response_id: uuid.UUID) -> Redirect:
    """To the thank-you; the device forgets the response's identity and keeps its reference."""
    answer = redirect(url_for("answering.thanks", survey=survey), 303)
    remember(answer, visit.with_receipt(survey, receipt(response_id, http.settings().secret_key)))
    return answer
