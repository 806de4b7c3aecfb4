"""The first page, and what is open now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, g, render_template, url_for
from flask_babel import force_locale
from sqlalchemy.orm import Session

from consult import http
from consult.accounts.models import Organisation
from consult.answering.standing import Asker, Standing, open_standings
from consult.i18n import (
    INTERFACE_LANGUAGES,
    OFFICIAL_LANGUAGES,
    Language,
    LocalText,
    babel_code,
    gettext,
    language,
)
from consult.surveys.editions import with_results
from consult.surveys.service import published


@dataclass(frozen=True, slots=True)
class Greeting:
    """One half of the first page, in its own language."""

    language: Language
    hello: str
    invitation: str


@dataclass(frozen=True, slots=True)
class Card:
    """An open survey in a list. ``organisation`` is who asks, ``languages`` are codes."""

    url: str
    title: LocalText
    organisation: LocalText
    minutes: int | None
    languages: tuple[str, ...]


def index() -> str:
    """English and French as equals, then every other language that somebody can answer in."""
    with http.database().read() as session:
        spoken = _languages(session, open_standings(session))
    others = [language(code) for code in spoken if code not in OFFICIAL_LANGUAGES]
    greetings = [_greeting(code) for code in OFFICIAL_LANGUAGES]
    return render_template("answering/index.html", greetings=greetings, others=others)


def _greeting(code: str) -> Greeting:
    with force_locale(babel_code(code)):
        return Greeting(language(code), gettext("Hello"), gettext("Tell your community what matters to you."))


def open_now() -> str:
    """Every survey that takes answers now."""
    with http.database().read() as session:
        surveys = open_standings(session)
        spoken = _languages(session, surveys)
        cards = [_card(session, survey) for survey in surveys]
    return render_template("answering/open_now.html", surveys=cards, urls=_urls("open_now", spoken))


def organisation(organisation: str) -> str:
    """What one organisation asks now."""
    with http.database().read() as session:
        asking = session.scalar(sa.select(Organisation).where(Organisation.slug == organisation))
        if asking is None:
            abort(404)
        g.fallback_language = asking.default_language
        asker = Asker(asking.slug, asking.name.pick(g.lang, asking.default_language))
        surveys = open_standings(session, organisation)
        spoken = _languages(session, surveys)
        cards = [_card(session, survey) for survey in surveys]
        results = [
            (
                url_for("publishing.results", survey=each.slug),
                each.title.pick(g.lang, asking.default_language),
            )
            for each in with_results(session, organisation=organisation)
            if g.lang in INTERFACE_LANGUAGES
        ]
    return render_template(
        "answering/organisation.html",
        results=results,
        asker=asker,
        surveys=cards,
        urls=_urls("organisation", spoken, organisation=organisation),
    )


def _urls(endpoint: str, spoken: list[str], **place: Any) -> dict[str, str]:
    """This page in every language it has; 404 when the address asks for another."""
    if g.lang not in spoken:
        abort(404)
    return {code: url_for(f"answering.{endpoint}", lang=code, **place) for code in spoken}


def _languages(session: Session, surveys: list[Standing]) -> list[str]:
    """Codes: the interface's languages, then those that only surveys speak, by their own names."""
    offered = {
        code
        for survey in surveys
        for code in published(session, survey.version).questionnaire.languages
        if code not in INTERFACE_LANGUAGES
    }
    return [*INTERFACE_LANGUAGES, *sorted(offered, key=lambda code: language(code).own_name)]


def _card(session: Session, survey: Standing) -> Card:
    questionnaire = published(session, survey.version).questionnaire
    return Card(
        url_for("answering.start", survey=survey.slug),
        questionnaire.title.pick(g.lang, questionnaire.default_language),
        survey.asker.name,
        questionnaire.minutes,
        questionnaire.languages,
    )
