"""The page that is shown while the answers of a large survey are being counted for the first time."""

from __future__ import annotations

import time

from flask import current_app, render_template, request

from consult.http import database, session, settings
from consult.reports.code_columns.keeping import Preparing, columns_folder
from consult.reports.folding import is_at_work, share_done, start_folding
from consult.surveys.models import Survey

_STARTED = "consult_folding_started"
_PATIENCE = 5.0
"""Seconds until a process that was started is at work; later another one is started."""


def preparing_page(problem: Preparing) -> str:
    """How far it is. Starts the process if none is at work."""
    of = session().get_one(Survey, problem.survey_id)
    folder = columns_folder(settings().data_dir, of.id)
    started: dict[object, float] = current_app.extensions.setdefault(_STARTED, {})
    is_waiting = time.monotonic() - started.get(of.id, -_PATIENCE) < _PATIENCE
    if not is_waiting and not is_at_work(folder):
        started[of.id] = time.monotonic()
        start_folding(database(), settings().data_dir, of.id)
    percent, query = int(share_done(folder) * 100), request.query_string.decode("ascii", "ignore")
    return render_template("reports/preparing.html", survey=of, percent=percent, query=query)
