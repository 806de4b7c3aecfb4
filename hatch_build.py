"""Compile the message catalogues into the wheel: a checkout carries only their sources."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Writes one ``messages.mo`` beside each ``messages.po``, before the whole folder goes into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted(Path(self.root).glob("translations/*/LC_MESSAGES/messages.po")):
            with source.open("rb") as opened, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(opened))
