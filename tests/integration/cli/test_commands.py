"""The command line finds its commands."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from consult.cli import MODULES, main
from consult.cli.survey import survey


def names(group: click.Group) -> list[str]:
    return group.list_commands(click.Context(group))


@pytest.mark.parametrize("name", MODULES)
def test_every_command_of_the_table_is_there(name: str) -> None:
    assert isinstance(main.get_command(click.Context(main), name), click.Command)


@pytest.mark.parametrize("name", ["check", "evaluate", "import", "export", "open", "close"])
def test_every_command_about_surveys_explains_itself(name: str) -> None:
    assert name in names(survey)
    result = CliRunner().invoke(main, ["survey", name, "--help"])
    assert (result.exit_code, result.stdout[:6]) == (0, "Usage:")


def test_command_that_is_not_there_is_wrong_use() -> None:
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


def test_checking_a_form_loads_no_database() -> None:
    # In a process of its own: here others have loaded it long ago.

    code = "import sys; import consult.cli.survey_form; print('sqlalchemy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "False"
