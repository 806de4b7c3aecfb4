"""Rows of the sheet ``survey`` that explain instead of asking: left out, with a note."""

from __future__ import annotations

import re
from difflib import get_close_matches

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, warning
from consult.questionnaires.xlsform.row_types import read_type
from consult.questionnaires.xlsform.tables import Record, Table

_COMMANDS = re.compile(r"select|begin|end|rank|add|get|q |set |start|sensor|osm", re.IGNORECASE)
_LIKELY = ("select", "select_one", "select_multiple", "begin", "rank")
_FEWEST_WORDS = 3


def drop_remarks(table: Table, findings: list[Finding]) -> None:
    """Take rows of prose out of the table. A row with a slip in its type stays, to be reported as one."""
    kept = []
    is_begun = False
    for record in table:
        written = record.text("type")
        if written and _is_remark(record, written, is_begun=is_begun):
            findings.append(
                warning(
                    "row_of_prose",
                    record.place("type"),
                    _l("“%(text)s” is no type, so the row was taken as a remark.", text=written[:60]),
                    _l("You need not do anything, unless this should be a question."),
                )
            )
            continue
        is_begun = is_begun or read_type(written).role in ("question", "begin")
        kept.append(record.row)
    table.replace_rows(kept)


def _is_remark(record: Record, written: str, *, is_begun: bool) -> bool:
    if written.lower() == "type":
        return True  # the header once more
    words = written.split()
    if len(words) < _FEWEST_WORDS or read_type(written).role != "unknown":
        return False
    if _COMMANDS.match(written) or get_close_matches(words[0].lower(), _LIKELY, n=1, cutoff=0.8):
        return False
    name = record.text("name")
    return not is_begun or not name or len(name.split()) > 1
