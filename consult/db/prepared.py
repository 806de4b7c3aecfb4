"""One statement that is run very often: worked out once, then sent through the driver.

SQLAlchemy asks what a statement needs each time it is executed; of a small INSERT that is half of the
processor time (measured by ``bench.storing``). What a value becomes on its way is still the column's type's
to say, and errors still come as SQLAlchemy gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

_COUNTED: dict[str, Any] = {"preserve_rowcount": True}

Processor = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """``fixed``: values that are part of the statement; ``order`` of all, where they go without names."""

    text: str
    processors: Mapping[str, Processor]
    fixed: Mapping[str, Any]
    order: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Bound:
    """One statement with its values, as the driver takes them; what it gives is how many rows it changed."""

    text: str
    parameters: Any

    def __call__(self, connection: sa.Connection) -> int:
        sent = connection.exec_driver_sql(self.text, self.parameters, execution_options=_COUNTED)
        return sent.rowcount

    def through_driver(self, connection: sa.Connection) -> int:
        """The same without SQLAlchemy between, inside a transaction of SQLite.

        A statement that fails has done nothing there: it is run again through SQLAlchemy, which gives the
        error its name. Raises the driver's error when SQLite has undone the whole transaction (disk full).
        """
        driver: Any = connection.connection
        cursor = driver.cursor()
        try:
            cursor.execute(self.text, self.parameters)
            return int(cursor.rowcount)
        except Exception:
            if not driver.in_transaction:
                raise
            return self(connection)
        finally:
            cursor.close()


class Prepared:
    """``statement``: what differs from run to run is a ``bindparam`` without a value; no default of a column
    is left to be filled in."""

    def __init__(self, statement: sa.UpdateBase) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def bind(self, dialect: sa.Dialect, values: Mapping[str, Any]) -> Bound:
        """The statement with ``values`` by name. Raises KeyError where one is missing."""
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        processors = compiled.processors
        sent = dict(compiled.fixed)
        for name, value in values.items():
            sent[name] = processors[name](value) if name in processors else value
        if compiled.order is None:
            return Bound(compiled.text, sent)
        return Bound(compiled.text, tuple([sent[name] for name in compiled.order]))

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> int:
        """How many rows it has changed or added. Raises KeyError where a value is missing."""
        return self.bind(connection.dialect, values)(connection)

    def _compile(self, dialect: sa.Dialect) -> _Compiled:
        compiled = self._statement.compile(dialect=dialect)
        processors = {
            name: process
            for name, parameter in compiled.binds.items()
            if (process := parameter.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        fixed = {
            name: processors[name](parameter.value) if name in processors else parameter.value
            for name, parameter in compiled.binds.items()
            if not parameter.required
        }
        order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        made = self._compiled[dialect.name] = _Compiled(compiled.string, processors, fixed, order)
        return made
