"""Two groups of responses side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from flask import g, render_template, request, url_for

from consult.reports.breakdowns import (
    BY_CHANNEL,
    BY_COLLECTOR,
    BY_LANGUAGE,
    BY_MONTH,
    BY_SESSION,
    breakdown_said,
    group_labels,
    question_named,
)
from consult.reports.compare_forms import BY_SELECTION, CompareForm, compare_form, offer_groups
from consult.reports.counting import selected_and_others, two_groups
from consult.reports.forms import Offered
from consult.reports.groups_compared import Pair, pair_of
from consult.reports.links import Links, chips_of
from consult.reports.routes import blueprint, named_survey, offered_for, source_for
from consult.reports.sides import Sides
from consult.reports.source import Source
from consult.reports.wording import Wording
from consult.responses.reading import EVERY, AllBut
from consult.surveys.models import Survey


@blueprint.get("/reports/<survey>/compare")
def compare(survey: str) -> str | tuple[str, int]:
    """Shares of both groups, the difference, and, if asked for, whether it is more than chance."""
    of = named_survey(survey)
    source = source_for(of, is_counted=True)
    w = Wording((g.lang,), source.fallback)
    offered = offered_for(of, source)
    form = compare_form(request.args, g.lang, offered)
    names = dict(_groups(w, source, form.by.data, offered)) if form.is_of_groups else {}
    offer_groups(form, list(names.items()))
    is_valid = form.validate()
    if is_valid and form.filters != EVERY:
        source = source_for(of, form.filters, is_counted=True)
    links = Links(url_for("reports.compare", survey=of.slug), form.chosen)
    page = render_template(
        "reports/compare.html",
        survey=of,
        source=source,
        form=form,
        pair=_pair(of, w, source, form) if is_valid and form.is_ready else None,
        heads=_heads(w, source, form, names) if is_valid else None,
        chips=tuple(chips_of(w, source, links)) if is_valid else (),
        filters=_FILTERS,
        kept=[
            (name, value) for name in _FILTERS if not form[name].errors for value in form.chosen.get(name, ())
        ],
        made_on=w.date(source.made_on).line,
    )
    return page if is_valid else (page, 422)


_FILTERS = ("language", "channel", "collector", "session", "since", "until", "answered")


def _groups(w: Wording, source: Source, by: str, offered: Offered) -> Iterator[tuple[str, str]]:
    """Code and label of every group that somebody can be in, and that has a name."""
    counts = offered.counts
    found: dict[str, list[str]] = {
        BY_LANGUAGE: list(counts.by_language),
        BY_CHANNEL: [channel.value for channel in counts.by_channel],
        BY_COLLECTOR: list(offered.collectors.values()),
        BY_SESSION: list(offered.sessions.values()),
        BY_MONTH: sorted({f"{day:%Y-%m}" for day in counts.by_day}),
    }
    codes = found.get(by)
    if codes is None:
        question_named(source.asked, by)
        codes = []
    known = group_labels(w, source.asked, by, codes)
    for code, label in known.items():
        if isinstance(code, str) and (by not in found or code in codes):
            yield code, w.text(label, code).line


def _pair(of: Survey, w: Wording, source: Source, form: CompareForm) -> Pair:
    if source.gives_away:
        return Pair(None, 0, ())
    return pair_of(w, _sides(of, source, form), source.threshold, is_tested=bool(form.marks.data))


def _sides(of: Survey, source: Source, form: CompareForm) -> Sides:
    if form.by.data == BY_SELECTION:
        rest = AllBut(**{each.name: getattr(form.filters, each.name) for each in fields(form.filters)})
        return selected_and_others(source, lambda: source_for(of, rest).rows())
    return two_groups(source, form.by.data, form.first.data, form.second.data or None)


def _heads(
    w: Wording, source: Source, form: CompareForm, names: dict[str, str]
) -> tuple[str, str, str] | None:
    """What is compared, and what the two groups are called."""
    others = w.pgettext("comparison", "All others").line
    if form.by.data == BY_SELECTION:
        return "", w.pgettext("comparison", "Selected").line, others
    if not form.is_ready:
        return None
    by = breakdown_said(w, source.asked, form.by.data).line
    return by, names[form.first.data], names.get(form.second.data, others)
