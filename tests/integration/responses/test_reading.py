"""Reports read everything once, in an order that tells nothing, and count what they read."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import uuid
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import Channel
from consult.responses.reading import (
    Counts,
    Filters,
    Stored,
    count_responses,
    count_submitted,
    stream_responses,
)
from consult.responses.records import Finished
from consult.responses.service import save_page, store_response, store_responses
from tests import factories
from tests.factories import TODAY
from tests.integration.responses.conftest import SECRET_KEY, Asked, a_page, finished, tau

YESTERDAY = TODAY - dt.timedelta(days=1)


def _stream(database: Database, asked: Asked, filters: Filters | None = None) -> list[Stored]:
    return list(stream_responses(database, asked.survey_id, SECRET_KEY, filters or Filters()))


def _many(asked: Asked, number: int, **answers: Any) -> list[Finished]:
    return [finished(asked.another(), number=index, **answers) for index in range(number)]


@pytest.mark.parametrize("number", [0, 1, 399, 1_300])
def test_every_response_is_read_once(database: Database, asked: Asked, number: int) -> None:
    store_responses(database, _many(asked, number))

    assert sorted(stored.answers["number"] for stored in _stream(database, asked)) == list(range(number))


def test_drafts_and_other_surveys_are_not_read(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    with database.write() as session:
        factories.make_response(session)

    assert _stream(database, asked) == []


def test_order_is_the_same_each_time(database: Database, asked: Asked) -> None:
    store_responses(database, _many(asked, 900))
    first = [stored.id for stored in _stream(database, asked)]

    assert [stored.id for stored in _stream(database, asked)] == first


def test_order_says_nothing_of_arrival(database: Database, asked: Asked) -> None:
    store_responses(database, _many(asked, 900))

    assert abs(tau([stored.answers["number"] for stored in _stream(database, asked)])) < 0.1


def test_order_depends_on_the_installations_key(database: Database, asked: Asked) -> None:
    store_responses(database, _many(asked, 50))
    other = list(stream_responses(database, asked.survey_id, "another key"))

    assert [stored.id for stored in other] != [stored.id for stored in _stream(database, asked)]


def test_reading_does_not_see_what_comes_meanwhile(database: Database, asked: Asked) -> None:
    store_responses(database, _many(asked, 900))
    stream = stream_responses(database, asked.survey_id, SECRET_KEY)
    next(stream)
    store_responses(database, _many(asked, 100))

    assert 1 + sum(1 for _stored in stream) == 900


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(languages=frozenset({"fr"})), {"b"}),
        (Filters(languages=frozenset({"en", "fr"})), {"a", "b", "c"}),
        (Filters(channels=frozenset({Channel.COLLECTOR})), {"c"}),
        (Filters(collected_from=TODAY), {"a", "c"}),
        (Filters(collected_until=YESTERDAY), {"b"}),
        (Filters(collected_from=TODAY, channels=frozenset({Channel.ONLINE})), {"a"}),
        (Filters(collector_ids=frozenset({uuid.uuid4()})), set()),
        (Filters(version_ids=frozenset({uuid.uuid4()})), set()),
        (Filters(session_ids=frozenset({uuid.uuid4()})), set()),
    ],
    ids=(
        *("one language", "two languages", "a channel", "since a day", "until a day", "two filters"),
        *("a collector", "a version", "a session"),
    ),
)
def test_filters_narrow_what_is_read_and_counted(
    database: Database, asked: Asked, filters: Filters, expected: set[str]
) -> None:
    store_response(database, finished(asked.start, name="a"))
    french = replace(finished(asked.another(), name="b"), language="fr", collected_on=YESTERDAY)
    store_response(database, french)
    store_response(database, finished(asked.collected(), name="c"))

    assert {stored.answers["name"] for stored in _stream(database, asked, filters)} == expected
    with database.read() as session:
        assert count_responses(session, asked.survey_id, filters).total == len(expected)
        assert count_submitted(session, asked.survey_id, filters) == len(expected)


def test_counts_say_of_what_and_when(database: Database, asked: Asked) -> None:
    store_response(database, finished(asked.start))
    store_response(database, replace(finished(asked.another()), language="fr", collected_on=YESTERDAY))
    store_response(database, finished(asked.collected()))
    save_page(database, asked.another(), a_page(area="downtown"))

    with database.read() as session:
        counts = count_responses(session, asked.survey_id)
    assert counts == Counts(
        total=3,
        drafts=1,
        by_language={"en": 2, "fr": 1},
        by_channel={Channel.ONLINE: 2, Channel.COLLECTOR: 1},
        by_day={YESTERDAY: 1, TODAY: 2},
        by_collector={asked.collector_id: 1},
    )
    assert list(counts.by_day) == [YESTERDAY, TODAY]


def test_survey_without_responses_counts_nothing(database: Database, asked: Asked) -> None:
    with database.read() as session:
        assert count_responses(session, asked.survey_id) == Counts()


def test_memory_does_not_grow_with_the_number_of_responses(database: Database, asked: Asked) -> None:
    def peak_after(more: int) -> int:
        for _batch in range(more // 400):
            store_responses(database, _many(asked, 400, text="x" * 2_000))
        tracemalloc.start()
        for _stored in stream_responses(database, asked.survey_id, SECRET_KEY):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few = peak_after(800)
    assert peak_after(4_000) < 2 * few


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT answers FROM response WHERE survey_id = 'x' AND state = 'submitted' "
            "AND id BETWEEN '1' AND '2'",
            "ix_response_survey_state",
        ),
        (
            "SELECT count(*) FROM response WHERE survey_id = 'x' AND state = 'draft'",
            "ix_response_survey_state",
        ),
        ("SELECT id FROM response WHERE collector_id = 'x'", "ix_response_collector"),
        (
            "DELETE FROM response WHERE survey_id IN (SELECT id FROM survey) AND state = 'draft' "
            "AND started_on < '2026-01-01'",
            "ix_response_survey_state",
        ),
        ("SELECT answers FROM response WHERE id = 'x'", "PRIMARY KEY"),
        ("SELECT response_id FROM resume_code WHERE code_hash = 'x'", "code_hash=?"),
    ],
)
def test_queries_of_the_house_use_their_index(sqlite_database: Database, query: str, index: str) -> None:
    with sqlite_database.read() as session:
        plan = " ".join(row[3] for row in session.execute(sa.text(f"EXPLAIN QUERY PLAN {query}")))

    assert index in plan
    assert "SCAN response" not in plan
