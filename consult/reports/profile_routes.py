"""Known numbers of a community: uploaded, compared with who answered, used for weights."""

from __future__ import annotations

from flask import Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.http import now, session
from consult.i18n import gettext
from consult.reports.forms import ProfileForm
from consult.reports.profile_sheet import ProfileReading, read_profile
from consult.reports.profile_template import write_template
from consult.reports.profile_terms import terms_of
from consult.reports.profiles import KeptProfile, keep_profile, profile_kept, remove_profile
from consult.reports.routes import blueprint, named_survey, source_at_hand, source_for
from consult.reports.weighted_results import weighted_results
from consult.reports.who_is_missing import known_numbers, who_is_missing
from consult.reports.wording import Wording
from consult.surveys.models import Survey

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTHING = ProfileReading(None, ())


@blueprint.get("/reports/<survey>/who-is-missing")
def missing(survey: str) -> str:
    """Those who answered against those whom the survey is about."""
    of = named_survey(survey)
    kept = profile_kept(session(), of.id)
    found = who_is_missing(source_for(of, is_counted=True), kept.profile, g.lang) if kept else None
    return render_template(
        "reports/missing.html",
        survey=of,
        kept=kept,
        day=_day(kept),
        missing=found,
        may_upload=_may_upload(of),
        threshold=of.organisation.small_group_threshold,
    )


@blueprint.get("/reports/<survey>/weighted")
def weighted(survey: str) -> str | Answer:
    """Every question, counted and weighted side by side; without known numbers the way to them."""
    of = named_survey(survey)
    kept = profile_kept(session(), of.id)
    if kept is None:
        return redirect(url_for("reports.missing", survey=of.slug))
    results = weighted_results(source_for(of, is_counted=True), kept.profile, g.lang)
    return render_template("reports/weighted.html", survey=of, kept=kept, found=results)


@blueprint.get("/reports/<survey>/profile")
def profile(survey: str) -> str:
    """What is known, and where to put something newer."""
    return _page(named_survey(survey), ProfileForm(), _NOTHING)


@blueprint.post("/reports/<survey>/profile")
def upload_profile(survey: str) -> Answer | tuple[str, int]:
    """In place of the profile there was; a sheet with an error changes nothing."""
    of, form = named_survey(survey), ProfileForm()
    file = request.files.get("file")
    content = file.read() if file else b""
    if not content:
        form.file.errors = [gettext("Choose the file with the numbers.")]
        return _page(of, form, _NOTHING), 422
    source = source_at_hand(of)
    name = file.filename or "" if file else ""
    reading = read_profile(content, name, terms_of(source.asked, source.languages), source.asked)
    if reading.profile is None:
        return _page(of, form, reading), 422
    keep_profile(session(), of.id, reading.profile, by=actor().id, on=now().date())
    flash(gettext("The numbers were read."))
    for finding in reading.findings:
        flash(str(finding.message))
    return redirect(url_for(".missing", survey=of.slug))


@blueprint.post("/reports/<survey>/profile/remove")
def drop_profile(survey: str) -> Answer:
    """Responses are no longer compared or weighted."""
    of = named_survey(survey)
    remove_profile(session(), of.id)
    flash(gettext("The numbers were taken away."))
    return redirect(url_for(".profile", survey=of.slug))


@blueprint.get("/reports/<survey>/profile.xlsx")
def profile_template(survey: str) -> Response:
    """A sheet to fill in, with the questions and answers of this survey."""
    source = source_at_hand(named_survey(survey))
    terms = terms_of(source.asked, source.languages)
    response = Response(write_template(terms, Wording((g.lang,), source.fallback)), content_type=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{source.slug}-profile.xlsx"'
    return response


def _page(of: Survey, form: ProfileForm, reading: ProfileReading) -> str:
    kept = profile_kept(session(), of.id)
    return render_template(
        "reports/profile.html",
        survey=of,
        form=form,
        findings=reading.findings,
        kept=kept,
        day=_day(kept),
        known=tuple(known_numbers(source_at_hand(of), kept.profile, g.lang)) if kept else (),
    )


def _day(kept: KeptProfile | None) -> str:
    return Wording((g.lang,)).date(kept.uploaded_on).line if kept else ""


def _may_upload(of: Survey) -> bool:
    return actor().has_role(of.organisation_id, Role.STAFF)
