"""Files that commands write: all of it or none of it, and for nobody else's eyes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from consult.i18n import gettext


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file (mode 0600) that takes ``path``'s place when the block ends; if it raises, nothing changes.

    Raises click.ClickException (exit code 1) when it cannot be written.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as problem:
        raise click.ClickException(
            gettext("%(file)s cannot be written: %(reason)s", file=path, reason=problem.strerror)
        ) from None
    finally:
        aside.unlink(missing_ok=True)
