"""How the answers came about and how a report treats them, in sentences that can be quoted. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.questions import kind_of
from consult.reports.columns import channel_names
from consult.reports.selections import selection_said
from consult.reports.source import Source
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording


def method_said(
    w: Wording, source: Source, tally: Tally, *, weights: Sequence[Said] = (), has_marks: bool = False
) -> Iterator[tuple[Said, tuple[Said, ...]]]:
    """Each section with its sentences. ``weights``: what was done and what it comes to, where figures are
    weighted. ``has_marks``: in breakdowns."""
    yield w.gettext("Who asked, and when"), tuple(_asking(w, source, tally))
    yield w.gettext("Who answered"), tuple(_answering(w, source, tally))
    yield w.gettext("What the numbers mean"), tuple(_counting(w, has_marks=has_marks))
    yield w.pgettext("method", "Weights"), tuple(weights) or (_unweighted(w),)
    yield w.gettext("Privacy"), tuple(_privacy(w, source))


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


def _answering(w: Wording, source: Source, tally: Tally) -> Iterator[Said]:
    yield w.ngettext(
        "This report is of %(num)s response.", "This report is of %(num)s responses.", tally.responses
    )
    if source.selection:
        yield w.gettext(
            "It is a selection out of %(total)s: %(selection)s.",
            total=source.total,
            selection=w.joined(selection_said(w, source)),
        )
    names = channel_names(w)
    parts = [
        w.gettext("%(name)s (%(num)s)", name=names[code], num=count)
        for code, count in tally.channels.most_common()
    ]
    if parts:
        yield w.gettext("They came this way: %(channels)s.", channels=w.joined(parts))
    spoken = [
        w.gettext("%(name)s (%(num)s)", name=w.language_name(code), num=count)
        for code, count in tally.languages.most_common()
    ]
    if spoken:
        yield w.gettext("They were given in these languages: %(languages)s.", languages=w.joined(spoken))
    yield w.gettext(
        "Taking part was voluntary, and nobody was drawn at random: the results say what those think who "
        "answered. How far they hold for everybody else cannot be worked out from them."
    )


def _unweighted(w: Wording) -> Said:
    return w.gettext("No weights were used: every response counts the same.")


def _counting(w: Wording, *, has_marks: bool) -> Iterator[Said]:
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
    yield w.gettext("Differences between small groups are often chance.")
    if has_marks:
        yield w.gettext(
            "Marks in breakdowns: each group is compared with all others together, shares by a test of two "
            "proportions and means by Welch’s test, at a level of 5%, corrected for the number of "
            "comparisons of a question by Holm’s method."
        )


def _privacy(w: Wording, source: Source) -> Iterator[Said]:
    yield w.gettext(
        "Nothing about anybody’s device or where it was on the Internet was kept, and no time of day with "
        "what was answered online."
    )
    yield w.gettext(
        "In breakdowns, groups of fewer than %(threshold)s are not shown, nor what would give them away.",
        threshold=source.threshold,
    )
    if any(version.notice.introduction or version.notice.purpose for version in source.versions):
        yield w.gettext(
            "Before the first question people read, or were read, why they are asked, and agreed to it: "
            "online by pressing “%(words)s”, in an interview by saying so.",
            words=w.gettext("I agree. Start"),
        )
