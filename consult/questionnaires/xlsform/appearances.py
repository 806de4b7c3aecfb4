"""The column ``appearance`` while a form is read: nothing in it stops anybody, but its author is told."""

from __future__ import annotations

from collections.abc import Iterator

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, warning
from consult.questions.appearance import CALENDARS, has_app, unknown_words
from consult.questions.question import Question

LONGEST_SAID = 80
MOST_WORDS = 3
"""More of them in one cell are somebody's notes, not appearances."""


def appearance_findings(question: Question, place: Place, said: set[str]) -> Iterator[Finding]:
    """What will look otherwise than its author may think. ``said``: words that were told about before."""
    unknown = unknown_words(question.appearance)
    if len(unknown) <= MOST_WORDS:
        unknown = [word for word in unknown if word not in said]
    if unknown:
        said.update(unknown)
        yield warning(
            "appearance_unknown",
            place,
            _l("“%(words)s” means nothing as an appearance.", words=_shortened(" ".join(unknown))),
            _l("The question is shown as usual. Correct the word, or take it out."),
        )
    if has_app(question) and "ex:" not in said:
        said.add("ex:")
        yield warning(
            "appearance_app",
            place,
            _l("No other app can be opened from a web page."),
            _l("The question is shown as a plain field; the answer can be typed."),
        )
    calendars = CALENDARS.intersection(question.appearance) - said
    if calendars:
        said.update(calendars)
        yield warning(
            "appearance_calendar",
            place,
            _l("Dates are asked in the international (Gregorian) calendar."),
            _l("The page says so beside the question; nothing needs to be done."),
        )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SAID else f"{text[: LONGEST_SAID - 1].rstrip()}…"
