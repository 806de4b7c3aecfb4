"""Where a survey stands for the public: who asks, whether it takes answers, which version is asked.

Read from the database whenever something is stored or decided. Pages on which nothing stands yet are
shown from what was known a moment ago: see :meth:`Standings.lately`.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from flask import Flask, abort, current_app, g
from sqlalchemy.orm import Session

from consult.accounts.models import Organisation
from consult.i18n import INTERFACE_LANGUAGES, OFFICIAL_LANGUAGES, Localized, LocalText
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.without_files import takes_files, without_files
from consult.responses.compiled import Compiled
from consult.surveys.models import Survey, SurveyState
from consult.surveys.service import Published, published

_EXTENSION = "consult.answering"
_LATELY = 2.0
"""Seconds for which an unanswered page may be shown without asking the database whether its survey is open.
What is sent from it is always checked."""

_BLANKS_AT_MOST = 500
"""Of one survey: pages times languages times versions."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the organisation, by the name it has in the page's language."""

    slug: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class Standing:
    """``version`` is the one that new responses answer; ``organisation`` (a slug) asks. ``takes_files``: who
    answers may send files."""

    slug: str
    survey_id: uuid.UUID
    is_open: bool
    version: uuid.UUID
    organisation: str
    name: Localized
    default_language: str
    takes_files: bool = False

    @property
    def asker(self) -> Asker:
        return Asker(self.organisation, self.name.pick(g.lang, self.default_language))


@dataclass(slots=True)
class Known:
    """A survey as one process read it last, and its pages as they look to who has answered nothing."""

    read_at: float
    standing: Standing
    blanks: dict[Hashable, Compiled] = field(default_factory=dict)


class Standings:
    """What one process knows of surveys that were opened at least once."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def read(self, session: Session, slug: str) -> Standing | None:
        """As it is now; None for what does not exist or was never opened."""
        # As rows, by a statement that was built once: asked with every page that is sent.
        row = session.connection().execute(_OF_SLUG, {"slug": slug}).one_or_none()
        if row is None:
            self._known.pop(slug, None)
            return None
        standing, before = _standing(row), self._known.get(slug)
        # The pages name who asks: a survey that stands otherwise begins with none.
        blanks = before.blanks if before and before.standing == standing else {}
        self._known[slug] = Known(time.monotonic(), standing, blanks)
        return standing

    def lately(self, slug: str, place: Hashable) -> Compiled | None:
        """The unanswered page at a place, if its survey was open at most two seconds ago."""
        known = self._open_lately(slug)
        return known.blanks.get(place) if known else None

    def recent(self, slug: str) -> Standing | None:
        """The survey as it stood at most two seconds ago, if it was open then.

        For a first page: what it stores is stored only if the survey is open still.
        """
        known = self._open_lately(slug)
        return known.standing if known else None

    def _open_lately(self, slug: str) -> Known | None:
        known = self._known.get(slug)
        if known is None or not known.standing.is_open or time.monotonic() - known.read_at > _LATELY:
            return None
        return known

    def keep(self, slug: str, place: Hashable, page: Compiled) -> None:
        """``place`` says what an unanswered page depends on: version, page, language, where it is mounted."""
        known = self._known.get(slug)
        if known is not None and len(known.blanks) < _BLANKS_AT_MOST:
            known.blanks[place] = page

    def forget(self) -> None:
        """Ask the database the next time."""
        self._known.clear()


def open_standings(session: Session, organisation: str | None = None) -> list[Standing]:
    """What takes answers now, of one organisation (its slug) or of all."""
    query = _PUBLIC.where(Survey.state == SurveyState.OPEN).order_by(Survey.slug)
    if organisation is not None:
        query = query.where(Organisation.slug == organisation)
    return [_standing(row) for row in session.execute(query)]


_PUBLIC = (
    sa.select(
        Survey.slug,
        Survey.id,
        Survey.state,
        Survey.current_version_id,
        Organisation.slug,
        Organisation.name,
        Organisation.default_language,
        Survey.takes_files,
    )
    .join(Organisation)
    .where(Survey.state != SurveyState.DRAFT, Survey.current_version_id.is_not(None))
)

_OF_SLUG = _PUBLIC.where(Survey.slug == sa.bindparam("slug"))


def _standing(row: Any) -> Standing:
    slug, survey_id, state, *asked = row
    return Standing(slug, survey_id, state is SurveyState.OPEN, *asked)


def install(app: Flask) -> None:
    """Give ``app`` a memory of its own."""
    app.extensions[_EXTENSION] = Standings()


def standings() -> Standings:
    """The running application's."""
    known: Standings = current_app.extensions[_EXTENSION]
    return known


def standing_or_404(session: Session, slug: str) -> Standing:
    """The survey of an address, as it is now."""
    standing = standings().read(session, slug)
    return standing or abort(404)


def questionnaire_of(session: Session, standing: Standing, version: uuid.UUID | None = None) -> Published:
    """The questionnaire to show on this page; settles in which language the interface falls back.

    404 for a language that neither the questionnaire nor the interface speaks.
    """
    found = published(session, version or standing.version)
    g.fallback_language = official_language(found.questionnaire, standing.default_language)
    if g.lang not in found.questionnaire.languages and g.lang not in INTERFACE_LANGUAGES:
        abort(404)
    if standing.takes_files or not takes_files(found.questionnaire):
        return found
    closed = without_files(found.questionnaire)
    return replace(found, questionnaire=closed, digest=f"{found.digest} without files")


def official_language(questionnaire: Questionnaire, otherwise: str) -> str:
    """The official language a questionnaire was written in first."""
    return next((code for code in questionnaire.languages if code in OFFICIAL_LANGUAGES), otherwise)
