"""ODK Validate, which comes with pyxform: judges XForms as ODK Collect would, with its own engine."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyxform.validators.odk_validate import ODK_VALIDATE_PATH

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="no Java to run ODK Validate with")


def invalid(xforms: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Those that Collect could not open or start, by name, each with all that was said of any.

    One run for all: the names of files are numbers, what is said stands in no fixed order.
    """
    files = {f"{number}.xml": name for number, name in enumerate(xforms)}
    for file, name in files.items():
        (folder / file).write_text(xforms[name], encoding="utf-8")
    done = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-jar", ODK_VALIDATE_PATH, *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = done.stderr.partition("The following files failed validation:")[2].split()
    assert bool(failed) == (done.returncode != 0), done.stderr
    return {files[file]: done.stderr for file in failed if file in files}
