"""Paths in expressions (``./about/age``) follow a group or question that gets another name on the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.expressions import ExpressionError
from consult.expressions.lexer import Token, tokens
from consult.questionnaires.xlsform.fitted_cells import LOGIC
from consult.questionnaires.xlsform.written_rows import WrittenRow


def rename_steps(rows: Sequence[WrittenRow], key: str, name: str, *, is_group: bool) -> None:
    """A group is a step that leads on, a question one that does not: the same word may mean both."""
    for row in rows:
        for column in LOGIC:
            text = row.cells.get(column, "")
            if key in text and "/" in text:
                row.cells[column] = _renamed(text, key, name, is_group=is_group)


def _renamed(text: str, key: str, name: str, *, is_group: bool) -> str:
    try:
        found = tokens(text)
    except ExpressionError:
        return text  # a plain value
    pieces, written = [], 0
    for at in _steps(found, key, is_group=is_group):
        pieces += [text[written : found[at].offset], name]
        written = found[at].offset + len(key)
    return "".join((*pieces, text[written:]))


def _steps(found: Sequence[Token], key: str, *, is_group: bool) -> Iterator[int]:
    for at, token in enumerate(found[:-1]):
        if token[:2] != ("name", key):
            continue
        leads_on = found[at + 1].text in ("/", "//")
        comes_from = at > 0 and found[at - 1].text in ("/", "//")
        if leads_on if is_group else (comes_from and not leads_on):
            yield at
