"""Calls of functions in the text of an expression, said in other words; what stands around them stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from consult.expressions.lexer import MAXIMUM_LENGTH, Token, tokens, too_long

Rewriting = Callable[[Sequence[str]], str]
"""The arguments as they are written → what stands in place of the call."""

Find = Callable[[str, int], Rewriting | None]
"""Name of a function and number of its arguments → how the call is said; None where it stays."""


def with_calls(source: str, find: Find) -> str:
    """The same expression with other calls, inner ones first.

    Raises ExpressionError for what is no token, and when it becomes longer than an expression may be: a call
    that says its arguments twice doubles at every level.
    """
    found = tokens(source)
    return _between(source, found, 0, len(found) - 1, find)


def _between(source: str, found: Sequence[Token], first: int, last: int, find: Find) -> str:
    """The text of the tokens from ``first`` until before ``last``."""
    pieces: list[str] = []
    length, written, at = 0, found[first].offset, first
    while at < last:
        if not is_call(found, at) or (close := closing(found, at + 1)) is None:
            at += 1
            continue
        parts = list(arguments(found, at + 2, close))
        rewriting = find(found[at].text, len(parts))
        if rewriting is None:
            at += 1  # what stands in its brackets comes next
            continue
        given = [_between(source, found, *part, find).strip() for part in parts]
        pieces += [source[written : found[at].offset], rewriting(given)]
        length += len(pieces[-1])
        if length > MAXIMUM_LENGTH:
            raise too_long()
        at, written = close + 1, found[close].offset + 1
    return "".join((*pieces, source[written : found[last].offset]))


def is_call(found: Sequence[Token], at: int) -> bool:
    """Whether a function is called here."""
    return found[at].kind == "name" and found[at + 1][:2] == ("operator", "(")


def closing(found: Sequence[Token], opening: int) -> int | None:
    """The place of the bracket that closes the one at ``opening``; None if it stays open."""
    depth = 0
    for at in range(opening, len(found)):
        depth += {"(": 1, ")": -1}.get(found[at].text, 0) if found[at].kind == "operator" else 0
        if depth == 0:
            return at
    return None


def arguments(found: Sequence[Token], first: int, close: int) -> Iterator[tuple[int, int]]:
    """Where each argument begins, and before which token it ends."""
    depth, begin = 0, first
    for at in range(first, close):
        if found[at].kind != "operator":
            continue
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(found[at].text, 0)
        if depth == 0 and found[at].text == ",":
            yield begin, at
            begin = at + 1
    if begin < close:
        yield begin, close
