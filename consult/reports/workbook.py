"""The Excel report: About, Summary, Responses, Open answers, Codebook.

    write_workbook(source, Wording.of("both"), path)

Two passes over the responses, one to count and quote, one to list them; nothing grows with their number but
two temporary files. Long reports belong in a process of their own (export.py).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from consult.reports.columns import report_columns
from consult.reports.guard import is_hidden_part
from consult.reports.package import Package
from consult.reports.quotes import Quotes
from consult.reports.sheets.about import add_about
from consult.reports.sheets.codebook import add_codebook
from consult.reports.sheets.names import sheet_names
from consult.reports.sheets.open_answers import add_open_answers
from consult.reports.sheets.responses import add_responses
from consult.reports.sheets.summary import add_summary
from consult.reports.source import Source
from consult.reports.tables import question_tables
from consult.reports.tally import Tally
from consult.reports.wording import Wording


def write_workbook(source: Source, wording: Wording, path: Path) -> None:
    """Write the report of ``source`` in the languages of ``wording`` to ``path``."""
    columns = report_columns(source.asked, wording)
    tally = Tally(source.asked)
    names = sheet_names(wording)
    with Quotes(columns, wording) as quotes:
        for row in source.rows():
            tally.add(row)
            quotes.add(row)
        package = _package(source, wording)
        add_about(package, wording, source, tally, names)
        is_hidden = is_hidden_part(tally.responses, source.total, source.threshold)
        tables = question_tables(tally)
        add_summary(
            package, wording, source, tables, names[1], responses=tally.responses, is_hidden=is_hidden
        )
        pointer = wording.gettext("[… continued on the sheet “%(sheet)s”]", sheet=names[3]).line
        add_responses(package, source, columns, names[2], responses=tally.responses, pointer=pointer)
        add_open_answers(package, wording, quotes, names[3])
        add_codebook(package, wording, source, columns, names[4])
        package.save(path)


def _package(source: Source, wording: Wording) -> Package:
    code = wording.languages[0]
    return Package(
        title=wording.text(source.title, source.slug).line,
        creator=wording.text(source.organisation).line,
        language={"en": "en-CA", "fr": "fr-CA"}.get(code, code),
        direction=wording.direction,
        made_at=dt.datetime.combine(source.made_on, dt.time(), dt.UTC),
    )
