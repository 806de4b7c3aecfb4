"""``consult survey check`` and ``evaluate``: the contract that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask_babel import get_locale

from consult.cli import main

GOOD = """
| survey  |               |       |           |           |           |            |             |          |
|         | type          | name  | label::en | label::fr | relevant  | constraint | calculation | required |
|         | begin_group   | you   | You       | Vous      |           |            |             |          |
|         | integer       | age   | Age       | Âge       |           | . < 120    |             | yes      |
|         | select_one yn | kids  | Children? | Enfants?  | ${age}>17 |            |             |          |
|         | end_group     |       |           |           |           |            |             |          |
|         | calculate     | twice |           |           |           |            | ${age} * 2  |          |
| choices |               |       |           |           |
|         | list_name     | name  | label::en | label::fr |
|         | yn            | yes   | Yes       | Oui       |
|         | yn            | no    | No        | Non       |
"""
BAD = "| survey |\n| | type | name | label::English (en) |\n| | txt | a | A |\n| | text | a | A ${b} |\n"


def run(*arguments: object, **environment: str) -> Result:
    environment = {"LANG": "C.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", **environment}
    return CliRunner().invoke(main, ["survey", *map(str, arguments)], env=environment)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.md", GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return written(tmp_path / "bad.md", BAD)


PART = """
| survey |      |      |                     |                    |
|        | type | name | label::English (en) | relevant           |
|        | note | n    | About ${crop_label} |                    |
|        | text | town | Your town?          | ${crop_label} = '' |
"""


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_form_without_errors_passes(good: Path) -> None:
    result = run("check", good)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "3 questions · 0 errors · 4 warnings · en, fr"


def test_form_with_errors_fails_and_lists_them_one_a_line(bad: Path) -> None:
    result = run("check", bad)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "Error survey A2: There is no type “txt”. Did you mean “text”? [type_unknown]"
    )


def test_check_replies_in_json_as_agreed(bad: Path) -> None:
    result = run("check", bad, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert set(document) == {"ok", "errors", "warnings", "questions", "languages", "kinds"}
    assert document["ok"] is False
    assert [set(found) for found in document["errors"]] == [
        {"code", "sheet", "row", "column", "message", "remedy"}
    ] * len(document["errors"])
    assert document["errors"][0] == {
        "code": "type_unknown",
        "sheet": "survey",
        "row": 2,
        "column": "A",
        "message": "There is no type “txt”.",
        "remedy": "Did you mean “text”?",
    }


def test_check_counts_questions_kinds_and_languages(good: Path) -> None:
    document = json.loads(run("check", good, "--json").stdout)
    assert document["ok"] is True
    assert document["questions"] == 3
    assert document["kinds"] == {"integer": 1, "select_one": 1, "calculate": 1}
    assert document["languages"] == ["en", "fr"]
    assert len(document["warnings"]) == 4


def test_a_part_of_a_larger_form_is_refused_and_the_way_on_is_named_last(tmp_path: Path) -> None:
    result = run("check", written(tmp_path / "part.md", PART))
    assert result.exit_code == 1
    *_, count, last = result.stdout.splitlines()
    assert "2 errors" in count
    assert last == "This looks like a part of a larger form. Use --assume to go on with assumptions."


def test_a_part_is_checked_with_assumptions_when_asked(tmp_path: Path) -> None:
    result = run("check", "--assume", written(tmp_path / "part.md", PART))
    assert result.exit_code == 0
    first, second, *_ = result.stdout.splitlines()
    assert first.startswith("Warning survey C2: No question is called “crop_label”.")
    assert first.endswith("[assumed_question]")
    assert second.startswith("Warning survey D3: No question is called “crop_label”.")


def test_assumptions_are_warnings_in_json_too(tmp_path: Path) -> None:
    part = written(tmp_path / "part.md", PART)
    document = json.loads(run("check", "--assume", "--json", part).stdout)
    assert document["ok"] is True
    assert [found["code"] for found in document["warnings"]].count("assumed_question") == 2
    assert json.loads(run("check", "--json", part).stdout)["ok"] is False


def test_no_way_on_is_named_where_something_else_is_wrong(bad: Path) -> None:
    for arguments in ((), ("--assume",)):
        assert "--assume" not in run("check", bad, *arguments).stdout


@pytest.mark.parametrize("arguments", [("check",), ("check", "nowhere.xlsx"), ("check", "."), ("chek", "x")])
def test_wrong_use_is_told_from_wrong_input(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("environment", "asked", "expected"),
    [
        ({}, (), "en"),
        ({"LANG": "fr_CA.UTF-8"}, (), "fr"),
        ({"LANG": "en_CA.UTF-8", "LC_ALL": "fr_FR"}, (), "fr"),
        ({"LANG": "de_DE.UTF-8"}, (), "en"),
        ({"LANG": "fr_CA.UTF-8"}, ("--language", "en"), "en"),
        ({}, ("--language", "fr"), "fr"),
    ],
)
def test_messages_speak_the_language_of_the_environment_or_the_option(
    environment: dict[str, str],
    asked: tuple[str, ...],
    expected: str,
    bad: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Which words a language has is the catalogue's matter: here they are the language's own code.
    monkeypatch.setattr("flask_babel.Domain.get_translations", lambda _domain: _Named())
    assert run("check", bad, *asked, **environment).stdout.startswith(expected)


class _Named:
    """Translations that answer with the language they were asked in."""

    def ugettext(self, _text: str) -> str:
        return self._code()

    def ungettext(self, _one: str, _many: str, _count: int) -> str:
        return self._code()

    def upgettext(self, _context: str, _text: str) -> str:
        return self._code()

    def _code(self) -> str:
        return str(get_locale())


def answers(path: Path, **given: Any) -> Path:
    return written(path / "answers.json", json.dumps({"now": "2026-01-31T12:00:00-05:00", **given}))


def test_evaluate_tells_what_holds_for_each_question(good: Path, tmp_path: Path) -> None:
    result = run("evaluate", good, answers(tmp_path, answers={"age": 20}), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "questions": {
            "you/age": {
                "relevant": True,
                "required": True,
                "value": 20,
                "constraint_ok": True,
                "choices": None,
            },
            "you/kids": {
                "relevant": True,
                "required": False,
                "value": None,
                "constraint_ok": None,
                "choices": ["yes", "no"],
            },
            "twice": {
                "relevant": True,
                "required": False,
                "value": 40,
                "constraint_ok": None,
                "choices": None,
            },
        }
    }


def test_evaluate_speaks_in_lines_too(good: Path, tmp_path: Path) -> None:
    lines = run("evaluate", good, answers(tmp_path, answers={"age": 130})).stdout.splitlines()
    assert lines[0] == "you/age: 130 · required · not allowed"
    assert lines[1] == "you/kids: – · yes no"


def test_evaluate_says_what_is_not_asked(good: Path, tmp_path: Path) -> None:
    lines = run("evaluate", good, answers(tmp_path, answers={"age": 7})).stdout.splitlines()
    assert lines[1] == "you/kids: not asked"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"answers": []}',
        '{"answers": {}, "now": "yesterday"}',
        '{"answers": {"age": NaN}}',
        "[" * 100_000,
        "{" * 100_000,
    ],
    ids=lambda content: content[:20],
)
def test_unusable_answers_are_said_in_one_line(content: str, good: Path, tmp_path: Path) -> None:
    result = run("evaluate", good, written(tmp_path / "answers.json", content))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_evaluate_of_a_form_with_errors_lists_them(bad: Path, tmp_path: Path) -> None:
    result = run("evaluate", bad, answers(tmp_path, answers={}))
    assert result.exit_code == 1
    assert "[type_unknown]" in result.stdout
