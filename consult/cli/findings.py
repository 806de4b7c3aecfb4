"""Findings about a form, one a line, as people and as scripts read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from consult.i18n import gettext, ngettext, pgettext
from consult.questionnaires.bundle import read_from_disk
from consult.questionnaires.findings import Finding, errors, warnings
from consult.questionnaires.xlsform import Reading
from consult.questionnaires.xlsform.assuming import may_be_assumed

FORM = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


assume_option = click.option(
    "--assume",
    is_flag=True,
    help="Take the form as part of a larger one: assume what is missing, and say so.",
)


def read_form(path: Path, *, assume: bool = False) -> Reading:
    """Read the file with those beside it that it uses, whatever is in it and however long it is."""
    return read_from_disk(path, assume=assume)


def as_document(reading: Reading) -> dict[str, Any]:
    """The reply of ``survey check --json`` (contract)."""
    return {
        "ok": reading.questionnaire is not None,
        "errors": [finding.as_dict() for finding in errors(reading.findings)],
        "warnings": [finding.as_dict() for finding in warnings(reading.findings)],
        "questions": sum(reading.kinds.values()),
        "languages": list(reading.languages),
        "kinds": dict(reading.kinds),
    }


def echo_json(document: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def echo_findings(findings: Iterable[Finding]) -> None:
    """One finding a line: how grave, where, what is wrong, what to do."""
    words = {"error": pgettext("finding", "Error"), "warning": pgettext("finding", "Warning")}
    for finding in findings:
        place = f"{finding.sheet} {finding.column}{finding.row or ''}".strip()
        head = f"{words[finding.severity]} {place}" if place else words[finding.severity]
        click.echo(f"{head}: {finding.message} {finding.remedy} [{finding.code}]")


def echo_count(reading: Reading) -> None:
    """What was read, and how many findings there are."""
    wrong, doubtful = len(errors(reading.findings)), len(warnings(reading.findings))
    count = sum(reading.kinds.values())
    parts = [
        ngettext("%(num)d question", "%(num)d questions", count),
        ngettext("%(num)d error", "%(num)d errors", wrong),
        ngettext("%(num)d warning", "%(num)d warnings", doubtful),
    ]
    click.echo(" · ".join([*parts, ", ".join(reading.languages)]).rstrip(" ·"))


def echo_assumable(path: Path, reading: Reading) -> None:
    """Where assumptions are all that a refused form needs, how to make them."""
    if not may_be_assumed(reading.findings) or read_form(path, assume=True).questionnaire is None:
        return
    click.echo(gettext("This looks like a part of a larger form. Use --assume to go on with assumptions."))
