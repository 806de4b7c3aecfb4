"""A form and the files beside it, as people hand them over: several files, one zip, or a folder on a disk."""

from __future__ import annotations

import io
import zipfile
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.limits import MAX_BYTES
from consult.questionnaires.findings import Place, error
from consult.questionnaires.xlsform.archive import MAX_FILE, Archive, Limits
from consult.questionnaires.xlsform.beside import NO_FILES, unused
from consult.questionnaires.xlsform.reader import Reading, read_xlsform
from consult.questionnaires.xlsform.sheets import Unreadable

Parts = list[tuple[str, bytes]]

_ZIP = b"PK\x03\x04"
_FORMS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", ".md", ".markdown")
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_LIMITS = Limits(entries=500, unpacked=100 * 1024 * 1024, ratio=1000)
"""Tables beside a form are long and compress well; each is looked at again when it is read."""


def read_bundle(
    parts: Sequence[tuple[str, bytes]], before: Mapping[str, bytes] = NO_FILES, *, assume: bool = False
) -> Reading:
    """The form among these files (name, content), read with the others beside it; a zip is opened.

    ``before``: files of an earlier draft, for those that did not come again. ``assume`` as in read_xlsform.
    """
    try:
        (name, data), files = open_bundle(parts)
    except Unreadable as refused:
        return Reading(None, [refused.finding])
    beside: Mapping[str, bytes] = ChainMap(files, before)  # type: ignore[arg-type]  # it is only read
    reading = read_xlsform(data, name, beside, assume=assume)
    # Without a questionnaire nobody knows what would have been used.
    found = unused(files, reading.files) if reading.questionnaire is not None else ()
    return replace(reading, findings=[*reading.findings, *found])


def open_bundle(parts: Sequence[tuple[str, bytes]]) -> tuple[tuple[str, bytes], dict[str, bytes]]:
    """The form (name, content), and the others by name. Raises Unreadable when it is not clear which."""
    form, others = _sorted_out(list(_unpacked(parts)))
    return form, {PurePosixPath(name).name: content for name, content in others}


def files_alone(parts: Sequence[tuple[str, bytes]], named: Collection[str]) -> dict[str, bytes]:
    """Files without a form, by name, a zip opened; none where none of them is ``named`` by the form."""
    try:
        files = {PurePosixPath(name).name: content for name, content in _unpacked(parts)}
    except Unreadable:
        return {}
    known = {name.lower() for name in named}
    if any(name.lower().endswith(_FORMS) for name in files) or known.isdisjoint(map(str.lower, files)):
        return {}
    return files


def read_from_disk(path: Path, *, assume: bool = False) -> Reading:
    """A form on a disk with what lies beside it, or in the folder ``<form>-media``; or a zip of both.

    ``assume`` as in read_xlsform.
    """
    with path.open("rb") as opened:
        data = opened.read(max(MAX_FILE, _LIMITS.unpacked) + 1)
    if _is_bundle(data):
        return read_bundle([(path.name, data)], assume=assume)
    return read_xlsform(data[: MAX_FILE + 1], path.name, Folder(path), assume=assume)


class Folder(Mapping[str, bytes]):
    """The files beside a form on a disk, read when the form names them."""

    def __init__(self, form: Path) -> None:
        self._form = form
        self._folders = (form.parent, form.with_name(f"{form.stem}-media"))

    def __getitem__(self, name: str) -> bytes:
        for folder in self._folders:
            path = folder / name
            if path.is_file() and path != self._form:
                with path.open("rb") as opened:
                    return opened.read(MAX_BYTES + 1)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        for folder in self._folders:
            if folder.is_dir():
                yield from (path.name for path in folder.iterdir())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def write_bundle(name: str, workbook: bytes, files: Mapping[str, bytes]) -> bytes:
    """A zip of a form and its files: the same bytes for the same content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in {name: workbook, **files}.items():
            entry = zipfile.ZipInfo(each)  # with the date of 1980: no clock in it
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def _is_bundle(data: bytes) -> bool:
    """A zip that is neither a workbook nor a form in CSV sheets."""
    if not data.startswith(_ZIP):
        return False
    try:
        archive = Archive(data, _LIMITS)
    except Unreadable:
        return False  # the reader of forms says what is wrong with it
    sheets = {PurePosixPath(name).name.lower() for name in archive.names}
    return not any(part in archive for part in _WORKBOOKS) and "survey.csv" not in sheets


def _unpacked(parts: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for name, data in parts:
        if not _is_bundle(data):
            yield name, data
            continue
        archive = Archive(data, _LIMITS)
        for entry in archive.names:
            path = PurePosixPath(entry)
            is_hidden = path.name.startswith(".") or "__MACOSX" in path.parts
            if not entry.endswith("/") and not is_hidden:
                yield path.name, b"".join(archive.pieces(entry))


def _sorted_out(parts: Parts) -> tuple[tuple[str, bytes], Parts]:
    """The form, and the rest. Raises Unreadable when it is not clear which file is the form."""
    forms = [part for part in parts if part[0].lower().endswith(_FORMS)]
    if not forms and len(parts) == 1:
        forms = parts
    forms = forms or [part for part in parts if part[0].lower().endswith((".zip", ".csv")) and _is_form(part)]
    if len(forms) == 1:
        return forms[0], [part for part in parts if part is not forms[0]]
    if forms:
        names = ", ".join(name for name, _data in forms[:5])
        raise Unreadable(
            error(
                "several_forms",
                Place(),
                _l("There is more than one form among the files: %(names)s.", names=names),
                _l("Upload one form with its files at a time."),
            )
        )
    raise Unreadable(
        error(
            "form_missing",
            Place(),
            _l("There is no form among the files."),
            _l("Add the Excel workbook (.xlsx) with the questions."),
        )
    )


def _is_form(part: tuple[str, bytes]) -> bool:
    """Whether a table of text is the form itself: it can be read as one, be it as a part of a larger one."""
    return read_xlsform(part[1], part[0], assume=True).questionnaire is not None
