"""``consult survey check`` and ``evaluate``: what can be said about a form without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from consult.cli.findings import (
    FORM,
    as_document,
    assume_option,
    echo_assumable,
    echo_count,
    echo_findings,
    echo_json,
    read_form,
)
from consult.cli.language import language_option
from consult.i18n import gettext, pgettext
from consult.questionnaires.data import tables_in
from consult.questionnaires.data.attach import attached
from consult.questionnaires.findings import errors
from consult.questionnaires.routing import evaluate_report

MAX_ANSWERS = 16 * 1024 * 1024


@click.command()
@click.argument("file", type=FORM)
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@assume_option
@language_option
def check(file: Path, is_json: bool, assume: bool) -> None:
    """List everything that is wrong or doubtful in an XLSForm (.xlsx, .xls, .ods, .csv or .md)."""
    reading = read_form(file, assume=assume)
    if is_json:
        echo_json(as_document(reading))
    else:
        echo_findings(reading.findings)
        echo_count(reading)
        if not assume:
            echo_assumable(file, reading)
    sys.exit(0 if reading.questionnaire else 1)


@click.command()
@click.argument("file", type=FORM)
@click.argument("answers", type=FORM)
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@language_option
def evaluate(file: Path, answers: Path, is_json: bool) -> None:
    """Run a form's logic on the answers in a JSON file: what is asked, required, allowed, calculated."""
    reading = read_form(file)
    if reading.questionnaire is None:
        if is_json:
            echo_json(as_document(reading))
        else:
            echo_findings(errors(reading.findings))
        sys.exit(1)
    try:
        asked = attached(reading.questionnaire, tables_in(reading.files))
        report = evaluate_report(asked, _read_answers(answers))
    except (ValueError, RecursionError) as problem:
        raise click.ClickException(
            gettext("%(file)s holds no usable answers: %(reason)s", file=answers.name, reason=problem)
        ) from None
    if is_json:
        echo_json(report)
    else:
        _echo_states(report["questions"])


def _read_answers(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises ValueError: too large, no JSON, no object, NaN or infinity."""
    if path.stat().st_size > MAX_ANSWERS:
        raise ValueError(gettext("the file is too large."))
    given = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    if not isinstance(given, dict):
        raise ValueError(gettext("it is not a JSON object."))
    return given


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(gettext("%(name)s is not a number.", name=name))


def _echo_states(states: dict[str, dict[str, Any]]) -> None:
    for path, state in states.items():
        if not state["relevant"]:
            click.echo(f"{path}: {pgettext('question', 'not asked')}")
            continue
        value = state["value"]
        said = ["–" if value is None else json.dumps(value, ensure_ascii=False)]
        if state["required"]:
            said.append(pgettext("question", "required"))
        if state["constraint_ok"] is False:
            said.append(pgettext("answer", "not allowed"))
        if state["choices"] is not None:
            said.append(" ".join(state["choices"]))
        click.echo(f"{path}: {' · '.join(said)}")
