"""How far a survey is and where its pace leads, in sentences. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from consult.reports.pace import Outlook, Pace, Per, Step
from consult.reports.wording import Said, Wording


def outlook_said(
    w: Wording,
    closed_on: dt.date | None,
    ends_on: dt.date | None,
    total: int,
    target: int | None,
    outlook: Outlook,
) -> Iterator[Said]:
    """The target, the days that are left, the pace, and what comes of it."""
    if target is not None:
        yield w.gettext(
            "%(num)s of %(target)s responses hoped for: %(part)s.",
            num=total,
            target=target,
            part=w.percent(total / target),
        )
    if closed_on is not None:
        yield w.gettext("The survey was closed on %(date)s.", date=w.date(closed_on))
        return
    if ends_on is not None and outlook.days_left is not None:
        yield _left(w, ends_on, outlook.days_left)
    yield _pace(w, outlook.pace)
    if target is not None and total >= target:
        yield w.gettext("The target is reached.")
    elif target is not None:
        yield from _leads_to(w, ends_on, outlook)


def _left(w: Wording, ends_on: dt.date, days: int) -> Said:
    if days == 0:
        return w.gettext("The last day that was planned, %(date)s, is over.", date=w.date(ends_on))
    if days == 1:
        return w.gettext("Today is the last day that is planned.")
    return w.ngettext(
        "%(num)s day is left: the last one is %(date)s.",
        "%(num)s days are left: the last one is %(date)s.",
        days,
        date=w.date(ends_on),
    )


def _pace(w: Wording, pace: Pace) -> Said:
    if pace.days == 1:
        return w.ngettext("Today %(num)s response came.", "Today %(num)s responses came.", pace.recent)
    if not pace.recent:
        return w.gettext("No response came in the last %(days)s days.", days=pace.days)
    if pace.per_day < 1:
        return w.ngettext(
            "In the last %(days)s days %(num)s response came: less than one a day.",
            "In the last %(days)s days %(num)s responses came: less than one a day.",
            pace.recent,
            days=pace.days,
        )
    return w.ngettext(
        "In the last %(days)s days %(num)s response came: about %(pace)s a day.",
        "In the last %(days)s days %(num)s responses came: about %(pace)s a day.",
        pace.recent,
        days=pace.days,
        pace=round(pace.per_day),
    )


def _leads_to(w: Wording, ends_on: dt.date | None, outlook: Outlook) -> Iterator[Said]:
    is_late = ends_on is not None and (outlook.reached_on is None or outlook.reached_on > ends_on)
    if outlook.reached_on is not None:
        yield w.gettext("At this pace the target is reached about %(date)s.", date=w.date(outlook.reached_on))
    elif outlook.pace.recent:
        yield w.gettext("At this pace it takes more than two years to reach the target.")
    if is_late and outlook.needed is not None and outlook.at_end is not None:
        yield w.gettext(
            "On the last day there would be about %(num)s. To reach the target by then, about %(needed)s a "
            "day are needed from now on.",
            num=_about(outlook.at_end),
            needed=max(1, -(-outlook.needed // 1)),
        )


def _about(number: int) -> int:
    """To the nearest ten where that is close enough: an estimate must not look like a count."""
    return round(number, -1) if number >= 100 else number


def label_of_step(w: Wording, step: Step, per: Per) -> Said:
    if step.is_before:
        return w.gettext("Until %(date)s", date=w.date(step.until))
    if per == "month":
        return w.month(f"{step.start:%Y-%m}")
    if per == "week":
        return w.gettext("Week from %(date)s", date=w.date(step.start))
    return w.date(step.start)
