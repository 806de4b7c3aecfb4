"""Rules for the row of one question: what the converter would refuse, or read in another way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from consult.expressions import Expression
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Message
from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform.fitted_expressions import NotThere, in_other_words
from consult.questionnaires.xlsform.written_rows import Cells
from consult.questions.question import Question

LOGIC = (
    *("required", "relevant", "constraint", "calculation", "default", "read_only", "choice_filter"),
    "repeat_count",
)
"""Columns that hold the expression of the field with the same name."""
_LOOSE_REFERENCE = re.compile(r"\$\{\s+([^{}$]*?)\s*\}|\$\{([^{}$]*?)\s+\}")
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_CURLY_SINGLE, _CURLY_DOUBLE = "‘’", "“”"
# Numbers, dates, times and plain words are constants to the converter; what has signs left is calculated.
_CONSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|-?[0-9]+(?:\.[0-9]*)?|[A-Za-z_][A-Za-z0-9_.-]*|[^\W\d]\w*|\s+|[.,:;!?/'%#&@]"
)
_DATED = frozenset(("date", "dateTime", "geopoint", "geotrace", "geoshape"))
_AS_DATE = {"date": "date", "dateTime": "date-time"}
_COUNTS = frozenset(("+", "*", "div", "mod", "neg"))

_PLACED = "background-geopoint"
_OF_DEVICES = frozenset(("email", "osm", "phonenumber", "start-geopoint", _PLACED))
"""What devices fill in, besides the types that have a kind of their own here."""

Rule = Callable[[Cells, Question], Message | None]


def fit_question(cells: Cells, question: Question) -> Iterator[Message]:
    """Change the row of a question where it has to be; says what is lost for others."""
    for rule in (_fit_type, _fit_other, _fit_exclusive, _fit_default):
        message = rule(cells, question)
        if message is not None:
            yield message


def fit_logic(
    cells: Cells, item: Question | Group, items: Sequence[tuple[str, int]] = ()
) -> Iterator[Message]:
    """Functions that the others have; references without spaces in their braces; no curly quotation mark
    that would end a text. An expression that cannot be said there is left out.

    ``items``: the repeats around, innermost first, each with how many elements up its item is.
    """
    for column in LOGIC:
        expression = _expression_of(item, column)
        if column not in cells or expression is None:
            continue
        try:
            told = cells[column]
            told = in_other_words(told, items) if told == expression.source else told
        except NotThere as problem:
            del cells[column]
            yield _l(
                "“%(name)s”: the function “%(function)s” is not known there.",
                name=item.key,
                function=problem.function,
            )
            continue
        tidy = _LOOSE_REFERENCE.sub(lambda found: f"${{{found[1] or found[2]}}}", told)
        cells[column] = _LITERAL.sub(lambda found: _requoted(found[0]), tidy)


def _expression_of(item: Question | Group, column: str) -> Expression | None:
    found: Expression | None = getattr(item, column, None)
    return found


def _fit_type(cells: Cells, question: Question) -> Message | None:
    """Asked for, an address or number is a text; the types of these names belong to the device."""
    if question.kind in ("phone", "email"):
        cells["type"] = "text"
        if question.kind == "phone" and "appearance" not in cells:
            cells["appearance"] = "numbers"
    if question.kind == "calculate" and "calculation" not in cells:
        cells["type"] = "hidden"
    is_known = cells["type"] in _OF_DEVICES and (cells["type"] != _PLACED or "trigger" in cells)
    if question.kind == "metadata" and not is_known and cells["type"] != "hidden":
        cells["type"] = "hidden"
        return _l("“%(name)s” stays empty there: its type belongs to one product.", name=question.key)
    return None


def _fit_other(cells: Cells, question: Question) -> Message | None:
    if not (question.has_other and question.choice_filter):
        return None
    cells["type"] = cells["type"].removesuffix(" or_other")
    return _l("“%(name)s” offers no “other” there, because its choices are filtered.", name=question.key)


def _fit_exclusive(cells: Cells, question: Question) -> Message | None:
    """Choices that exclude all others are a constraint for everybody else."""
    alone = [choice.key for choice in question.choices if choice.is_exclusive]
    if question.kind == "select_multiple" and alone:
        chosen = " or ".join(f"selected(., {_quoted(key)})" for key in alone)
        rule = f"not(({chosen}) and count-selected(.) > 1)"
        cells["constraint"] = f"({cells['constraint']}) and {rule}" if "constraint" in cells else rule
    return None


def _fit_default(cells: Cells, question: Question) -> Message | None:
    """A constant that looks calculated (well-known) is said to be a text; a quoted one loses its quotes.

    Collect opens no form whose date begins as a number (``today() + 1``).
    """
    if question.default is None or question.default.tree[0] != "s":
        if question.default is not None and question.default.tree[0] in _COUNTS and question.kind in _AS_DATE:
            cells["default"] = f"{_AS_DATE[question.kind]}({cells['default']})"
        return None
    plain = str(question.default.tree[1])
    is_constant = plain == plain.strip() != "" and not _CONSTANT.sub("", plain)
    is_constant = is_constant and not re.search(r"\b(?:div|mod)\b", plain)
    if is_constant or (question.kind in _DATED and re.fullmatch(r"[0-9T:.Z+-]+", plain)):
        cells["default"] = plain
    else:
        cells["default"] = f"string({_requoted(question.default.source)})"
    return None


def _requoted(literal: str) -> str:
    """The converter makes curly quotation marks straight, also in the middle of a text."""
    content = literal[1:-1]
    if literal[0] == "'" and any(sign in content for sign in _CURLY_SINGLE):
        return (
            f'"{content}"' if not any(sign in content for sign in f'"{_CURLY_DOUBLE}') else _joined(content)
        )
    if literal[0] == '"' and any(sign in content for sign in _CURLY_DOUBLE):
        return (
            f"'{content}'" if not any(sign in content for sign in f"'{_CURLY_SINGLE}") else _joined(content)
        )
    return literal


def _joined(content: str) -> str:
    """A text with quotation marks of both kinds, put together from pieces with one."""
    pieces = re.findall(r"[^\"“”]+|[\"“”]+", content)
    quoted = [f"'{piece}'" if piece[0] in '"“”' else f'"{piece}"' for piece in pieces]
    return f"concat({', '.join(quoted)})"


def _quoted(key: str) -> str:
    return f'"{key}"' if "'" in key or "’" in key else f"'{key}'"
