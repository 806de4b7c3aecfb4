"""The friendly end of a survey that takes no more answers."""

from __future__ import annotations

import datetime as dt

from flask import g, make_response, render_template, url_for
from flask.wrappers import Response
from flask_babel import format_date

from consult.answering.notice import language_urls, paragraphs
from consult.answering.standing import Standing
from consult.surveys.service import Published


def closed_page(
    standing: Standing, asked: Published, kept_until: dt.date | None = None, *, has_results: bool = False
) -> Response:
    """410. ``kept_until``: how long the unfinished answers of this device are kept, if there are any;
    ``has_results``: whether results were published."""
    questionnaire = asked.questionnaire
    page = render_template(
        "answering/closed.html",
        asker=standing.asker,
        urls=language_urls("answering.start", questionnaire, survey=standing.slug),
        title=questionnaire.title.pick(g.lang, questionnaire.default_language),
        contact=paragraphs(questionnaire.notice.contact, questionnaire),
        results_url=url_for("publishing.results", survey=standing.slug) if has_results else None,
        kept_until=format_date(kept_until, "long") if kept_until else None,
    )
    return make_response(page, 410)
