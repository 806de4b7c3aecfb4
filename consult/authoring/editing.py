"""Office pages of staff and translators: notice, translation, preview, sessions, collectors, poster."""

from __future__ import annotations

import io
from typing import Any

import qrcode
import qrcode.image.svg
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import format_date
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.authoring import service
from consult.authoring.forms import AssignmentForm, NoticeForm, SessionForm, options
from consult.authoring.routes import Page, blueprint, named_survey
from consult.http import session, settings
from consult.i18n import gettext, language
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import TEXT_NAMES, texts, translate, with_notice
from consult.surveys.models import Survey

MOST_TEXTS = 40
"""Texts on one translation page: a form that a slow phone still sends in one go."""


@blueprint.route("/surveys/<survey>/notice/<code>", methods=["GET", "POST"])
def notice(survey: str, code: str) -> Page:
    """The privacy notice in one language."""
    of, questionnaire = _draft(survey, code)
    stored = questionnaire.notice
    names = ("introduction", "authority", "purpose", "contact")
    form = NoticeForm(request.form, data={name: getattr(stored, name).get(code, "") for name in names})
    if request.method == "POST" and form.validate():
        service.save_draft(session(), of, with_notice(questionnaire, code, form.data))
        flash(gettext("The notice is saved in the draft. Publish it so that respondents see it."))
        return redirect(url_for(".survey", survey=survey))
    page = render_template(
        "authoring/notice.html", survey=of, form=form, code=code, questionnaire=questionnaire
    )
    return (page, 422) if form.errors else page


@blueprint.route("/surveys/<survey>/translate/<code>", methods=["GET", "POST"])
def translation(survey: str, code: str) -> Page:
    """Source and translation side by side, a page of texts at a time."""
    of, questionnaire = _draft(survey, code)
    only_missing = request.args.get("show") == "missing"
    source = request.args.get("from", "")
    if source not in questionnaire.languages:
        source = _usual_source(questionnaire, code, only_missing=only_missing)
    written = [text for text in texts(questionnaire) if source in text.texts]
    lacking = [text for text in written if code not in text.texts]
    every = lacking if only_missing else written
    last = max(0, (len(every) - 1) // MOST_TEXTS)
    number = min(max(request.args.get("part", 0, int), 0), last)
    shown = every[number * MOST_TEXTS : (number + 1) * MOST_TEXTS]
    if request.method == "POST":
        given = {text.path: request.form[text.path].strip() for text in shown if text.path in request.form}
        service.save_draft(session(), of, translate(questionnaire, code, given))
        flash(gettext("The translation is saved in the draft."))
        # What is translated now is no longer missing: the next part has moved to this one's place.
        there: dict[str, Any] = {"part": number if only_missing else min(number + 1, last), "from": source}
        if only_missing:
            there["show"] = "missing"
        here = url_for(".translation", survey=survey, code=code, **there)
        return redirect(here)
    return render_template(
        "authoring/translation.html",
        survey=of,
        shown=shown,
        target=language(code),
        source=language(source),
        part=number,
        parts=last + 1,
        questionnaire=questionnaire,
        names=TEXT_NAMES,
        lacking=len(lacking),
        total=len(written),
        only_missing=only_missing,
        may_edit=actor().has_role(of.organisation_id, Role.STAFF),
        may_be_taken_away=service.is_unwritten(questionnaire, code),
    )


def _usual_source(questionnaire: Questionnaire, code: str, *, only_missing: bool) -> str:
    """The language of authoring; what that one lacks stands in another."""
    first = questionnaire.default_language
    others = (other for other in questionnaire.languages if other != code)
    return next(others, first) if only_missing and code == first else first


@blueprint.route("/surveys/<survey>/sessions", methods=["GET", "POST"])
def sessions(survey: str) -> Page:
    """Community consultations that answers are tied to."""
    of = named_survey(survey)
    questionnaire = service.draft_of(of) or abort(404)
    form = SessionForm(request.form)
    form.language.choices = options((code, language(code).own_name) for code in questionnaire.languages)
    if request.method == "POST" and form.validate():
        service.add_session(session(), of, form.data)
        flash(gettext("The session is added. Collectors can choose it now."))
        return redirect(url_for(".sessions", survey=survey))
    rows = [{"session": one, "day": format_date(one.held_on)} for one in service.sessions_of(session(), of)]
    page = render_template("authoring/sessions.html", survey=of, form=form, rows=rows)
    return (page, 422) if form.errors else page


@blueprint.route("/surveys/<survey>/collectors", methods=["GET", "POST"])
def collectors(survey: str) -> Page:
    """Who collects for this survey, and how many interviews are hoped for."""
    of = named_survey(survey)
    rows = [
        (
            person,
            _assignment_form(
                str(person.id), assignment is not None, assignment.target if assignment else None
            ),
        )
        for person, assignment in service.collectors_of(session(), of)
    ]
    checked = [form.validate() for _person, form in rows]  # every row, so that every error is shown
    if request.method == "POST" and all(checked):
        chosen = {person.id: form.target.data for person, form in rows if form.is_assigned.data}
        service.assign_collectors(session(), of, chosen)
        flash(gettext("Saved who collects for this survey."))
        return redirect(url_for(".collectors", survey=survey))
    page = render_template("authoring/collectors.html", survey=of, rows=rows)
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/surveys/<survey>/poster/<code>")
def poster(survey: str, code: str) -> str:
    """A page to print: the title in one language, the link, and a code for a phone's camera."""
    of, questionnaire = _draft(survey, code)
    address = f"{settings().base_url}/{code}/s/{of.slug}/"
    return render_template(
        "authoring/poster.html",
        survey=of,
        questionnaire=questionnaire,
        code=code,
        address=address,
        picture=_qr(address),
    )


def _draft(slug: str, code: str) -> tuple[Survey, Questionnaire]:
    of = named_survey(slug)
    questionnaire = service.draft_of(of) or abort(404)
    if code not in questionnaire.languages:
        abort(404)
    return of, questionnaire


def _assignment_form(prefix: str, is_assigned: bool, target: int | None) -> AssignmentForm:
    given: MultiDict[str, str] | None = request.form if request.method == "POST" else None
    return AssignmentForm(given, prefix=prefix, data={"is_assigned": is_assigned, "target": target})


def _qr(address: str) -> Markup:
    made = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=12)
    out = io.BytesIO()
    made.save(out)
    svg = out.getvalue().decode().partition("?>")[2]
    return Markup(svg)  # noqa: S704  (drawn by the library from an address of our own, no text in it)
