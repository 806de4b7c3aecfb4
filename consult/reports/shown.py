"""Shares as they are shown, as whole per cent: the same in the workbook, in Word and on the page. Pure.

Where everybody is in exactly one line, the per cents add up to 100. Rounded one by one they would not always
(three thirds are 33 and 33 and 33); so the largest remainders are rounded up instead. A share stays exact
wherever rounding it says the same; the few others become what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consult.reports.analysis.rounding import shown_percentages
from consult.reports.tables import QuestionTable
from consult.reports.wording import rounded_percent


def shares_adding_up(parts: Sequence[float]) -> tuple[float, ...]:
    """Shares of 1 of all lines, of which the rounded per cents add up to 100. ``parts``: counts, or weighted
    ones."""
    whole = sum(parts)
    if not whole:
        return tuple(0.0 for _ in parts)
    return tuple(
        part / whole if rounded_percent(part / whole) == percent else percent / 100
        for part, percent in zip(parts, shown_percentages(parts), strict=True)
    )


def line_shares(table: QuestionTable) -> Mapping[str, float | None]:
    """Of each choice, by its code; None where nobody answered."""
    counts = [line.count for line in table.lines]
    if table.is_multiple or not table.base or sum(counts) != table.base:
        return {line.code: line.share for line in table.lines}
    codes = (line.code for line in table.lines)
    return dict(zip(codes, shares_adding_up(counts), strict=True))


def class_shares(table: QuestionTable) -> tuple[float, ...]:
    """Of each class of numbers."""
    return shares_adding_up([each.count for each in table.classes])
