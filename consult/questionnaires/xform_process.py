"""Turns an XLSForm into an XForm with the field's reference converter: a program of its own.

The converter takes half a second to start, up to seconds and some hundred megabytes for a large form, and
is somebody else's code on an author's text: here that burdens one process, for a limited time, and nothing
else. Workbook on standard input; on standard output one JSON document: ``{"xform", "itemsets", "warnings"}``,
or ``{"refused": why}``. Nothing of the project is imported: it has to start at once.
"""

from __future__ import annotations

import json
import sys

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

MAX_MEMORY = 1024 * 1024 * 1024
MAX_FILE = 64 * 1024 * 1024
MAX_SECONDS = 60
"""Of processor time; the largest of some sixty forms of humanitarian organisations takes four."""


def limit() -> None:
    """Let the kernel end this process before it becomes a burden; a no-op where there is no such kernel."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_DATA: MAX_MEMORY,
        resource.RLIMIT_CPU: MAX_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: MAX_FILE,  # it writes what it makes to a file of its own first
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(kind, (most, hard))


def converted(workbook: bytes) -> dict[str, object]:
    """What stands on standard output, for one .xlsx workbook."""
    warnings: list[str] = []
    try:
        made = convert(workbook, warnings=warnings, file_type=".xlsx")
    except PyXFormError as refusal:
        return {"refused": str(refusal)}
    # It has no other words for what it did not expect of a form.
    except (AttributeError, KeyError, LookupError, TypeError, ValueError, RecursionError) as problem:
        return {"refused": f"{type(problem).__name__}: {problem}"}
    return {"xform": made.xform, "itemsets": made.itemsets or "", "warnings": warnings}


if __name__ == "__main__":
    limit()
    json.dump(converted(sys.stdin.buffer.read()), sys.stdout)
