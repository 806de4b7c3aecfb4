"""Every row of the sheet ``survey`` gets a name that is usable and its own; references follow.

Answers are kept by name, whatever the group, so that a name can stand only once in a form. Converters of the
field accept one name in several groups as long as nothing refers to it; here the later one is renamed, and
``${…}`` means the one that is nearest to where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.xlsform.repairs import clean_code, mend_holes
from consult.questionnaires.xlsform.row_types import METADATA, OTHER_METADATA, RowType, read_type
from consult.questionnaires.xlsform.sheets import Row, letter
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e\u1000-\u109f\u1780-\u17d3"
"""Vowels and accents of scripts that write them as signs of their own."""
NAME = re.compile(rf"[^\W\d][\w.{_MARKS}-]{{0,199}}")
_FILLED_BY_DEVICE = METADATA | OTHER_METADATA
_HOLE = re.compile(r"\$\{((?:last-saved#)?)([^{}$]*)\}")
_FEW = 40
_DEEPEST = 20
"""Groups around a row that are looked at; a form may have fewer."""
_MOST_ALIKE = 200
"""Rows of one name that a reference may choose among; nobody means the 201st."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A row that bears a name. ``scope``: rows that begin the groups around it, outermost first.

    ``identity``: of the row itself; several rows of one number come out of a loop.
    """

    identity: int
    row: int
    written: str
    key: str
    scope: tuple[int, ...]
    is_group: bool


def give_names(survey: Table, choices: Table | None, findings: list[Finding]) -> None:
    """Change names and references in the cells; every change is a warning."""
    survey.ensure("name")
    named = list(_Naming(findings).walk(survey))
    changed = {each.written for each in named if each.key != each.written}
    if not changed:
        return
    references = _References(named, changed - {""}, findings)
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

    def walk(self, survey: Table) -> Iterator[_Named]:
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

    def _named(self, record: Record, type_: RowType, scope: tuple[int, ...], within: str) -> _Named | None:
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
        return _Named(id(record.row), record.number, written, key, scope, is_group)

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


class _References:
    """``names``: what was written where a name changed; ``follow`` rewrites the references to it."""

    def __init__(self, named: list[_Named], names: set[str], findings: list[Finding]) -> None:
        self.names = names
        self._findings = findings
        self._own = {each.identity: each for each in named}
        self._named: dict[str, list[_Named]] = {}
        for each in sorted(named, key=lambda each: each.is_group):
            alike = self._named.setdefault(each.written, [])
            # A group is meant only where no question has the name.
            if len(alike) < _MOST_ALIKE and not (each.is_group and alike and not alike[0].is_group):
                alike.append(each)
        self._told: set[int] = set()
        self._nearest: dict[tuple[str, tuple[int, ...]], list[_Named]] = {}

    def follow(self, row: Row, table: Table) -> Row:
        cells = {
            column: self._followed(cell, row, Place(table.name, row.number, letter(column)), table)
            if "{" in cell
            else cell
            for column, cell in row.cells.items()
        }
        return replace(row, cells=cells)

    def _followed(self, text: str, row: Row, place: Place, table: Table) -> str:
        def key(match: re.Match[str]) -> str:
            written = clean_code(match[2])
            if written not in self.names:
                return match[0]
            return f"${{{match[1]}{self._meant(written, id(row), place, table)}}}"

        return _HOLE.sub(key, mend_holes(text))

    def _meant(self, written: str, row: int, place: Place, table: Table) -> str:
        """The nearest of those with this name: the row itself, then the group it stands in, and outwards."""
        own = self._own.get(row)
        if own is not None and own.written == written and not own.is_group:
            return own.key
        scope = own.scope if own is not None and table.is_survey else ()
        best = self._nearest.get((written, scope)) or self._find(written, scope)
        if len(best) > 1:
            self._findings.append(_ambiguous(place, written, best))
        elif best[0].identity not in self._told and (other := self._other(best[0])):
            self._told.add(best[0].identity)
            self._findings.append(_took_nearest(place, written, best[0], other))
        return best[0].key

    def _other(self, meant: _Named) -> _Named | None:
        """What else a name could have meant; what came out of one row by a loop is no other."""
        return next((each for each in self._named[meant.written] if each.row != meant.row), None)

    def _find(self, written: str, scope: tuple[int, ...]) -> list[_Named]:
        nearness = [_nearness(scope, each) for each in self._named[written]]
        nearest = max(nearness)
        best = [each for each, near in zip(self._named[written], nearness, strict=True) if near == nearest]
        return self._nearest.setdefault((written, scope), best)


def _ambiguous(place: Place, written: str, best: list[_Named]) -> Finding:
    return error(
        "reference_ambiguous",
        place,
        _l(
            "“${%(name)s}” can mean row %(first)s or row %(second)s.",
            name=written,
            first=best[0].row,
            second=best[1].row,
        ),
        _l("Give every question its own name."),
    )


def _took_nearest(place: Place, written: str, nearest: _Named, other: _Named) -> Finding:
    return warning(
        "reference_nearest",
        place,
        _l(
            "“${%(name)s}” was read as row %(nearest)s, which is nearer than row %(other)s.",
            name=written,
            nearest=nearest.row,
            other=other.row,
        ),
        _l("Give every question its own name, so that every program reads it so."),
    )


def _nearness(scope: tuple[int, ...], named: _Named) -> tuple[int, bool]:
    """The more groups around both the nearer, and outside other groups if possible."""
    shared = sum(own == other for own, other in zip(scope, named.scope, strict=False))
    return shared, shared == len(named.scope)


def _is_read(record: Record) -> bool:
    return bool(record.text("type")) and not is_yes(record.text("disabled"))


def _renamed(survey: Table, row: Row, keys: dict[int, str], references: _References) -> Row:
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
