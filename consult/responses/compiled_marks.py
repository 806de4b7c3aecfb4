"""Holes in a page: marks that templates write, and the pieces that are left when the page is cut at them.

A mark carries a secret made for one compilation, so no label can contain one. Choices whose number or
order depends on answers stand in a region: its content is cut apart, one piece per choice.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from markupsafe import Markup

Name = tuple[str, ...]
"""What a hole is for: ``("value", question)``, ``("on", question, code)``, ``("room", name)`` …"""

_PLACE = 60
"""Bytes that a string in a list costs beside its characters."""


@dataclass(slots=True)
class Piece:
    """HTML in parts; ``holes`` says at which places of ``parts`` each hole stands."""

    parts: list[str] = field(default_factory=list)
    holes: dict[Name, tuple[int, ...]] = field(default_factory=dict)
    regions: list[tuple[int, Region]] = field(default_factory=list)

    def add_hole(self, name: Name, neutral: str) -> None:
        self.holes[name] = (*self.holes.get(name, ()), len(self.parts))
        self.parts.append(neutral)

    @property
    def size(self) -> int:
        """Bytes, about: what it costs to keep."""
        inner = (choice.size for _place, region in self.regions for choice in region.choices.values())
        return sum(len(part) + _PLACE for part in self.parts) + sum(inner)


@dataclass(slots=True)
class Region:
    """The choices of one question, each a piece of its own, by code."""

    question: str
    choices: dict[str, Piece] = field(default_factory=dict)


class Marks:
    """Makes marks for one page, and knows afterwards what each was for."""

    def __init__(self) -> None:
        self._secret = secrets.token_hex(6)
        self._names: list[Name] = []
        self._neutral: list[str] = []

    def hole(self, *name: str, neutral: str = "") -> Markup:
        """A place to fill; ``neutral`` HTML stands in it where nothing is filled in."""
        self._names.append(name)
        self._neutral.append(neutral)
        return Markup(f"\ue000{self._secret}:{len(self._names) - 1}\ue001")  # noqa: S704 - our own digits

    def region(self, question: str) -> Markup:
        """Here the choices of a question begin; :meth:`choice` begins each, :meth:`end` ends the last."""
        return self.hole("region", question)

    def choice(self, code: str) -> Markup:
        return self.hole("choice", code)

    def end(self) -> Markup:
        return self.hole("end")

    def cut(self, html: str) -> Piece:
        """The page, cut at its marks."""
        texts = re.split(f"\ue000{self._secret}:([0-9]+)\ue001", html)
        whole = current = Piece([texts[0]])
        region = Region("")
        for index, text in zip(map(int, texts[1::2]), texts[2::2], strict=True):
            name = self._names[index]
            if name[0] == "region":
                region = Region(name[1])
                whole.regions.append((len(whole.parts), region))
                whole.parts.append("")
                current = Piece()  # blanks before the first choice belong to nobody
            elif name[0] == "choice":
                current = region.choices[name[1]] = Piece()
            elif name[0] == "end":
                current = whole
            else:
                current.add_hole(name, self._neutral[index])
            current.parts.append(text)
        return whole
