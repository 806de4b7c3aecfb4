"""Which files a form needs beside it, and what for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from consult.expressions import Expression
from consult.expressions.parser import Tree, walk
from consult.i18n import Localized
from consult.questionnaires.data.sources import ITEMSETS, UNREADABLE, SearchError, filter_of, source_of
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.attachment import ATTACHMENTS
from consult.questions.question import Question

_EXTERNAL_CHOICES = "external_choices"
_EXPRESSIONS = (
    *("relevant", "calculation", "constraint", "required", "read_only", "default", "choice_filter"),
    "repeat_count",
)
_COLUMNS = {"default": "default", "read_only": "read_only"}
_ENDINGS = (".csv", ".xml", ".geojson")


@dataclass(frozen=True, slots=True)
class Need:
    """``name`` of a file; ``place`` the key of who needs it (``question:town``), ``column`` where it is said.

    ``wanted``: columns of the table that are used.
    """

    name: str
    what: Literal["list", "table", "media"]
    place: str
    column: str
    wanted: frozenset[str] = frozenset()


def needs_of(questionnaire: Questionnaire) -> tuple[Need, ...]:
    """Every need, in the order of the form; a file that is used twice is named twice."""
    named = _named_files(questionnaire)
    found = list(_of_items(questionnaire.items, questionnaire, named))
    for list_name, choices in questionnaire.choice_lists.items():
        for choice in choices:
            found += _media(choice.media, f"choice:{list_name}:{choice.key}")
    return tuple(found)


def _named_files(questionnaire: Questionnaire) -> Mapping[str, str]:
    """What expressions call a file → its name: known from rows that say it with its ending."""
    sources = [question.source for question in questionnaire.questions.values() if question.source]
    named = {PurePath(source).stem: source for source in sources}
    return named | {_EXTERNAL_CHOICES: ITEMSETS}


def _of_items(
    items: tuple[Question | Group, ...], questionnaire: Questionnaire, named: Mapping[str, str]
) -> Iterator[Need]:
    for item in items:
        if isinstance(item, Group):
            place = f"group:{item.key}"
            yield from _media(item.media, place)
            yield from _read(item, place, questionnaire, named)
            yield from _of_items(item.items, questionnaire, named)
            continue
        place = f"question:{item.key}"
        if item.source and item.source != UNREADABLE:
            yield _list(item, place)
        yield from _media(item.media, place)
        yield from _read(item, place, questionnaire, named)


def _list(question: Question, place: str) -> Need:
    if question.kind in ATTACHMENTS:
        return Need(question.source, "table", place, "type")
    try:
        source = source_of(question)
    except SearchError:
        return Need(question.source, "list", place, "appearance")
    condition = filter_of(question)
    wanted = {source.value} if source is not None else set()
    wanted |= condition.attributes if condition is not None else frozenset()
    column = (
        "type" if source is None or not question.list_name or question.source == ITEMSETS else "appearance"
    )
    return Need(question.source, "list", place, column, frozenset(wanted))


def _read(
    item: Question | Group, place: str, questionnaire: Questionnaire, named: Mapping[str, str]
) -> Iterator[Need]:
    for field in _EXPRESSIONS:
        expression: Expression | None = getattr(item, field, None)
        if expression is None or expression.functions.isdisjoint(("instance", "pulldata")):
            continue
        for node in walk(expression.tree):
            if node[0] == "f" and node[1] in ("instance", "pulldata") and node[2][0] == "s":
                name = node[2][1].strip()
                if name.startswith(("@", "last-saved")) or name in questionnaire.choice_lists:
                    continue
                wanted = frozenset(_pulled(node))
                yield Need(_file(name, named), "table", place, _COLUMNS.get(field, field), wanted)


def _pulled(node: Tree) -> Iterator[str]:
    if node[1] == "pulldata":
        yield from (part[1] for part in node[3:5] if part[0] == "s")


def _file(name: str, named: Mapping[str, str]) -> str:
    return named.get(name) or (name if name.lower().endswith(_ENDINGS) else f"{name}.csv")


def _media(media: Mapping[str, Localized], place: str) -> Iterator[Need]:
    for kind, names in media.items():
        for name in dict.fromkeys(names.values()):
            yield Need(name, "media", place, kind)
