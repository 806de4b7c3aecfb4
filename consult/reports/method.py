"""How the answers came about and how a report treats them, in sentences that can be quoted. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.questions import kind_of
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE
from consult.reports.columns import channel_names
from consult.reports.outward import Limits
from consult.reports.selections import selection_said, selection_told
from consult.reports.source import Source
from consult.reports.tally import Tally
from consult.reports.told_lines import ToldTable
from consult.reports.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Outside:
    """Of a summary for readers outside: ``heard`` by what every response has, as it may be told; ``limits``
    below which numbers are not shown."""

    heard: Mapping[str, ToldTable]
    limits: Limits


def method_said(
    w: Wording,
    source: Source,
    tally: Tally,
    *,
    weights: Sequence[Said] = (),
    has_marks: bool = False,
    outside: Outside | None = None,
) -> Iterator[tuple[Said, tuple[Said, ...]]]:
    """Each section with its sentences. ``weights``: what was done and what it comes to, where figures are
    weighted. ``has_marks``: in breakdowns."""
    yield w.gettext("Who asked, and when"), tuple(_asking(w, source, tally))
    yield w.gettext("Who answered"), tuple(_answering(w, source, tally, outside))
    yield w.gettext("What the numbers mean"), tuple(_counting(w, has_marks=has_marks, outside=outside))
    yield w.pgettext("method", "Weights"), tuple(weights) or (_unweighted(w),)
    yield w.gettext("Privacy"), tuple(_privacy(w, source, outside))


def _asking(w: Wording, source: Source, tally: Tally) -> Iterator[Said]:
    questions = sum(kind_of(asked.question).takes_answer for asked in source.every)
    yield w.ngettext(
        "%(organisation)s asked %(num)s question under the title “%(title)s”.",
        "%(organisation)s asked %(num)s questions under the title “%(title)s”.",
        questions,
        organisation=w.text(source.organisation),
        title=w.text(source.title, source.slug),
    )
    if source.survey_asked:
        yield w.ngettext(
            "This report is about %(num)s of them.",
            "This report is about %(num)s of them.",
            sum(kind_of(asked.question).takes_answer for asked in source.asked),
        )
    if source.opened_on and source.closed_on:
        yield w.gettext(
            "The survey was open from %(first)s to %(last)s.",
            first=w.date(source.opened_on),
            last=w.date(source.closed_on),
        )
    elif source.opened_on:
        yield w.gettext("The survey has been open since %(date)s.", date=w.date(source.opened_on))
    yield w.gettext(
        "People could answer in these languages: %(languages)s.",
        languages=w.joined(w.language_name(code) for code in source.languages),
    )
    if len(source.versions) > 1:
        yield w.gettext(
            "The form was changed while it was open: there are %(num)s versions. Of a question that was "
            "added or taken out, only those count as asked who saw it.",
            num=len(source.versions),
        )
    if tally.first_on and tally.last_on:
        yield w.gettext(
            "The answers were collected from %(first)s to %(last)s.",
            first=w.date(tally.first_on),
            last=w.date(tally.last_on),
        )


def _answering(w: Wording, source: Source, tally: Tally, outside: Outside | None) -> Iterator[Said]:
    yield w.ngettext(
        "This report is of %(num)s response.", "This report is of %(num)s responses.", tally.responses
    )
    if source.selection:
        told = selection_told if outside else selection_said
        yield w.gettext(
            "It is a selection out of %(total)s: %(selection)s.",
            total=source.total,
            selection=w.joined(told(w, source)),
        )
    parts = _told_by(w, outside, BY_CHANNEL) if outside else list(_channels(w, tally))
    if parts:
        yield w.gettext("They came this way: %(channels)s.", channels=w.joined(parts))
    spoken = _told_by(w, outside, BY_LANGUAGE) if outside else list(_languages(w, tally))
    if spoken:
        yield w.gettext("They were given in these languages: %(languages)s.", languages=w.joined(spoken))
    yield w.gettext(
        "Taking part was voluntary, and nobody was drawn at random: the results say what those think who "
        "answered. How far they hold for everybody else cannot be worked out from them."
    )


def _channels(w: Wording, tally: Tally) -> Iterator[Said]:
    names = channel_names(w)
    for code, count in tally.channels.most_common():
        yield w.gettext("%(name)s (%(num)s)", name=names[code], num=count)


def _languages(w: Wording, tally: Tally) -> Iterator[Said]:
    for code, count in tally.languages.most_common():
        yield w.gettext("%(name)s (%(num)s)", name=w.language_name(code), num=count)


def _told_by(w: Wording, outside: Outside, by: str) -> list[Said]:
    """The largest first, then those without a number."""
    table = outside.heard.get(by)
    if table is None:
        return []
    hidden = [line.label for line in table.lines if line.count is None]
    shown = [w.gettext("%(name)s (%(num)s)", name=line.label, num=line.count) for line in table.shown]
    return [*shown, *hidden]


def _unweighted(w: Wording) -> Said:
    return w.gettext("No weights were used: every response counts the same.")


def _counting(w: Wording, *, has_marks: bool, outside: Outside | None) -> Iterator[Said]:
    yield w.gettext(
        "A percentage is of the people who answered that question; how many they were stands beside it."
    )
    yield w.gettext(
        "Where several answers could be chosen, percentages are of people and add up to more than 100%."
    )
    yield w.gettext(
        "Who was not asked a question, because it did not apply to them, is not among those who answered it."
    )
    yield w.gettext(
        "Percentages are shown as whole numbers. Where everybody is in exactly one line they are rounded so "
        "that they add up to 100%, the same on the page, in Word and in Excel."
    )
    if outside:
        yield w.gettext(
            "Where answers were put together or are not shown, percentages are rounded by what is shown: "
            "they can differ by one point from the Excel report."
        )
    yield w.gettext("Differences between small groups are often chance.")
    if has_marks:
        yield w.gettext(
            "Marks in breakdowns: each group is compared with all others together, shares by a test of two "
            "proportions and means by Welch’s test, at a level of 5%, corrected for the number of "
            "comparisons of a question by Holm’s method."
        )


def _privacy(w: Wording, source: Source, outside: Outside | None) -> Iterator[Said]:
    yield w.gettext(
        "Nothing about anybody’s device or where it was on the Internet was kept, and no time of day with "
        "what was answered online."
    )
    if outside is None:
        yield w.gettext(
            "In breakdowns, groups of fewer than %(threshold)s are not shown, nor what would give them away.",
            threshold=source.threshold,
        )
    else:
        yield from _protection(w, outside.limits)
    if any(version.notice.introduction or version.notice.purpose for version in source.versions):
        yield w.gettext(
            "Before the first question people read, or were read, why they are asked, and agreed to it: "
            "online by pressing “%(words)s”, in an interview by saying so.",
            words=w.gettext("I agree. Start"),
        )


def _protection(w: Wording, limits: Limits) -> Iterator[Said]:
    """What a summary for readers outside does with small numbers."""
    yield w.gettext(
        "Small answers were put together. Numbers of fewer than %(threshold)s people, or fewer than "
        "%(sensitive)s where a question is sensitive, are not shown, nor others from which they could be "
        "worked out.",
        threshold=limits.threshold,
        sensitive=limits.sensitive_threshold,
    )
    yield w.gettext(
        "This was checked for all tables of the survey together. Do not put other numbers of the same "
        "responses beside this summary: small ones could be worked out from both."
    )
