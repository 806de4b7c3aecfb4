"""A survey that takes answers, with a collector, on each engine."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from consult.accounts.models import Role
from consult.db import Database
from consult.responses.models import Channel
from consult.responses.records import Finished, Origin, PageAnswers, Start
from tests import factories
from tests.factories import TODAY

SECRET_KEY = "a key that only tests know"


@dataclass(frozen=True)
class Asked:
    """What a response is given to. ``start`` is one of them; ``another()`` the next."""

    survey_id: uuid.UUID
    version_id: uuid.UUID
    collector_id: uuid.UUID
    start: Start

    def another(self, **changes: Any) -> Start:
        return replace(self.start, **{"response_id": uuid.uuid4(), **changes})

    def collected(self, **changes: Any) -> Start:
        origin = Origin(Channel.COLLECTOR, self.collector_id)
        return self.another(**{"origin": origin, **changes})


@pytest.fixture
def asked(database: Database) -> Asked:
    with database.write() as session:
        survey = factories.make_open_survey(session)
        membership = factories.make_membership(session, organisation=survey.organisation, role=Role.COLLECTOR)
        assert survey.current_version_id is not None
        start = Start(uuid.uuid4(), survey.id, survey.current_version_id, TODAY)
        return Asked(survey.id, survey.current_version_id, membership.person_id, start)


def a_page(key: str = "first", *, language: str = "en", **answers: Any) -> PageAnswers:
    """A page that asks exactly what it answers; the person goes on at the page of that key."""
    return PageAnswers(language, key, frozenset(answers), answers)


def finished(start: Start, **answers: Any) -> Finished:
    return Finished(start, "en", TODAY, answers)


def tau(order: Sequence[int]) -> float:
    """Kendall's rank correlation with 0, 1, 2 …: 1 the same order, 0 none, −1 reversed."""
    pairs = [(a, b) for index, a in enumerate(order) for b in order[index + 1 :]]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)
