"""What stands out in the answers to a question, in one sentence. Pure."""

from __future__ import annotations

import datetime as dt

from consult.reports.shown import line_shares
from consult.reports.tables import QuestionTable
from consult.reports.tally import Moment
from consult.reports.wording import Said, Wording


def finding_said(w: Wording, table: QuestionTable) -> Said | None:
    """None where there is nothing to single out: nobody answered, or it is about words."""
    if table.ranks and table.ranks[0].mean is not None:
        best = table.ranks[0]
        return w.gettext(
            "Ranked highest: “%(answer)s”, at place %(place)s on average.",
            answer=w.text(best.label, best.code),
            place=w.figure(best.mean),
        )
    if table.statistics is not None:
        found = table.statistics
        return w.gettext(
            "The middle answer is %(median)s; half of the answers lie between %(low)s and %(high)s.",
            median=w.figure(found.median),
            low=w.figure(found.quartile_1),
            high=w.figure(found.quartile_3),
        )
    if table.earliest is not None and table.latest is not None:
        return w.gettext(
            "The answers lie between %(first)s and %(last)s.",
            first=_roughly(w, table.earliest),
            last=_roughly(w, table.latest),
        )
    return _most_frequent(w, table)


def _roughly(w: Wording, moment: Moment) -> Said:
    """The month of a day: the first and the last day are each of one person."""
    if isinstance(moment, dt.date):
        return w.month(f"{moment.year:04d}-{moment.month:02d}")
    return w.moment(moment)


def _most_frequent(w: Wording, table: QuestionTable) -> Said | None:
    if not table.chosen:
        return None
    first, *others = table.chosen
    shares = line_shares(table)
    answer, share = w.text(first.label, first.code), w.percent(shares[first.code])
    if not others or table.base == first.count:
        return w.gettext("Most frequent answer: “%(answer)s” (%(share)s).", answer=answer, share=share)
    return w.gettext(
        "Most frequent answer: “%(answer)s” (%(share)s), then “%(next)s” (%(next_share)s).",
        answer=answer,
        share=share,
        next=w.text(others[0].label, others[0].code),
        next_share=w.percent(shares[others[0].code]),
    )
