"""Zips of tables, made as they are written, without clock times: the responses, a file for each repeat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.reports.entries import DataTable


def write_archive(
    tables: Iterable[DataTable], ending: str, write: Callable[[DataTable, IO[bytes]], object], file: IO[bytes]
) -> None:
    """``ending`` of the names of its files, which ``write`` fills."""
    taken: set[str] = set()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            with new_entry(archive, f"{table_file_name(table, taken)}.{ending}") as opened:
                write(table, opened)


def new_entry(archive: ZipFile, name: str) -> IO[bytes]:
    """To be written and closed before the next one."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return archive.open(entry, "w", force_zip64=True)


def table_file_name(table: DataTable, taken: set[str]) -> str:
    """Without an ending. ``taken``: names that are given already, in small letters; this one is added."""
    plain = re.sub(r"[^\w-]", "_", table.repeat.key) if table.repeat else "responses"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name
