"""The house keeps its shape: no room, file or function outgrows its ceiling; no drawer without a subject."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# A migration is a record of what was done, written once by a generator: it has no ceiling.
PYTHON = sorted(path for part in ("consult", "bench") for path in (ROOT / part).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "consult").rglob("templates/**/*.html"))
STATIC = sorted(path for kind in ("css", "js") for path in (ROOT / "consult").rglob(f"static/**/*.{kind}"))
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "handlers"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


@pytest.mark.parametrize("path", named([*PYTHON, *STATIC]))
def test_no_source_file_is_longer_than_300_lines(path: Path) -> None:
    assert lines(path) <= 300


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_no_template_is_longer_than_150_lines(path: Path) -> None:
    assert lines(path) <= 150


@pytest.mark.parametrize("path", named(TESTS))
def test_no_test_file_is_longer_than_400_lines(path: Path) -> None:
    assert lines(path) <= (150 if path.name == "conftest.py" else 400)


@pytest.mark.parametrize("path", named(PYTHON))
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    long = [f"{f.name}: {length}" for f in functions if (length := (f.end_lineno or 0) - f.lineno + 1) > 40]
    assert long == []


@pytest.mark.parametrize("path", named(PYTHON))
def test_no_module_is_named_like_a_drawer(path: Path) -> None:
    names = set(path.relative_to(ROOT).with_suffix("").parts)
    assert not names & BANNED
    assert not path.stem.startswith("base_")


@pytest.mark.parametrize("path", named(PYTHON))
def test_no_import_of_our_own_stands_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [node for function in functions for node in ast.walk(function) if _imports_ours(node)]
    assert [ast.unparse(node) for node in inside] == []


def _imports_ours(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] == "consult"
    return isinstance(node, ast.Import) and any(name.name.split(".")[0] == "consult" for name in node.names)


def test_the_top_level_holds_only_what_the_owner_fixed_and_what_tools_need() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    fixed = {"consult", "translations", "migrations", "tests", "pyproject.toml", "README.md"}
    tools = {
        *("Makefile", ".ci", "requirements.lock", "requirements-dev.lock", "LICENSE", "docs", "CHANGELOG.md"),
        *(".gitignore", "hatch_build.py", "bench"),
    }
    assert top <= fixed | tools
