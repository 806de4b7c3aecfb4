"""Sentences that the workbook and the results page both say. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from consult.reports.repeats import repeat_of, repeat_said
from consult.reports.statistics import NumberClass, Statistics
from consult.reports.tables import QuestionTable
from consult.reports.wording import Said, Wording

_ISOLATED, _END = "\u2068", "\u2069"  # an isolate, in the direction of its first letter


def base_said(w: Wording, table: QuestionTable) -> Said:
    """How many answered, and how a table of several answers is read."""
    if not table.base:
        return w.gettext("Nobody has answered this question yet.")
    total = table.base + table.missing
    if (repeat := repeat_of(table.asked)) is not None:
        return _base_of_entries(w, table, repeat_said(w, repeat.key, repeat.label))
    if table.is_multiple:
        return w.gettext(
            "Answered: %(num)s of %(total)s. Several answers could be chosen.", num=table.base, total=total
        )
    return w.gettext("Answered: %(num)s of %(total)s.", num=table.base, total=total)


def _base_of_entries(w: Wording, table: QuestionTable, repeat: Said) -> Said:
    total = table.base + table.missing
    if table.is_multiple:
        return w.ngettext(
            "Answered: %(base)s of %(num)s entry of “%(repeat)s”. Several answers could be chosen.",
            "Answered: %(base)s of %(num)s entries of “%(repeat)s”. Several answers could be chosen.",
            total,
            base=table.base,
            repeat=repeat,
        )
    return w.ngettext(
        "Answered: %(base)s of %(num)s entry of “%(repeat)s”.",
        "Answered: %(base)s of %(num)s entries of “%(repeat)s”.",
        total,
        base=table.base,
        repeat=repeat,
    )


def counted_said(w: Wording, table: QuestionTable) -> Said:
    """What the numbers of a table count: the head of their column."""
    if table.asked.repeats:
        return w.pgettext("table", "Entries")
    return w.pgettext("table", "People") if table.is_multiple else w.pgettext("table", "Responses")


@dataclass(frozen=True, slots=True)
class Figure:
    """``is_worked_out``: it is shown with decimals, whatever the numbers look like. ``is_of_one``: it is what
    one person answered, so that readers outside do not get it."""

    term: Said
    value: float | None
    is_worked_out: bool = False
    is_of_one: bool = False


def figures_of(w: Wording, found: Statistics) -> tuple[Figure, ...]:
    """The statistics of a question of numbers, each with its name."""
    return (
        Figure(w.gettext("Mean"), found.mean, is_worked_out=True),
        Figure(w.gettext("Standard deviation"), found.deviation, is_worked_out=True),
        Figure(w.gettext("Smallest"), found.least, is_of_one=True),
        Figure(w.gettext("First quartile"), found.quartile_1),
        Figure(w.gettext("Median"), found.median),
        Figure(w.gettext("Third quartile"), found.quartile_3),
        Figure(w.gettext("Largest"), found.most, is_of_one=True),
    )


def class_said(w: Wording, numbers: NumberClass) -> Said:
    """A class of numbers in words: ``7``, ``10 to 14``, ``0.5 to less than 1``."""
    if numbers.is_single:
        return Said(_plain(numbers.low) for _ in w.languages)
    if numbers.is_whole:
        low, high = _plain(numbers.low), _plain(numbers.high - 1)
        said = w.gettext("%(low)s to %(high)s", low=low, high=high)
    else:
        said = w.gettext(
            "%(low)s to less than %(high)s", low=w.number(numbers.low), high=w.number(numbers.high)
        )
    # Numbers around a word of another direction stay in their order.
    return Said(f"{_ISOLATED}{each}{_END}" for each in said) if w.is_mixed else said


def signed(w: Wording, number: float | None) -> str:
    """With plus or minus, as it is written: ``+5``, ``−3``, ``0``."""
    if number is None:
        return "–"
    figure = w.figure(abs(number)).line
    return figure if not round(number, 2) else f"{'+' if number > 0 else '−'}{figure}"


def _plain(number: float) -> str:
    """Never grouped: 2,015 is no year."""
    return f"{number:g}" if abs(number) < 1e5 else f"{number:.0f}"
