"""The browser's twin, run by Node on many trees at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

ERROR = "error"
_SCRIPT = Path(__file__).with_name("twin.js")


def evaluate_in_browser(cases: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What each case (twin.js says its shape) comes to; "error" where the twin leaves it to the server.

    Lists of nodes are their places. Skips the test where there is no Node.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js to run the browser's half of the language (apt install nodejs)")
    done = subprocess.run(
        [node, str(_SCRIPT)],
        input=json.dumps({"cases": list(cases)}),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [_value(reply) for reply in json.loads(done.stdout)]


def _value(reply: Mapping[str, Any]) -> Any:
    if "error" in reply:
        return ERROR
    value = reply["value"]
    if isinstance(value, dict):
        return value["nodes"] if "nodes" in value else float(value["number"])
    return value
