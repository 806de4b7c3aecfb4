"""Where an item of a repeat is: its trail, the document of its answers, and its address for people.

The answers of a repeat are a list of documents under its key, repeats in repeats alike::

    answers = {"area": "north", "members": [{"name": "Amal"}, {"name": "Binh", "kids": [{"age": 4}]}]}
    trail = (("members", 1), ("kids", 0))          places from 0; () is the response itself
    document_at(answers, trail)                    {"age": 4}
    address(trail, "age")                          "members[2]/kids[1]/age", counted from 1

Nothing here changes what it is given; what is given may be of any shape, as a file may bring it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

Trail = tuple[tuple[str, int], ...]
"""(key of the repeat, place of the item from 0), the outermost first."""

Document = Mapping[str, Any]

_STEP = re.compile(r"([^\[\]/]+)\[([1-9][0-9]{0,4})\]")


def address(trail: Trail, key: str = "") -> str:
    """``members[2]/kids[1]/age``; of the item itself (without ``key``) ``members[2]/kids[1]``."""
    steps = [f"{repeat}[{place + 1}]" for repeat, place in trail]
    return "/".join([*steps, key] if key else steps)


def trail_of(written: str) -> tuple[Trail, str]:
    """An address read back: its trail, and the key at its end ("" for an item's own). Raises ValueError."""
    *steps, last = written.split("/")
    if _STEP.fullmatch(last):
        steps, last = [*steps, last], ""
    found = [_STEP.fullmatch(step) for step in steps]
    if "[" in last or not all(found):
        raise ValueError(f"not an address: {written[:100]!r}")
    return tuple((step[1], int(step[2]) - 1) for step in found if step), last


def items_of(document: Document, repeat: str) -> list[Document]:
    """The documents of a repeat's items; what is none counts as an empty one."""
    listed = document.get(repeat)
    if not isinstance(listed, list):
        return []
    return [item if isinstance(item, Mapping) else {} for item in listed]


def document_at(answers: Document, trail: Trail) -> Document:
    """The answers of an item; empty if there is none."""
    document = answers
    for repeat, place in trail:
        items = items_of(document, repeat)
        if not 0 <= place < len(items):
            return {}
        document = items[place]
    return document


def with_document(answers: Document, trail: Trail, document: Document) -> dict[str, Any]:
    """All answers, with ``document`` as those of the item at ``trail``; items before it come into being."""
    if not trail:
        return dict(document)
    (repeat, place), *rest = trail
    items: list[Document] = items_of(answers, repeat)
    items += [{} for _ in range(place + 1 - len(items))]
    items[place] = with_document(items[place], tuple(rest), document)
    return {**answers, repeat: items}


def with_answered(answers: Document, trail: Trail, asked: Collection[str], now: Document) -> dict[str, Any]:
    """All answers after a page: in the item at ``trail``, what was ``asked`` is replaced by ``now``."""
    own = document_at(answers, trail)
    return with_document(answers, trail, {**{k: v for k, v in own.items() if k not in asked}, **now})


def add_item(answers: Document, trail: Trail, repeat: str) -> tuple[dict[str, Any], Trail]:
    """All answers with one more, empty item of ``repeat`` inside the item at ``trail``, and its own trail."""
    document = document_at(answers, trail)
    items = items_of(document, repeat)
    added = (*trail, (repeat, len(items)))
    return with_document(answers, trail, {**document, repeat: [*items, {}]}), added


def remove_item(answers: Document, trail: Trail) -> dict[str, Any]:
    """All answers without the item at ``trail`` (not empty); those after it move up."""
    *outer, (repeat, place) = trail
    document = document_at(answers, tuple(outer))
    items = items_of(document, repeat)
    left = [item for at, item in enumerate(items) if at != place]
    changed = {key: value for key, value in document.items() if key != repeat}
    return with_document(answers, tuple(outer), changed | {repeat: left} if left else changed)


def without_item(notes: Document, trail: Trail) -> dict[str, Any]:
    """Notes by address ("members[2]/age") once the item at ``trail`` is removed: those after it move up."""
    *outer, (repeat, place) = trail
    depth = len(outer)
    left = {}
    for written, note in notes.items():
        at, key = trail_of(written)
        if at[:depth] != tuple(outer) or len(at) <= depth or at[depth][0] != repeat or at[depth][1] < place:
            left[written] = note
        elif at[depth][1] > place:
            moved = (*outer, (repeat, at[depth][1] - 1), *at[depth + 1 :])
            left[address(moved, key)] = note
    return left


def notes_of(notes: Document, trail: Trail) -> dict[str, Any]:
    """Of notes by address those of the item at ``trail`` itself, by key."""
    if not trail:
        return {written: note for written, note in notes.items() if "/" not in written}
    start = f"{address(trail)}/"
    own = {written.removeprefix(start): note for written, note in notes.items() if written.startswith(start)}
    return notes_of(own, ())


def has_item(answers: Document, trail: Trail) -> bool:
    """Whether the answers hold an item at ``trail``."""
    for repeat, place in trail:
        items = items_of(answers, repeat)
        if not 0 <= place < len(items):
            return False
        answers = items[place]
    return True
