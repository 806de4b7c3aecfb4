"""Compile the message catalogues into the wheel: a checkout carries only their sources."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Adds one ``messages.mo`` beside each ``messages.po`` of the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        for source in sorted(root.glob("translations/*/LC_MESSAGES/messages.po")):
            target = source.with_suffix(".mo")
            with source.open("rb") as opened, target.open("wb") as compiled:
                write_mo(compiled, read_po(opened))
            inside = Path("consult/bundled") / target.relative_to(root)
            build_data["force_include"][str(target)] = str(inside)
