"""Every row of the sheet ``survey`` gets a name that is usable and its own; references follow.

Answers are kept by name, whatever the group, so that a name can stand only once in a form. Converters of the
field accept one name in several groups as long as nothing refers to it; here the later one is renamed, and
``${…}`` means the one that is nearest to where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, warning
from consult.questionnaires.xlsform.references import Named, References
from consult.questionnaires.xlsform.repairs import clean_code
from consult.questionnaires.xlsform.row_types import METADATA, OTHER_METADATA, RowType, read_type
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e\u1000-\u109f\u1780-\u17d3"
"""Vowels and accents of scripts that write them as signs of their own."""
NAME = re.compile(rf"[^\W\d][\w.{_MARKS}-]{{0,199}}")
_FILLED_BY_DEVICE = METADATA | OTHER_METADATA
_FEW = 40
_DEEPEST = 20
"""Groups around a row that are looked at; a form may have fewer."""


def give_names(
    survey: Table, choices: Table | None, findings: list[Finding], *, assume: bool = False
) -> None:
    """Change names and references in the cells; every change is a warning.

    A reference that can mean two rows that are equally near is an error; with ``assume`` it means the nearest
    above, else the first.
    """
    survey.ensure("name")
    named = list(_Naming(findings).walk(survey))
    changed = {each.written for each in named if each.key != each.written}
    if not changed:
        return
    references = References(named, changed - {""}, findings, assume=assume)
    keys = {each.identity: each.key for each in named}
    survey.replace_rows([_renamed(survey, row, keys, references) for row in survey.rows])
    if choices is not None and references.names:
        choices.replace_rows([references.follow(row, choices) for row in choices.rows])


class _Naming:
    """Goes through the rows from top to bottom and decides on each name."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings
        self._asked: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._counted: dict[str, int] = {}

    def walk(self, survey: Table) -> Iterator[Named]:
        rows = [(record, read_type(record.code("type"))) for record in survey if _is_read(record)]
        for record, type_ in rows:
            if type_.has_other and (written := clean_code(record.text("name"))):
                # Where the text of "other, please specify" is kept.
                self._asked.setdefault(f"{written}_other", record.number)
        scope: list[tuple[int, str]] = []
        for record, type_ in rows:
            if type_.role == "end":
                del scope[-1:]
            if type_.role in ("end", "setting"):
                continue
            within = scope[-1][1] if scope else ""
            named = self._named(record, type_, tuple(row for row, _ in scope[:_DEEPEST]), within)
            if named is None:
                continue
            yield named
            if type_.role == "begin":
                scope.append((named.identity, named.key))

    def _named(self, record: Record, type_: RowType, scope: tuple[int, ...], within: str) -> Named | None:
        written = clean_code(record.text("name"))
        if type_.role == "unknown" and not written:
            return None
        wanted = self._usable(record, type_, written)
        is_group = type_.role == "begin"
        taken = [self._groups] if is_group else [self._asked]
        if is_group and type_.is_repeat:
            taken.append(self._asked)
        key = wanted
        if first := next((names[wanted] for names in taken if wanted in names), None):
            key = self._free(wanted, within, taken)
            self._report_twice(record, wanted, key, first)
        for names in taken:
            names[key] = record.number
        return Named(id(record.row), record.number, written, key, scope, is_group)

    def _usable(self, record: Record, type_: RowType, written: str) -> str:
        if NAME.fullmatch(written):
            return written
        if written:
            usable = _slug(written) or f"question_{record.number}"
            self._findings.append(
                warning(
                    "name_changed",
                    record.place("name"),
                    _l("“%(name)s” cannot be a name; “%(key)s” was taken.", name=written[:100], key=usable),
                    _l("Begin with a letter, then use letters, digits, _ and - only, without spaces."),
                )
            )
            return usable
        if type_.kind in _FILLED_BY_DEVICE:
            return type_.kind
        usable = f"group_{record.number}" if type_.role == "begin" else _made_up(record, type_)
        self._findings.append(
            warning(
                "name_made_up",
                record.place("name"),
                _l("The row has no name; it is called “%(name)s”.", name=usable),
                _l("Write a name: it stays the same when rows move."),
            )
        )
        return usable

    def _free(self, wanted: str, within: str, taken: list[dict[str, int]]) -> str:
        """A name nobody has: with the name of the group before it, else with a number after it."""
        candidate = f"{within}_{wanted}" if within and len(within) + len(wanted) < 150 else wanted
        number = self._counted.get(wanted, 1)
        while any(candidate in names for names in taken):
            number += 1
            candidate = f"{wanted[:190]}_{number}"
        self._counted[wanted] = number
        return candidate

    def _report_twice(self, record: Record, name: str, key: str, first: int) -> None:
        self._findings.append(
            warning(
                "name_repeated",
                record.place("name"),
                _l(
                    "The name “%(name)s” stands in row %(row)s already; this one is called “%(key)s”.",
                    name=name,
                    row=first,
                    key=key,
                ),
                _l("Give every question its own name."),
            )
        )


def _is_read(record: Record) -> bool:
    return bool(record.text("type")) and not is_yes(record.text("disabled"))


def _renamed(survey: Table, row: Row, keys: dict[int, str], references: References) -> Row:
    followed = references.follow(row, survey) if references.names else row
    if id(row) not in keys:
        return followed
    return survey.changed(followed, {"name": keys[id(row)]})


def _made_up(record: Record, type_: RowType) -> str:
    if type_.kind == "note":
        return f"note_{record.number}"
    plain = unicodedata.normalize("NFKD", record.any_text("label")[:_FEW]).encode("ascii", "ignore").decode()
    return _slug(plain).lower() or f"question_{record.number}"


def _slug(text: str) -> str:
    """What is left of a text as a name; empty if nothing is."""
    words = re.sub(rf"[^\w.{_MARKS}-]+", "_", unicodedata.normalize("NFC", text[:100])).strip("_.-")
    return f"_{words}" if words and not NAME.fullmatch(words) else words
