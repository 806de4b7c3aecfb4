"""What pages ask now and then while a survey runs."""

from __future__ import annotations

from flask import Response, jsonify

from consult.reports.live import pulse_of
from consult.reports.routes import blueprint, named_survey


@blueprint.get("/reports/<survey>/pulse")
def pulse(survey: str) -> Response:
    """How many responses there are; whether anything has changed; whether there is more to come."""
    found = pulse_of(named_survey(survey))
    return jsonify(mark=found.mark, responses=found.responses, is_open=found.is_open)
