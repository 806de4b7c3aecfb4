"""Source → tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

from consult.expressions.errors import ExpressionError
from consult.i18n import lazy_gettext as _l

MAXIMUM_LENGTH = 20_000
"""Characters of one expression. The longest in 11,459 collected from published forms has fewer."""


class Token(NamedTuple):
    """``kind``: reference, number, string, name, operator or end; ``text`` without its wrapping."""

    kind: str
    text: str
    offset: int


_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
    | \$\{\s*(?P<reference>[^{}$]*?)\s*\}
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | "(?P<double>[^"]*)" | '(?P<single>[^']*)'
    | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    | (?P<operator>\.\.|::|//|!=|<=|>=|[()\[\],./|+\-=<>*@])
    """,
    re.VERBOSE,
)

_GLUED = re.compile(r"(?:and|or|div|mod)(?=[0-9])")
"""``2div1``: engines in the field read it, so authors write it."""

_WORD_OPERATORS = {"and", "or", "div", "mod"}
_BEFORE_AN_OPERAND = {"@", "::", "(", "[", ",", "and", "or", "div", "mod", "*", "/", "//"}
_BEFORE_AN_OPERAND |= {"|", "+", "-", "=", "!=", "<", "<=", ">", ">="}


def tokens(source: str) -> list[Token]:
    """Split; a word or ``*`` where no operand can stand becomes an operator (XPath 1.0, 3.7)."""
    if len(source) > MAXIMUM_LENGTH:
        raise too_long()
    found: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _unreadable(source, position)
        kind = match.lastgroup or ""
        if kind == "name" and _follows_operand(found):
            match = _GLUED.match(source, position) or match
        if kind != "space":
            text = match[0] if kind == "name" else match[kind]
            found.append(_token(kind, text, position, found))
        position = match.end()
    found.append(Token("end", "", len(source)))
    return found


def too_long() -> ExpressionError:
    """What is said of an expression beyond MAXIMUM_LENGTH."""
    return ExpressionError(
        _l("The expression is longer than %(limit)s characters.", limit=MAXIMUM_LENGTH),
        "too_long",
        MAXIMUM_LENGTH,
        _l("Split it over several calculate questions."),
    )


def _follows_operand(before: list[Token]) -> bool:
    """Whether what comes next can only be an operator."""
    return bool(before) and (before[-1].kind != "operator" or before[-1].text not in _BEFORE_AN_OPERAND)


def _token(kind: str, text: str, offset: int, before: list[Token]) -> Token:
    if kind in ("double", "single"):
        return Token("string", text, offset)
    follows_operand = _follows_operand(before)
    if kind == "name" and text in _WORD_OPERATORS and follows_operand:
        return Token("operator", text, offset)
    if text == "*" and kind == "operator" and not follows_operand:
        return Token("name", "*", offset)
    return Token(kind, text, offset)


_SLIPS = {
    "&&": _l("Write “and” instead of “&&”."),
    "!": _l("Write “not(…)” around what shall not be so, or “!=” for “is not”."),
    "&": _l("Write “and” to join conditions, or “concat(…)” to join texts."),
    ";": _l("Separate the parts of a function by commas."),
    "%": _l("Write “mod” for the remainder of a division."),
    "$": _l("Write a question’s name as ${name}."),
    "{": _l("Write a question’s name as ${name}."),
    '"': _l("Close the text with the same quotation mark that opens it."),
    "'": _l("Close the text with the same quotation mark that opens it."),
}


def _unreadable(source: str, position: int) -> ExpressionError:
    rest = source[position:]
    known = (remedy for slip, remedy in _SLIPS.items() if rest.startswith(slip))
    remedy = next(known, _l("Remove this sign."))
    return ExpressionError(
        _l("“%(sign)s” at position %(position)s cannot be read.", sign=rest[:1], position=position + 1),
        "syntax",
        position,
        remedy,
    )
