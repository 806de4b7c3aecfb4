"""What a part of a larger form is offered: to be a draft with assumptions that a person has read before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import request

from consult.questionnaires.mending import Workpiece
from consult.questionnaires.xlsform import Reading
from consult.questionnaires.xlsform.alike import Gathered, gathered
from consult.questionnaires.xlsform.assuming import ASSUMED, assumptions, may_be_assumed

_LENGTH = 12


@dataclass(frozen=True)
class Offer:
    """A reading with assumptions, and what they are: every sentence once, with its rows."""

    reading: Reading

    @cached_property
    def assumptions(self) -> list[Gathered]:
        """Those of a kind together, what matters most first."""
        found = gathered(assumptions(self.reading.findings))
        return sorted(found, key=lambda each: ASSUMED.index(each.finding.code))

    @cached_property
    def seen(self) -> str:
        """What the page sends back, so that nobody agrees to what they have not read."""
        return " ".join(_mark(each) for each in self.assumptions)

    @property
    def is_agreed(self) -> bool:
        """Whether the page that was sent showed all of it."""
        shown = set(request.form.get("seen", "").split())
        return self.reading.questionnaire is not None and shown.issuperset(self.seen.split())


def offer(workpiece: Workpiece, reading: Reading, before: Mapping[str, bytes]) -> Offer | None:
    """What could be assumed where nothing else keeps a form from being used; None where something does."""
    if not may_be_assumed(reading.findings):
        return None
    made = Offer(workpiece.read(before, assume=True))
    return made if made.reading.questionnaire is not None else None


def _mark(assumption: Gathered) -> str:
    """A short name for one sentence. In another language it is another one: it has not been read there."""
    told = f"{assumption.finding.code}|{assumption.finding.message}"
    return hashlib.sha256(told.encode()).hexdigest()[:_LENGTH]
