"""What an expression sees while it is evaluated."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from types import MappingProxyType

from consult.expressions.tables import Table
from consult.expressions.values import NAN, Node, Value, text

MAXIMUM_STEPS = 200_000
"""Nodes that the paths of one context may look at."""

_EMPTY: Mapping[str, Value] = MappingProxyType({})


class Context:
    """Answers and circumstances of one evaluation. Subclass it where a mapping is not enough.

    ``values`` question key → value (absent, or "" = not answered); ``now`` an aware datetime, fixed for the
    whole request; ``language`` BCP 47; ``seed`` makes what is random repeatable; ``own`` the value of
    ``.``; ``attributes`` what bare names mean (columns of a choice); ``version`` of the questionnaire;
    ``node`` where relative paths begin.
    """

    __slots__ = (
        "attributes",
        "budget",
        "draws",
        "language",
        "node",
        "now",
        "origin",
        "own",
        "position",
        "purpose",
        "seed",
        "size",
        "values",
        "version",
    )

    def __init__(
        self,
        values: Mapping[str, Value] = _EMPTY,
        *,
        now: datetime | None = None,
        language: str = "en",
        seed: int = 0,
        own: Value = "",
        attributes: Mapping[str, Value] = _EMPTY,
        version: str = "",
        node: Node | None = None,
    ) -> None:
        self.values = values
        self.now = now or datetime.now(UTC)
        self.language = language
        self.seed = seed
        self.own = own
        self.attributes = attributes
        self.version = version
        self.node = self.origin = node
        self.position = 1
        self.size = 1
        self.budget = [MAXIMUM_STEPS]
        self.draws = 0
        self.purpose = ""

    def value(self, key: str) -> Value:
        """The value of a question; "" when it is not answered, not relevant or not there."""
        return self.values.get(key, "")

    def shown(self, key: str) -> str:
        """The value of a question inside a sentence; subclasses may say it in words."""
        return text(self.value(key))

    def attribute(self, name: str) -> Value:
        """What a bare name means here."""
        return self.attributes.get(name, "")

    def indexed(self, key: str, places: Sequence[tuple[str, float]]) -> Value:  # noqa: ARG002 - the interface
        """The value of ``key`` in the item that ``places`` (repeat, place from 1) name; "" where none is."""
        return ""

    def item_number(self, repeat: str = "") -> float:  # noqa: ARG002 - the interface
        """The place (from 1) of the item that is evaluated, or of the item of ``repeat`` around it."""
        return NAN

    def choice_label(self, key: str, code: str, language: str) -> str:  # noqa: ARG002 - the interface
        """The label of a choice of question ``key``; the code itself where labels are not known."""
        return code

    def itext(self, name: str) -> str:
        """A translated text of the form by its name (``list-0``: the first choice of a list)."""
        return name

    def table(self, name: str) -> Table | None:  # noqa: ARG002 - the interface
        """The table beside the form that is called ``name``; None where there is none."""
        return None

    def draw(self) -> bytes:
        """32 random bytes, other ones at every call; the same series for the same seed and ``purpose``."""
        self.draws += 1
        return hashlib.sha256(f"{self.seed}/{self.purpose}/{self.draws}".encode()).digest()

    def at(self, node: Node, position: int, size: int) -> Context:
        """The same circumstances inside a predicate: at a node, the ``position``-th of ``size``."""
        inner = copy(self)
        inner.node, inner.own = node, [node]
        inner.position, inner.size = position, size
        return inner
