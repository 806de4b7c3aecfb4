"""An Excel workbook → sheets of texts. Only the parts a form needs are unpacked."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from consult.questionnaires.xlsform.archive import Archive, damaged
from consult.questionnaires.xlsform.dates import Dates
from consult.questionnaires.xlsform.markup import Meter
from consult.questionnaires.xlsform.sheet_cells import SheetCells
from consult.questionnaires.xlsform.sheets import Sheet

_WORKBOOK = "xl/workbook.xml"


@dataclass(slots=True)
class Workbook:
    """What a workbook holds: the names of its sheets in order, and those sheets that were asked for."""

    names: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


def read_workbook(archive: Archive, is_wanted: Callable[[str], bool]) -> Workbook:
    """Read the sheets whose name ``is_wanted``, and one that stands alone. Raises Unreadable."""
    meter = Meter()
    targets, is_1904 = _sheet_parts(archive, meter)
    strings = _shared_strings(archive, meter)
    dates = _dates(archive, meter, is_1904)
    found = Workbook(names=list(targets))
    for name, part in targets.items():
        if len(targets) == 1 or is_wanted(name):
            cells = SheetCells(Sheet(name), strings, dates)
            meter.parse(archive.pieces(part), cells.start, cells.end, cells.text)
            found.sheets.append(cells.sheet)
    return found


def _sheet_parts(archive: Archive, meter: Meter) -> tuple[dict[str, str], bool]:
    """Sheet name → name of its part; whether dates count from 1904."""
    named: dict[str, str] = {}
    epochs: set[bool] = set()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and "name" in attributes:
            identities = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            named[attributes["name"]] = identities[-1] if identities else ""
        elif name == "workbookPr":
            epochs.add(attributes.get("date1904", "0") in ("1", "true"))

    meter.parse(archive.pieces(_WORKBOOK), start, _nothing, _nothing)
    parts = _relations(archive, meter)
    missing = [identity for identity in named.values() if identity not in parts]
    if missing:
        raise damaged()
    return {sheet: parts[identity] for sheet, identity in named.items()}, True in epochs


def _relations(archive: Archive, meter: Meter) -> dict[str, str]:
    parts: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            parts[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    meter.parse(archive.pieces("xl/_rels/workbook.xml.rels"), start, _nothing, _nothing)
    return parts


def _shared_strings(archive: Archive, meter: Meter) -> list[str]:
    part = _part(archive, "xl/sharedStrings.xml")
    strings: list[str] = []
    if part is None:
        return strings
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        inside.append(name)
        if name == "si":
            pieces.clear()

    def text(characters: str) -> None:
        # Phonetic readings (rPh) stand beside the text, they are not part of it.
        if inside and inside[-1] == "t" and "rPh" not in inside:
            pieces.append(characters)

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            strings.append("".join(pieces))

    meter.parse(archive.pieces(part), start, end, text)
    return strings


def _dates(archive: Archive, meter: Meter, is_1904: bool) -> Dates:
    """Which cell styles show dates: from the number formats of the style sheet."""
    dates = Dates(is_1904)
    part = _part(archive, "xl/styles.xml")
    if part is None:
        return dates
    inside: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        inside.append(name)
        if name == "numFmt":
            dates.add_format(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif name == "xf" and "cellXfs" in inside:
            dates.add_style(attributes.get("numFmtId", "0"))

    meter.parse(archive.pieces(part), start, lambda _name: _drop(inside), _nothing)
    return dates


def _part(archive: Archive, name: str) -> str | None:
    """The part of this name, whatever the case its writer used."""
    return _among(archive.names, name)


def _among(names: Collection[str], wanted: str) -> str | None:
    return next((name for name in names if name.lower() == wanted.lower()), None)


def _drop(inside: list[str]) -> None:
    inside.pop()


def _nothing(*_of: object) -> None:
    pass
