"""What ``${…}`` means where several rows have the name: the nearest one to where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.xlsform.repairs import clean_code, mend_holes
from consult.questionnaires.xlsform.sheets import Row, letter
from consult.questionnaires.xlsform.tables import Table

_HOLE = re.compile(r"\$\{((?:last-saved#)?)([^{}$]*)\}")
_MOST_ALIKE = 200
"""Rows of one name that a reference may choose among; nobody means the 201st."""
_MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A row that bears a name. ``scope``: rows that begin the groups around it, outermost first.

    ``identity``: of the row itself; several rows of one number come out of a loop.
    """

    identity: int
    row: int
    written: str
    key: str
    scope: tuple[int, ...]
    is_group: bool


class References:
    """``names``: what was written where a name changed; ``follow`` rewrites the references to it."""

    def __init__(self, named: list[Named], names: set[str], findings: list[Finding], *, assume: bool) -> None:
        self.names = names
        self._assume = assume
        self._findings = findings
        self._own = {each.identity: each for each in named}
        self._named: dict[str, list[Named]] = {}
        for each in sorted(named, key=lambda each: each.is_group):
            alike = self._named.setdefault(each.written, [])
            # A group is meant only where no question has the name.
            if len(alike) < _MOST_ALIKE and not (each.is_group and alike and not alike[0].is_group):
                alike.append(each)
        self._told: set[int] = set()
        self._nearest: dict[tuple[str, tuple[int, ...]], list[Named]] = {}

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
        if len(best) > 1 and self._assume:
            return self._assumed(written, best, place, is_in_survey=table.is_survey)
        if len(best) > 1:
            self._findings.append(_ambiguous(place, written, best))
        elif best[0].identity not in self._told and (other := self._other(best[0])):
            self._told.add(best[0].identity)
            self._findings.append(_took_nearest(place, written, best[0], other))
        return best[0].key

    def _assumed(self, written: str, best: list[Named], place: Place, *, is_in_survey: bool) -> str:
        """The nearest row above, or the first."""
        above = [each for each in best if is_in_survey and each.row < (place.row or 0)]
        meant = above[-1] if above else best[0]
        self._findings.append(_took_assumed(place, written, meant, best, is_above=bool(above)))
        return meant.key

    def _other(self, meant: Named) -> Named | None:
        """What else a name could have meant; what came out of one row by a loop is no other."""
        return next((each for each in self._named[meant.written] if each.row != meant.row), None)

    def _find(self, written: str, scope: tuple[int, ...]) -> list[Named]:
        nearness = [_nearness(scope, each) for each in self._named[written]]
        nearest = max(nearness)
        best = [each for each, near in zip(self._named[written], nearness, strict=True) if near == nearest]
        return self._nearest.setdefault((written, scope), best)


def _ambiguous(place: Place, written: str, best: list[Named]) -> Finding:
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


def _took_assumed(place: Place, written: str, meant: Named, best: list[Named], *, is_above: bool) -> Finding:
    rows = sorted({each.row for each in best})
    some = ", ".join(map(str, rows[:_MOST_TOLD])) + (", …" if len(rows) > _MOST_TOLD else "")
    said = {"name": written, "rows": some, "taken": meant.row}
    message = (
        _l("“${%(name)s}” can mean rows %(rows)s: the nearest above, row %(taken)s, is taken.", **said)
        if is_above
        else _l("“${%(name)s}” can mean rows %(rows)s: the first, row %(taken)s, is taken.", **said)
    )
    remedy = _l("If another one is meant, give every question its own name.")
    return warning("assumed_nearest", place, message, remedy)


def _took_nearest(place: Place, written: str, nearest: Named, other: Named) -> Finding:
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


def _nearness(scope: tuple[int, ...], named: Named) -> tuple[int, bool]:
    """The more groups around both the nearer, and outside other groups if possible."""
    shared = sum(own == other for own, other in zip(scope, named.scope, strict=False))
    return shared, shared == len(named.scope)
