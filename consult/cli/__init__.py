"""The command ``consult``: one module per group of commands, loaded when it is asked for.

To add a command, write a click command that has the name people type, and declare its module in
:data:`MODULES`. Exit codes: 0 done; 1 the input has errors; 2 wrong use (click's own).
Every command speaks the language of :mod:`consult.cli.language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from consult.cli.language import speak

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "init": "database",
        "demo": "demo",
        "serve": "serve",
        "organisation": "organisation",
        "account": "account",
        "survey": "survey",
        "responses": "responses",
        "report": "saved_report",
        "reports": "saved_report",
        "summary": "report",
        "publish": "publish",
        "backup": "backup",
        "restore": "backup",
        "messages": "messages",
    }
)
"""Command → module of this package that holds it, by the same name or after a colon."""


class Commands(click.Group):
    """Loads a command's module only when it is used: checking a form need not wait for the server's code."""

    def __init__(self, *settings: Any, modules: Mapping[str, str], **named: Any) -> None:
        super().__init__(*settings, **named)
        self.modules = modules

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in self.modules:
            return None
        module, _, attribute = self.modules[name].partition(":")
        found = getattr(import_module(f"{__name__}.{module}"), attribute or name)
        assert isinstance(found, click.Command)  # noqa: S101 (the table and the module disagree)
        return found


@click.group(cls=Commands, modules=MODULES)
@click.version_option(package_name="consult")
@click.pass_context
def main(context: click.Context) -> None:
    """Community consultations in people's mother tongue."""
    speak(context)
