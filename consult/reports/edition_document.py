"""What the public sees of an edition, as one JSON document: labels in all languages, rounded counts, gaps.

    document = document_of(source, choice, protected, title, comment)

Pure. Pages and files of an edition are made from it alone. A number is null where nothing is shown; every
other one is a multiple of five, and none of them is of fewer responses than the threshold but more than none.
Percentages are worked out from these numbers, by whoever shows them: they tell no more than the numbers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from consult.i18n import INTERFACE_LANGUAGES, OFFICIAL_LANGUAGES, Localized
from consult.questions import kind_of
from consult.questions.rich_text import plain_text
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE, BY_MONTH, names_of_breakdowns
from consult.reports.columns import channel_names
from consult.reports.disclosure.cells import EVERYBODY, Cell, Condition
from consult.reports.disclosure.protect import Protected
from consult.reports.edition_tables import NO_ANSWER, YES, Choice
from consult.reports.merging import Asked
from consult.reports.source import Source
from consult.reports.wording import Said, Wording, left_open

FORMAT = 1


@dataclass
class Notes:
    """What was done to protect people, in numbers."""

    shown: int = 0
    hidden: int = 0
    merged: list[dict[str, Any]] = field(default_factory=list)


def document_of(
    source: Source, choice: Choice, protected: Protected, title: Localized, comment: Localized
) -> dict[str, Any]:
    """``title`` and ``comment`` are the edition's own."""
    return _Writer(source, choice, protected).document(title, comment)


