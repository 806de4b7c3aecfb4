"""Functions on tables beside the form: looked up by name, found through an index."""

from __future__ import annotations

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import Value, text


def instance(context: Context, name: Value) -> Value:
    """The table as a document; empty where there is none. Paths to its rows never come here (lookups.py)."""
    table = context.table(text(name))
    return [] if table is None else [table.document]


def pulldata(
    context: Context, name: Value, column: Value, key_column: Value, key: Value = "", *_further: Value
) -> str:
    """The cell under ``column`` in the first row that has ``key`` under ``key_column``; "" without one.

    What only one product pulls out of a place on the map or out of a program (a name that begins with @, and
    any number of arguments) is empty.
    """
    table = context.table(text(name))
    if table is None or text(key_column) not in table:
        return ""
    rows = table.with_text(text(key_column), text(key))
    return table.cell(rows[0], text(column)) if rows else ""


CONTEXTUAL: Table = {"instance": instance, "pulldata": pulldata}
