"""Column types and the base of every model."""

from __future__ import annotations

import datetime as dt
import enum
import json
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql

from consult.i18n import Localized

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


_ONLY_JSON = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_json(value: Any) -> str:
    """As it is stored: letters as letters (an Arabic one in two bytes, not six), no spaces, no NaN.

    Raises ValueError for NaN and infinities, TypeError for what JSON does not know.
    """
    try:
        written = orjson.dumps(value, option=_ONLY_JSON)
    except TypeError:  # it also has no words for integers over 64 bits and lone surrogates, which JSON has
        return _ENCODER.encode(value)
    # It writes NaN as null: what has a null in it is looked at by the slower one, which refuses NaN.
    return _ENCODER.encode(value) if b"null" in written else written.decode()


def read_json(written: str | bytes) -> Any:
    """A document. Most are empty: nothing was translated, nothing is unsaved."""
    return {} if written in ("{}", b"{}") else json.loads(written)


class UTCTime(sa.types.TypeDecorator[dt.datetime]):
    """An instant. Refuses naive datetimes on the way in; gives aware UTC datetimes on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class LocalizedText(sa.types.TypeDecorator[Localized]):
    """A :class:`~consult.i18n.Localized` stored as a JSON object of language → text."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Localized | None, dialect: sa.Dialect) -> dict[str, str] | None:
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Localized | None:
        return None if value is None else Localized(value)


def enum_by_value(kind: type[enum.Enum]) -> sa.Enum:
    """A string column with a named check constraint that stores an enum's *values*."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=f"{kind.__name__.lower()}_known",
        values_callable=lambda members: [member.value for member in members],
    )


class Base(orm.DeclarativeBase):
    """Base of every model."""

    metadata = sa.MetaData(naming_convention=_NAMES)
    type_annotation_map = {
        dt.datetime: UTCTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        Localized: LocalizedText,
    }
