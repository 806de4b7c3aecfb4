"""Choices out of a repeat: where a question that names another finds its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error
from consult.questionnaires.specification import Group
from consult.questions import kind_of
from consult.questions.question import Question

Items = tuple[Question | Group, ...]
_Found = tuple[Question, Group | None]
"""A question, and the repeat it stands in."""


def with_sources(items: Items, places: Mapping[str, Place], findings: list[Finding]) -> Items:
    """The same items; what is asked of entries that are choices themselves has their list, for its labels."""
    known = dict(_walk(items, None))
    if not any(question.entries_of for question, _ in known.values()):
        return items
    for question, _ in known.values():
        if question.entries_of in known:
            findings += _faults(question, known[question.entries_of], places)
    return _with(items, known)


def _walk(items: Items, repeat: Group | None) -> Iterator[tuple[str, _Found]]:
    for item in items:
        if isinstance(item, Group):
            yield from _walk(item.items, item if item.is_repeat else repeat)
        else:
            yield item.key, (item, repeat)


def _faults(question: Question, source: _Found, places: Mapping[str, Place]) -> Iterator[Finding]:
    row = places.get(f"question:{question.key}", Place("survey"))
    named, repeat = source
    if repeat is None:
        yield error(
            "entries_not_repeated",
            row,
            _l("“%(name)s” stands in no repeat: there is only one answer to choose.", name=named.key),
            _l("Name a question inside a repeat, or a list of the sheet choices."),
        )
        return
    inside = {key for key, _ in _walk(repeat.items, repeat)}
    bare = question.choice_filter.attributes if question.choice_filter is not None else frozenset()
    if strange := sorted(bare - inside):
        yield error(
            "entries_column_missing",
            row,
            _l("The repeat “%(repeat)s” has no question “%(name)s”.", repeat=repeat.key, name=strange[0]),
            _l("Write ${%(name)s} for an answer from elsewhere.", name=strange[0]),
        )


def _with(items: Items, known: Mapping[str, _Found]) -> Items:
    return tuple(
        replace(item, items=_with(item.items, known)) if isinstance(item, Group) else _labelled(item, known)
        for item in items
    )


def _labelled(question: Question, known: Mapping[str, _Found]) -> Question:
    if question.entries_of not in known:
        return question
    source, _ = known[question.entries_of]
    if not kind_of(source).has_choices or not source.list_name or source.entries_of:
        return question
    return replace(question, list_name=source.list_name, choices=source.choices)
