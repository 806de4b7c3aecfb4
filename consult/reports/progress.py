"""How far a survey has come, prepared for a page: the count against its target by day and by group. Pure.

Counts of what every response has are shown as they are, as everywhere in reports: they are how the work goes.
An area is an answer, so that small groups are hidden like those of any other answer. Never clock times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult.i18n import LocalText
from consult.questions import kind_of
from consult.questions.rich_text import plain_text
from consult.reports.guard import hidden_groups
from consult.reports.merging import Asked
from consult.reports.pace import Per, Step, outlook_of, planned_by, steps_of
from consult.reports.pace_words import label_of_step, outlook_said
from consult.reports.wording import Wording, left_open

MOST_STEPS = 60
"""Days, weeks or months that are shown by themselves."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a survey and its days."""

    by_day: Mapping[dt.date, int]
    target: int | None
    opened_on: dt.date | None
    closed_on: dt.date | None
    ends_on: dt.date | None
    today: dt.date

    @property
    def total(self) -> int:
        return sum(self.by_day.values())

    @property
    def last(self) -> dt.date:
        return max((self.closed_on or self.today, *self.by_day))


@dataclass(frozen=True, slots=True)
class Bar:
    """Widths from 0 to 100. ``target``: where the mark of the target stands, if there is one in reach."""

    width: float
    before: float = 0.0
    target: float | None = None


@dataclass(frozen=True, slots=True)
class DayRow:
    """``planned`` and ``part`` (of the target) None where there is no target or no last day."""

    label: str
    new: str
    together: str
    planned: str | None
    part: str | None
    bar: Bar
    sum_bar: Bar


@dataclass(frozen=True, slots=True)
class GroupRow:
    """``count`` None: too small to be shown. ``target`` None: none was set."""

    label: LocalText | str
    count: str | None
    target: str | None
    part: str | None
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class GroupTable:
    key: str
    title: LocalText | str
    rows: tuple[GroupRow, ...]
    note: str = ""

    @property
    def has_targets(self) -> bool:
        return any(row.target for row in self.rows)

    @property
    def has_hidden(self) -> bool:
        return any(row.count is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Progress:
    """``sentences``: how far it is and where it leads. ``part`` of the target, 0 to 100; None without one."""

    total: str
    sentences: tuple[str, ...]
    part: Bar | None
    has_target: bool
    has_plan: bool
    days: tuple[DayRow, ...]
    groups: tuple[GroupTable, ...] = field(default=())


def progress_of(w: Wording, course: Course, per: Per, groups: Sequence[GroupTable]) -> Progress:
    """``groups``: tables made by :func:`group_table`."""
    outlook = outlook_of(course.by_day, course.target, course.opened_on, course.ends_on, course.today)
    said = outlook_said(w, course.closed_on, course.ends_on, course.total, course.target, outlook)
    steps = list(steps_of(course.by_day, per, course.last, MOST_STEPS))
    target, total = course.target, course.total
    return Progress(
        total=w.ngettext("%(num)s response", "%(num)s responses", total).line,
        sentences=tuple(sentence.line for sentence in said),
        part=None if target is None else _bar(total, target, max(total, target)),
        has_target=target is not None,
        has_plan=planned_by(course.today, target, course.opened_on, course.ends_on) is not None,
        days=tuple(_day_rows(w, course, per, steps)),
        groups=tuple(groups),
    )


def _day_rows(w: Wording, course: Course, per: Per, steps: Sequence[Step]) -> Iterator[DayRow]:
    most = max((step.new for step in steps if not step.is_before), default=0)
    whole = max(course.total, course.target or 0)
    for step in steps:
        planned = planned_by(step.until, course.target, course.opened_on, course.ends_on)
        yield DayRow(
            label=label_of_step(w, step, per).line,
            new=w.number(step.new).line,
            together=w.number(step.together).line,
            planned=None if planned is None else w.number(planned).line,
            part=None if course.target is None else w.percent(step.together / course.target).line,
            bar=Bar(0.0 if step.is_before else _width(step.new, most)),
            sum_bar=Bar(
                _width(step.new, whole),
                _width(step.together - step.new, whole),
                None if course.target is None else _width(course.target, whole),
            ),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """One group before it is put into words."""

    label: LocalText | str
    count: int
    target: int | None = None
    is_hidden: bool = False


def group_table(
    w: Wording, key: str, title: LocalText | str, groups: Sequence[Group], note: str = ""
) -> GroupTable:
    """Bars of one table have one scale: the largest count or target."""
    whole = max((max(group.count, group.target or 0) for group in groups if not group.is_hidden), default=0)
    rows = (
        GroupRow(
            group.label,
            None if group.is_hidden else w.number(group.count).line,
            None if group.target is None else w.number(group.target).line,
            None if group.is_hidden or group.target is None else w.percent(group.count / group.target).line,
            None if group.is_hidden else _bar(group.count, group.target, whole),
        )
        for group in groups
    )
    return GroupTable(key, title, tuple(rows), note)


def area_groups(
    w: Wording, asked: Asked, counts: Mapping[str | None, int], targets: Mapping[str, int], threshold: int
) -> Iterator[Group]:
    """One group an answer, then those who did not say. Nobody lives in most places of a long list: of those
    only the ones that have a target."""
    choices = kind_of(asked.question).choices(asked.question)
    hidden = hidden_groups(counts, threshold)
    for choice in choices:
        count, target = counts.get(choice.key, 0), targets.get(choice.key)
        if count or target or len(choices) <= MOST_STEPS:
            label = choice.label.pick(w.languages[0], w.fallback)
            plain = LocalText(left_open(plain_text(label)), label.language) or choice.key
            yield Group(plain, count, target, choice.key in hidden)
    if counts.get(None):
        yield Group(w.pgettext("group", "No answer").line, counts[None], None, None in hidden)


def _bar(count: int, target: int | None, whole: int) -> Bar:
    return Bar(_width(count, whole), 0.0, None if target is None else _width(target, whole))


def _width(part: int, whole: int) -> float:
    return round(100 * min(part, whole) / whole, 1) if whole else 0.0
