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
from consult.reports.shown import line_shares
from consult.reports.tables import CrossTable, QuestionTable, Share
from consult.reports.tally import Code, Group, GroupsOf, groups_by_answer, groups_by_both
from consult.reports.wording import Said, Wording

BY_LANGUAGE, BY_CHANNEL = "_language", "_channel"
BY_COLLECTOR, BY_SESSION, BY_MONTH = "_collector", "_session", "_month"
"""Breakdowns by what every response has; others are by the key of a question of choices. Two of them,
``_language,area``, make a breakdown by both."""

MEAN = ""
"""The row of the mean, among those of choices, which have their codes."""

Measure = Literal["count", "share", "figure"]


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A row of a breakdown: one value a group, None where there is none or where it must not be shown
    (``is_hidden``). ``of``: what of the question it is, as marks know it: the code of a choice, or
    :data:`MEAN`."""

    label: Said
    measure: Measure
    values: tuple[float | None, ...]
    is_hidden: tuple[bool, ...]
    of: str | None = None


def parts_of(by: str) -> tuple[str, ...]:
    """The one or two things that a breakdown is by."""
    return tuple(by.split(","))


@dataclass(frozen=True, slots=True)
class Grouping:
    """One thing that responses are grouped by. ``of``: what alone decides the groups of a response, a
    question or a part of every response (``language``, ``channel``, ``collector``, ``session``, ``day``,
    ``version``)."""

    of: str | Asked
    groups: GroupsOf


def groups_of(asked: Sequence[Asked], by: str) -> GroupsOf:
    """Which groups a response belongs to. Raises KeyError for what nothing can be broken down by."""
    found = [grouping.groups for grouping in groupings_of(asked, by)]
    return found[0] if len(found) == 1 else groups_by_both(*found)


def groupings_of(asked: Sequence[Asked], by: str) -> tuple[Grouping, ...]:
    """The one or two things themselves. Raises KeyError."""
    try:
        found = tuple(_grouping(asked, part) for part in parts_of(by))
    except KeyError:
        raise KeyError(by) from None
    if len(found) > 2 or len(set(parts_of(by))) < len(found):
        raise KeyError(by)
    return found


def _grouping(asked: Sequence[Asked], by: str) -> Grouping:
    of_every = {
        BY_LANGUAGE: Grouping("language", _language_group),
        BY_CHANNEL: Grouping("channel", _channel_group),
        BY_COLLECTOR: Grouping("collector", _collector_group),
        BY_SESSION: Grouping("session", _session_group),
        BY_MONTH: Grouping("day", _month_group),
    }
    if by in of_every:
        return of_every[by]
    question = question_named(asked, by)
    return Grouping(question, groups_by_answer(question))


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
    groups, parts = list(found), parts_of(by)
    if len(parts) == 1:
        ones = [group for group in groups if not isinstance(group, tuple)]
        return dict(_labels(w, asked, by, ones).items())
    pairs = [group for group in groups if isinstance(group, tuple)]
    first, second = (
        _labels(w, asked, part, list(dict.fromkeys(pair[place] for pair in pairs)))
        for place, part in enumerate(parts)
    )
    return {
        (one, other): _pair(w, w.text(first[one], one or ""), w.text(second[other], other or ""))
        for one in first
        for other in second
    }


def _pair(w: Wording, *said: Said) -> Localized:
    return _local(w, Said(" · ".join(filter(None, pair)) for pair in zip(*said, strict=True)))


def _labels(w: Wording, asked: Sequence[Asked], by: str, found: Sequence[Code]) -> Mapping[Code, Localized]:
    if by == BY_LANGUAGE:
        names = {code: w.language_name(str(code)) for code in found}
        return {code: _local(w, name) for code, name in sorted(names.items(), key=lambda item: item[1])}
    if by == BY_CHANNEL:
        return {code: _local(w, said) for code, said in channel_names(w).items()}
    if by in (BY_COLLECTOR, BY_SESSION, BY_MONTH):
        known = sorted(code for code in found if code is not None)
        say = w.month if by == BY_MONTH else lambda code: Said(code for _ in w.languages)
        own: dict[Code, Localized] = {code: _local(w, say(code)) for code in known}
        return {**own, None: _local(w, _without(w, by))}
    question = question_named(asked, by).question
    labels: dict[Code, Localized] = {
        choice.key: choice.label for choice in kind_of(question).choices(question)
    }
    labels |= {code: Localized() for code in found if code is not None and code not in labels}
    return {**labels, None: _local(w, w.pgettext("group", "No answer"))}


def _without(w: Wording, by: str) -> Said:
    if by == BY_COLLECTOR:
        return w.pgettext("group", "Without a data collector")
    return w.pgettext("group", "Without a session") if by == BY_SESSION else w.pgettext("group", "No date")


def breakdown_said(w: Wording, asked: Sequence[Asked], by: str) -> Said:
    """What the groups are of."""
    said = [_breakdown_said(w, asked, part) for part in parts_of(by)]
    return Said(" · ".join(each) for each in zip(*said, strict=True))


def names_of_breakdowns(w: Wording) -> Mapping[str, Said]:
    """Those by what every response has."""
    return {
        BY_LANGUAGE: w.gettext("Language of the answers"),
        BY_CHANNEL: w.gettext("Channel"),
        BY_COLLECTOR: w.gettext("Data collector"),
        BY_SESSION: w.gettext("Session"),
        BY_MONTH: w.gettext("Month"),
    }


def _breakdown_said(w: Wording, asked: Sequence[Asked], by: str) -> Said:
    names = names_of_breakdowns(w)
    if by in names:
        return names[by]
    found = question_named(asked, by)
    return w.text(found.question.label, found.key)


def _local(w: Wording, said: Said) -> Localized:
    return Localized(zip(w.languages, said, strict=True))


def _language_group(row: Row) -> tuple[Group, ...]:
    return (row.language,)


def _channel_group(row: Row) -> tuple[Group, ...]:
    return (row.channel,)


def _collector_group(row: Row) -> tuple[Group, ...]:
    return (row.collector,)


def _session_group(row: Row) -> tuple[Group, ...]:
    return (row.session,)


def _month_group(row: Row) -> tuple[Group, ...]:
    return (row.month,)


def cross_rows(w: Wording, table: CrossTable, by: str) -> Iterator[CrossRow]:
    """How many answered in each group, then what they answered: shares, means or mean places.

    Nothing for words and dates, nor for one choice by itself, of which each group is all or nothing.
    """
    whole = table.whole
    is_itself = whole.asked.key in parts_of(by) and not whole.is_multiple
    if whole.summary not in ("choices", "numbers", "ranks") or not whole.base or is_itself:
        return
    hidden = tuple(part is None for part in table.groups)
    shares = [{} if part is None else line_shares(part) for part in table.groups]

    def row(
        label: Said, measure: Measure, value: Callable[[QuestionTable], float | None], of: str | None = None
    ) -> CrossRow:
        values = (None if part is None else value(part) for part in table.groups)
        return CrossRow(label, measure, tuple(values), hidden, of)

    def share_row(line: Share) -> CrossRow:
        values = (
            None if part is None else shown.get(line.code, part.share_of(line.code))
            for part, shown in zip(table.groups, shares, strict=True)
        )
        return CrossRow(w.text(line.label, line.code), "share", tuple(values), hidden, line.code)

    def statistic(name: str) -> Callable[[QuestionTable], float | None]:
        return lambda part: getattr(part.statistics, name) if part.statistics else None

    yield row(w.gettext("Answered"), "count", lambda part: part.base)
    for line in whole.lines:
        if line.count:
            yield share_row(line)
    if whole.statistics is not None:
        yield row(w.gettext("Mean"), "figure", statistic("mean"), MEAN)
        yield row(w.gettext("Median"), "figure", statistic("median"))
    for rank in whole.ranks:
        place = methodcaller("mean_place_of", rank.code)
        yield row(w.text(rank.label, rank.code), "figure", place)
