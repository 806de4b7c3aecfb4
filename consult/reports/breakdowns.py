"""Breakdowns: by what there can be groups, how they are called, and one question's table by group. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import Literal

from consult.i18n import Localized
from consult.questions import kind_of
from consult.reports.columns import Row, channel_names
from consult.reports.merging import Asked
from consult.reports.tables import CrossTable, QuestionTable
from consult.reports.tally import Group, GroupsOf, groups_by_answer
from consult.reports.wording import Said, Wording

BY_LANGUAGE, BY_CHANNEL = "_language", "_channel"
"""Breakdowns by what every response has; others are by the key of a question of choices."""


Measure = Literal["count", "share", "figure"]


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A row of a breakdown: one value a group, None where there is none or where it must not be shown
    (``is_hidden``)."""

    label: Said
    measure: Measure
    values: tuple[float | None, ...]
    is_hidden: tuple[bool, ...]


def groups_of(asked: Sequence[Asked], by: str) -> GroupsOf:
    """Which groups a response belongs to. Raises KeyError for what nothing can be broken down by."""
    if by == BY_LANGUAGE:
        return _language_group
    if by == BY_CHANNEL:
        return _channel_group
    return groups_by_answer(question_named(asked, by))


def question_named(asked: Sequence[Asked], key: str) -> Asked:
    """The question of choices with this key. Raises KeyError."""
    found = next((each for each in asked if each.key == key and can_break_down(each)), None)
    if found is None:
        raise KeyError(key)
    return found


def can_break_down(asked: Asked) -> bool:
    """Groups are of responses: what is asked of each entry of a repeat makes none."""
    return kind_of(asked.question).summary == "choices" and not asked.repeats


def group_labels(
    w: Wording, asked: Sequence[Asked], by: str, found: Iterable[Group]
) -> Mapping[Group, Localized]:
    """What the groups are called, in the order of showing. ``found``: those that somebody is in."""
    if by == BY_LANGUAGE:
        names = {code: w.language_name(str(code)) for code in found}
        return {code: _local(w, name) for code, name in sorted(names.items(), key=lambda item: item[1])}
    if by == BY_CHANNEL:
        return {code: _local(w, said) for code, said in channel_names(w).items()}
    question = question_named(asked, by).question
    labels: dict[Group, Localized] = {
        choice.key: choice.label for choice in kind_of(question).choices(question)
    }
    return {**labels, None: _local(w, w.pgettext("group", "No answer"))}


def breakdown_said(w: Wording, asked: Sequence[Asked], by: str) -> Said:
    """What the groups are of."""
    if by == BY_LANGUAGE:
        return w.gettext("Language of the answers")
    if by == BY_CHANNEL:
        return w.gettext("Channel")
    found = question_named(asked, by)
    return w.text(found.question.label, found.key)


def _local(w: Wording, said: Said) -> Localized:
    return Localized(zip(w.languages, said, strict=True))


def _language_group(row: Row) -> tuple[Group, ...]:
    return (row.language,)


def _channel_group(row: Row) -> tuple[Group, ...]:
    return (row.channel,)


def cross_rows(w: Wording, table: CrossTable, by: str) -> Iterator[CrossRow]:
    """How many answered in each group, then what they answered: shares, means or mean places.

    Nothing for words and dates, nor for one choice by itself, of which each group is all or nothing.
    """
    whole = table.whole
    is_itself = whole.asked.key == by and not whole.is_multiple
    if whole.summary not in ("choices", "numbers", "ranks") or not whole.base or is_itself:
        return
    hidden = tuple(part is None for part in table.groups)

    def row(label: Said, measure: Measure, value: Callable[[QuestionTable], float | None]) -> CrossRow:
        values = (None if part is None else value(part) for part in table.groups)
        return CrossRow(label, measure, tuple(values), hidden)

    def statistic(name: str) -> Callable[[QuestionTable], float | None]:
        return lambda part: getattr(part.statistics, name) if part.statistics else None

    yield row(w.gettext("Answered"), "count", lambda part: part.base)
    for line in whole.lines:
        if line.count:
            share = methodcaller("share_of", line.code)
            yield row(w.text(line.label, line.code), "share", share)
    if whole.statistics is not None:
        yield row(w.gettext("Mean"), "figure", statistic("mean"))
        yield row(w.gettext("Median"), "figure", statistic("median"))
    for rank in whole.ranks:
        place = methodcaller("mean_place_of", rank.code)
        yield row(w.text(rank.label, rank.code), "figure", place)
