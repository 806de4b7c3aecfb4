"""Whatever file somebody uploads → sheets. What a file *is* decides, not what it is called."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath
from typing import NamedTuple

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.xlsform.archive import MAX_FILE, Archive
from consult.questionnaires.xlsform.foreign import locked, read_foreign
from consult.questionnaires.xlsform.plain_tables import decode, is_form, read_csv, read_markdown
from consult.questionnaires.xlsform.repairs import clean_code
from consult.questionnaires.xlsform.sheets import Sheet, Unreadable
from consult.questionnaires.xlsform.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_FOREIGN_PARTS = ("content.xml", "xl/workbook.bin")
_MANIFEST = "META-INF/manifest.xml"
_SAVE_AS = _l("Open it in your spreadsheet program, save it as an Excel workbook (.xlsx) and try again.")


class Source(NamedTuple):
    """The names of all sheets, in order, those sheets that were asked for, and what had to be guessed."""

    names: list[str]
    sheets: list[Sheet]
    findings: tuple[Finding, ...] = ()


def read_source(data: bytes, filename: str, wanted: Collection[str]) -> Source:
    """Read a workbook (.xlsx, .xlsm, .xls, .ods, .xlsb), Markdown tables, CSV, or a zip of CSV files.

    ``wanted``: names of sheets in lower case; the only sheet of a workbook is read whatever its name.
    Raises Unreadable.
    """
    if len(data) > MAX_FILE:
        raise Unreadable(
            error("file_too_large", Place(), _l("The file is too large."), _l("Leave out what is no form."))
        )
    if data.startswith(_ZIP):
        return _read_zip(data, wanted)
    if data.startswith(_OLE):
        return _read_ole(data, wanted)
    return _read_text(data, PurePath(filename).suffix.lower(), wanted)


def _read_zip(data: bytes, wanted: Collection[str]) -> Source:
    archive = Archive(data)
    if "xl/workbook.xml" in archive:
        workbook = read_workbook(archive, lambda name: plain(name) in wanted)
        return _of(workbook.names, workbook.sheets, wanted)
    if _MANIFEST in archive and b"encryption-data" in b"".join(archive.pieces(_MANIFEST)):
        raise locked()
    if any(part in archive for part in _FOREIGN_PARTS):
        return _of(*read_foreign(data, wanted), wanted)
    tables = [name for name in archive.names if PurePath(name).suffix.lower() == ".csv"]
    found = {name: plain(PurePath(name).stem) for name in tables if plain(PurePath(name).stem) in wanted}
    if "survey" not in found.values():
        raise _not_a_workbook()
    texts = {name: decode(b"".join(archive.pieces(name))) for name in found}
    sheets = [sheet for name, (text, _) in texts.items() for sheet in read_csv(text, found[name])]
    is_guessed = any(guessed for _, guessed in texts.values())
    return Source([sheet.name for sheet in sheets], sheets, _guessed() if is_guessed else ())


def _read_ole(data: bytes, wanted: Collection[str]) -> Source:
    if _ENCRYPTED in data:
        raise locked()
    if not any(name in data for name in _BOOKS):
        raise _not_a_workbook()
    return _of(*read_foreign(data, wanted), wanted)


def _read_text(data: bytes, suffix: str, wanted: Collection[str]) -> Source:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if (not is_wide and b"\0" in start) or start.startswith((b"<", b"%PDF")):
        raise _not_a_workbook()
    is_markdown = suffix in (".md", ".markdown") or start.startswith(b"|")
    is_table = suffix in (".csv", ".tsv")
    text, is_guessed = decode(data)
    if is_guessed and not is_markdown and not is_table:
        raise _not_a_workbook()
    sheets = read_markdown(text) if is_markdown or text.lstrip().startswith("|") else read_csv(text)
    if not (is_markdown or is_table or is_form(sheets)):
        raise _not_a_workbook()
    source = _of([sheet.name for sheet in sheets], sheets, wanted)
    return source._replace(findings=_guessed()) if is_guessed else source


def plain(name: str) -> str:
    """The name of a sheet as it is compared."""
    return clean_code(name).lower()


def _of(names: list[str], sheets: list[Sheet], wanted: Collection[str]) -> Source:
    return Source(names, [sheet for sheet in sheets if len(names) == 1 or plain(sheet.name) in wanted])


def _not_a_workbook() -> Unreadable:
    return Unreadable(error("not_a_workbook", Place(), _l("This file is not an Excel workbook."), _SAVE_AS))


def _guessed() -> tuple[Finding]:
    return (
        warning(
            "letters_guessed",
            Place(),
            _l("The file does not say how its letters are written; accents may be wrong."),
            _l("Save it as CSV with the encoding UTF-8, or as an Excel workbook (.xlsx)."),
        ),
    )
