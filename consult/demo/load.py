"""Put the example into a database.

Everything goes through the services that the pages use. Loading again keeps what is there, adds what is
missing and nothing twice: organisations, people and surveys are found by their address, responses by their
identity, and the days on which people answered follow from the day the survey was opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from consult.db import Database
from consult.demo.campaign import make_survey
from consult.demo.organisations import ORGANISATIONS, ExampleOrganisation
from consult.demo.people import Account, make_organisation, make_people, read_accounts
from consult.demo.storing import begin_interviews, is_complete, store_examples

WORK = sum(organisation.responses for organisation in ORGANISATIONS)
"""What ``on_progress`` adds up to."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is there after loading. ``added``: responses that were not there before."""

    organisation: ExampleOrganisation
    accounts: tuple[Account, ...]
    added: int


def load_demo(
    database: Database, secret_key: str, today: dt.date, on_progress: Callable[[int], object] = lambda _: None
) -> list[Example]:
    """Load the example into a migrated database. ``on_progress`` is told how many more responses are done."""
    return [_load(database, secret_key, example, today, on_progress) for example in ORGANISATIONS]


def _load(
    database: Database,
    secret_key: str,
    example: ExampleOrganisation,
    today: dt.date,
    on_progress: Callable[[int], object],
) -> Example:
    with database.write() as session:
        organisation = make_organisation(session, example)
        make_people(session, example, organisation, secret_key)
        campaign = make_survey(session, example, organisation, today)
    if is_complete(database, example, campaign):
        added = 0
        on_progress(example.responses)
    else:
        begin_interviews(database, example, campaign, today)
        added = store_examples(database, example, campaign, on_progress)
    return Example(example, read_accounts(database, example, secret_key), added)
