"""KoboToolbox's own exporter (formpack), fed with the responses of a bench's database: a program by itself.

    PYTHON bench/formpack_writer.py DATABASE.db FILE.xlsx

PYTHON is one that has formpack (a clone of kobotoolbox/formpack and ``pip install``); nothing of consult is
imported. It writes the same 40 columns with the labels of one language, as its users download them.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OF_EVERY = (
    "version",
    "language",
    "channel",
    "collected_on",
    "session_on",
    "place",
    "collector",
    "form_number",
)


def content(specification: dict[str, Any]) -> dict[str, Any]:
    """The questionnaire as formpack knows it."""
    languages = ["en", "fr", "ar"]
    questions, choices = specification["items"], specification["choice_lists"]["views"]
    survey = [{"type": "text", "name": name, "label": [name] * 3} for name in ("response", *OF_EVERY)]
    for question in questions:
        kind = "select_one views" if question["kind"] == "select_one" else question["kind"]
        label = [question["label"].get(code) or question["label"]["en"] for code in languages]
        survey.append({"type": kind, "name": question["key"], "label": label})
    listed = [
        {"list_name": "views", "name": choice["key"], "label": [choice["label"][code] for code in languages]}
        for choice in choices
    ]
    return {"survey": survey, "choices": listed, "translations": languages, "translated": ["label"]}


def submissions(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """One response after the other, as KoboToolbox keeps them: flat, codes only."""
    rows = database.execute(
        "SELECT id, language, channel, collected_on, answers FROM response "
        "WHERE state = 'submitted' ORDER BY id"
    )
    for identity, language, channel, day, answers in rows:
        given = {key: str(value) for key, value in json.loads(answers).items()}
        head = {"response": str(identity), "language": language, "channel": channel, "collected_on": day}
        yield {"__version__": "v1", "version": "1", **head, **given}


def peak_megabytes() -> float:
    """The most memory that this process has had. Not from getrusage: that begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def main() -> None:
    """Prints how long it took, and the memory."""
    from formpack import FormPack  # type: ignore[import-not-found]

    database = sqlite3.connect(sys.argv[1])
    (specification,) = database.execute("SELECT specification FROM version").fetchone()
    versions = [{"version": "v1", "content": content(json.loads(specification))}]
    started, used = time.perf_counter(), time.process_time()
    pack = FormPack(versions=versions, title="Bench", id_string="bench", default_version_id_key="__version__")
    export = pack.export(lang="en", versions=["v1"], multiple_select="both", xls_types_as_text=False)
    export.to_xlsx(sys.argv[2], submissions(database))
    measured = {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - used,
        "megabytes": peak_megabytes(),
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
