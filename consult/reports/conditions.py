"""Conditions in words, for a codebook: when a question was asked, when an answer was required. Pure.

What has no simple words (arithmetic, dates, patterns) stays the formula that its author wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questions import Question, kind_of
from consult.reports.wording import Said, Wording

_ALWAYS = ("yes", "true", "true()", "1")
_NEVER = ("", "no", "false", "false()", "0")
_LONGEST_LABEL = 80


class _Unsayable(Exception):
    """There are no simple words for this part."""


class Conditions:
    """``questions``: those that conditions may speak of, by key."""

    def __init__(self, questions: Mapping[str, Question], wording: Wording) -> None:
        self._questions = questions
        self._wording = wording

    def said(self, condition: Expression | None) -> Said | None:
        """The condition in words; None where it never holds or there is none."""
        if condition is None or condition.source.strip().lower() in _NEVER:
            return None
        if condition.source.strip().lower() in _ALWAYS:
            return self._wording.pgettext("condition", "Always")
        try:
            return self._said(condition.tree)
        except (_Unsayable, IndexError, KeyError, TypeError):
            return Said(condition.source for _ in self._wording.languages)

    def _said(self, tree: Any) -> Said:
        how = _SAID.get(tree[0] if tree[0] != "f" else tree[1])
        if how is None:
            raise _Unsayable
        return how(self, tree)

    def _both(self, tree: Any) -> Said:
        return reduce(
            lambda first, second: self._wording.gettext(
                "%(first)s, and %(second)s", first=first, second=second
            ),
            (self._inner(part) for part in tree[1:]),
        )

    def _either(self, tree: Any) -> Said:
        return reduce(
            lambda first, second: self._wording.gettext(
                "%(first)s, or %(second)s", first=first, second=second
            ),
            (self._said(part) for part in tree[1:]),
        )

    def _inner(self, tree: Any) -> Said:
        said = self._said(tree)
        return self._wording.gettext("(%(condition)s)", condition=said) if tree[0] == "or" else said

    def _not(self, tree: Any) -> Said:
        inner = tree[2]
        if inner[:2] == ["f", "selected"]:
            return self._wording.gettext(
                "“%(answer)s” was not chosen in “%(question)s”",
                answer=self._choice(inner[2], inner[3]),
                question=self._label(inner[2]),
            )
        return self._wording.gettext("not (%(condition)s)", condition=self._said(inner))

    def _selected(self, tree: Any) -> Said:
        return self._wording.gettext(
            "“%(answer)s” was chosen in “%(question)s”",
            answer=self._choice(tree[2], tree[3]),
            question=self._label(tree[2]),
        )

    def _compared(self, tree: Any) -> Said:
        operator, left, right = tree
        w = self._wording
        if right == ["s", ""] and operator in ("=", "!="):
            question = self._label(left)
            if operator == "=":
                return w.gettext("“%(question)s” was not answered", question=question)
            return w.gettext("“%(question)s” was answered", question=question)
        values = {"what": self._what(left), "value": self._value(left, right)}
        return {
            "=": lambda: w.gettext("%(what)s is %(value)s", **values),
            "!=": lambda: w.gettext("%(what)s is not %(value)s", **values),
            "<": lambda: w.gettext("%(what)s is less than %(value)s", **values),
            "<=": lambda: w.gettext("%(what)s is at most %(value)s", **values),
            ">": lambda: w.gettext("%(what)s is more than %(value)s", **values),
            ">=": lambda: w.gettext("%(what)s is at least %(value)s", **values),
        }[operator]()

    def _what(self, tree: Any) -> Said:
        if tree[:2] == ["f", "count-selected"]:
            return self._wording.gettext(
                "the number of answers chosen in “%(question)s”", question=self._label(tree[2])
            )
        return self._quoted(self._label(tree))

    def _value(self, left: Any, right: Any) -> Said:
        if right[0] == "n":
            return self._wording.figure(right[1])
        return self._quoted(self._choice(left, right))

    def _label(self, tree: Any) -> Said:
        if tree[0] != "v":
            raise _Unsayable
        question = self._questions[tree[1]]
        said = self._wording.text(question.label, question.key)
        return Said(_shortened(text) for text in said)

    def _choice(self, question: Any, code: Any) -> Said:
        if question[0] != "v" or code[0] != "s":
            raise _Unsayable
        of = self._questions[question[1]]
        labels = {choice.key: choice.label for choice in kind_of(of).choices(of)}
        return self._wording.text(labels.get(code[1], Localized()), code[1])

    def _quoted(self, said: Said) -> Said:
        return self._wording.gettext("“%(text)s”", text=said)


_SAID: Mapping[str, Callable[[Conditions, Any], Said]] = {
    "and": Conditions._both,
    "or": Conditions._either,
    "not": Conditions._not,
    "selected": Conditions._selected,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), Conditions._compared),
}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1].rstrip()}…"
