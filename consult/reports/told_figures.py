"""What a summary says in words of a question, and whether it may say its mean. Pure.

A mean is a sum: beside lines that were put together, or are not shown, it can tell what is in each of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from consult.reports.findings import finding_said
from consult.reports.statistics import NumberClass
from consult.reports.tables import QuestionTable
from consult.reports.tally import QuestionTally
from consult.reports.told_lines import ToldTable
from consult.reports.wording import Said, Wording

MANY = 4
"""Times the threshold: of so many numbers, quartiles lie where no small class is."""

DOMINANT = 0.85
"""Two people whose numbers are more than this share of the sum could work out each other's."""


def tells_statistics(
    told: ToldTable, classes: Sequence[NumberClass], tally: QuestionTally, limit: int
) -> bool:
    """Whether mean, quartiles and deviation give nobody away. ``classes``: of which the lines are made;
    ``tally``: of the responses that are told."""
    if told.base < limit or _is_dominated(tally):
        return False
    if not told.has_hidden and not told.is_joined:
        return True
    # In a class of one number everybody counts that much: the sum tells how many they are.
    is_of_single = any(each.is_single for each in classes)
    return told.base >= MANY * limit and not is_of_single


def _is_dominated(tally: QuestionTally) -> bool:
    counted = tally.numbers.counted()
    every = [abs(value) for value, times in counted for _ in range(min(times, 2))]
    total = sum(abs(value) * times for value, times in counted)
    return sum(heapq.nlargest(2, every)) > DOMINANT * total > 0


def finding_told(
    w: Wording, told: ToldTable, table: QuestionTable, limit: int, *, has_statistics: bool
) -> Said | None:
    """What stands out, in one sentence; None where that cannot be said, or is one person's answer."""
    if table.summary == "choices":
        return _most_frequent(w, told)
    if table.summary == "numbers":
        return finding_said(w, table) if has_statistics else None
    if table.summary == "ranks" and table.ranks and table.ranks[0].count >= limit:
        return finding_said(w, table)
    return None


def _most_frequent(w: Wording, told: ToldTable) -> Said | None:
    if not told.shown:
        return None
    first, *others = told.shown
    answer, share = first.label, w.percent(first.share)
    if told.has_hidden:
        if told.is_surely_first:
            return w.gettext("Most frequent answer: “%(answer)s” (%(share)s).", answer=answer, share=share)
        return w.gettext(
            "Most frequent of the answers that are shown: “%(answer)s” (%(share)s).",
            answer=answer,
            share=share,
        )
    if not others or told.base == first.count:
        return w.gettext("Most frequent answer: “%(answer)s” (%(share)s).", answer=answer, share=share)
    return w.gettext(
        "Most frequent answer: “%(answer)s” (%(share)s), then “%(next)s” (%(next_share)s).",
        answer=answer,
        share=share,
        next=others[0].label,
        next_share=w.percent(others[0].share),
    )
