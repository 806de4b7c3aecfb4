"""The lines of a table as a summary tells them: what was put together, what is not shown, in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.reports.outward import Told, ToldLine
from consult.reports.phrases import class_said
from consult.reports.shown import shares_adding_up
from consult.reports.spreads import MOST_LINES, REST
from consult.reports.statistics import NumberClass
from consult.reports.tables import QuestionTable
from consult.reports.wording import Said, Wording

MOST_NAMED = 4
"""Answers that were put together and are named in one line; of more, the names stand below the table."""


@dataclass(frozen=True, slots=True)
class Line:
    """``count`` and ``share`` (of 1) are None where they are not shown. ``joined``: the names of the answers
    in it, where they do not stand in ``label``."""

    label: Said
    count: int | None
    share: float | None
    joined: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A question, or by whom was heard. ``has_hidden``: not all lines have numbers; ``is_joined``: some
    answers were put together; ``others``: answers of a list of several that are not told."""

    base: int
    lines: tuple[Line, ...]
    has_hidden: bool
    is_joined: bool
    is_multiple: bool = False
    others: int = 0

    @property
    def shown(self) -> tuple[Line, ...]:
        """Lines with numbers, the most frequent first, without what nobody answered."""
        return tuple(sorted((line for line in self.lines if line.count), key=lambda line: -(line.count or 0)))

    @property
    def is_surely_first(self) -> bool:
        """Whether no line without a number can be more frequent than the first of the others, as far as these
        say: the names of those that are hidden say nothing."""
        if not self.has_hidden or self.is_multiple:
            return not self.has_hidden
        left = self.base - sum(line.count or 0 for line in self.lines)
        return bool(self.shown) and 0 <= left <= (self.shown[0].count or 0)


def told_table(w: Wording, told: Told, table: QuestionTable) -> ToldTable | None:
    """``table``: of all responses, whatever is told. None where nothing is told of a question."""
    base = told.answered(table.asked.key)
    if base is None:
        return None
    lines = told.lines(table.asked.key)
    if len(table.lines) > MOST_LINES:
        lines = tuple(sorted(lines, key=_frequency))
    others = len(table.chosen) - MOST_LINES if table.is_multiple and len(table.lines) > MOST_LINES else 0
    made = _table(w, lines, _names_of(w, table), base, is_multiple=table.is_multiple)
    return replace(made, others=max(0, others))


def _frequency(line: ToldLine) -> tuple[bool, bool, int]:
    """Of a long list, the most frequent first; then what has no number, in its order; all others last."""
    return REST in line.codes, line.count is None, -(line.count or 0)


def told_groups(w: Wording, told: Told, by: str, labels: Mapping[str, Said], responses: int) -> ToldTable:
    """Responses by what every one of them has. ``labels`` by code."""
    return _table(w, told.lines(by), lambda codes: [labels[code] for code in codes], responses)


_Names = Callable[[Sequence[str]], Sequence[Said]]


def _table(
    w: Wording, lines: Sequence[ToldLine], names_of: _Names, base: int, *, is_multiple: bool = False
) -> ToldTable:
    counts = [line.count for line in lines]
    has_hidden = None in counts
    shares: Sequence[float | None] = [None if count is None else count / base for count in counts]
    if not is_multiple and not has_hidden:
        shares = shares_adding_up([count or 0 for count in counts])
    made = []
    for line, share in zip(lines, shares, strict=True):
        names = names_of([code for code in line.codes if code != REST])
        is_long = len(names) > MOST_NAMED or REST in line.codes
        said = w.gettext("Other answers") if is_long else _beside(names)
        made.append(Line(said, line.count, share, tuple(names) if is_long else ()))
    is_joined = any(len(line.codes) > 1 for line in lines)
    return ToldTable(base, tuple(made), has_hidden, is_joined, is_multiple)


def _beside(names: Sequence[Said]) -> Said:
    return Said(" / ".join(dict.fromkeys(each)) for each in zip(*names, strict=True))


def _names_of(w: Wording, table: QuestionTable) -> _Names:
    """What answers that are told in one line are called: numbers by where they begin and end."""
    labels = {line.code: w.text(line.label, line.code) for line in table.lines}
    labels |= {rank.code: w.text(rank.label, rank.code) for rank in table.ranks}

    def names_of(codes: Sequence[str]) -> Sequence[Said]:
        if table.classes:
            return _numbers_said(w, table, [int(code) for code in codes])
        return [labels[code] for code in codes]

    return names_of


def _numbers_said(w: Wording, table: QuestionTable, places: Sequence[int]) -> list[Said]:
    """The first and the last number that anybody gave is one person's, unless the form names it."""
    classes = table.classes
    first, last = classes[places[0]], classes[places[-1]]
    if len(places) == 1:
        return [class_said(w, first)]
    is_scale = table.asked.question.kind == "range"
    if not first.is_whole and first.is_single:
        return [class_said(w, classes[place]) for place in places]
    high = last.low + 1 if last.low == last.high else last.high
    if places[0] == 0 and not is_scale:
        return [_up_to(w, high, is_whole=first.is_whole)]
    if places[-1] == len(classes) - 1 and not is_scale:
        return [w.gettext("%(number)s and up", number=_plain(first.low))]
    return [class_said(w, NumberClass(first.low, high, 0, first.is_whole))]


def _up_to(w: Wording, high: float, *, is_whole: bool) -> Said:
    if is_whole:
        return w.gettext("Up to %(number)s", number=_plain(high - 1))
    return w.gettext("Less than %(number)s", number=w.number(high))


def _plain(number: float) -> str:
    """Never grouped: 2,015 is no year."""
    return f"{number:g}" if abs(number) < 1e5 else f"{number:.0f}"
