"""The language in which the command line speaks: ``--language``, else the environment's, else English."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click
from flask import Flask
from flask_babel import Babel, refresh

from consult.i18n import OFFICIAL_LANGUAGES, babel_code, translations_folder

F = TypeVar("F", bound=Callable[..., Any])

_CHOSEN = "consult.language"


def language_of(environ: Mapping[str, str]) -> str:
    """The official language that ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` asks for (first one set)."""
    wanted = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    code = wanted.split(".")[0].split("_")[0].lower()
    return code if code in OFFICIAL_LANGUAGES else "en"


def speak(context: click.Context, environ: Mapping[str, str] = os.environ) -> None:
    """Translate the messages of everything that runs under ``context``."""
    context.meta.setdefault(_CHOSEN, language_of(environ))
    voice = Flask("consult.cli", static_folder=None, template_folder=None)
    voice.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_folder())
    Babel(voice, locale_selector=lambda: babel_code(context.meta[_CHOSEN]))
    context.with_resource(voice.app_context())


def spoken(context: click.Context) -> str:
    """The official language that messages are in."""
    return str(context.meta[_CHOSEN])


def language_option(command: F) -> F:
    """Adds ``--language en|fr`` to a command that reports in words."""
    return click.option(
        "--language",
        type=click.Choice(OFFICIAL_LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=_choose,
        help="Language of the messages (default: that of the environment).",
    )(command)


def _choose(context: click.Context, _parameter: click.Parameter, chosen: str | None) -> None:
    if chosen is not None:
        context.meta[_CHOSEN] = chosen
        refresh()
