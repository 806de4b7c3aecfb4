"""An office in which Omar collects for one open survey in English, French and Arabic."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person, Role
from consult.db import Database
from consult.responses.models import Response
from consult.settings import Settings
from consult.surveys import service as surveys
from tests.factories import NOW, TODAY
from tests.integration.answering.questionnaires import WELCOME
from tests.office import Office
from tests.pages import Page, Pages

WORK = "/office/en/collect/"
MINE = "/office/en/collect/welcome/"


@dataclass(frozen=True)
class Collecting:
    """Omar’s day: his browser, and a look at what is stored."""

    office: Office
    omar: Person
    browser: Pages

    def begin(self, **how: str) -> Page:
        """A new interview, up to its first page of questions."""
        form = self.browser.open(f"{MINE}new").fill(language="fr", consent="y")
        return form.fill(**how).press("Begin the interview")

    def responses(self) -> list[Response]:
        with self.office.database.read() as session:
            rows = list(session.scalars(sa.select(Response)))
            session.expunge_all()
        return rows

    def response(self) -> Response:
        (only,) = self.responses()
        return only


@pytest.fixture
def collecting(settings: Settings, database: Database) -> Collecting:
    office = Office(settings, database)
    omar = office.person("omar", Role.COLLECTOR)
    with database.write() as session:
        survey = surveys.import_questionnaire(session, office.ours, WELCOME, "welcome")
        surveys.publish_draft(session, survey, None, NOW)
        surveys.open_survey(session, survey, TODAY)
    return Collecting(office, omar, office.browser(omar))
