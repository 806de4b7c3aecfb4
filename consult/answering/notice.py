"""What a questionnaire says of itself before it asks: lines of text that know their language."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from consult.i18n import INTERFACE_LANGUAGES, OFFICIAL_LANGUAGES, Localized, LocalText, lazy_gettext
from consult.questionnaires.specification import Questionnaire

_TERMS = (
    ("authority", lazy_gettext("What allows us to ask")),
    ("purpose", lazy_gettext("What your answers are used for")),
    ("contact", lazy_gettext("Who answers your questions")),
)


def notice_terms(questionnaire: Questionnaire) -> list[tuple[object, list[LocalText]]]:
    """The privacy notice: a lazily translated heading and its lines; what is empty is left out."""
    told = ((term, paragraphs(getattr(questionnaire.notice, what), questionnaire)) for what, term in _TERMS)
    return [(term, lines) for term, lines in told if lines]


def paragraphs(text: Localized, questionnaire: Questionnaire) -> list[LocalText]:
    """The lines of a text in the page's language, or as they fell back."""
    picked = text.pick(g.lang, questionnaire.default_language)
    return [LocalText(line, picked.language) for line in picked.splitlines() if line.strip()]


def language_urls(endpoint: str, questionnaire: Questionnaire, **place: Any) -> dict[str, str]:
    """A page in every language of its survey: the official ones first, then the others in its order."""
    codes = sorted(questionnaire.languages, key=lambda code: (code not in OFFICIAL_LANGUAGES, code == "fr"))
    return {code: url_for(endpoint, lang=code, **place) for code in codes}


def interface_urls(endpoint: str) -> dict[str, str]:
    """A page that belongs to no survey, in the languages of the interface and in its own."""
    return {code: url_for(endpoint, lang=code) for code in dict.fromkeys((*INTERFACE_LANGUAGES, g.lang))}


def place_url(survey: str, page: str | None, **how: Any) -> str:
    """Where an unfinished response goes on: at a page, or at the review after the last."""
    if page is None:
        return url_for("answering.review", survey=survey, **how)
    return url_for("answering.page", survey=survey, page=page, **how)
