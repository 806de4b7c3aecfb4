"""Whoever holds the database itself (a stolen disk) cannot tell in which order answers came.

In a small place, knowing that an answer came third is knowing who gave it. Each test first shows that the
attack works on a database as it was written: a test that could not fail would prove nothing.
"""

from __future__ import annotations

import math
import random
import uuid
from pathlib import Path

import sqlalchemy as sa

from consult.db import Database
from consult.responses.records import Finished, Start
from consult.responses.service import store_response
from tests import factories
from tests.factories import TODAY
from tests.integration.responses.conftest import tau

NUMBER = 1_000
CHANCE = 2.576 * math.sqrt(2 * (2 * NUMBER + 5) / (9 * NUMBER * (NUMBER - 1)))
"""99 % of random orders have a Kendall's tau inside ± this (its variance under independence)."""


def _arrivals(database: Database) -> list[uuid.UUID]:
    """A thousand responses, some short, some long, stored one by one; the same on every run."""
    draw = random.Random(2010)
    with database.write() as session:
        survey = factories.make_open_survey(session)
        assert survey.current_version_id is not None
    identities = [uuid.UUID(int=draw.getrandbits(128), version=4) for _number in range(NUMBER)]
    for identity in identities:
        start = Start(identity, survey.id, survey.current_version_id, TODAY)
        text = f"{'word ' * draw.randrange(20, 900)}end-{identity.hex}"
        store_response(database, Finished(start, "en", TODAY, {"wish": text}))
    return identities


def _first_place(content: bytes, identity: uuid.UUID) -> int:
    return content.find(identity.hex.encode())


def _last_place(content: bytes, identity: uuid.UUID) -> int:
    return content.rfind(identity.hex.encode())


def _end_of_answer(content: bytes, identity: uuid.UUID) -> int:
    return content.find(b"end-" + identity.hex.encode())


def _place_in_page(content: bytes, identity: uuid.UUID) -> int:
    # SQLite fills a page from its end: what came later lies further to the front.
    return -(content.find(identity.hex.encode()) % 4096)


def test_sqlite_file_does_not_tell_the_order_of_arrival(sqlite_database: Database) -> None:
    identities = _arrivals(sqlite_database)
    path = Path(str(sqlite_database.url.database))
    sqlite_database.dispose()  # folds the log into the file, as at the end of a day
    before = path.read_bytes()
    assert sqlite_database.forget_order("response")
    after = path.read_bytes()

    assert path.with_name("consult.db-wal").stat().st_size == 0
    assert tau([_end_of_answer(before, identity) for identity in identities]) > 0.5
    for attack in (_first_place, _last_place, _end_of_answer, _place_in_page):
        assert abs(tau([attack(after, identity) for identity in identities])) < CHANCE, attack.__name__


ATTACKS = {
    "transaction": "SELECT id FROM response ORDER BY xmin::text::bigint",
    "place": "SELECT id FROM response ORDER BY ctid",
    "numbers of long values": (
        "SELECT id FROM response JOIN (SELECT min(chunk_id::bigint) AS number, string_agg(chunk_data, '') "
        "AS content FROM {toast} GROUP BY chunk_id) AS long_value ON position("
        "convert_to('end-' || replace(id::text, '-', ''), 'UTF8') IN content) > 0 ORDER BY number"
    ),
}


def test_postgresql_tables_do_not_tell_the_order_of_arrival(postgresql_database: Database) -> None:
    with postgresql_database.write() as session:
        session.execute(sa.text("TRUNCATE response CASCADE"))  # no gaps that an earlier test has left
        # Uncompressed, so that the attacker of this test can read what belongs together.
        session.execute(sa.text("ALTER TABLE response ALTER answers SET STORAGE EXTERNAL"))
    arrival = {identity: number for number, identity in enumerate(_arrivals(postgresql_database))}
    before = {name: _guess(postgresql_database, attack) for name, attack in ATTACKS.items()}
    assert postgresql_database.forget_order("response")
    after = {name: _guess(postgresql_database, attack) for name, attack in ATTACKS.items()}

    for name in ATTACKS:
        assert len(before[name]) == len(after[name]) > NUMBER / 3, name
        assert tau([arrival[identity] for identity in before[name]]) > 0.9, name
        chance = CHANCE * math.sqrt(NUMBER / len(after[name]))
        assert abs(tau([arrival[identity] for identity in after[name]])) < chance, name


def _guess(database: Database, attack: str) -> list[uuid.UUID]:
    with database.read() as session:
        toast = session.scalar(
            sa.text("SELECT reltoastrelid::regclass::text FROM pg_class WHERE oid = 'response'::regclass")
        )
        return list(session.scalars(sa.text(attack.format(toast=toast))))
