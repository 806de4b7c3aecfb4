"""``consult serve``: the web server."""

from __future__ import annotations

import os
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from consult.cli import catalogues
from consult.cli.worker import Worker, with_whole_body
from consult.db import Database
from consult.i18n import translations_folder
from consult.settings import Settings
from consult.surfaces import Surface, create_app

THREADS = 32
"""Per worker. A thread that waits for its commit costs nothing, and waiting together is what lets many
responses share one commit (see docs/performance.md)."""


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn without its own command line or configuration file."""

    def __init__(self, settings: Settings, surface: Surface, options: dict[str, Any]) -> None:
        self._consult = settings, surface
        self._chosen = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # After the fork: no connection of one worker is ever seen by another.
        settings, surface = self._consult
        return with_whole_body(create_app(settings, Database(settings.database_url), surface))


def run(settings: Settings, bind: str, workers: int, surface: Surface) -> None:
    """Serve until told to stop. No access log: addresses of respondents are not ours to keep."""
    prepare_catalogues()
    Server(
        settings,
        surface,
        {
            "bind": bind,
            "workers": workers,
            "worker_class": Worker,
            "threads": THREADS,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "consult",
            "control_socket_disable": True,
        },
    ).run()


def prepare_catalogues() -> None:
    """Compile the catalogues of a checkout when they changed; a wheel carries them compiled."""
    folder = translations_folder()
    sources = folder.glob("*/LC_MESSAGES/messages.po")
    if any(_is_stale(source) for source in sources):
        catalogues.compile_all(folder)


def _is_stale(source: os.PathLike[str]) -> bool:
    compiled = os.fspath(source).removesuffix(".po") + ".mo"
    return not os.path.exists(compiled) or os.path.getmtime(compiled) < os.path.getmtime(source)  # noqa: PTH110, PTH204


@click.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="HOST:PORT to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--surface",
    type=click.Choice(["public", "office", "both"]),
    default="both",
    show_default=True,
    help="What this process serves.",
)
def serve(bind: str, workers: int, surface: Surface) -> None:
    """Serve the public pages, the office, or both."""
    run(Settings.from_environment(), bind, workers, surface)
