"""Answers into codes: every different answer to a question gets a number, every response that of its own.

Pure. What an answer means is not decided here: it is kept as it is (``keys``), once, and looked at when it is
counted (see contributions.py) by what looks at single answers. So the odd ones count as they always do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from consult.questionnaires.trails import Document, items_of
from consult.reports.code_columns.plan import HEADS, LISTS, NUMBERS, PRESENCE, Column, Plan
from consult.responses.ranges import Content

Codes = NDArray[Any]
"""One-dimensional, of unsigned integers of one, two or four bytes."""

_NEEDS_CARE = re.compile(rb"\d{19}|\\u[dD]")
"""Long integers, and halves of characters."""

ABSENT = b"[null,false]"
"""The key of code 0: no answer."""


@dataclass(frozen=True, slots=True)
class Coding:
    """``codes``: one a row; ``keys[code]``: JSON of the answer, and whether "other, in words" is with it."""

    codes: Codes
    keys: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Table:
    """The responses, or the entries of a repeat. ``parents``: of each entry the place of its response,
    ascending; empty for the responses themselves."""

    length: int
    parents: Codes
    columns: Mapping[Column, Coding]


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring ranges. ``counts``: how many responses each has; ``tables`` by path, () the responses."""

    counts: tuple[int, ...]
    tables: Mapping[tuple[str, ...], Table]


NO_PARENTS: Codes = np.zeros(0, np.uint32)


def coded(
    responses: Sequence[Content], counts: Sequence[int], numbers: Mapping[str, int], plan: Plan
) -> Piece:
    """Neighbouring ranges, in which ``counts`` responses are. ``numbers`` of versions by their identity, as
    32 hexadecimal digits."""
    versions = [numbers[each.version] for each in responses]
    documents = [each.answers for each in responses]
    heads: dict[Column, Coding] = {
        HEADS["version"]: _coding([str(version) for version in versions]),
        HEADS["language"]: _coding([each.language for each in responses]),
        HEADS["channel"]: _coding([each.channel for each in responses]),
        HEADS["collector"]: _coding([each.collector for each in responses]),
        HEADS["session"]: _coding([each.session for each in responses]),
        HEADS["day"]: _coding([each.day for each in responses]),
    }
    whole = Table(len(responses), NO_PARENTS, heads | _answers((), documents, versions, plan))
    tables: dict[tuple[str, ...], Table] = {(): whole}
    for path in plan.paths:
        found = _Entries()
        for place, (version, document) in enumerate(zip(versions, documents, strict=True)):
            if plan.has_path(version, path):
                found.add(place, version, document, path)
        answers = _answers(path, found.documents, found.versions, plan)
        tables[path] = Table(len(found.documents), np.array(found.parents, np.uint32), answers)
    return Piece(tuple(counts), tables)


@dataclass(slots=True)
class _Entries:
    parents: list[int] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def add(self, place: int, version: int, document: Document, path: tuple[str, ...]) -> None:
        """As entries.py goes through them."""
        for inner in items_of(document, path[0]):
            if len(path) > 1:
                self.add(place, version, inner, path[1:])
            else:
                self.parents.append(place)
                self.versions.append(version)
                self.documents.append(inner)


def _answers(
    path: tuple[str, ...], documents: Sequence[Document], versions: Sequence[int], plan: Plan
) -> dict[Column, Coding]:
    present = set(versions)
    found = {}
    for column in plan.columns:
        if column.path != path:
            continue
        asking = {version for version in present if (version, column) in plan.active}
        if asking:
            values = _values(column.key, documents, versions, asking, present)
            noting = {version for version in asking if (version, column) in plan.others}
            others = _values(f"{column.key}_other", documents, versions, noting, present) if noting else ()
            found[column] = _with_others(_CODERS.get(column.mode, _coding)(values), others)
    return found


def _values(
    key: str, documents: Sequence[Document], versions: Sequence[int], asking: set[int], present: set[int]
) -> list[Any]:
    if asking == present:
        return [document.get(key) for document in documents]
    pairs = zip(versions, documents, strict=True)
    return [document.get(key) if version in asking else None for version, document in pairs]


