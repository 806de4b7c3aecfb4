"""Breakdowns: by what there can be groups, how they are called, and one question's table by group. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import Localized
from consult.questions import kind_of
from consult.reports.columns import Row, channel_names
from consult.reports.merging import Asked
from consult.reports.tables import CrossTable
from consult.reports.tally import Group, GroupsOf, groups_by_answer
from consult.reports.wording import Said, Wording

BY_LANGUAGE, BY_CHANNEL = "_language", "_channel"
"""Breakdowns by what every response has; others are by the key of a question of choices."""


@dataclass(frozen=True, slots=True)
class Cross:
    """A row of a breakdown: one cell a group, None where nothing is shown."""

    label: str
    cells: tuple[str | None, ...]


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
    return kind_of(asked.question).summary == "choices"


def group_labels(
    w: Wording, asked: Sequence[Asked], by: str, found: Iterable[Group]
) -> Mapping[Group, Localized]:
    """What the groups are called, in the order of showing. ``found``: those that somebody is in."""
    if by == BY_LANGUAGE:
        names = {code: w.language_name(str(code)).line for code in found}
        return {code: _local(w, name) for code, name in sorted(names.items(), key=lambda item: item[1])}
    if by == BY_CHANNEL:
        return {code: _local(w, said.line) for code, said in channel_names(w).items()}
    question = question_named(asked, by).question
    labels: dict[Group, Localized] = {
        choice.key: choice.label for choice in kind_of(question).choices(question)
    }
    return {**labels, None: _local(w, w.pgettext("group", "No answer").line)}


def _local(w: Wording, text: str) -> Localized:
    return Localized({w.languages[0]: text})


def _language_group(row: Row) -> tuple[Group, ...]:
    return (row.language,)


def _channel_group(row: Row) -> tuple[Group, ...]:
    return (row.channel,)


def cross_rows(w: Wording, table: CrossTable) -> Iterator[Cross]:
    """How many answered in each group, then what they answered: shares, means or mean places."""
    if table.whole.summary not in ("choices", "numbers", "ranks") or not table.whole.base:
        return
    yield _row(table, w.gettext("Answered"), [w.number(part.base) for part in table.shown])
    for line in table.whole.lines:
        if line.count:
            shares = [part.share_of(line.code) for part in table.shown]
            yield _row(table, w.text(line.label, line.code), [w.percent(share) for share in shares])
    if table.whole.statistics is not None:
        found = [part.statistics for part in table.shown]
        yield _row(table, w.gettext("Mean"), [w.figure(each.mean if each else None) for each in found])
        yield _row(table, w.gettext("Median"), [w.figure(each.median if each else None) for each in found])
    for rank in table.whole.ranks:
        places = [part.mean_place_of(rank.code) for part in table.shown]
        yield _row(table, w.text(rank.label, rank.code), [w.figure(place) for place in places])


def _row(table: CrossTable, label: Said, shown: Sequence[Said]) -> Cross:
    cells = iter(shown)
    return Cross(label.line, tuple(None if part is None else next(cells).line for part in table.groups))
