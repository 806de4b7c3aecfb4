"""What is installed from the wheel works: it carries catalogues, migrations, templates and assets."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_carries_what_the_program_reads_at_run_time(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "consult/bundled/translations/fr/LC_MESSAGES/messages.mo" in names
    assert "consult/bundled/migrations/env.py" in names
    assert "consult/ui/templates/base.html" in names
    assert "consult/ui/static/css/base.css" in names
    assert "consult/answering/templates/answering/page.html" in names


def test_the_wheel_holds_no_test_and_no_database(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.startswith("tests/") or name.endswith((".db", ".key"))] == []


def test_the_demo_runs_from_the_wheel_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL"))
    }
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = [*install, "--require-hashes", "-r", str(ROOT / "requirements.lock")]
    subprocess.run(locked, check=True, env=environment, cwd=tmp_path, capture_output=True)
    subprocess.run(
        [*install, "--no-deps", str(wheel)], check=True, env=environment, cwd=tmp_path, capture_output=True
    )
    done = subprocess.run(
        [str(folder / "bin" / "consult"), "demo", "--no-serve"],
        env={**environment, "CONSULT_DATA_DIR": str(tmp_path / "instance")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "instance" / "consult.db").stat().st_size > 500_000
