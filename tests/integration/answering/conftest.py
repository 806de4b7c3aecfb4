"""The public application with one open survey, and a browser without script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa
from flask import Flask

from consult.answering.standing import Standings
from consult.db import Database
from consult.questionnaires.specification import Questionnaire
from consult.responses.models import Response
from consult.settings import Settings
from consult.surfaces import create_public_app
from consult.surveys import service as surveys
from tests.factories import NOW, TODAY, make_organisation
from tests.integration.answering.questionnaires import WELCOME
from tests.pages import Page, Pages

SLUG = "welcome"


@dataclass(frozen=True)
class Asking:
    """What staff do meanwhile: publish, close, look at what is stored."""

    database: Database
    app: Flask

    def publish(
        self, questionnaire: Questionnaire, *, is_open: bool = True, files: Mapping[str, bytes] | None = None
    ) -> None:
        with self.database.write() as session:
            survey = surveys.survey_by_slug(session, SLUG)
            organisation = survey.organisation if survey else make_organisation(session, slug="riverbend")
            survey = surveys.import_questionnaire(session, organisation, questionnaire, SLUG, files or {})
            surveys.publish_draft(session, survey, None, NOW)
            if is_open:
                surveys.open_survey(session, survey, TODAY)
        self._forget()

    def close(self, *, unnoticed: bool = False) -> None:
        """``unnoticed``: the application knows no better than a moment ago, as after any other process."""
        with self.database.write() as session:
            survey = surveys.survey_by_slug(session, SLUG)
            assert survey is not None
            surveys.close_survey(session, survey, TODAY)
        if not unnoticed:
            self._forget()

    def take_files(self, *, takes: bool = True) -> None:
        """Staff switch on (or off) that respondents may send files."""
        with self.database.write() as session:
            survey = surveys.survey_by_slug(session, SLUG)
            assert survey is not None
            survey.takes_files = takes
        self._forget()

    def responses(self) -> list[Response]:
        """Every row, detached."""
        with self.database.read() as session:
            rows = list(session.scalars(sa.select(Response)))
            session.expunge_all()
        return rows

    def _forget(self) -> None:
        known: Standings = self.app.extensions["consult.answering"]
        known.forget()


@pytest.fixture
def app(database: Database, settings: Settings) -> Flask:
    return create_public_app(settings, database)


@pytest.fixture
def asking(database: Database, app: Flask) -> Asking:
    """With the welcome survey open."""
    asking = Asking(database, app)
    asking.publish(WELCOME)
    return asking


@pytest.fixture
def pages(app: Flask) -> Pages:
    """A person's browser."""
    return Pages(app.test_client())


@pytest.fixture
def another(app: Flask) -> Pages:
    """Another device."""
    return Pages(app.test_client())


@pytest.fixture
def first(asking: Asking, pages: Pages) -> Page:
    """The first page of the welcome survey, after consent."""
    return pages.open("/en/s/welcome/").press("I agree. Start")


@pytest.fixture
def secure(settings: Settings) -> Settings:
    """The same installation behind TLS."""
    return replace(settings, base_url="https://ask.example.org")
