"""Lists of choices: ranges that overlap or leave gaps, scales that turn round, "other" without words, length.

Ranges are read from labels such as "18 to 24", "25–34", "65 and over", "moins de 18": only where at least
three choices, and all but those that let people out, are ranges in one order. Whole numbers step by 1, "1.5"
by 0.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from consult.expressions import Expression
from consult.expressions.parser import walk
from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext as _ln
from consult.questionnaires.lint.exits import is_exit
from consult.questionnaires.lint.remark import Remark, groups, plain, spoken
from consult.questionnaires.specification import Questionnaire
from consult.questions.choice import MENUS
from consult.questions.long_lists import is_long
from consult.questions.question import Choice, Question

MOST_CHOICES = 20
"""Beyond, people search instead of reading."""

FEWEST_RANGES = 3
_SEARCHED = MENUS | {"quickcompact", "image-map", "map"}
_OTHERS = frozenset(("other", "others", "other_specify", "oth", "autre", "autres", "otro", "otra"))
_OTHER = re.compile(
    r"other|other,? \(?(please )?(specify|explain|describe).*|autre|autre,? \(?(veuillez )?(préciser"
    r"|précisez).*",
    re.I,
)

_PRIVATE = re.compile(r"(?:\b|_)(gender|sex|genre|sexe|género|sexo)(?:\b|_)", re.IGNORECASE)
"""Where nobody should be made to explain "other"."""

_NUMBER = r"[$€£]?\s?(\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)\s?[$€£%]?(?:k\b)?"
_UNIT = r"(?:\s?[^\W\d]+(?:[ '-][^\W\d]+){0,2})?"
_BETWEEN = re.compile(
    rf"(?:from |between |de |entre )?{_NUMBER}{_UNIT}\s?(?:-|–|—|to|and|à|et)\s?{_NUMBER}{_UNIT}", re.I
)
_FROM = re.compile(
    rf"(?:at least |au moins )?{_NUMBER}{_UNIT}\s?(?:\+|or more|and more|or over|and over"
    rf"|and above|or above|or older|and older|or longer|et plus|ou plus|et au-delà){_UNIT}",
    re.I,
)
_ABOVE = re.compile(rf"(?:more than|over|above|longer than|older than|plus de|>)\s?{_NUMBER}{_UNIT}", re.I)
_BELOW = re.compile(rf"(?:less than|under|below|fewer than|younger than|moins de|<)\s?{_NUMBER}{_UNIT}", re.I)
_UP_TO = re.compile(
    rf"(?:up to|at most|jusqu'à|au plus)\s?{_NUMBER}{_UNIT}|{_NUMBER}{_UNIT}\s?(?:or less|or fewer"
    rf"|or younger|and under|ou moins|et moins){_UNIT}",
    re.I,
)


class Span(NamedTuple):
    """From ``low`` to ``high``, both included; None: open."""

    low: float | None
    high: float | None


def ranges(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Ranges of which two hold the same number, or none does."""
    for name, choices in questionnaire.choice_lists.items():
        for language in ("en", "fr"):
            labels = [(choice, text) for choice in choices for _code, text in spoken(choice.label, language)]
            problem = next(_range_problems(name, labels), None)
            if problem is not None:
                yield problem
                break


def _range_problems(name: str, labels: Sequence[tuple[Choice, str]]) -> Iterator[Remark]:
    if sum(any(sign.isdigit() for sign in text) for _choice, text in labels) < FEWEST_RANGES:
        return
    spans = [(choice, plain(text), read_span(plain(text))) for choice, text in labels if not is_exit(choice)]
    if len(spans) < FEWEST_RANGES or any(span is None for _choice, _text, span in spans):
        return
    if sum(span.low != span.high for _choice, _text, span in spans if span) < FEWEST_RANGES - 1:
        return  # a list of numbers or years
    lows = [(span.low if span.low is not None else float("-inf")) for _c, _t, span in spans if span]
    if lows != sorted(lows):
        spans, lows = spans[::-1], lows[::-1]
    if lows != sorted(lows):
        return
    step = min(_step(text) for _choice, text, _span in spans)
    for (_first, text, low), (choice, following, high) in pairwise(spans):
        if low is None or high is None or high.low is None:
            continue
        path = f"choice:{name}:{choice.key}"
        if low.high is None or high.low < low.high + step / 2:
            yield Remark(
                "ranges_overlap",
                path,
                _l(
                    "“%(first)s” and “%(second)s” overlap: some people fit into both.",
                    first=text,
                    second=following,
                ),
                _l("Let one end where the next begins, such as 18 to 24, then 25 to 34."),
            )
        elif high.low > low.high + step * 1.5:
            yield Remark(
                "ranges_gap",
                path,
                _l(
                    "Between “%(first)s” and “%(second)s” is a gap: some people fit nowhere.",
                    first=text,
                    second=following,
                ),
                _l("Let one end where the next begins, such as 18 to 24, then 25 to 34."),
            )


