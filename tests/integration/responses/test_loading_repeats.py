"""Responses with repeats come in from a file, and go out as they came."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from consult.db import Database
from consult.questionnaires.document import to_document
from consult.responses.loading import Destination, Loaded, load_responses
from consult.responses.reading import stream_responses
from tests import factories
from tests.integration.responses.conftest import SECRET_KEY
from tests.unit.questionnaires.logic_forms import ask, form, repeat

HOUSEHOLD = form(
    ask("size", "integer"),
    repeat(
        "members",
        ask("name", required="true()"),
        ask("age", "integer"),
        ask("school", relevant="${age} < 18"),
        ask("next", "calculate", calculation="${age} + 1"),
        repeat("kids", ask("toy")),
        count="${size}",
    ),
)


@pytest.fixture
def destination(database: Database) -> Destination:
    with database.write() as session:
        survey = factories.make_open_survey(session, to_document(HOUSEHOLD))
        return Destination(survey.id, ZoneInfo("America/Toronto"))


def _loaded(database: Database, destination: Destination, answers: dict[str, Any], **more: Any) -> Loaded:
    line = {
        "id": str(uuid.uuid4()),
        "version": 1,
        "language": "en",
        "channel": "paper",
        "collected_on": "2026-03-05",
        "answers": answers,
        **more,
    }
    return load_responses(database, destination, io.BytesIO(json.dumps(line).encode()))


def _reasons(loaded: Loaded) -> list[tuple[str | None, str]]:
    return [(rejection.question, str(rejection.reason)) for rejection in loaded.rejected]


def test_items_are_stored_with_what_is_calculated(database: Database, destination: Destination) -> None:
    people = [{"name": "Amal", "age": 30}, {"name": "Binh", "age": 4, "kids": [{"toy": "ball"}, {}]}]
    loaded = _loaded(
        database,
        destination,
        {"size": 2, "members": people},
        original_language={"members[1]/name": "so"},
        translations={"members[2]/kids[1]/toy": {"fr": "balle"}},
    )
    assert (loaded.accepted, _reasons(loaded)) == (1, [])
    (stored,) = stream_responses(database, destination.survey_id, SECRET_KEY)
    assert stored.answers == {
        "size": 2,
        "members": [
            {"name": "Amal", "age": 30, "next": 31},
            {"name": "Binh", "age": 4, "next": 5, "kids": [{"toy": "ball"}, {}]},
        ],
    }


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"size": 1, "members": [{"age": 3}]}, "members[1]/name"),
        ({"size": 1, "members": [{"name": "A", "age": "x"}]}, "members[1]/age"),
        ({"size": 1, "members": [{"name": "A", "age": None}]}, "members[1]/age"),
        ({"size": 1, "members": [{"name": "A", "age": 30, "school": "x"}]}, "members[1]/school"),
        ({"size": 1, "members": [{"name": "A"}, {"name": "B"}]}, "members[2]"),
        ({"size": 1, "members": [{"name": "A", "kids": [{"toy": 3}]}]}, "members[1]/kids[1]/toy"),
        ({"size": 1, "members": [{"name": "A", "size": 3}]}, "members[1]/size"),
        ({"size": 1, "members": "A"}, "members"),
    ],
)
def test_line_is_refused_for_what_is_wrong_in_an_item(
    database: Database, destination: Destination, answers: dict[str, Any], question: str
) -> None:
    loaded = _loaded(database, destination, answers)
    assert [found for found, _ in _reasons(loaded)] == [question]


def test_translation_of_an_item_that_is_not_there_is_refused(
    database: Database, destination: Destination
) -> None:
    people = {"size": 1, "members": [{"name": "A"}]}
    loaded = _loaded(database, destination, people, translations={"members[2]/name": {"fr": "B"}})
    assert [found for found, _ in _reasons(loaded)] == ["members[2]/name"]
