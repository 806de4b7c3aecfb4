"""How far a long command is: on stderr, for people only, and only once it takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_PATIENCE = 1.0
"""Seconds that a person waits without asking."""

_WIDTH = 30


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """Gives a function to be told how much more of ``total`` is done. Silent where stderr is no terminal."""
    started, done, is_shown = time.monotonic(), 0, False

    def advance(more: int) -> None:
        nonlocal done, is_shown
        done += more
        if sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            is_shown = True
            share = min(done / total, 1.0) if total else 1.0
            filled = round(share * _WIDTH)
            click.echo(f"\r[{'#' * filled}{' ' * (_WIDTH - filled)}] {share:4.0%}", nl=False, err=True)

    yield advance
    if is_shown:
        click.echo("\r" + " " * (_WIDTH + 8) + "\r", nl=False, err=True)
