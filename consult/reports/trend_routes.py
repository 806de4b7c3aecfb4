"""The same questions over time: versions of a survey, and other surveys of its organisation that ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import g, render_template, request

from consult.http import now, session, settings
from consult.reports.analysis.trends import Form, concepts_of
from consult.reports.derived import Opening
from consult.reports.forms import trend_form
from consult.reports.merging import merge
from consult.reports.queries import source_of
from consult.reports.routes import blueprint, named_survey
from consult.reports.source import Source
from consult.reports.trend_page import trend_page
from consult.reports.trend_tables import Period
from consult.surveys.models import Survey
from consult.surveys.service import published, surveys_of

_USUAL = 0.5
"""Which part of its questions another survey must share to be taken along unasked: it is the same survey,
another time."""


@blueprint.get("/reports/<survey>/trends")
def trends(survey: str) -> str | tuple[str, int]:
    """What can be compared over time, and what cannot, and why."""
    of = named_survey(survey)
    own = _forms(of)
    others = {other.slug: (other, _forms(other)) for other in _others(of)}
    shared = {slug: _shared(own, forms) for slug, (_, forms) in others.items()}
    form = trend_form(
        request.args,
        [(slug, others[slug][0].title.pick(g.lang)) for slug, part in shared.items() if part],
        [slug for slug, part in shared.items() if part >= _USUAL],
    )
    is_valid = form.validate()
    page = None
    if is_valid:
        chosen = [others[slug] for slug in form.also.data or () if slug in others]
        forms = [*own, *(form for _, forms in chosen for form in forms)]
        sources = [_source(each) for each in (of, *(other for other, _ in chosen))]
        page = trend_page(concepts_of(forms), sources, cast(Period, form.per.data or "version"), g.lang)
    html = render_template(
        "reports/trends.html",
        survey=of,
        form=form,
        page=page,
        threshold=of.organisation.small_group_threshold,
    )
    return html if is_valid else (html, 422)


def _others(of: Survey) -> list[Survey]:
    """Of the same organisation: who may see results of one of its surveys may see those of all."""
    return [each for each in surveys_of(session(), [of.organisation_id]) if each.id != of.id]


def _forms(of: Survey) -> list[Form]:
    """One for each version, the newest first."""
    found = [published(session(), version.id) for version in of.versions]
    return [
        Form(of.slug, each.number, merge([(each.number, each.questionnaire)]))
        for each in sorted(found, key=lambda each: -each.number)
    ]


def _shared(own: Sequence[Form], other: Sequence[Form]) -> float:
    """How much of what this survey asks now the other one has asked in the same words, 0 to 1."""
    if not own or not other:
        return 0
    concepts = concepts_of(own[:1])
    same = [each for each in concepts_of([own[0], *other]) if each.versions.keys() > {own[0].slug}]
    return len(same) / len(concepts) if concepts else 0


def _source(of: Survey) -> Source:
    key, counting = settings().secret_key, Opening(settings().data_dir)
    return source_of(session(), of, secret_key=key, made_on=now().date(), counting=counting)