class _Numbering(dict[Any, int]):
    """Numbers what it has not seen yet; what is no answer is 0."""

    def __init__(self) -> None:
        super().__init__({None: 0, "": 0, (): 0})
        self.seen: list[Any] = [None]

    def __missing__(self, value: Any) -> int:
        number = self[value] = len(self.seen)
        self.seen.append(value)
        return number


def _coding(values: Sequence[Any]) -> Coding:
    """Of words: choices, days, languages."""
    if not {type(value) for value in values} <= {str, type(None)}:
        return _odd(values)
    numbering = _Numbering()
    return _numbered([numbering[value] for value in values], numbering.seen)


def _numbers(values: Sequence[Any]) -> Coding:
    """2 and 2.0 are one number, as they are to whoever counts them."""
    if not {type(value) for value in values} <= {int, float, type(None)}:
        return _odd([_plain(value) for value in values])
    numbering = _Numbering()
    codes = [numbering[value] for value in values]
    return _numbered(codes, [_plain(value) for value in numbering.seen])


def _plain(value: Any) -> Any:
    is_whole = isinstance(value, bool) or (isinstance(value, float) and value.is_integer())
    return int(value) if is_whole else value


def _lists(values: Sequence[Any]) -> Coding:
    """Of lists of codes."""
    numbering = _Numbering()
    try:
        codes = [0 if value is None else numbering[_tuple(value)] for value in values]
    except TypeError:
        return _odd(values)
    if not {type(code) for value in numbering.seen[1:] for code in value} <= {str}:
        return _odd(values)
    return _numbered(codes, numbering.seen)


def _tuple(value: Any) -> tuple[Any, ...]:
    if type(value) is not list:
        raise TypeError("not a list")
    return tuple(value)


def _presence(values: Sequence[Any]) -> Coding:
    codes = [0 if value is None or value == "" or value == [] else 1 for value in values]
    return _numbered(codes, [None, True])


def _odd(values: Sequence[Any]) -> Coding:
    """Of whatever it is: told apart by what stands there, so that true, 1 and "1" are three answers."""
    numbering = _Numbering()
    keys = [None if value is None or value == "" or value == [] else _json(value) for value in values]
    codes = [numbering[key] for key in keys]
    return Coding(_smallest(codes, len(numbering.seen)), _keys(map(_read, numbering.seen)))


_CODERS: dict[str, Callable[[Sequence[Any]], Coding]] = {
    NUMBERS: _numbers,
    PRESENCE: _presence,
    **dict.fromkeys(LISTS, _lists),
}


def _numbered(codes: Sequence[int], values: Iterable[Any]) -> Coding:
    keys = _keys(values)
    return Coding(_smallest(codes, len(keys)), keys)


def _keys(values: Iterable[Any]) -> list[bytes]:
    return [_json((value, False)) for value in values]


def _with_others(coding: Coding, others: Sequence[Any]) -> Coding:
    if not any(others):
        return coding
    keys, numbering = list(coding.keys), {}
    codes = coding.codes.tolist()
    for place, (code, other) in enumerate(zip(codes, others, strict=True)):
        if code and other:
            if code not in numbering:
                numbering[code] = len(keys)
                keys.append(_json((_read(coding.keys[code])[0], True)))
            codes[place] = numbering[code]
    return Coding(_smallest(codes, len(keys)), keys)


def answer_of(key: bytes) -> tuple[Any, bool]:
    """What a key stands for: the answer as it is stored, and whether "other, in words" stands with it."""
    value, has_other = _read(key)
    return value, has_other


def _json(value: Any) -> bytes:
    try:
        # A copy: what orjson gives lies in a kilobyte or more for as long as it is kept, however short it is.
        return bytes(memoryview(orjson.dumps(value)))
    except TypeError:  # integers over 64 bits and halves of characters, which JSON can say
        return json.dumps(value, separators=(",", ":")).encode()


def _read(written: bytes | None) -> Any:
    if written is None:
        return None
    if _NEEDS_CARE.search(written):
        return json.loads(written)
    return orjson.loads(written)


def _smallest(codes: Sequence[int], number: int) -> Codes:
    return np.array(codes, smallest_type(number))


def smallest_type(number: int) -> Any:
    """For codes below ``number``."""
    return np.uint8 if number <= 1 << 8 else np.uint16 if number <= 1 << 16 else np.uint32
