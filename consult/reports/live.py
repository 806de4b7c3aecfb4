"""Whether numbers have changed, asked often and answered cheaply, so that pages can keep up with a survey.

A page compares the mark it was made with. What is answered is kept for a few seconds in each process:
however many people watch, the database is asked once in that time.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from flask import current_app

from consult.http import session
from consult.reports.source import Columns
from consult.responses.counting import progress_mark
from consult.surveys.models import Survey, SurveyState

KEPT = 5.0
"""Seconds."""

_EXTENSION = "consult_marks"


@dataclass(frozen=True, slots=True)
class Live:
    """``mark``: changes when a response comes in or is corrected. ``responses``: of the whole survey."""

    mark: str
    responses: int
    is_open: bool


def live_of(of: Survey, columns: Columns | None = None) -> Live:
    """As it is at this moment, on the snapshot of the request: what a page starts from."""
    return _live(of, *(columns.mark() if columns else progress_mark(session(), of.id)))


def pulse_of(of: Survey) -> Live:
    """As it was at most :data:`KEPT` seconds ago."""
    kept: dict[uuid.UUID, tuple[float, Live]] = current_app.extensions.setdefault(_EXTENSION, {})
    moment = time.monotonic()
    at, found = kept.get(of.id, (-KEPT, None))
    if found is None or moment - at >= KEPT:
        found = live_of(of)
        kept[of.id] = (moment, found)
    return found


def _live(of: Survey, responses: int, corrections: int) -> Live:
    return Live(f"{responses}.{corrections}", responses, of.state is SurveyState.OPEN)
