"""Conditions in words: when something is asked, said with the labels of questions and choices.

``selected(${spoken}, 'ar')`` → “Arabic” was chosen in “Which languages do you speak?”. What has no simple
words (arithmetic, patterns, paths) stays the formula that its author wrote: the whole one, since a sentence
that is half code reads worse than either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, reduce
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from consult.expressions import Expression
from consult.i18n import Localized, LocalText, babel_code, catalogue
from consult.questionnaires.phrases import Formula, Phrase, filled, joined
from consult.questions import Question, kind_of

_ALWAYS = ("yes", "true", "true()", "1")
_NEVER = ("", "no", "false", "false()", "0")
_LONGEST_LABEL = 80
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class _Unsayable(Exception):
    """There are no simple words for this part."""


class Conditions:
    """``questions``: those that conditions may speak of, by key. ``language`` of the words; ``fallback``: the
    official language of labels and messages that this one lacks."""

    def __init__(self, questions: Mapping[str, Question], language: str, fallback: str = "en") -> None:
        self._questions = questions
        self._language = language
        self._fallback = fallback

    def said(self, condition: Expression | None) -> Phrase | None:
        """The condition in words; None where it never holds or there is none."""
        if condition is None or condition.source.strip().lower() in _NEVER:
            return None
        if condition.source.strip().lower() in _ALWAYS:
            return (self._translated(lambda code: str(catalogue(code).pgettext("condition", "Always"))),)
        try:
            return self._said(condition.tree)
        except (_Unsayable, IndexError, KeyError, TypeError):
            return (Formula(" ".join(condition.source.split())),)

    def amount(self, expression: Expression | None) -> Phrase | None:
        """How often something is asked, in words: a number, or the answer to a question."""
        if expression is None:
            return None
        try:
            return self._value(["."], expression.tree)
        except (_Unsayable, IndexError, KeyError, TypeError):
            return (Formula(" ".join(expression.source.split())),)

    def all_of(self, conditions: list[Expression]) -> Phrase:
        """Several conditions that must hold together."""
        phrases = [phrase for one in conditions if (phrase := self.said(one)) is not None]
        return reduce(lambda a, b: self.gettext("%(first)s, and %(second)s", first=a, second=b), phrases)

    def gettext(self, message: str, **values: Phrase) -> Phrase:
        """A sentence with phrases in its named places."""
        return filled(self._translated(lambda code: catalogue(code).gettext(message)), values)

    def _translated(self, said_in: Callable[[str], str]) -> str:
        """Respondents' languages have no words for conditions, or not all of them."""
        found = said_in(self._language)
        is_missing = self._language.split("-")[0] not in ("en", "fr") and found == said_in("en")
        return said_in(self._fallback) if is_missing else found

    def _said(self, tree: Any) -> Phrase:
        how = _SAID.get(tree[0] if tree[0] != "f" else tree[1])
        if how is None:
            raise _Unsayable
        return how(self, tree)

    def _both(self, tree: Any) -> Phrase:
        return reduce(
            lambda a, b: self.gettext("%(first)s, and %(second)s", first=a, second=b),
            (self._inner(part) for part in tree[1:]),
        )

    def _either(self, tree: Any) -> Phrase:
        if (same := self._one_of(tree[1:])) is not None:
            return same
        return reduce(
            lambda a, b: self.gettext("%(first)s, or %(second)s", first=a, second=b),
            (self._said(part) for part in tree[1:]),
        )

    def _one_of(self, parts: list[Any]) -> Phrase | None:
        """The same question compared with one code after the other: the commonest condition of all."""
        pairs = [_pair(part) for part in parts]
        questions = {str(pair[0]) for pair in pairs if pair}
        if None in pairs or len(questions) != 1 or len({part[0] for part in parts}) != 1:
            return None
        question = pairs[0][0] if pairs[0] else None
        answers = joined(self._value(question, pair[1]) for pair in pairs if pair)
        if parts[0][0] == "f":
            return self.gettext(
                "one of these was chosen in “%(question)s”: %(answers)s",
                question=self._label(question),
                answers=answers,
            )
        return self.gettext(
            "“%(question)s” is one of: %(answers)s", question=self._label(question), answers=answers
        )

    def _inner(self, tree: Any) -> Phrase:
        said = self._said(tree)
        is_mixed = tree[0] == "or" and self._one_of(tree[1:]) is None
        return self.gettext("(%(condition)s)", condition=said) if is_mixed else said

    def _not(self, tree: Any) -> Phrase:
        inner = tree[2]
        if inner[:2] == ["f", "selected"]:
            return self.gettext(
                "“%(answer)s” was not chosen in “%(question)s”",
                answer=self._choice(inner[2], inner[3]),
                question=self._label(inner[2]),
            )
        return self.gettext("not (%(condition)s)", condition=self._said(inner))

    def _selected(self, tree: Any) -> Phrase:
        return self.gettext(
            "“%(answer)s” was chosen in “%(question)s”",
            answer=self._choice(tree[2], tree[3]),
            question=self._label(tree[2]),
        )

    def _compared(self, tree: Any) -> Phrase:
        operator, left, right = tree
        if left[0] in ("s", "n") and right[0] not in ("s", "n"):
            operator, left, right = _TURNED[operator], right, left
        if (answered := _is_answered(operator, left, right)) is not None:
            question = self._label(left if left[0] == "v" else left[2])
            if answered:
                return self.gettext("“%(question)s” was answered", question=question)
            return self.gettext("“%(question)s” was not answered", question=question)
        what, value = self._what(left), self._value(left, right)
        return {
            "=": lambda: self.gettext("%(what)s is %(value)s", what=what, value=value),
            "!=": lambda: self.gettext("%(what)s is not %(value)s", what=what, value=value),
            "<": lambda: self.gettext("%(what)s is less than %(value)s", what=what, value=value),
            "<=": lambda: self.gettext("%(what)s is at most %(value)s", what=what, value=value),
            ">": lambda: self.gettext("%(what)s is more than %(value)s", what=what, value=value),
            ">=": lambda: self.gettext("%(what)s is at least %(value)s", what=what, value=value),
        }[operator]()

    def _what(self, tree: Any) -> Phrase:
        if tree[:2] == ["f", "count-selected"]:
            return self.gettext(
                "the number of answers chosen in “%(question)s”", question=self._label(tree[2])
            )
        return self._quoted(self._label(tree))

    def _value(self, left: Any, right: Any) -> Phrase:
        if right[0] == "n":
            if left[0] == "v" and (label := self._labels(left).get(_code(right))) is not None:
                return self._quoted((self._text(label, _code(right)),))
            return (_figure(right[1], self._language),)
        if right[0] == "v":
            return self.gettext("the answer to “%(question)s”", question=self._label(right))
        return self._quoted(self._choice(left, right))

    def _label(self, tree: Any) -> Phrase:
        if tree[0] != "v":
            raise _Unsayable
        question = self._questions[tree[1]]
        return (self._text(question.label, question.key),)

    def _choice(self, question: Any, code: Any) -> Phrase:
        if question[0] != "v" or code[0] not in ("s", "n"):
            raise _Unsayable
        return (self._text(self._labels(question).get(_code(code), Localized()), _code(code)),)

    def _labels(self, question: Any) -> Mapping[str, Localized]:
        of = self._questions[question[1]]
        return {choice.key: choice.label for choice in kind_of(of).choices(of)}

    def _text(self, localized: Localized, otherwise: str) -> LocalText:
        found = localized.pick(self._language, self._fallback)
        return LocalText(_shortened(found or otherwise), found.language)

    def _quoted(self, said: Phrase) -> Phrase:
        return self.gettext("“%(text)s”", text=said)


