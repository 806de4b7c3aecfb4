"""An office in which Rosa analyses a survey that 60 people answered; Omar collected twelve of the answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person, Role
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.responses.models import Channel, ResponseState
from consult.settings import Settings
from consult.surveys.models import Survey
from tests import factories
from tests.office import Office
from tests.pages import Pages
from tests.samples.questions import ask, choices, questionnaire

RESULTS = "/office/en/reports/newcomers/"
YES_NO = choices(("yes", {"en": "Yes", "fr": "Oui"}), ("no", {"en": "No", "fr": "Non"}))
FORM = questionnaire(
    ask("select_one", "stay", {"en": "Will you stay?", "fr": "Resterez-vous?"}, choices=YES_NO),
    ask("integer", "arrival", {"en": "Year of arrival", "fr": "Année d’arrivée"}),
    ask("text", "change", {"en": "What should change?", "fr": "Que faudrait-il changer?"}),
)
SIZES = {"en": 40, "fr": 16, "ar": 4}


@dataclass
class Reporting:
    """The office, its people, and the survey's rows."""

    office: Office
    survey: Survey
    rosa: Person
    omar: Person
    browser: Pages = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.office.browser(self.rosa)

    def download(self, address: str, expect: int = 200) -> Any:
        response = self.browser.client.get(address, buffered=True)
        assert response.status_code == expect
        return response


@pytest.fixture
def reporting(settings: Settings, database: Database) -> Reporting:
    office = Office(settings, database)
    rosa = office.person("rosa", Role.ANALYST)
    omar = office.person("omar", Role.COLLECTOR)
    with database.write() as session:
        survey = factories.make_open_survey(
            session, specification=to_document(FORM), slug="newcomers", organisation=office.ours
        )
        add_responses(session, survey, omar)
    return Reporting(office, survey, rosa, omar)


def add_responses(session: DatabaseSession, survey: Survey, omar: Person) -> None:
    """40 in English, 16 in French (twelve of them interviews by Omar), 4 in Arabic; one is unfinished."""
    for language, size in SIZES.items():
        for place in range(size):
            by_omar = language == "fr" and place < 12
            factories.make_response(
                session,
                survey=survey,
                language=language,
                channel=Channel.COLLECTOR if by_omar else Channel.ONLINE,
                collector_id=omar.id if by_omar else None,
                collected_on=dt.date(2026, 3, 1) if place % 2 else dt.date(2026, 3, 20),
                answers={"stay": "yes" if place % 4 else "no", "arrival": 2000 + place, "change": "=1+1"},
            )
    factories.make_response(session, survey=survey, state=ResponseState.DRAFT, answers={"stay": "yes"})
