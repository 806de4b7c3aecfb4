"""The zip file around a workbook: looked at before anything in it is unpacked, then read in small pieces."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Place, error
from consult.questionnaires.xlsform.sheets import Unreadable

MAX_FILE = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 100
_MAX_DIRECTORY = 128 * 1024
_RATIO_MATTERS = 64 * 1024  # a short part of one repeated character compresses well in honest files too
_PIECE = 64 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_BROKEN = (
    *(EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError),
    *(struct.error, zipfile.BadZipFile, zlib.error),
)
"""What the standard library raises for a directory that points astray; negative offsets are ValueError."""


class Limits(NamedTuple):
    """What a zip file may hold: entries, bytes when unpacked, how many times smaller it may be packed."""

    entries: int = MAX_ENTRIES
    unpacked: int = MAX_UNPACKED
    ratio: int = MAX_RATIO


class Archive:
    """A zip file within its limits. Raises Unreadable: no zip file, or one that is not safe to open."""

    def __init__(self, data: bytes, limits: Limits = Limits()) -> None:  # noqa: B008 - it cannot change
        _check_directory_size(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as problem:
            raise damaged() from problem
        _check_entries(self._zip.infolist(), limits)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked a piece at a time. Raises Unreadable if it is damaged or missing."""
        try:
            with self._zip.open(name) as opened:
                while piece := opened.read(_PIECE):
                    yield piece
        except _BROKEN as problem:
            raise damaged() from problem


def damaged() -> Unreadable:
    """What to raise when a workbook is broken inside."""
    return Unreadable(
        error(
            "workbook_damaged",
            Place(),
            _l("The workbook is damaged and cannot be opened."),
            _l("Open it in your spreadsheet program, save it as an Excel workbook (.xlsx) and try again."),
        )
    )


def unsafe() -> Unreadable:
    """What to raise for a workbook that would unpack to more than a form can be."""
    return Unreadable(
        error(
            "workbook_too_large",
            Place(),
            _l("The workbook holds more than a form can need, so it was not opened."),
            _l("Copy the sheets survey, choices and settings into a new workbook and try again."),
        )
    )


def _check_directory_size(data: bytes) -> None:
    """Before ``zipfile`` reads the directory: a directory of a million entries fits into a small upload."""
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(data) < end + 22:
        raise damaged()
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if size > _MAX_DIRECTORY or data[end - 20 : end - 16] == _ZIP64_LOCATOR:
        raise unsafe()


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = {entry.filename for entry in entries}
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise unsafe()
    if len(names) != len(entries) or any(_is_outside(name) for name in names):
        raise damaged()
    for entry in entries:
        if entry.file_size > max(_RATIO_MATTERS, entry.compress_size * limits.ratio):
            raise unsafe()
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name
