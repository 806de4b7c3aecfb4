"""Workbooks of other formats (.xls, .ods, .xlsb) → sheets, through :mod:`foreign_process`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Place, error
from consult.questionnaires.xlsform.archive import damaged, unsafe
from consult.questionnaires.xlsform.markup import MAX_CHARACTERS, MAX_ELEMENTS
from consult.questionnaires.xlsform.sheets import Sheet, Unreadable

_PROGRAM = Path(__file__).with_name("foreign_process.py")
_LONGEST_LINE = 4 * 1024 * 1024
_PATIENCE = 20.0
"""Seconds on the clock, for a machine that is busy with something else; its own limit is processor time."""


def read_foreign(data: bytes, wanted: Iterable[str]) -> tuple[list[str], list[Sheet]]:
    """The names of all sheets, and those whose name (in lower case) is wanted. Raises Unreadable."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", str(_PROGRAM), *wanted],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        watch = Timer(_PATIENCE, process.kill)
        watch.start()
        try:
            return _gather(_lines(process, data), process.wait)
        finally:
            watch.cancel()
            process.kill()


def locked() -> Unreadable:
    """What to raise for a workbook behind a password."""
    return Unreadable(
        error(
            "workbook_locked",
            Place(),
            _l("The workbook is protected by a password and cannot be opened."),
            _l("Save a copy without a password and try again."),
        )
    )


def _lines(process: subprocess.Popen[bytes], data: bytes) -> Iterator[list[Any]]:
    if process.stdin is None or process.stdout is None:
        raise damaged()
    try:
        process.stdin.write(data)
        process.stdin.close()
    except OSError:
        return  # it ended already; how, says its exit code
    while line := process.stdout.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise unsafe()
        yield json.loads(line)


def _gather(lines: Iterator[list[Any]], ended: Callable[[], int]) -> tuple[list[str], list[Sheet]]:
    names: list[str] = []
    sheets: list[Sheet] = []
    elements = characters = 0
    for what, *rest in lines:
        if what == "names":
            names = rest[0]
        elif what == "sheet":
            sheets.append(Sheet(rest[0]))
        elif what == "row":
            cells = {int(number): text for number, text in rest[1].items()}
            elements += 2 * len(cells) + 1
            characters += sum(map(len, cells.values()))
            if elements > MAX_ELEMENTS or characters > MAX_CHARACTERS:
                raise unsafe()
            sheets[-1].add(rest[0], {column: text for column, text in cells.items() if text.strip()})
        else:
            raise {"locked": locked, "large": unsafe}.get(what, damaged)()
    if ended() != 0:  # the kernel ended it: too much memory, or too much time
        raise unsafe()
    return names, sheets
