"""Lists of choices as tables, and tables as lists of choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from consult.expressions.tables import Rows, Table
from consult.i18n import Localized
from consult.questionnaires.data.sources import Source
from consult.questions.question import Choice

_MARKED = re.compile(r"\s*::?\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of choices over a table: ``codes`` of each row ("" where it is none), ``choices`` each once.

    ``fixed`` are codes that stand before the table's, whatever is found there.
    """

    table: Table
    codes: tuple[str, ...]
    choices: tuple[Choice, ...]
    fixed: tuple[str, ...] = ()

    def at(self, rows: Rows) -> tuple[str, ...]:
        """The codes that these rows offer, in their order."""
        codes = self.codes
        return tuple(dict.fromkeys((*self.fixed, *(code for row in rows if (code := codes[row])))))


@dataclass(frozen=True, slots=True)
class Data:
    """What is attached to a loaded questionnaire: tables by file name, lists by the question they are for."""

    tables: Mapping[str, Table]
    lists: Mapping[str, Listed] = field(default_factory=lambda: MappingProxyType({}))


def listed(choices: Sequence[Choice], language: str = "", list_name: str = "") -> Listed:
    """A list of the sheet choices as a table: ``name``, ``label`` in a language, the author's columns.

    ``itextId`` names the label as ODK does: list and place.
    """
    own = dict.fromkeys(column for choice in choices for column in choice.attributes)
    columns = ("name", "label", "itextId", *(column for column in own if column not in ("name", "label")))
    rows = [
        (
            choice.key,
            str(choice.label.pick(language)),
            f"{list_name}-{place}",
            *(choice.attributes.get(column) for column in columns[3:]),
        )
        for place, choice in enumerate(choices)
    ]
    return Listed(Table(columns, rows), tuple(choice.key for choice in choices), tuple(choices))


def from_table(table: Table, source: Source, tongues: Mapping[str, str], default: str) -> Listed:
    """The choices that a file holds; a row without a code is none, of two with one code the first is shown.

    ``tongues``: header of a language as the author wrote it → its code; a column without one is in
    ``default``. A choice without any label is shown by its code.
    """
    labels = _label_columns(table, source.labels, tongues, default)
    codes = tuple(table.cell(row, source.value) for row in range(len(table)))
    if source.condition is not None and (wanted := _list_name(source)) is not None:
        within = set(table.with_text("list_name", wanted))
        codes = tuple(code if row in within else "" for row, code in enumerate(codes))
    found: dict[str, Choice] = {choice.key: choice for choice in source.fixed}
    for row, code in enumerate(codes):
        if code and code not in found:
            found[code] = Choice(code, _label(table, row, labels), table.record(row))
    return Listed(table, codes, tuple(found.values()), tuple(choice.key for choice in source.fixed))


def tongues_in(table: Table, columns: Iterable[str]) -> set[str]:
    """How authors named the languages of translated columns: ``label::French (fr)`` → ``French (fr)``."""
    wanted = set(columns)
    parts = (_MARKED.split(column, maxsplit=1) for column in table.columns if column not in wanted)
    return {part[1] for part in parts if len(part) == 2 and part[0] in wanted and part[1]}


def _list_name(source: Source) -> str | None:
    """The list of select_one_external: its rows alone are its choices."""
    tree = source.condition.tree if source.condition is not None else []
    return tree[2][1] if tree[:2] == ["=", ["a", "list_name"]] and tree[2][0] == "s" else None


def _label_columns(
    table: Table, wanted: Sequence[str], tongues: Mapping[str, str], default: str
) -> dict[str, list[str]]:
    """Language → the columns that make up a label in it."""
    found: dict[str, list[str]] = {}
    for name in wanted:
        if name in table:
            found.setdefault(default, []).append(name)
        for column in table.columns:
            base, *tongue = _MARKED.split(column, maxsplit=1)
            if column not in wanted and base == name and tongue and tongue[0] in tongues:
                found.setdefault(tongues[tongue[0]], []).append(column)
    return found


def _label(table: Table, row: int, columns: Mapping[str, Sequence[str]]) -> Localized:
    return Localized(
        {
            language: ", ".join(text for name in names if (text := table.cell(row, name)))
            for language, names in columns.items()
        }
    )
