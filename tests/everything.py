"""Everything that must pass, in the order in which a failure is cheapest: ``python -m tests.everything``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
STEPS: list[tuple[str, list[str]]] = [
    ("lint", [f"{BIN}/ruff", "check", "."]),
    ("format", [f"{BIN}/ruff", "format", "--check", "--quiet", "."]),
    ("types", [f"{BIN}/mypy"]),
    ("imports", [f"{BIN}/lint-imports", "--no-cache"]),
    ("messages", [f"{BIN}/consult", "messages", "check"]),
    ("compile", [f"{BIN}/consult", "messages", "compile"]),
    ("tests", [f"{BIN}/pytest", "-n", "2", "--dist", "loadfile", "-q"]),
]


def main() -> int:
    """Run every step; stop at the first that fails and say which. Returns its exit code, 0 when all pass."""
    for name, command in STEPS:
        started = time.monotonic()
        print(f"== {name}: {Path(command[0]).name} {' '.join(command[1:])}", flush=True)
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
        if done.returncode:
            print(f"== {name} failed", file=sys.stderr)
            return done.returncode
        print(f"== {name} passed in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
