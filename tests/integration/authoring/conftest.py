"""An office in which Ana is staff and Tove translates."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest

from consult.accounts.models import Role
from consult.db import Database
from consult.questionnaires import xform
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import write_xlsform
from consult.settings import Settings
from consult.surveys.models import Survey
from tests.integration.answering.questionnaires import WELCOME
from tests.office import Office
from tests.pages import Page, Pages

SURVEYS = "/office/en/surveys/"


@dataclass(frozen=True)
class Authoring:
    """Ana’s day."""

    office: Office
    ana: Pages

    def upload(
        self,
        data: bytes,
        name: str = "form.xlsx",
        to: str = f"{SURVEYS}new",
        expect: int = 200,
        **fields: str,
    ) -> Page:
        form = self.ana.open(to)
        sent = {"csrf_token": str(form.value("csrf_token")), **fields}
        return self.ana.post(to, {**sent, "file": (BytesIO(data), name)}, expect)

    def new(self, questionnaire: Questionnaire = WELCOME, slug: str = "welcome") -> Page:
        return self.upload(write_xlsform(questionnaire), slug=slug)

    def survey(self) -> Survey:
        found: Survey = self.office.row(Survey)
        return found


@pytest.fixture
def quick_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishing without the second that the converter of the field takes: test_xform.py has the real one."""
    monkeypatch.setattr(xform, "convert_workbook", lambda _workbook: xform.XForm("<h:html/>"))


@pytest.fixture
def authoring(quick_converter: None, settings: Settings, database: Database) -> Authoring:
    return office_of_ana(settings, database)


def office_of_ana(settings: Settings, database: Database) -> Authoring:
    office = Office(settings, database)
    return Authoring(office, office.browser(office.person("ana", Role.STAFF)))