def read_span(label: str) -> Span | None:
    """The range that a label names; None where it names none."""
    text = label.strip(" .")
    step = _step(text)
    if found := _BETWEEN.fullmatch(text):
        return Span(_number(found[1]), _number(found[2]))
    if found := _FROM.fullmatch(text):
        return Span(_number(found[1]), None)
    if found := _ABOVE.fullmatch(text):
        return Span(_number(found[1]) + step, None)
    if found := _BELOW.fullmatch(text):
        return Span(None, _number(found[1]) - step)
    if found := _UP_TO.fullmatch(text):
        return Span(None, _number(found[1] or found[2]))
    if found := re.fullmatch(rf"{_NUMBER}{_UNIT}", text):
        return Span(_number(found[1]), _number(found[1]))
    return None


def _number(written: str) -> float:
    if re.fullmatch(r"\d{1,3}([, \u00a0\u202f]\d{3})+", written):
        return float(re.sub(r"\D", "", written))
    return float(written.replace(",", "."))


def _step(text: str) -> float:
    decimals = [len(found) for found in re.findall(r"\d[.,](\d{1,2})(?!\d)", text)]
    return 10.0 ** -max(decimals, default=0)


def long_lists(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Long lists that are shown line by line."""
    for question in questionnaire.questions.values():
        is_asked_for = bool(_SEARCHED & set(question.appearance)) or question.choice_filter is not None
        is_searched = is_asked_for or is_long(question)
        if len(question.choices) > MOST_CHOICES and not is_searched and question.kind == "select_one":
            yield Remark(
                "choices_many",
                f"question:{question.key}",
                _ln(
                    "“%(name)s” offers %(num)s choice, one below the other.",
                    "“%(name)s” offers %(num)s choices, one below the other.",
                    len(question.choices),
                    name=question.key,
                ),
                _l("Write autocomplete into the column appearance: people can then type to find theirs."),
            )


def others(questionnaire: Questionnaire) -> Iterator[Remark]:
    """ "Other" that nobody can explain."""
    explained = _explained(questionnaire)
    told: set[str] = set()
    for question in questionnaire.questions.values():
        if (
            question.has_other
            or question.list_name in told
            or _PRIVATE.search(f"{question.key} {_label(question)}")
        ):
            continue
        other = next((choice for choice in question.choices if _is_other(choice)), None)
        if other is not None and (question.key, other.key) not in explained:
            told.add(question.list_name)
            yield Remark(
                "other_without_text",
                f"question:{question.key}",
                _l("Who chooses “other” in “%(name)s” cannot say what it is.", name=question.key),
                _l("Write or_other after the list in the column type, or add a text question below."),
            )


def _label(question: Question) -> str:
    return " ".join(plain(text) for text in question.label.values())


def _is_other(choice: Choice) -> bool:
    known = [text for language in ("en", "fr") for _code, text in spoken(choice.label, language)]
    if not known:
        return choice.key.lower() in _OTHERS
    return any(_OTHER.fullmatch(plain(text)) for text in known)


def explains_other(question: Question, questionnaire: Questionnaire) -> bool:
    """Whether it is asked of those who chose "other", so that what it is was said to be known."""
    return any(
        choice.key == code and _is_other(choice)
        for key, code in _compared(question.relevant)
        if key in questionnaire.questions
        for choice in questionnaire.questions[key].choices
    )


def _explained(questionnaire: Questionnaire) -> set[tuple[str, str]]:
    """(question, code) of every condition under which something else is asked."""
    conditions = [item.relevant for item in questionnaire.questions.values()]
    conditions += [group.relevant for group in groups(questionnaire.items)]
    return {pair for condition in conditions for pair in _compared(condition)}


def _compared(condition: Expression | None) -> set[tuple[str, str]]:
    """(question, code) of every comparison in a condition."""
    found: set[tuple[str, str]] = set()
    if condition is not None:
        for node in walk(condition.tree):
            sides = (
                node[1:3] if node[0] in ("=", "!=") else node[2:4] if node[:2] == ["f", "selected"] else ()
            )
            keys = [side[1] for side in sides if side and side[0] == "v"]
            codes = [str(side[1]) for side in sides if side and side[0] in ("s", "n")]
            found.update((key, code) for key in keys for code in codes)
    return found
