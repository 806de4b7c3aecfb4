"""Files for the web: a long one is written by a process of its own, so that no page has to wait.

The process is ``python -m consult.reports.export``; it reads what to do from its standard input.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import traceback
import uuid
from pathlib import Path
from typing import IO, Any

from consult.db import Database
from consult.reports.files import Order, write_file
from consult.responses.models import Channel
from consult.responses.reading import Filters
from consult.surveys.files import lend_folder, lent_folder

LONG = 2_000
"""Responses from which on a file is written by a process of its own."""

_PATIENCE = 600
_NICENESS = 5


class ExportFailed(Exception):
    """The process that should have written the file did not."""


def export_file(
    database: Database, secret_key: str, order: Order, made_on: dt.date, *, responses: int
) -> IO[bytes]:
    """The file, opened and already without a name: it is gone when it is closed, whatever happens.

    ``responses``: about how many it will hold. Raises NoSuchSurvey, ExportFailed.
    """
    descriptor, name = tempfile.mkstemp(prefix="consult-", suffix=f".{order.kind}")  # mode 0600
    os.close(descriptor)
    path = Path(name)
    try:
        if responses >= LONG:
            _write_apart(database, secret_key, order, path, made_on)
        else:
            write_file(database, secret_key, order, path, made_on)
        return path.open("rb")
    finally:
        path.unlink()


def _write_apart(database: Database, secret_key: str, order: Order, path: Path, made_on: dt.date) -> None:
    task = json.dumps(
        {
            "database_url": database.url.render_as_string(hide_password=False),
            "form_files": lent_folder(database),
            "secret_key": secret_key,
            "order": _order_as_json(order),
            "path": str(path),
            "made_on": made_on.isoformat(),
        }
    )
    command = [sys.executable, "-m", "consult.reports.export"]
    try:
        # Nothing of a person's input is on the command line; the task goes through a pipe.
        subprocess.run(command, input=task.encode(), check=True, timeout=_PATIENCE)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise ExportFailed from problem


def _order_as_json(order: Order) -> dict[str, Any]:
    filters = order.filters
    return {
        "survey": order.survey,
        "kind": order.kind,
        "words": order.words,
        "is_own": order.is_own,
        "by": order.by,
        "filters": {
            "languages": sorted(filters.languages),
            "channels": sorted(channel.value for channel in filters.channels),
            "collector_ids": sorted(map(str, filters.collector_ids)),
            "collected_from": filters.collected_from.isoformat() if filters.collected_from else None,
            "collected_until": filters.collected_until.isoformat() if filters.collected_until else None,
        },
    }


def _order_from_json(document: dict[str, Any]) -> Order:
    filters = document["filters"]
    return Order(
        document["survey"],
        document["kind"],
        document["words"],
        Filters(
            languages=frozenset(filters["languages"]),
            channels=frozenset(map(Channel, filters["channels"])),
            collector_ids=frozenset(map(uuid.UUID, filters["collector_ids"])),
            collected_from=_day(filters["collected_from"]),
            collected_until=_day(filters["collected_until"]),
        ),
        document["is_own"],
        document["by"],
    )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def main() -> None:
    """Do the task that stands on standard input."""
    task = json.load(sys.stdin)
    os.nice(_NICENESS)
    database = Database(task["database_url"])
    lend_folder(database, task["form_files"])
    order, made_on = _order_from_json(task["order"]), dt.date.fromisoformat(task["made_on"])
    try:
        write_file(database, task["secret_key"], order, Path(task["path"]), made_on)
    except Exception as problem:
        # Where, not what: a message could quote an answer, and this goes into a log.
        sys.stderr.writelines(["report not written\n", *traceback.format_tb(problem.__traceback__)])
        sys.exit(f"{type(problem).__name__}")
    finally:
        database.dispose()


if __name__ == "__main__":
    main()
