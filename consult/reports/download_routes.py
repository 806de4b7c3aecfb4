"""Who downloaded single answers of a survey: for those who answer for them."""

from __future__ import annotations

from flask import g, render_template
from flask_babel import format_datetime

from consult.http import session, settings
from consult.reports.download_words import kind_said, words_said
from consult.reports.downloads import downloads_of
from consult.reports.queries import collector_names
from consult.reports.routes import blueprint, named_survey


@blueprint.get("/reports/<survey>/downloads/")
def downloads(survey: str) -> str:
    """Every file with single answers that left the house, the newest first."""
    of = named_survey(survey)
    total, found = downloads_of(session(), of, g.lang, collector_names(session(), of))
    rows = [
        {
            "of": each,
            "at": format_datetime(each.at.astimezone(settings().time_zone), "medium", rebase=False),
            "kind": kind_said(each.kind),
            "words": words_said(each.words, g.lang),
        }
        for each in found
    ]
    return render_template("reports/downloads.html", survey=of, rows=rows, total=total)
