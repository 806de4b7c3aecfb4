"""Office pages of staff: their surveys, one survey, its form, its life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from consult.accounts import work as work_of_rooms
from consult.accounts.access import actor
from consult.accounts.models import Organisation, Role
from consult.authoring import service
from consult.authoring.cards import cards
from consult.authoring.forms import UploadForm, options
from consult.authoring.noted import to_keep
from consult.authoring.uploading import NOTHING, XLSX, Upload, bring, receive
from consult.http import database, now, session, settings
from consult.i18n import gettext, ngettext
from consult.questionnaires.bundle import write_bundle
from consult.questionnaires.data import tables_in
from consult.questionnaires.document import from_document
from consult.questionnaires.xlsform.beside import NO_FILES, missing_files
from consult.questionnaires.xlsform.writer import export_xlsform
from consult.surveys import service as surveys
from consult.surveys import xforms
from consult.surveys.files import Kept, keep_files
from consult.surveys.models import STATE_NAMES, Survey, Version

blueprint = Blueprint("authoring", __name__, template_folder="templates")
work_of_rooms.offer(blueprint, cards)

Page = str | Redirect | tuple[str, int] | Response


def named_survey(slug: str) -> Survey:
    """The survey of the address; access control has decided before that this person may see it."""
    return surveys.survey_by_slug(session(), slug) or abort(404)


@blueprint.get("/surveys/")
def survey_list() -> str:
    """Every survey of the organisations this person works for."""
    mine = actor().organisations_as(Role.STAFF, Role.TRANSLATOR, Role.ANALYST)
    return render_template(
        "authoring/survey_list.html",
        rows=service.survey_rows(session(), mine, g.lang),
        may_create=bool(actor().organisations_as(Role.STAFF)),
    )


@blueprint.route("/surveys/new", methods=["GET", "POST"])
def new() -> Page:
    """Upload a questionnaire that becomes a new survey."""
    form = UploadForm(request.form)
    if request.method == "GET":
        _offer_organisations(form)
        return render_template("authoring/new.html", form=form, upload=NOTHING)
    # First of all: it takes seconds, and from the first look into the database on others wait to store.
    upload = receive(form, NO_FILES)
    if isinstance(upload, Response):
        return upload
    mine = _offer_organisations(form)
    questionnaire = upload.reading.questionnaire
    if not form.validate() or questionnaire is None or not upload.is_ready:
        status = 422 if form.errors else upload.status
        return render_template("authoring/new.html", form=form, upload=upload), status
    slug = form.slug.data or surveys.free_slug(session(), questionnaire.key)
    if surveys.survey_by_slug(session(), slug) is not None:
        form.slug.errors = [gettext("This address is taken. Choose another one.")]
        return render_template("authoring/new.html", form=form, upload=upload), 422
    organisation = next((org for org in mine if org.slug == form.organisation.data), mine[0])
    reading = upload.reading
    survey = surveys.import_questionnaire(
        session(), organisation, questionnaire, slug, reading.files, to_keep(reading.notes)
    )
    flash(gettext("The questionnaire was read. Look at it, then publish it."))
    _tell_assumed(upload)
    return redirect(url_for(".survey", survey=survey.slug))


@blueprint.route("/surveys/<survey>/form", methods=["GET", "POST"])
def upload(survey: str) -> Page:
    """Replace the draft by a newer file; what is published stays as it is."""
    form = UploadForm(request.form)
    if request.method == "GET":
        of = named_survey(survey)
        missing = missing_files(questionnaire) if (questionnaire := service.draft_of(of)) else []
        return render_template("authoring/upload.html", survey=of, form=form, upload=NOTHING, missing=missing)
    with database().read() as unit:
        before = service.draft_files(unit, survey)
        found = surveys.survey_by_slug(unit, survey)
        draft = service.draft_of(found) if found else None
    # Before the database is looked into for longer, see new().
    upload = bring(draft, before) or receive(form, before)
    if isinstance(upload, Response):
        return upload
    of, questionnaire = named_survey(survey), upload.reading.questionnaire
    if questionnaire is None or not upload.is_ready:
        return render_template("authoring/upload.html", survey=of, form=form, upload=upload), upload.status
    keep_files(session(), upload.reading.files)
    service.save_draft(session(), of, questionnaire)
    if upload.are_files_alone:
        flash(gettext("The draft has its files now. Nothing changes for respondents until you publish it."))
        for finding in upload.reading.findings:
            flash(f"{finding.message} {finding.remedy}", "warning")
    else:
        of.notes = to_keep(upload.reading.notes)
        flash(gettext("The new draft was read. Nothing changes for respondents until you publish it."))
        _tell_assumed(upload)
    return redirect(url_for(".survey", survey=survey))


@blueprint.get("/surveys/<survey>/form.xlsx")
def download(survey: str) -> Response:
    """The questionnaire as an XLSForm, as it stands now or as it was published (``version``).

    With the files beside it, a zip of all.
    """
    document = _document_asked_for(survey)
    questionnaire = from_document(document)
    with database().read() as unit:
        files = dict(Kept(unit, document))
    workbook = export_xlsform(questionnaire, tables_in(files)).workbook
    if not files:
        return _attachment(workbook, XLSX, f"{survey}.xlsx")
    return _attachment(write_bundle(f"{survey}.xlsx", workbook, files), "application/zip", f"{survey}.zip")


def _document_asked_for(slug: str) -> Mapping[str, Any]:
    of = named_survey(slug)
    if "version" in request.args:
        return _version_asked_for(of).specification
    found = of.draft or (of.current_version.specification if of.current_version else None)
    return found or abort(404)


def _version_asked_for(of: Survey) -> Version:
    number = request.args.get("version", 0, int)
    wanted = sa.select(Version).where(Version.survey_id == of.id, Version.number == number)
    return session().scalar(wanted) or abort(404)


def _attachment(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/surveys/<survey>/form.xml")
def xform(survey: str) -> Response:
    """The published version as ODK Collect and Enketo take it."""
    of = named_survey(survey)
    wanted = _version_asked_for(of).id if "version" in request.args else of.current_version_id
    found = xforms.xform_of(session(), wanted) or abort(404)
    response = Response(found.xml, content_type="text/xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{survey}.xml"'
    return response


@blueprint.get("/surveys/<survey>/")
def survey(survey: str) -> str:
    """One survey at a glance: where it stands, what to do next."""
    overview = service.survey_overview(session(), named_survey(survey))
    of, may = overview.survey, actor().has_role
    return render_template(
        "authoring/survey.html",
        overview=overview,
        survey=of,
        state=STATE_NAMES[of.state],
        suggested=service.languages_to_add(overview.questionnaire, g.lang) if overview.questionnaire else [],
        public_url=f"{settings().base_url}/{g.lang}/s/{of.slug}/",
        may_edit=may(of.organisation_id, Role.STAFF),
        may_translate=may(of.organisation_id, Role.STAFF, Role.TRANSLATOR),
        may_see_results=may(of.organisation_id, Role.STAFF, Role.ANALYST),
    )


@blueprint.post("/surveys/<survey>/publish")
def publish(survey: str) -> Redirect:
    """Make the draft the next version."""
    # First of all: it takes a second, in which nobody else could store.
    worked = _worked_out(survey)
    try:
        version = surveys.publish_draft(session(), named_survey(survey), actor().person, now())
    except surveys.SurveyError:
        flash(gettext("There is nothing to publish yet. Upload a questionnaire first."), "error")
    else:
        flash(gettext("Version %(number)s is published.", number=version.number))
        if worked is not None and not xforms.keep_xform(session(), version, worked) and worked.finding:
            flash(str(worked.finding.message), "warning")
    return redirect(url_for(".survey", survey=survey))


@blueprint.post("/surveys/<survey>/open")
def open_(survey: str) -> Redirect:
    """Start taking answers."""
    try:
        surveys.open_survey(session(), named_survey(survey), now().date())
    except surveys.SurveyError:
        flash(gettext("Publish the questionnaire before you open the survey."), "error")
    else:
        flash(gettext("The survey is open. Share the link, or print the poster."))
    return redirect(url_for(".survey", survey=survey))


@blueprint.post("/surveys/<survey>/close")
def close(survey: str) -> Redirect:
    """Stop taking answers."""
    surveys.close_survey(session(), named_survey(survey), now().date())
    flash(gettext("The survey is closed. What was answered stays."))
    return redirect(url_for(".survey", survey=survey))


@blueprint.post("/surveys/<survey>/lock")
def lock(survey: str) -> Redirect:
    """End or allow again the corrections that collectors make to their own entries."""
    of = named_survey(survey)
    of.answers_locked = request.form.get("locked") == "yes"
    if of.answers_locked:
        flash(gettext("Collectors can no longer correct their entries."))
    else:
        flash(gettext("Collectors can correct their own entries again."))
    return redirect(url_for(".survey", survey=survey))


def _worked_out(slug: str) -> xforms.Worked | None:
    """The XForm of what is about to be published, if it needs one."""
    with database().read() as unit:
        of = surveys.survey_by_slug(unit, slug)
        draft = xforms.draft_to_convert(unit, of) if of else None
    return xforms.work_out(draft) if draft else None


def _tell_assumed(upload: Upload) -> None:
    if upload.assumed:
        told = ngettext(
            "%(num)s thing was assumed. Missing questions are named under “What would make it better”.",
            "%(num)s things were assumed. Missing questions are named under “What would make it better”.",
            upload.assumed,
        )
        flash(told, "warning")


def _offer_organisations(form: UploadForm) -> list[Organisation]:
    wanted = sa.select(Organisation).where(Organisation.id.in_(actor().organisations_as(Role.STAFF)))
    mine = list(session().scalars(wanted.order_by(Organisation.slug)))
    form.organisation.choices = options((org.slug, org.name.pick(g.lang)) for org in mine)
    return mine
