"""“How to read this report”: every word and sign of it, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from consult.reports.repeats import repeats_of
from consult.reports.source import Source
from consult.reports.wording import Said, Wording

HIGHER, LOWER = "▲", "▼"


def reading_said(w: Wording, source: Source, *, has_marks: bool) -> Iterator[tuple[Said, Said]]:
    """What is explained, and how. ``has_marks``: whether breakdowns have marks."""
    yield from _of_tables(w, source)
    yield from _of_signs(w, source)
    if has_marks:
        yield (
            Said(f"{HIGHER} {LOWER}" for _ in w.languages),
            w.gettext(
                "In breakdowns: this group answers more, or less, often like this than all others "
                "together, and hardly by chance. A difference without a mark may be chance."
            ),
        )
    yield (
        w.pgettext("reading", "Single answers"),
        w.gettext(
            "The order of the responses and their numbers are drawn: they say nothing about who came first. "
            "People entrusted these data to you: keep this file where only those who need it can open it."
        ),
    )
    yield (
        w.pgettext("reading", "Passing it on"),
        w.gettext(
            "This file holds what single people answered: it is for inside the organisation. In a small "
            "community people recognise each other. What goes to the council is the Excel or Word file for "
            "the council, in which numbers of fewer than %(threshold)s people are protected, or published "
            "results.",
            threshold=source.threshold,
        ),
    )


def _of_tables(w: Wording, source: Source) -> Iterator[tuple[Said, Said]]:
    yield (
        w.pgettext("table", "Answered"),
        w.gettext(
            "How many people answered the question, of those who were asked. All percentages of its table "
            "are of them, not of everybody who took part."
        ),
    )
    if repeats_of(source.asked):
        yield (
            w.pgettext("table", "Entries"),
            w.gettext(
                "What was asked several times over, of each person or thing, counts entries instead of "
                "responses: above each table stands of what they are."
            ),
        )
    yield (
        w.pgettext("table", "Percentage"),
        w.gettext(
            "Of every hundred people who answered, so many gave this answer. Shown as a whole number; where "
            "everybody is in one line, rounded so that all add up to 100%."
        ),
    )
    yield (
        w.pgettext("reading", "Several answers"),
        w.gettext(
            "Where people could choose several answers, the percentages add up to more than 100%: each is "
            "of all the people who answered."
        ),
    )
    yield from _of_numbers(w)


def _of_numbers(w: Wording) -> Iterator[tuple[Said, Said]]:
    yield (
        w.gettext("Mean"),
        w.gettext("All numbers added up, divided by how many there are. A few very large ones pull it up."),
    )
    yield (
        w.gettext("Median"),
        w.gettext(
            "The number in the middle: half of the answers are smaller, half are larger. The quartiles are "
            "the same for the lower and the upper half (as by the function QUARTILE.INC of spreadsheets); "
            "the standard deviation (of a sample) says how far the numbers lie apart."
        ),
    )


def _of_signs(w: Wording, source: Source) -> Iterator[tuple[Said, Said]]:
    yield (
        w.pgettext("reading", "Empty cell"),
        w.gettext("No answer, or a question that did not apply. It is never a zero or a “no”."),
    )
    yield (
        Said("–" for _ in w.languages),
        w.gettext("A dash: there is nothing to work out, for example the mean of no numbers."),
    )
    yield (
        w.gettext("Fewer than %(threshold)s", threshold=source.threshold),
        w.gettext(
            "A hidden group: so few people that somebody could be recognised, or whose number would give "
            "such a group away. It counts in the whole."
        ),
    )
