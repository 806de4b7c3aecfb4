"""Reads an old Excel or an OpenDocument workbook: a program of its own, given little time and memory.

The library holds a sheet as a rectangle: one cell in the far corner of a file of 6 KB asks for a gigabyte.
Here that ends this process, and nothing else. Workbook on standard input, names of sheets as arguments;
on standard output one JSON list a line: the names of all sheets, then of each sheet asked for its name and
its rows (number, {column: text}). Nothing of the project is imported: it has to start at once.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import struct
import sys
from typing import Any

import python_calamine

MAX_MEMORY = 64 * 1024 * 1024
MAX_ADDRESSES = 256 * 1024 * 1024
MAX_SECONDS = 1
"""Of processor time; 480,000 cells take a third of it."""


_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})\x00\x00", re.DOTALL)
"""The record DIMENSIONS of an .xls ([MS-XLS] 2.4.90): first row and last, first column and last."""

_MANY_CELLS = 500_000


def with_modest_claims(data: bytes) -> bytes:
    """The library makes room for as many cells as a sheet says it has, and sheets that were saved by other
    programs say a million rows of 256 columns. It is no more than a hint: we give a smaller one."""
    changed = bytearray(data)
    for found in _DIMENSIONS.finditer(data):
        first, last, left, right = struct.unpack("<IIHH", found[1])
        if first <= last and left <= right <= 256 and (last - first) * (right - left) > _MANY_CELLS:
            changed[found.start(1) + 4 : found.start(1) + 8] = struct.pack("<I", first + 1)
    return bytes(changed)


def limit() -> None:
    """Let the kernel end this process before it becomes a burden; a no-op where there is no such kernel."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_DATA: MAX_MEMORY,
        resource.RLIMIT_AS: MAX_ADDRESSES,
        resource.RLIMIT_CPU: MAX_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(kind, (most, most))


def say(*line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def text(cell: Any) -> str:
    """A cell as people see it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.timedelta):
        hours, rest = divmod(round(cell.total_seconds()), 3600)
        return f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def read(data: bytes, wanted: frozenset[str]) -> None:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        names = workbook.sheet_names
        say("names", names)
        for name in names:
            if len(names) > 1 and " ".join(name.split()).lower() not in wanted:
                continue
            sheet = workbook.get_sheet_by_name(name)
            say("sheet", name)
            # The library leaves out empty columns on the left, though not empty rows above.
            left = (sheet.start or (0, 0))[1] + 1
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = {at: text(cell) for at, cell in enumerate(row, start=left) if cell not in ("", None)}
                if cells:
                    say("row", number, cells)


def main() -> None:
    limit()
    sys.stdout.reconfigure(encoding="ascii")  # type: ignore[union-attr]
    try:
        read(with_modest_claims(sys.stdin.buffer.read()), frozenset(sys.argv[1:]))
    except python_calamine.PasswordError:
        say("locked")
    except MemoryError:
        say("large")
    # What the library gives up on, whatever it calls it: a panic of its own is no Exception.
    except BaseException:
        say("damaged")


if __name__ == "__main__":
    main()
