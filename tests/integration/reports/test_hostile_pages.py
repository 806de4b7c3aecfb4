"""Hostile and odd surveys on the pages of reports, and in files made from the database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consult.accounts.models import Role
from consult.db import Database
from consult.i18n import Localized
from consult.questionnaires.document import to_document
from consult.questions import Choice
from consult.reports.files import CONTENT_TYPES, Kind, Order, write_file
from consult.responses.records import storable
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import Reporting
from tests.reports.building import MADE_ON
from tests.reports.test_hostile_content import FORMULAS, MARKUP
from tests.samples.questions import ask, questionnaire

ADDRESS = "/office/en/reports/hostile/"
PAYLOADS = [*FORMULAS, *MARKUP, "\u202eevil", "😀", "a\rb", "x" * 40_000]
MANY = "".join(f"{payload} · " for payload in PAYLOADS[:-1])


@pytest.fixture
def hostile(reporting: Reporting, database: Database) -> Survey:
    label = Localized({"en": MANY, "fr": MANY})
    form = replace(
        questionnaire(
            ask("text", "words", dict(label)),
            ask("select_one", "one", dict(label), choices=(Choice("a", label),)),
        ),
        title=label,
    )
    with database.write() as session:
        survey = factories.make_open_survey(
            session, to_document(form), slug="hostile", organisation=reporting.office.ours, title=label
        )
        for payload in PAYLOADS:
            answers = storable({"words": payload, "one": "a"})
            factories.make_response(session, survey=survey, answers=answers)
    return survey


@pytest.mark.parametrize(
    "page", ["", "print?words=en", "print?words=both", "quotes/", "quotes/words/", "quotes/words/?page=2"]
)
def test_pages_show_it_as_text(page: str, reporting: Reporting, hostile: Survey) -> None:
    shown = reporting.browser.open(ADDRESS + page)
    assert not [each for each in shown.document.iter("script") if not each.get("src")]


def test_long_answer_can_be_read_whole_and_decided_about(reporting: Reporting, hostile: Survey) -> None:
    staff = reporting.office.browser(reporting.office.person("ana", Role.STAFF))
    for number in (1, 2):
        page = staff.open(f"{ADDRESS}quotes/words/?page={number}")
        links = [link for link in page.document.iter("a") if "Read it whole" in "".join(link.itertext())]
        if links:
            break
    assert "x" * 40_000 in staff.open(str(links[0].get("href"))).html


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_files_are_made(kind: Kind, database: Database, hostile: Survey, tmp_path: Path) -> None:
    path = tmp_path / f"it.{kind}"
    assert write_file(database, "s", Order("hostile", kind, "en"), path, MADE_ON) == len(PAYLOADS)
    if kind == "ndjson":
        words = {json.loads(line)["answers"]["words"] for line in path.read_bytes().splitlines()}
        assert words == {storable({"words": payload})["words"] for payload in PAYLOADS}


@pytest.mark.parametrize("page", ["", "print?words=fr", "quotes/"])
def test_pages_of_a_survey_that_nobody_answered(page: str, reporting: Reporting, database: Database) -> None:
    with database.write() as session:
        form = questionnaire(ask("text", "words", {"en": "Why?", "fr": "Pourquoi?"}))
        factories.make_open_survey(
            session, to_document(form), slug="empty", organisation=reporting.office.ours
        )
    reporting.browser.open(f"/office/en/reports/empty/{page}")
