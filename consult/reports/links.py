"""Addresses of the results page that differ by one thing: an answer more, another breakdown, a filter less.

Plain links, so that everything works without script and the back button takes each step back. They hold
codes and days, never the text of an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from consult.reports.breakdowns import breakdown_said
from consult.reports.selections import conditions_said
from consult.reports.source import Source
from consult.reports.wording import Wording

ANSWERED, BY, AND_BY = "answered", "by", "and_by"
_LISTED = frozenset({ANSWERED})


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and the address of the page without it."""

    said: str
    address: str


@dataclass(frozen=True)
class Links:
    """``page``: the address without a query; ``chosen``: what it asks for now, by parameter."""

    page: str
    chosen: Mapping[str, Sequence[str]]

    def with_answer(self, key: str, code: str) -> str:
        """Only those who gave this answer."""
        return self._address({**self.chosen, ANSWERED: [*self.chosen.get(ANSWERED, ()), f"{key}:{code}"]})

    def has_answer(self, key: str, code: str) -> bool:
        return f"{key}:{code}" in self.chosen.get(ANSWERED, ())

    def broken_down_by(self, key: str) -> str:
        return self._address({**self._without(BY, AND_BY), BY: [key]})

    def is_broken_down_by(self, key: str) -> bool:
        return key in (*self.chosen.get(BY, ()), *self.chosen.get(AND_BY, ()))

    @property
    def whole(self) -> str:
        """Not broken down."""
        return self._address(self._without(BY, AND_BY))

    @property
    def filters(self) -> dict[str, Sequence[str]]:
        """Only what selects responses, for other pages."""
        return self._without(BY, AND_BY)

    def without(self, name: str, place: int = 0) -> str:
        """``place``: which of several."""
        values = list(self.chosen.get(name, ()))
        del values[place : place + 1]
        return self._address({**self.chosen, name: values})

    def _without(self, *names: str) -> dict[str, Sequence[str]]:
        return {name: values for name, values in self.chosen.items() if name not in names}

    def _address(self, chosen: Mapping[str, Sequence[str]]) -> str:
        pairs = [(name, value) for name, values in chosen.items() for value in values]
        return f"{self.page}?{urlencode(pairs)}" if pairs else self.page


def chips_of(w: Wording, source: Source, links: Links, by: str | None = None) -> Iterator[Chip]:
    """Every filter that is set, and the breakdown, in the order in which reports say them."""
    seen = dict.fromkeys(_LISTED, 0)
    for name, said in conditions_said(w, source.selection):
        yield Chip(said.line, links.without(name, seen.get(name, 0)))
        if name in seen:
            seen[name] += 1
    if by:
        said = w.gettext("broken down by “%(question)s”", question=breakdown_said(w, source.asked, by))
        yield Chip(said.line, links.whole)
