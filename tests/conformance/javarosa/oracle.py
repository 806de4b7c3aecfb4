"""JavaRosa, the engine of ODK Collect, asked by way of Fill.java; pyxform brings its jar."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import mkdtemp

import pytest

ZONE = "America/Toronto"
_SOURCE = Path(__file__).with_name("Fill.java")
_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", f"-Duser.timezone={ZONE}")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}

Lines = list[list[str]]
"""What it answers to one command: lines, each in parts."""


def ask(commands: Sequence[Sequence[str]], *, zone: str = ZONE, timeout: float = 900) -> list[Lines]:
    """One answer a command (Fill.java says what there is). Skips the test where there is no Java."""
    classes, jar = _compiled()
    done = subprocess.run(
        ["java", *_OPTIONS[:-1], f"-Duser.timezone={zone}", "-cp", f"{jar}:{classes}", "Fill"],
        input="".join("\t".join(map(_escaped, command)) + "\n" for command in commands),
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[Lines] = [[]]
    for line in done.stdout.splitlines():
        if line == "end":
            answers.append([])
        else:
            answers[-1].append([_read(part) for part in line.split("\t")])
    assert len(answers) == len(commands) + 1
    return answers[:-1]


@cache
def _compiled() -> tuple[Path, Path]:
    """The folder of the compiled harness, and the jar."""
    if shutil.which("javac") is None or shutil.which("java") is None:
        pytest.skip("needs Java to run the engine of ODK Collect (apt install default-jdk-headless)")
    jar = Path(str(resources.files("pyxform"))) / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    if not jar.is_file():
        pytest.skip(f"the engine of ODK Collect is not in this build of pyxform: {jar}")
    folder = Path(mkdtemp(prefix="javarosa-"))
    subprocess.run(
        ["javac", "-nowarn", "-cp", str(jar), "-d", str(folder), str(_SOURCE)],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return folder, jar


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _read(part: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), part)
