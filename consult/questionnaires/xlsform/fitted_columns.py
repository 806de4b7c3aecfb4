"""Columns of the author's own that the converter would stumble over."""

from __future__ import annotations

import re

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.xlsform.written_rows import Cells, WrittenForm

_TAG = re.compile(r"(?:[^\W\d]|_)[\w.-]*")
_PASSED_ON = frozenset(("bind", "body", "control", "instance"))
_PREFIXES = frozenset(("jr", "orx", "odk", "h", "ev", "xsd"))
_NAMESPACE = re.compile(r"([\w.-]+)\s*=")
_WRITTEN = {
    "survey": frozenset(
        (
            *("type", "name", "label", "hint", "guidance_hint", "media", "required", "required_message"),
            *("relevant", "constraint", "constraint_message", "calculation", "trigger", "default"),
            *("read_only", "choice_filter", "parameters", "repeat_count", "appearance"),
        )
    ),
    "choices": frozenset(("list_name", "list name", "name", "label", "exclusive")),
    "settings": frozenset(("form_title", "form_id", "version", "default_language", "minutes")),
}
"""Columns that we write: what looks like one of them, and is the author's own, would be mistaken for it."""
_STUMBLED_OVER = {
    # Names that the converter uses inside, old names of columns that are there already, and columns that
    # ask for a sheet which is not read here.
    "survey": frozenset(
        (
            *("parent", "extra_data", "actions", "instance", "query", "bind", "control", "media", "choices"),
            *("itemset", "list_name", "children", "columns", "tags", "caption", "relevance", "calculate"),
            *("command", "tag", "value", "count", "jr:count", "constraining_message", "readonly", "save_to"),
            *("image", "audio", "video", "big-image", "disabled", "body", "flat"),
        )
    ),
    "choices": frozenset(
        ("parent", "extra_data", "media", "caption", "value", "image", "audio", "video", "big-image", "__row")
    ),
    "settings": frozenset(
        (
            *(
                "type",
                "children",
                "choices",
                "bind",
                "control",
                "media",
                "instance",
                "parent",
                "label",
                "hint",
            ),
            *("title", "set_form_title", "id_string", "set_form_id", "flat", "extra_data", "attribute"),
        )
    ),
}


def fit_own_columns(form: WrittenForm, remarks: list[Finding]) -> None:
    """Take out what would be refused, and say so once for every column."""
    known = {row.subject.key for row in form.survey if row.subject}
    prefixes = _PREFIXES | frozenset(_NAMESPACE.findall(form.questionnaire.settings.get("namespaces", "")))
    said: set[tuple[str, str]] = set()
    for sheet, rows in form.sheets().items():
        for number, row in enumerate(rows, start=2):
            for column in row.own:
                if column not in row.cells or _stays(sheet, column, row.cells, prefixes, known):
                    continue
                del row.cells[column]
                if (sheet, column) not in said:
                    said.add((sheet, column))
                    remarks.append(_put_aside(Place(sheet, number), column))


def _stays(sheet: str, column: str, cells: Cells, prefixes: frozenset[str], known: set[str]) -> bool:
    return _is_taken(sheet, column, prefixes) and _refers_well(cells[column], known)


def _is_taken(sheet: str, column: str, prefixes: frozenset[str]) -> bool:
    parts = [part.strip() for part in column.split("::")]
    plain = "_".join(parts[0].split()).lower()
    if len(parts) == 1:
        if plain in _STUMBLED_OVER[sheet] or plain in _WRITTEN[sheet]:
            return False
        return sheet != "choices" or _TAG.fullmatch(column) is not None
    if sheet != "survey" or plain not in _PASSED_ON or len(parts) != 2:
        return sheet == "survey" and plain not in _PASSED_ON | _STUMBLED_OVER[sheet] | _WRITTEN[sheet]
    prefix, _, name = parts[1].rpartition(":")
    return _TAG.fullmatch(name) is not None and (not prefix or prefix in prefixes)


def _refers_well(text: str, known: set[str]) -> bool:
    """Whether every ``${…}`` is one: the converter looks into all columns."""
    found = re.findall(r"\$\{(?:last-saved#)?([^}]*)\}?", text)
    return "${" not in text or (all(name in known for name in found) and text.count("${") == text.count("}"))


def _put_aside(place: Place, column: str) -> Finding:
    return warning(
        "column_put_aside",
        place,
        _l("Other programs would stumble over the column “%(column)s”.", column=column),
        _l("It is kept on the sheet consult, and comes back when the form is imported here."),
    )
