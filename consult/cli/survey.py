"""``consult survey``: forms and surveys. Its commands that need no database load none."""

from __future__ import annotations

import click

from consult.cli import Commands


@click.group(
    cls=Commands,
    modules={
        "check": "survey_form",
        "evaluate": "survey_form",
        "import": "survey_store:import_",
        "export": "survey_export",
        "open": "survey_store:open_",
        "close": "survey_store",
    },
)
def survey() -> None:
    """Check, import, export, open and close surveys."""
