"""What was published: results of a survey, for everybody. No cookie; from the stored document alone."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, make_response, render_template, request, url_for
from flask_babel import format_date
from sqlalchemy.orm import Session

from consult import http
from consult.compression import compress
from consult.i18n import INTERFACE_LANGUAGES, OFFICIAL_LANGUAGES
from consult.surveys.edition_view import view_of
from consult.surveys.editions import CONTENT_TYPES, Edition, file_names, file_of, shown_editions, with_results
from consult.surveys.models import Survey

blueprint = Blueprint("publishing", __name__, template_folder="templates")

blueprint.after_request(compress)

CACHING = "public, max-age=300"
"""Five minutes: what was withdrawn is gone from every cache soon after."""


@blueprint.get("/<language:lang>/results/<survey>/")
def results(survey: str) -> Response:
    """The newest edition."""
    return _page(survey, None)


@blueprint.get("/<language:lang>/results/<survey>/<int:number>/")
def edition(survey: str, number: int) -> Response:
    """One of them."""
    return _page(survey, number)


@blueprint.get("/<language:lang>/results/<survey>/<int:number>/<name>")
def file(survey: str, number: int, name: str) -> Response:
    """One of its files."""
    if name not in file_names():
        abort(404)
    with http.database().read() as session:
        of, shown = _shown(session, survey)
        content = file_of(session, _numbered(shown, number), name)
    if content is None:
        abort(404)
    words, kind = name.split(".")
    response = Response(content, content_type=CONTENT_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{of.slug}-{number}-{words}.{kind}"'
    response.headers["Cache-Control"] = CACHING
    return response


def _page(survey: str, number: int | None) -> Response:
    with http.database().read() as session:
        of, shown = _shown(session, survey)
        found = shown[0] if number is None else _numbered(shown, number)
        spoken = _languages(found)
        if g.lang not in spoken:
            abort(404)
        g.fallback_language = found.document["fallback"]
        page = render_template(
            "publishing/results.html",
            survey=of,
            number=found.number,
            view=view_of(found.document, g.lang),
            others=[(each.number, format_date(each.made_on, "long")) for each in shown if each is not found],
            organisation=of.organisation,
            urls={code: _address(survey, number, code) for code in spoken},
            files=[(kind, [f"{words}.{kind}" for words in ("en", "fr", "both")]) for kind in CONTENT_TYPES],
        )
    response = make_response(page)
    response.headers["Cache-Control"] = CACHING
    response.add_etag()
    response.make_conditional(request)
    return response


def _shown(session: Session, survey: str) -> tuple[Survey, list[Edition]]:
    found = with_results(session, slug=survey) or abort(404)
    return found[0], shown_editions(session, found[0].id)


def _numbered(shown: list[Edition], number: int) -> Edition:
    return next((each for each in shown if each.number == number), None) or abort(404)


def _languages(edition: Edition) -> list[str]:
    """The official ones, those of the survey, those of the interface."""
    known = (*OFFICIAL_LANGUAGES, *edition.document["languages"], *INTERFACE_LANGUAGES)
    return list(dict.fromkeys(known))


def _address(survey: str, number: int | None, code: str) -> str:
    if number is None:
        return url_for("publishing.results", survey=survey, lang=code)
    return url_for("publishing.edition", survey=survey, number=number, lang=code)
