"""Where rows of the sheet survey stand, and the paths between them: ``./age``, ``../name``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from consult.expressions.lexer import Token, tokens
from consult.questionnaires.xlsform.calls import arguments, closing, is_call
from consult.questionnaires.xlsform.row_types import read_type
from consult.questionnaires.xlsform.tables import Table
from consult.questionnaires.xlsform.yes_no import is_yes

_NAMES_QUESTIONS: Mapping[str, tuple[int, ...]] = {"indexed-repeat": (0, 1, 3, 5), "choice-label": (0,)}
"""Functions some of whose arguments are names, not answers."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Names of the groups around a row, outermost first, and its own. ``repeats``: places of those among
    them that are repeats, its own too; ``conditions``: what stands in the column relevant of each, if
    anything does."""

    steps: tuple[str, ...]
    repeats: tuple[int, ...]
    conditions: tuple[str, ...] = ()


def structure(survey: Table) -> tuple[Mapping[str, Standing], Mapping[int, Standing]]:
    """Where everything stands: by its name (of a question rather than of a group), by its row's identity."""
    by_row: dict[int, Standing] = {}
    questions: dict[str, Standing] = {}
    groups: dict[str, Standing] = {}
    around: list[tuple[str, bool, str]] = []
    for record in survey:
        type_ = read_type(record.code("type"))
        if not record.code("type") or is_yes(record.text("disabled")):
            continue
        if type_.role == "end":
            del around[-1:]
            continue
        is_group, name = type_.role == "begin", record.code("name")
        way = [*around, (name, is_group and type_.is_repeat, record.text("relevant"))]
        repeats = tuple(place for place, (_, is_repeat, _) in enumerate(way) if is_repeat)
        conditions = tuple(condition for *_, condition in way if condition)
        standing = Standing(tuple(step for step, *_ in way), repeats, conditions)
        by_row[id(record.row)] = standing
        (groups if is_group else questions).setdefault(name, standing)
        if is_group:
            around = way
    return {**groups, **questions}, by_row


@dataclass(frozen=True, slots=True)
class ItemPaths:
    """``asker``: where the expression stands; None if that is not known."""

    by_name: Mapping[str, Standing]
    asker: Standing | None

    def items_of(self, name: str) -> tuple[str, str] | None:
        """The innermost repeat around ``name`` as a reference, and the path from an item to it ("" of the
        repeat itself); None if there is none."""
        standing = self.by_name.get(name)
        if standing is None or not standing.repeats:
            return None
        innermost = standing.repeats[-1]
        return f"${{{standing.steps[innermost]}}}", "/".join(standing.steps[innermost + 1 :])

    def items_inside(self, name: str) -> str:
        """The same items inside a predicate: a reference would begin at the item that is looked at there."""
        standing = self.by_name[name]
        *outer, innermost = standing.repeats
        items = standing.steps[: innermost + 1]
        own = self.asker.steps if self.asker is not None else ()
        shared = min(_shared(own, items), innermost)
        if not any(place < shared for place in outer):
            return f"${{{items[-1]}}}"
        return "/".join(("current()", *[".."] * (len(own) - shared), *items[shared:]))

    def conditions_of(self, name: str) -> tuple[str, ...] | None:
        """What must hold for a question to be asked; None where that is not the same for who asks about it,
        because it stands in other items."""
        standing = self.by_name.get(name)
        if standing is None:
            return None
        shared = _shared(self.asker.steps if self.asker is not None else (), standing.steps)
        return standing.conditions if all(place < shared for place in standing.repeats) else None

    def is_beside(self, name: str) -> bool:
        """Whether who asks stands in the same item, so that it has the same place."""
        standing = self.by_name.get(name)
        if standing is None or self.asker is None or len(standing.repeats) != 1:
            return False
        innermost = standing.repeats[0] + 1
        return (
            self.asker.repeats == standing.repeats
            and self.asker.steps[:innermost] == standing.steps[:innermost]
        )

    def seen_from_item(self, name: str, written: str) -> str:
        """A condition about an item of the repeat around ``name``: questions are paths from the item."""
        standing = self.by_name[name]
        item = standing.steps[: standing.repeats[-1] + 1]
        return self._rewritten(written, item, own_place="position(.)")

    def seen_from_asker(self, written: str) -> str:
        """What belongs to the row that asks, said so that it means the same inside a predicate."""
        up = 1
        if self.asker is not None and self.asker.repeats:
            up = len(self.asker.steps) - 1 - self.asker.repeats[-1]
        return self._rewritten(written, (), own_place=f"position(current(){'/..' * up})")

    def _rewritten(self, written: str, item: Sequence[str], own_place: str) -> str:
        found = tokens(written)
        names = set(_names(found))
        pieces: list[str] = []
        done = at = 0
        while at < len(found) - 1:
            token, until = found[at], written.find("}", found[at].offset) + 1
            said = ""
            if token.kind == "reference" and at not in names:
                said = self._path(token.text, item, is_compared_with_nothing=_is_beside_nothing(found, at))
            elif is_call(found, at) and token.text == "index" and found[at + 2].text == ")":
                said, until, at = own_place, found[at + 2].offset + 1, at + 2
            elif not item and token[:2] == ("operator", "..") and found[at - 1].text != "/":
                said, until = "current()/..", token.offset + 2
            if said:
                pieces += [written[done : token.offset], said]
                done = until
            at += 1
        return "".join((*pieces, written[done:])).strip()

    def _path(self, name: str, item: Sequence[str], *, is_compared_with_nothing: bool) -> str:
        """The way to a question from the item, or from who asks; "" where its name means the same anyway."""
        standing = self.by_name.get(name)
        if standing is None:
            return ""
        path = _way(item, standing, "." if item else "")
        if not path and self.asker is not None and (way := _way(self.asker.steps, standing, "")):
            path = f"current()/{way}"
        # A path to what is not relevant finds nothing: for web engines equal to nothing, not even to ''.
        return f"string({path})" if path and is_compared_with_nothing else path


def _way(start: Sequence[str], end: Standing, here: str) -> str:
    """From an element to another in the same item; "" if they share no item."""
    shared = _shared(start, end.steps)
    if not any(place < shared for place in end.repeats):
        return ""
    up = [".."] * (len(start) - shared) or ([here] if here else [])
    return "/".join((*up, *end.steps[shared:]))


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    """How many steps both have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _names(found: Sequence[Token]) -> Iterator[int]:
    """Places of references that name a question, and of those inside a predicate of their own."""
    depth = 0
    for at, token in enumerate(found[:-1]):
        depth += {"[": 1, "]": -1}.get(token.text, 0) if token.kind == "operator" else 0
        if token.kind == "reference" and (depth or found[at + 1].text == "["):
            yield at
        if is_call(found, at) and token.text in _NAMES_QUESTIONS:
            close = closing(found, at + 1) or at
            parts = list(arguments(found, at + 2, close))
            yield from (parts[each][0] for each in _NAMES_QUESTIONS[token.text] if each < len(parts))


def _is_beside_nothing(found: Sequence[Token], at: int) -> bool:
    """Whether a reference is compared with the empty text."""
    after, before = found[at + 1 : at + 3], found[max(at - 2, 0) : at]
    return _is_nothing(after) or _is_nothing(before[::-1])


def _is_nothing(pair: Sequence[Token]) -> bool:
    return len(pair) == 2 and pair[0].text in ("=", "!=") and pair[1][:2] == ("string", "")
