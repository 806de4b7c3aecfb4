"""The example's responses and unfinished interviews in the database."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from itertools import islice

import sqlalchemy as sa

from consult.db import Database
from consult.demo.campaign import Campaign
from consult.demo.dice import Dice
from consult.demo.organisations import ExampleOrganisation
from consult.demo.responses import WEEKS, Row, example_responses
from consult.questionnaires.routing import pages
from consult.responses.models import Channel, ConsentManner, Response, ResponseState
from consult.responses.records import Consent, Finished, Origin, PageAnswers, Start, Storing
from consult.responses.service import save_page, store_responses

BATCH = 200
"""Responses in one commit: everybody else who writes waits for so many at most."""

READ_ALOUD = ("collector", "phone")
"""Channels in which a collector reads the notice."""


def is_complete(database: Database, example: ExampleOrganisation, campaign: Campaign) -> bool:
    """Whether at least as many responses are there as are made up."""
    submitted = sa.select(sa.func.count()).where(
        Response.survey_id == campaign.version.survey_id, Response.state == ResponseState.SUBMITTED
    )
    with database.read() as session:
        return (session.scalar(submitted) or 0) >= example.responses


def store_examples(
    database: Database,
    example: ExampleOrganisation,
    campaign: Campaign,
    on_progress: Callable[[int], object],
) -> int:
    """Store the responses that are missing; gives how many those were."""
    rows, added = _rows(example, campaign), 0
    while batch := [_finished(row, campaign) for row in islice(rows, BATCH)]:
        added += store_responses(database, batch).count(Storing.NEW)
        on_progress(len(batch))
    return added


def begin_interviews(
    database: Database, example: ExampleOrganisation, campaign: Campaign, today: dt.date
) -> None:
    """Leave one interview of each collector unfinished, with its first page answered, as life does."""
    some = islice(_rows(example, campaign), BATCH)
    interviews = {row["collector"]: row for row in some if "collector" in row}
    first, second = pages(campaign.version.questionnaire)[:2]
    asked = frozenset(question.key for question in first.questions)
    for email, row in interviews.items():
        identity = Dice(f"unfinished {email}").identity()
        begun = {
            "id": str(identity),
            "language": row["language"],
            "channel": "collector",
            "collected_on": today.isoformat(),
            "collector": email,
        }
        answers = {key: value for key, value in row["answers"].items() if key.removesuffix("_other") in asked}
        page = PageAnswers(row["language"], second.key, asked, answers)
        save_page(database, _start(begun, campaign), page)


def _rows(example: ExampleOrganisation, campaign: Campaign) -> Iterator[Row]:
    last_on = campaign.opened_on + dt.timedelta(weeks=WEEKS, days=-1)
    return example_responses(example, campaign.version.questionnaire, campaign.opened_on, last_on)


def _finished(row: Row, campaign: Campaign) -> Finished:
    return Finished(
        _start(row, campaign),
        row["language"],
        dt.date.fromisoformat(row["collected_on"]),
        row["answers"],
        row.get("original_language", {}),
        row.get("translations", {}),
    )


def _start(row: Row, campaign: Campaign) -> Start:
    day = dt.date.fromisoformat(row["collected_on"])
    manner = ConsentManner.HEARD if row["channel"] in READ_ALOUD else ConsentManner.READ
    return Start(
        response_id=uuid.UUID(row["id"]),
        survey_id=campaign.version.survey_id,
        version_id=campaign.version.version_id,
        started_on=day,
        consent=Consent(campaign.version.notice_digest, row["language"], day, manner),
        origin=Origin(
            Channel(row["channel"]),
            campaign.collectors.get(row.get("collector", "")),
            campaign.sessions.get(row.get("session", "")),
            row.get("form_number"),
        ),
    )
