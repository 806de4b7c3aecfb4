"""An uploaded form on its way to being right: kept between two looks at it, corrected cell by cell.

Nothing of it is stored. The page that shows what is wrong carries it, packed, and sends it back with the
corrections; so nobody has to choose a file again, and no half-read form lies about.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from consult.questionnaires.bundle import Parts, open_bundle, write_bundle
from consult.questionnaires.xlsform.beside import NO_FILES, unused
from consult.questionnaires.xlsform.mended_workbook import CellName, mended, sheets_of, workbook_of
from consult.questionnaires.xlsform.reader import Reading, read_xlsform
from consult.questionnaires.xlsform.sheets import Sheet, Unreadable

_PACKED = "packed"
MOST_PACKED = 5 * 1024 * 1024
"""Characters that one page carries."""


@dataclass(frozen=True, slots=True)
class Workpiece:
    """A form (``name``, ``data``) and the files beside it."""

    name: str
    data: bytes
    files: Mapping[str, bytes]

    @classmethod
    def of(cls, parts: Sequence[tuple[str, bytes]]) -> Workpiece:
        """What was uploaded, a zip opened. Raises Unreadable where it is not clear which file is the form."""
        (name, data), files = open_bundle(parts)
        return cls(name, data, files)

    def sheets(self) -> list[Sheet]:
        """All its sheets; none where the file cannot be read."""
        try:
            return sheets_of(self.data, self.name)
        except Unreadable:
            return []

    def corrected(self, corrections: Mapping[CellName, str]) -> Workpiece:
        """The same with these cells, as a workbook."""
        sheets = self.sheets()
        if not corrections or not sheets:
            return self
        name = f"{PurePath(self.name).stem}.xlsx"
        return replace(self, name=name, data=workbook_of(mended(sheets, corrections)))

    def beside(self, files: Mapping[str, bytes]) -> Workpiece:
        """The same with these files beside it, too; its own stay."""
        return replace(self, files={**files, **self.files})

    def read(self, before: Mapping[str, bytes] = NO_FILES, *, assume: bool = False) -> Reading:
        """The form, read with the files beside it and those of an earlier draft (``before``).

        ``assume`` as in read_xlsform.
        """
        reading = read_xlsform(self.data, self.name, {**before, **self.files}, assume=assume)
        found = unused(self.files, reading.files) if reading.questionnaire is not None else ()
        return replace(reading, findings=[*reading.findings, *found], notes=(*reading.notes, *found))

    def packed(self) -> str:
        """All of it as one text for a hidden field; the form alone, or nothing, where it is too much."""
        for files in (self.files, NO_FILES):
            text = base64.b64encode(write_bundle(self.name, self.data, files)).decode()
            if len(text) <= MOST_PACKED:
                return text
        return ""


def unpack(text: str) -> Workpiece | None:
    """What :meth:`Workpiece.packed` gave; None for anything else."""
    if not text or len(text) > MOST_PACKED:
        return None
    try:
        parts: Parts = [(_PACKED, base64.b64decode(text, validate=True))]
        found = Workpiece.of(parts)
    except (Unreadable, binascii.Error, ValueError):
        return None
    return found if found.name != _PACKED else None  # what was packed is a zip with a form in it
