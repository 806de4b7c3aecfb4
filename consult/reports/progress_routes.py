"""How far a survey has come: against its target, by day, language, channel, session, area and collector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import g, render_template, request

from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.http import now, session
from consult.i18n import LocalText, gettext, language_name
from consult.questions.rich_text import plain_text
from consult.reports.areas import area_named
from consult.reports.breakdowns import BY_CHANNEL, BY_COLLECTOR, BY_LANGUAGE, BY_SESSION
from consult.reports.columns import channel_names
from consult.reports.counting import group_sizes
from consult.reports.forms import ProgressForm, progress_form
from consult.reports.live import live_of
from consult.reports.merging import Asked
from consult.reports.pace import usual_per
from consult.reports.progress import Course, Group, GroupTable, area_groups, group_table, progress_of
from consult.reports.queries import people_of, session_names, sizes_of_sessions
from consult.reports.routes import blueprint, counts_for, named_survey, source_for
from consult.reports.source import Source
from consult.reports.wording import Wording, left_open
from consult.responses.reading import Counts
from consult.surveys.models import Survey
from consult.surveys.targets import Targets, targets_of

NOTHING: Mapping[str, int] = {}


@blueprint.get("/reports/<survey>/progress")
def progress(survey: str) -> str | tuple[str, int]:
    """Numbers of responses only: nothing that anybody answered, but where they live."""
    of = named_survey(survey)
    source, targets = source_for(of, is_counted=True), targets_of(session(), of)
    counts = counts_for(of, source)
    form = progress_form(request.args, g.lang, source.asked)
    is_valid = form.validate()
    w, found = Wording((g.lang,), of.organisation.default_language), None
    if is_valid:
        course = Course(
            counts.by_day, targets.total, of.opened_on, of.closed_on, targets.ends_on, now().date()
        )
        per = form.per.data or usual_per(min(counts.by_day, default=course.last), course.last)
        form.per.data = per
        found = progress_of(w, course, per, list(_tables(w, of, source, counts, targets, form)))
    page = render_template(
        "reports/progress.html",
        survey=of,
        form=form,
        progress=found,
        live=live_of(of, source.columns),
        made_on=w.date(now().date()).line,
        threshold=of.organisation.small_group_threshold,
        may_set=actor().has_role(of.organisation_id, Role.STAFF),
    )
    return page if is_valid else (page, 422)


def _tables(
    w: Wording, of: Survey, source: Source, counts: Counts, targets: Targets, form: ProgressForm
) -> Iterator[GroupTable]:
    yield group_table(w, BY_LANGUAGE, gettext("By language"), list(_languages(counts, targets)))
    yield group_table(w, BY_CHANNEL, gettext("By channel"), list(_channels(w, counts, targets)))
    area = area_named(source.asked, form.area.data, targets.groups)
    if area is not None:
        form.area.data = area.key
        yield _area(w, source, area, targets)
    if counts.by_session:
        yield group_table(w, BY_SESSION, gettext("By session"), list(_sessions(of, counts)), _of_sessions())
    collectors = list(_collectors(counts, targets))
    if collectors:
        yield group_table(w, BY_COLLECTOR, gettext("By data collector"), collectors)


def _languages(counts: Counts, targets: Targets) -> Iterator[Group]:
    aimed = targets.groups.get(BY_LANGUAGE, NOTHING)
    for code in (*counts.by_language, *(code for code in aimed if code not in counts.by_language)):
        yield Group(language_name(code, g.lang), counts.by_language.get(code, 0), aimed.get(code))


def _channels(w: Wording, counts: Counts, targets: Targets) -> Iterator[Group]:
    aimed = targets.groups.get(BY_CHANNEL, NOTHING)
    found = {channel.value: number for channel, number in counts.by_channel.items()}
    for code, said in channel_names(w).items():
        if code in found or code in aimed:
            yield Group(said.line, found.get(code, 0), aimed.get(code))


def _area(w: Wording, source: Source, area: Asked, targets: Targets) -> GroupTable:
    counts = group_sizes(source, area)
    aimed = targets.groups.get(area.key, NOTHING)
    groups = list(area_groups(w, area, counts, aimed, source.threshold))
    label: Any = area.question.label.pick(g.lang)
    title = LocalText(left_open(plain_text(label)), label.language) or LocalText(area.key, g.lang)
    return group_table(w, "area", title, groups)


def _sessions(of: Survey, counts: Counts) -> Iterator[Group]:
    """The target of a session are those who took part."""
    sizes = sizes_of_sessions(session(), of)
    for key, name in session_names(session(), of).items():
        if key in counts.by_session or sizes.get(key):
            yield Group(name, counts.by_session.get(key, 0), sizes.get(key) or None)


def _of_sessions() -> str:
    return str(gettext("The target of a session is the number of people who took part in it."))


def _collectors(counts: Counts, targets: Targets) -> Iterator[Group]:
    """Everybody who is assigned, and everybody who collected."""
    people = people_of(session(), {*counts.by_collector, *targets.collectors})
    for key, name in people.items():
        yield Group(name, counts.by_collector.get(key, 0), targets.collectors.get(key))
