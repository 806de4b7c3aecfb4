"""The cards of "my work": every room says what it has for a person; the first page shows them together.

A room offers a function with its blueprint, and no room needs to know another:

    work.offer(blueprint, cards)

    def cards(actor: Actor, session: Session) -> Iterable[Card]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Blueprint, current_app
from sqlalchemy.orm import Session

from consult.accounts.actor import Actor

_KEY = "consult_work"


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do or to watch. All texts are ready to be read; a LocalText keeps its language.

    ``section``: the heading it stands under, of which there is one a room and role; ``rank``: sections
    and cards with smaller ones come first (0 waits for somebody, 50 is to be watched, 90 is rare).
    ``facts``: short sentences. ``step``: what the link to ``address`` says one can do.
    ``note``: what hinders, shown as a warning. ``more``: further links.
    """

    section: str
    title: str
    address: str
    step: str
    facts: tuple[str, ...] = ()
    note: str = ""
    more: tuple[Link, ...] = ()
    rank: int = 50


Provider = Callable[[Actor, Session], Iterable[Card]]


@dataclass(frozen=True, slots=True)
class Section:
    """Cards under one heading."""

    title: str
    cards: tuple[Card, ...]


def offer(blueprint: Blueprint, provider: Provider) -> None:
    """Let ``provider`` add its cards wherever ``blueprint`` is registered."""
    blueprint.record(lambda state: state.app.extensions.setdefault(_KEY, []).append(provider))


def sections(actor: Actor, session: Session) -> list[Section]:
    """What all rooms of this application have for ``actor``, the most urgent first."""
    providers: list[Provider] = current_app.extensions.get(_KEY, [])
    cards = sorted((card for provider in providers for card in provider(actor, session)), key=_rank)
    grouped: dict[str, list[Card]] = {}
    for card in cards:
        grouped.setdefault(card.section, []).append(card)
    return [Section(title, tuple(found)) for title, found in grouped.items()]


def _rank(card: Card) -> int:
    return card.rank
