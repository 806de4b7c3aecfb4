"""Where staff say how many responses they hope for."""

from __future__ import annotations

from collections.abc import Iterator

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from consult.http import session
from consult.i18n import gettext, language_name
from consult.questions import kind_of
from consult.reports.areas import area_named
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE
from consult.reports.columns import channel_names
from consult.reports.forms import progress_form, question_label
from consult.reports.merging import Asked
from consult.reports.queries import asked_of
from consult.reports.routes import blueprint, named_survey
from consult.reports.target_forms import Part, TargetForm, part_of
from consult.reports.wording import Wording
from consult.surveys.models import Survey
from consult.surveys.service import published
from consult.surveys.targets import Targets, set_targets, targets_of


@blueprint.route("/reports/<survey>/targets", methods=["GET", "POST"])
def targets(survey: str) -> str | tuple[str, int] | Response:
    """In all, until when, by language, by channel and by area. ``area`` in the address names its question."""
    of = named_survey(survey)
    kept, asked = targets_of(session(), of), asked_of(session(), of)
    given = request.form if request.method == "POST" else None
    form = TargetForm(given, data={"target": kept.total, "ends_on": kept.ends_on})
    form.opened_on = of.opened_on
    areas = progress_form(request.args, g.lang, asked)
    if not areas.area.validate(areas):
        abort(404)
    area = area_named(asked, areas.area.data, kept.groups)
    areas.area.data = area.key if area else ""
    parts = list(_parts(of, kept, area, given))
    checked = [form.validate(), *(row.form.validate() for part in parts for row in part.rows)]
    if given is not None and all(checked):
        groups = {
            part.by: {row.code: row.form.target.data for row in part.rows if row.form.target.data}
            for part in parts
        }
        set_targets(session(), of, form.target.data, form.ends_on.data, groups)
        flash(gettext("The targets are saved."))
        return redirect(url_for(".progress", survey=of.slug, area=areas.area.data or None))
    fields = (*form, *(row.form.target for part in parts for row in part.rows))
    page = render_template(
        "reports/targets.html",
        survey=of,
        form=form,
        parts=parts,
        areas=areas,
        area=area,
        wrong=[field for field in fields if field.errors],
    )
    return page if given is None else (page, 422)


def _parts(
    of: Survey, kept: Targets, area: Asked | None, given: MultiDict[str, str] | None
) -> Iterator[Part]:
    languages = dict.fromkeys(
        code for each in of.versions for code in published(session(), each.id).questionnaire.languages
    )
    spoken = sorted(((code, language_name(code, g.lang)) for code in languages), key=lambda item: item[1])
    channels = [(code, said.line) for code, said in channel_names(Wording((g.lang,))).items()]
    yield part_of(BY_LANGUAGE, gettext("By language"), spoken, kept.groups.get(BY_LANGUAGE, {}), given)
    yield part_of(BY_CHANNEL, gettext("By channel"), channels, kept.groups.get(BY_CHANNEL, {}), given)
    if area is not None:
        w = Wording((g.lang,), of.organisation.default_language)
        choices = kind_of(area.question).choices(area.question)
        groups = [(choice.key, w.text(choice.label, choice.key).line) for choice in choices]
        yield part_of(area.key, question_label(area, g.lang), groups, kept.groups.get(area.key, {}), given)
