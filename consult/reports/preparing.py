"""The page that is shown while the answers of a large survey are being counted for the first time."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from flask import current_app, render_template, request

from consult.http import database, session, settings
from consult.reports.code_columns.keeping import Preparing, columns_folder
from consult.reports.folding import is_at_work, share_done, start_folding
from consult.reports.trouble import Trouble, trouble_of
from consult.surveys.models import Survey

_STARTED = "consult_folding_started"
_PATIENCE = 5.0
"""Seconds until a process that was started is at work; later another one is started."""

_REST = 60.0
"""Seconds after one came to grief before another one is started."""


@dataclass
class _Started:
    """A process for a survey: when it was started, or ended badly, and why."""

    at: float = -_REST
    trouble: Trouble | None = None

    @property
    def rests(self) -> bool:
        return time.monotonic() - self.at < (_REST if self.trouble else _PATIENCE)

    def hear(self, trouble: Trouble | None) -> None:
        if trouble is not None:
            self.at, self.trouble = time.monotonic(), trouble


def preparing_page(problem: Preparing) -> str:
    """How far it is, or why it could not be done. Starts the process if none is at work."""
    of = session().get_one(Survey, problem.survey_id)
    folder = columns_folder(settings().data_dir, of.id)
    all_started: dict[uuid.UUID, _Started] = current_app.extensions.setdefault(_STARTED, {})
    started = all_started.get(of.id, _Started())
    is_working = False
    try:
        is_working = is_at_work(folder)
        if not is_working and not started.rests:
            started = all_started[of.id] = _Started(time.monotonic())
            start_folding(database(), settings().data_dir, of.id, started.hear)
    except OSError as problem:  # not even an empty file can be made
        started = _Started(trouble=trouble_of(problem))
    return render_template(
        "reports/preparing.html",
        survey=of,
        percent=int(share_done(folder) * 100),
        query=request.query_string.decode("ascii", "ignore"),
        trouble=started.trouble.value if started.trouble and not is_working else None,
    )
