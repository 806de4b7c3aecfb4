"""Whether a response has an answer, as a condition of the database: on a choice, or on one of several."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from consult.responses.rows import RESPONSE


class has_answer(FunctionElement[bool]):  # noqa: N801  (it reads like a function of the database)
    """``has_answer(document, key, code)``: the answer to ``key`` is ``code``, or a list that has it."""

    type = sa.Boolean()
    inherit_cache = True
    name = "has_answer"


@compiles(has_answer, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    document, key, code = (compiler.process(each, **how) for each in element.clauses)
    # A value by itself is a table of one row, a list one of its items.
    path = f"'$.\"' || {key} || '\"'"
    given = f"json_each({document}, {path})"
    return f"({code} IN (SELECT value FROM {given}))"  # noqa: S608  (of parts that are parameters)


@compiles(has_answer, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    document, key, code = (compiler.process(each, **how) for each in element.clauses)
    # A list contains a value that stands in it; a value by itself contains just itself.
    return f"(({document} -> CAST({key} AS text)) @> to_jsonb(CAST({code} AS text)))"


def answered(key: str, code: str) -> sa.ColumnElement[bool]:
    """Of the response table. ``key``: of a question, as answers hold it."""
    return has_answer(RESPONSE.c.answers, sa.literal(key, sa.Text), sa.literal(code, sa.Text))