class _Writer:
    def __init__(self, source: Source, choice: Choice, protected: Protected) -> None:
        self._source = source
        self._choice = choice
        self._protected = protected
        self._known = {asked.key: asked for asked in source.asked}
        self._w = Wording(INTERFACE_LANGUAGES, source.fallback)
        self._parts = protected.edition.merged.parts
        self._tables = {
            tuple(each.key for each in table.dimensions): table for table in protected.edition.merged.tables
        }
        self._counts = {cell: count for table in self._tables.values() for cell, count in table.cells()}
        self._thresholds: dict[Cell, int] = {}
        for table in self._tables.values():
            for cell, _ in table.cells():
                self._thresholds[cell] = max(table.threshold, self._thresholds.get(cell, 0))
        self._notes = Notes()

    def document(self, title: Localized, comment: Localized) -> dict[str, Any]:
        source = self._source
        thresholds = {table.threshold for table in self._tables.values()}
        questions = [self._question(self._known[key]) for key in self._choice.questions]
        return {
            "format": FORMAT,
            "survey": source.slug,
            "title": dict(source.title),
            "edition_title": dict(title),
            "comment": dict(comment),
            "organisation": dict(source.organisation),
            "languages": list(source.languages),
            "fallback": source.fallback,
            "made_on": source.made_on.isoformat(),
            "opened_on": source.opened_on.isoformat() if source.opened_on else None,
            "closed_on": source.closed_on.isoformat() if source.closed_on else None,
            "responses": self._protected.shown[Cell(EVERYBODY)],
            "threshold": source.threshold,
            "sensitive_threshold": max(thresholds, default=source.threshold),
            "groups": [self._grouping(by) for by in self._choice.by],
            "questions": questions,
            "notes": self._said(),
        }

    def _said(self) -> dict[str, Any]:
        shown = {*self._choice.questions, *self._choice.by}  # others were counted for their sake
        merged = [
            {
                "of": self._title(key),
                "groups": [self._label(key, group) for group in groups.values() if len(group) > 1],
            }
            for key, groups in self._parts.items()
            if key in shown and any(len(group) > 1 for group in groups.values())
        ]
        return {"shown": self._notes.shown, "hidden": self._notes.hidden, "merged": merged}

    def _grouping(self, by: str) -> dict[str, Any]:
        return {
            "key": by,
            "title": self._title(by),
            "labels": [self._label(by, codes) for codes in self._group_codes(by)],
        }

    def _group_codes(self, by: str) -> list[tuple[str, ...]]:
        """What each group is made of, those without an answer at the end."""
        return list(self._parts[by].values())

    def _question(self, asked: Asked) -> dict[str, Any]:
        lines = self._lines(asked)
        first = self._tables[(lines[0][0],)]
        no_answer = (asked.key, NO_ANSWER)
        answered = self._answered(EVERYBODY, no_answer, first.threshold)
        return {
            "key": asked.key,
            "number": asked.number,
            "title": self._text(asked.question.label, asked.key),
            "section": [self._text(label) for label in asked.section],
            "is_multiple": asked.question.kind == "select_multiple",
            "is_sensitive": asked.key in self._choice.sensitive,
            "threshold": first.threshold,
            "answered": answered,
            "lines": [
                {"label": label, "count": self._shown(EVERYBODY, (key, code), answered)}
                for key, code, label in lines
            ],
            "by": [self._cross(asked, lines, by) for by in self._choice.by if by != asked.key],
        }

    def _lines(self, asked: Asked) -> list[tuple[str, str, dict[str, str]]]:
        """Dimension, category and label of each."""
        if asked.question.kind == "select_multiple":
            return [
                (f"{asked.key}/{choice.key}", YES, self._text(choice.label, choice.key))
                for choice in kind_of(asked.question).choices(asked.question)
            ]
        return [
            (asked.key, category, self._label(asked.key, codes))
            for category, codes in self._parts[asked.key].items()
            if codes != (NO_ANSWER,)
        ]

    def _cross(
        self, asked: Asked, lines: Sequence[tuple[str, str, dict[str, str]]], by: str
    ) -> dict[str, Any]:
        table = self._tables[lines[0][0], by]
        groups = [
            frozenset((table.dimensions[1].condition(code),)) for code in table.dimensions[1].categories
        ]
        no_answer = (asked.key, NO_ANSWER)
        answered = [self._answered(group, no_answer, table.threshold) for group in groups]
        rows = [
            [self._shown(group, (key, code), base) for group, base in zip(groups, answered, strict=True)]
            for key, code, _ in lines
        ]
        return {"group": by, "answered": answered, "rows": rows}

    def _answered(self, group: frozenset[Condition], no_answer: Condition, threshold: int) -> int | None:
        """Of how many the answers are: everybody of the group without those who gave none."""
        of, without = self._protected.shown[Cell(group)], self._protected.shown[Cell(group | {no_answer})]
        if of is None or without is None:
            return None
        exact = self._counts[Cell(group)] - self._counts[Cell(group | {no_answer})]
        return of - without if exact >= threshold and of - without >= threshold else None

    def _shown(self, group: frozenset[Condition], condition: Condition, base: int | None) -> int | None:
        """A count, unless it may not be shown, is small, or is of people of whom too few answered."""
        cell = Cell(group | {condition})
        count, exact = self._protected.shown[cell], self._counts[cell]
        if count is None or base is None or 0 < exact < self._thresholds[cell]:
            self._notes.hidden += 1
            return None
        self._notes.shown += 1
        return count

    def _title(self, key: str) -> dict[str, str]:
        names = names_of_breakdowns(self._w)
        if key in names:
            return self._each(names[key])
        asked = self._known[key.split("/")[0]]
        return self._text(asked.question.label, asked.key)

    def _label(self, key: str, codes: Sequence[str]) -> dict[str, str]:
        """Of a category, or of those that were merged: in the languages that have words for all of them."""
        named = [Localized(self._name(key, code)) for code in codes]
        known = [code for code in named[0] if all(code in name for name in named)] or [self._source.fallback]
        return {
            code: " / ".join(dict.fromkeys(name.pick(code, self._source.fallback) for name in named))
            for code in known
        }

    def _name(self, key: str, code: str) -> dict[str, str]:
        w = self._w
        if key == BY_LANGUAGE and code:
            return self._each(w.language_name(code))
        if key == BY_CHANNEL and code:
            return self._each(channel_names(w)[code])
        if key == BY_MONTH and code:
            return self._each(w.month(code))
        if code == NO_ANSWER:
            return self._each(
                w.pgettext("group", "No date") if key == BY_MONTH else w.pgettext("group", "No answer")
            )
        question = self._known[key].question
        if question.kind == "range":
            return self._each(Said(code for _ in INTERFACE_LANGUAGES))
        label = next(choice.label for choice in kind_of(question).choices(question) if choice.key == code)
        return self._text(label, code)

    def _text(self, text: Localized, otherwise: str = "") -> dict[str, str]:
        """As written, in each language that has it; nothing is filled in that a reader would take for it."""
        found = {code: left_open(plain_text(text.pick(code))) for code in text}
        return found or {self._source.fallback: otherwise}

    def _each(self, said: Said) -> dict[str, str]:
        """In the languages that have words for it: a page marks what it takes from another one."""
        found = dict(zip(INTERFACE_LANGUAGES, said, strict=True))
        instead = found[self._source.fallback]
        return {code: text for code, text in found.items() if code in OFFICIAL_LANGUAGES or text != instead}
