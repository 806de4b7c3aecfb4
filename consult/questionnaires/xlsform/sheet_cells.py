"""The cells of one worksheet part, as they stream by."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from consult.questionnaires.xlsform.archive import damaged
from consult.questionnaires.xlsform.dates import Dates
from consult.questionnaires.xlsform.sheets import (
    MAX_CELL,
    MOST_FAULTS,
    Sheet,
    cell_too_long,
    column_number,
)

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TRUTH = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


class SheetCells:
    """Handlers for :meth:`Meter.parse`; what they gather is in ``sheet``."""

    def __init__(self, sheet: Sheet, strings: Sequence[str], dates: Dates) -> None:
        self.sheet = sheet
        self._strings = strings
        self._dates = dates
        self._inside: list[str] = []
        self._row = 0
        self._cells: dict[int, str] = {}
        self._column = 0
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._inside.append(name)
        if name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdigit() and len(given) < 9 else self._row + 1
            self._column = 0
        elif name == "c":
            self._open_cell(attributes)

    def text(self, characters: str) -> None:
        inside = self._inside
        if not inside or inside[-1] not in ("v", "t") or "rPh" in inside:
            return
        self._length += len(characters)
        if self._length > MAX_CELL:
            raise cell_too_long(self.sheet.name, self._row, self._column)
        self._pieces.append(characters)

    def end(self, name: str) -> None:
        self._inside.pop()
        if name == "c":
            value = self._value("".join(self._pieces))
            if value.strip():
                self._cells[self._column] = value
        elif name == "row":
            self.sheet.add(self._row, self._cells)
            self._cells = {}

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._pieces = []
        self._length = 0

    def _value(self, raw: str) -> str:
        if self._type == "s" and raw:
            if not (raw.strip().isdigit() and int(raw) < len(self._strings)):
                raise damaged()
            return self._strings[int(raw)]
        if self._type == "b":
            return _TRUTH.get(raw.strip(), raw)
        if self._type == "e" and len(self.sheet.faults) < MOST_FAULTS:
            self.sheet.faults.append((self._row, self._column))
        if self._type == "n" and raw:
            return self._number(raw.strip())
        return raw

    def _number(self, raw: str) -> str:
        try:
            number = float(raw)
        except ValueError:
            return raw
        if not math.isfinite(number):
            return raw
        if self._dates.is_date(self._style) and (shown := self._dates.text(number)) is not None:
            return shown
        # A code typed as 1 is stored as 1.0 by some programs: people see, and mean, 1.
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
