"""A questionnaire with what lies beside it: made when a version is loaded, never stored.

A list whose file is not there cannot be chosen from: until somebody brings the file, people type the
answer. It is what an author gets who forgot to upload a list, and it keeps nobody from answering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from consult.expressions.tables import Table
from consult.questionnaires.data.lists import Data, Listed, from_table, listed, tongues_in
from consult.questionnaires.data.sources import ITEMSETS, SearchError, source_of
from consult.questionnaires.language_names import language_of
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import kind_of
from consult.questions.question import Question

_ENDINGS = (".csv", ".xml", ".geojson")
_EXTERNAL_CHOICES = "external_choices"


def attached(questionnaire: Questionnaire, tables: Mapping[str, Table]) -> Questionnaire:
    """The same questionnaire with the choices that ``tables`` (by file name) hold.

    A question whose list is not there becomes a text question. Such a questionnaire is for asking: it has
    no document (see document.py).
    """
    if not tables and not any(question.source for question in questionnaire.questions.values()):
        return questionnaire
    maker = _Attaching(questionnaire, tables)
    items = maker.items(questionnaire.items)
    return replace(questionnaire, items=items, data=Data(tables, MappingProxyType(maker.lists)))


class _Attaching:
    def __init__(self, questionnaire: Questionnaire, tables: Mapping[str, Table]) -> None:
        self._default = questionnaire.default_language
        self._tables = tables
        self._made: dict[tuple[str, str, tuple[str, ...], str], Listed] = {}
        self.lists: dict[str, Listed] = {}

    def items(self, items: tuple[Question | Group, ...]) -> tuple[Question | Group, ...]:
        return tuple(
            replace(item, items=self.items(item.items)) if isinstance(item, Group) else self._question(item)
            for item in items
        )

    def _question(self, question: Question) -> Question:
        if not question.source or not kind_of(question).has_choices:
            return question
        found = self._listed(question)
        if found is None or not found.choices:
            return typed_instead(question)
        self.lists[question.key] = found
        return replace(question, choices=found.choices)

    def _listed(self, question: Question) -> Listed | None:
        try:
            source = source_of(question)
        except SearchError:
            return None
        table = self._tables.get(source.file) if source is not None else None
        if source is None or table is None or source.value not in table:
            return None
        # Many questions of a form ask from one list: it is made once.
        key = (source.file, source.value, source.labels, question.list_name)
        if key not in self._made:
            written = tongues_in(table, source.labels)
            tongues = {tongue: code for tongue in written if (code := language_of(tongue))}
            self._made[key] = from_table(table, source, tongues, self._default)
        return self._made[key]


def typed_instead(question: Question) -> Question:
    """The question as people answer it while its list is missing: in their own words."""
    return replace(
        question, kind="text", choices=(), choice_filter=None, source="", list_name="", has_other=False
    )


def table_named(questionnaire: Questionnaire, name: str, language: str) -> Table | None:
    """What ``instance(name)`` and ``pulldata(name, …)`` mean: a file, with or without its ending, else a
    list of the sheet choices with labels in ``language``."""
    kept: dict[tuple[str, str], Table | None] = questionnaire.__dict__.setdefault("_tables", {})
    key = (name, language)
    if key not in kept:
        kept[key] = _table_named(questionnaire, name, language)
    return kept[key]


def _table_named(questionnaire: Questionnaire, name: str, language: str) -> Table | None:
    tables = questionnaire.data.tables if questionnaire.data is not None else {}
    for file in (name, *(f"{name}{ending}" for ending in _ENDINGS)):
        if file in tables:
            return tables[file]
    if PurePath(name).stem in (_EXTERNAL_CHOICES, PurePath(ITEMSETS).stem) and ITEMSETS in tables:
        return tables[ITEMSETS]
    if name in questionnaire.choice_lists:
        return listed(questionnaire.choice_lists[name], language, name).table
    return None
