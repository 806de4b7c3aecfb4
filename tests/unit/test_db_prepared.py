"""Statements that are worked out once."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import pytest
import sqlalchemy as sa

from consult.db import JSON, Prepared, UTCTime, enum_by_value


class Mood(enum.Enum):
    GOOD = "good"
    BAD = "bad"


TABLE = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("mood", enum_by_value(Mood)),
    sa.Column("at", UTCTime),
    sa.Column("said", JSON),
)
GIVEN = {column.name: sa.bindparam(column.name, type_=column.type) for column in TABLE.columns}
VALUES = {
    "id": uuid.UUID(int=7),
    "mood": Mood.GOOD,
    "at": dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC),
    "said": {"a": ["é", None]},
}


@pytest.fixture
def connection() -> sa.Connection:
    engine = sa.create_engine("sqlite://")
    TABLE.metadata.create_all(engine)
    return engine.connect()


def test_values_are_kept_as_their_columns_keep_them(connection: sa.Connection) -> None:
    with connection:
        assert Prepared(TABLE.insert().values(GIVEN)).run(connection, VALUES) == 1
        (row,) = connection.execute(TABLE.select()).mappings()
        assert dict(row) == VALUES


def test_a_value_of_the_statement_itself_counts(connection: sa.Connection) -> None:
    with connection:
        Prepared(TABLE.insert().values(GIVEN)).run(connection, VALUES)
        bad = Prepared(TABLE.delete().where(TABLE.c.mood == Mood.BAD, TABLE.c.id == sa.bindparam("id")))
        good = Prepared(TABLE.delete().where(TABLE.c.mood == Mood.GOOD, TABLE.c.id == sa.bindparam("id")))
        assert [bad.run(connection, {"id": VALUES["id"]}), good.run(connection, {"id": VALUES["id"]})] == [
            0,
            1,
        ]


def test_a_value_that_is_missing_is_an_error(connection: sa.Connection) -> None:
    with connection, pytest.raises(KeyError, match="said"):
        Prepared(TABLE.insert().values(GIVEN)).run(
            connection, {key: value for key, value in VALUES.items() if key != "said"}
        )
