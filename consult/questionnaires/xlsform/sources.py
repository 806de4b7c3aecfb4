"""Whatever file somebody uploads → sheets. What a file *is* decides, not what it is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Place, error
from consult.questionnaires.xlsform.archive import MAX_FILE, Archive
from consult.questionnaires.xlsform.plain_tables import read_csv, read_markdown
from consult.questionnaires.xlsform.sheets import Sheet, Unreadable
from consult.questionnaires.xlsform.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = _l("Open it in your spreadsheet program, save it as an Excel workbook (.xlsx) and try again.")


class Source(NamedTuple):
    """The names of all sheets, in order, and those sheets that were asked for."""

    names: list[str]
    sheets: list[Sheet]


def read_source(data: bytes, filename: str, is_wanted: Callable[[str], bool]) -> Source:
    """Read an .xlsx or .xlsm workbook, Markdown tables or CSV. Raises Unreadable."""
    if len(data) > MAX_FILE:
        raise Unreadable(
            error("file_too_large", Place(), _l("The file is too large."), _l("Leave out what is no form."))
        )
    if data.startswith(_ZIP):
        return _read_zip(data, is_wanted)
    if data.startswith(_OLE):
        raise _old_or_locked(data)
    suffix = PurePath(filename).suffix.lower()
    if b"\0" not in data[:4096]:
        if suffix in (".md", ".markdown") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"|"):
            return _of(read_markdown(data), is_wanted)
        if suffix == ".csv":
            return _of(read_csv(data), is_wanted)
    raise _not_a_workbook()


def _of(sheets: list[Sheet], is_wanted: Callable[[str], bool]) -> Source:
    return Source([sheet.name for sheet in sheets], [sheet for sheet in sheets if is_wanted(sheet.name)])


def _read_zip(data: bytes, is_wanted: Callable[[str], bool]) -> Source:
    archive = Archive(data)
    if "xl/workbook.xml" not in archive:
        raise _not_a_workbook()
    workbook = read_workbook(archive, is_wanted)
    return Source(workbook.names, workbook.sheets)


def _not_a_workbook() -> Unreadable:
    return Unreadable(error("not_a_workbook", Place(), _l("This file is not an Excel workbook."), _SAVE_AS))


def _old_or_locked(data: bytes) -> Unreadable:
    if _ENCRYPTED in data:
        return Unreadable(
            error(
                "workbook_locked",
                Place(),
                _l("The workbook is protected by a password and cannot be opened."),
                _l("Save a copy without a password and try again."),
            )
        )
    return Unreadable(
        error(
            "old_workbook",
            Place(),
            _l("This file has the old Excel format (.xls), whatever its name says."),
            _SAVE_AS,
        )
    )
