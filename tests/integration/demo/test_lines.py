"""Every made-up response could as well have come in a file: the same checks take it, and know it again."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from consult.accounts.service import organisation_by_slug
from consult.db import Database
from consult.demo.forms import example_questionnaire
from consult.demo.load import load_demo
from consult.demo.organisations import ORGANISATIONS, ExampleOrganisation
from consult.demo.responses import WEEKS, example_responses
from consult.responses.loading import Destination, Loaded, load_responses
from consult.surveys.service import import_questionnaire, open_survey, publish_draft, survey_by_slug
from tests.integration.demo.conftest import SECRET_KEY, TODAY

OPENED_ON = TODAY - dt.timedelta(weeks=WEEKS)


@pytest.fixture(params=ORGANISATIONS, ids=lambda organisation: organisation.slug)
def organisation(request: pytest.FixtureRequest) -> ExampleOrganisation:
    wanted: ExampleOrganisation = request.param
    return wanted


@pytest.fixture
def example(sqlite_database: Database) -> Database:
    load_demo(sqlite_database, SECRET_KEY, TODAY)
    return sqlite_database


def file_of(organisation: ExampleOrganisation) -> io.BytesIO:
    """The contract's fields only: a file does not say who collected."""
    last_on = OPENED_ON + dt.timedelta(weeks=WEEKS, days=-1)
    questionnaire = example_questionnaire(organisation.form)
    rows = example_responses(organisation, questionnaire, OPENED_ON, last_on)
    return io.BytesIO(b"".join(line_of(row) for row in rows))


def line_of(row: dict[str, Any]) -> bytes:
    kept = {name: value for name, value in row.items() if name not in ("collector", "session")}
    return json.dumps(kept, ensure_ascii=False).encode() + b"\n"


def load_into(database: Database, slug: str, file: io.BytesIO) -> Loaded:
    with database.read() as session:
        survey = survey_by_slug(session, slug)
    assert survey is not None
    return load_responses(database, Destination(survey.id, ZoneInfo("America/Toronto")), file)


def test_no_made_up_response_is_rejected(example: Database, organisation: ExampleOrganisation) -> None:
    with example.write() as session:
        owner = organisation_by_slug(session, organisation.slug)
        assert owner is not None
        copy = import_questionnaire(session, owner, example_questionnaire(organisation.form), "a-copy")
        publish_draft(session, copy, None, dt.datetime(2026, 9, 13, tzinfo=dt.UTC))
        open_survey(session, copy, OPENED_ON)
    renamed = io.BytesIO(
        b"".join(
            line_of(json.loads(line) | {"id": f"00000000-0000-4000-8000-{number:012x}"})
            for number, line in enumerate(file_of(organisation))
        )
    )
    loaded = load_into(example, "a-copy", renamed)
    assert [(each.line, each.question, str(each.reason)) for each in loaded.rejected] == []
    assert loaded.accepted == organisation.responses


def test_file_of_the_same_responses_holds_only_duplicates(
    example: Database, organisation: ExampleOrganisation
) -> None:
    loaded = load_into(example, organisation.survey_slug, file_of(organisation))
    assert (loaded.accepted, loaded.duplicate, loaded.rejected) == (0, organisation.responses, [])
