"""What the pages of open answers show: questions with numbers, answers with what was decided of them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.i18n import LocalText
from consult.reports.cleared import Place, decisions_of, is_changed
from consult.reports.cleared_models import QuoteDecision, QuoteState
from consult.reports.spoken import OpenQuestion, Spoken, spoken_of, spoken_page
from consult.surveys.models import Survey

ALL = "all"
SHOWN = (ALL, *(state.value for state in QuoteState))
_LONGEST = 600
"""Characters of an answer in a list; the rest is on its own page."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A question, and how many of its answers are in each state."""

    question: OpenQuestion
    proposed: int
    cleared: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer in a list. ``state`` "" where nothing was decided; ``is_changed``: since then."""

    spoken: Spoken
    text: LocalText
    is_cut: bool
    translations: tuple[LocalText, ...]
    state: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ShownPage:
    answers: tuple[Shown, ...]
    has_more: bool


def counted(session: Session, survey: Survey, questions: Sequence[OpenQuestion]) -> list[Counted]:
    """What was decided, by question."""
    states = Counter((each.question, each.state) for each in decisions_of(session, survey.id).values())
    return [
        Counted(each, states[each.key, QuoteState.PROPOSED], states[each.key, QuoteState.CLEARED])
        for each in questions
    ]


def shown_page(session: Session, survey: Survey, question: OpenQuestion, show: str, page: int) -> ShownPage:
    """All answers page by page, or those of one state."""
    held = decisions_of(session, survey.id, question.key)
    if show == ALL:
        found = spoken_page(session, survey, question, page)
        return ShownPage(tuple(_shown(each, held) for each in found.answers), found.has_more)
    wanted = {place for place, each in held.items() if each.state.value == show}
    answers = _of_places(session, survey, question, wanted)
    return ShownPage(tuple(_shown(each, held) for each in answers), False)


def _of_places(
    session: Session, survey: Survey, question: OpenQuestion, wanted: set[Place]
) -> Iterator[Spoken]:
    responses: dict[uuid.UUID, None] = dict.fromkeys(
        response_id for response_id, _ in sorted(wanted, key=str)
    )
    for response_id in responses:
        for each in spoken_of(session, survey, question, response_id):
            if (each.response_id, each.place) in wanted:
                yield each


def _shown(spoken: Spoken, held: Mapping[Place, QuoteDecision]) -> Shown:
    decision = held.get((spoken.response_id, spoken.place))
    text = spoken.text if len(spoken.text) <= _LONGEST else f"{spoken.text[:_LONGEST].rstrip()}…"
    return Shown(
        spoken=spoken,
        text=LocalText(text, spoken.language),
        is_cut=text != spoken.text,
        translations=translated(spoken),
        state=decision.state.value if decision else "",
        is_changed=decision is not None and is_changed(decision, spoken.text),
    )


def translated(spoken: Spoken) -> tuple[LocalText, ...]:
    return tuple(LocalText(text, code) for code, text in spoken.translations.items() if text)