_SAID: Mapping[str, Callable[[Conditions, Any], Phrase]] = {
    "and": Conditions._both,
    "or": Conditions._either,
    "not": Conditions._not,
    "selected": Conditions._selected,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), Conditions._compared),
}


def _pair(tree: Any) -> tuple[Any, Any] | None:
    """(question, code) of ``${q} = 'code'`` and ``selected(${q}, 'code')``."""
    sides: list[Any] = tree[2:4] if tree[:2] == ["f", "selected"] else tree[1:3] if tree[0] == "=" else []
    if len(sides) == 2 and sides[0][0] == "v" and sides[1][0] in ("s", "n") and sides[1][1] != "":
        return sides[0], sides[1]
    return None


def _is_answered(operator: str, left: Any, right: Any) -> bool | None:
    """What a comparison says of a question's being answered; None where it says something else."""
    if right == ["s", ""] and operator in ("=", "!=") and left[0] == "v":
        return operator == "!="
    counts = left[:2] in (["f", "string-length"], ["f", "count-selected"]) and left[2][0] == "v"
    if counts and right == ["n", 0] and operator in ("=", "!=", ">"):
        return operator != "="
    return None


def _code(tree: Any) -> str:
    return str(tree[1]) if tree[0] == "s" else f"{tree[1]:g}"


@cache
def _locale(code: str) -> Locale:
    """Canada's conventions for its own languages."""
    try:
        return Locale.parse({"en": "en_CA", "fr": "fr_CA"}.get(code, babel_code(code)))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_CA")


def _figure(number: float, code: str) -> str:
    """Never grouped: 2,019 is no year."""
    return format_decimal(number, "0.####", locale=_locale(code), numbering_system="latn")


def _shortened(text: str) -> str:
    written = " ".join(text.split())
    return written if len(written) <= _LONGEST_LABEL else f"{written[: _LONGEST_LABEL - 1].rstrip()}…"
