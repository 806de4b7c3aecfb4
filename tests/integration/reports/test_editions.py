"""Publishing results, from the choice to the page that everybody reads."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document
from openpyxl import load_workbook

from consult.accounts.models import Role
from consult.db import Database
from consult.reports import export, giving
from consult.reports.jobs import jobs_folder
from consult.reports.queries import source_of
from consult.responses.models import Channel
from consult.settings import Settings
from consult.surfaces import create_public_app
from consult.surveys.editions import Edition, EditionFile, EditionMemory, editions_of
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page, Pages

EDITIONS, PUBLIC = f"{RESULTS}editions/", "/en/results/newcomers/"
Prepare = Callable[..., Page]


@pytest.fixture
def staff(reporting: Reporting) -> Pages:
    return reporting.office.browser(reporting.office.person("ana", Role.STAFF))


@pytest.fixture
def public(settings: Settings, database: Database) -> Pages:
    return Pages(create_public_app(settings, database).test_client(), cookies=0)


@pytest.fixture
def prepare(staff: Pages, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Choose, and look at what was made of it, as if the process were there that makes it."""
    monkeypatch.setattr(giving, "start_process", lambda: None)

    def look(**choice: Any) -> Page:
        form = staff.open(f"{EDITIONS}new").fill(**{"questions": ["stay"], "by": [], **choice})
        waiting = form.press("Show what would be published")
        export.make_jobs(database, settings.secret_key, jobs_folder(settings), "0" * 32)
        return staff.open(waiting.address.replace("/jobs/", "/editions/draft/"))

    return look


def publish(draft: Page) -> Page:
    return draft.fill(sure=["yes"]).press("Publish")


def more(database: Database, reporting: Reporting, number: int, **answers: str) -> None:
    with database.write() as session:
        for _ in range(number):
            factories.make_response(
                session, survey=reporting.survey, language="en", channel=Channel.ONLINE, answers=answers
            )


def test_what_staff_publish_everybody_can_read(prepare: Prepare, public: Pages) -> None:
    draft = prepare()
    assert "About 60 responses" in draft.text

    assert "Edition 1 is published." in publish(draft).text
    assert "Will you stay?" in public.open(PUBLIC).text


def test_nothing_is_public_before_it_was_published(prepare: Prepare, public: Pages) -> None:
    prepare()

    public.open(PUBLIC, expect=404)


def test_publishing_asks_whether_one_has_looked(prepare: Prepare, public: Pages) -> None:
    assert "Nothing was published." in prepare().press("Publish").text
    public.open(PUBLIC, expect=404)


def test_page_file_and_every_kind_of_file_say_the_same(prepare: Prepare, public: Pages) -> None:
    publish(prepare())

    page = public.open(PUBLIC)
    found = re.search(r"Yes (\d+) (\d+)%", " ".join(page.text.split()))
    assert found
    count, percent = found.groups()
    link = f"{PUBLIC}1/en."
    sheet = load_workbook(io.BytesIO(public.client.get(f"{link}xlsx").data))["Results"]
    cells = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Yes")
    assert (str(cells[1]), str(round(cells[2] * 100))) == (count, percent)
    table = Document(io.BytesIO(public.client.get(f"{link}docx").data)).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["Yes", count, f"{percent}%"]
    line = next(csv.DictReader(io.StringIO(public.client.get(f"{link}csv").data.decode("utf-8-sig"))))
    assert (line["answer"], line["count"], line["percentage"]) == ("Yes", count, percent)


def test_files_hold_nothing_but_the_document(prepare: Prepare, public: Pages, database: Database) -> None:
    publish(prepare())
    with database.read() as session:
        kept = session.scalars(sa.select(EditionFile.content).where(EditionFile.name == "fr.csv")).one()

    assert public.client.get("/fr/results/newcomers/1/fr.csv").data == kept


def test_what_staff_ticked_as_sensitive_is_so_in_summaries_too(
    prepare: Prepare, database: Database, reporting: Reporting
) -> None:
    publish(prepare(sensitive=["stay"]))
    with database.read() as session:
        survey = session.get_one(Survey, reporting.survey.id)
        source = source_of(session, survey, secret_key="s", made_on=dt.date(2026, 3, 31))
    assert source.sensitive == frozenset(("stay",))


def test_few_new_responses_wait(prepare: Prepare, database: Database, reporting: Reporting) -> None:
    publish(prepare())
    more(database, reporting, 3, stay="no")

    assert "only 3 responses came in" in prepare().text


def test_later_edition_stands_before_the_older_one(
    prepare: Prepare, public: Pages, database: Database, reporting: Reporting
) -> None:
    publish(prepare())
    more(database, reporting, 25, stay="no")
    publish(prepare())

    page = public.open(PUBLIC)
    assert "About 85 responses" in page.text
    assert "About 60 responses" in public.open(f"{PUBLIC}1/").text


def test_withdrawn_edition_is_gone_and_still_protected(
    prepare: Prepare, staff: Pages, public: Pages, database: Database, reporting: Reporting
) -> None:
    publish(prepare())
    staff.open(f"{EDITIONS}1/").press("Withdraw")
    public.open(PUBLIC, expect=404)
    public.open(f"{PUBLIC}1/", expect=404)
    assert public.client.get(f"{PUBLIC}1/en.csv").status_code == 404
    more(database, reporting, 3, stay="no")

    assert "only 3 responses came in" in prepare().text


def test_edition_that_another_one_overtook_is_made_again(
    prepare: Prepare, staff: Pages, database: Database, reporting: Reporting
) -> None:
    older = prepare()
    publish(prepare(title_en="Another"))

    assert "Another edition was published meanwhile." in publish(staff.open(older.address)).text
    with database.read() as session:
        assert len(editions_of(session, reporting.survey.id)) == 1


def test_database_refuses_to_change_what_was_published(prepare: Prepare, database: Database) -> None:
    publish(prepare())
    for table in ("edition", "edition_file", "edition_memory", "rounding_key"):
        with pytest.raises(sa.exc.IntegrityError), database.write() as session:
            session.execute(sa.text(f"DELETE FROM {table}"))


def test_rounding_outlives_the_secret_key(
    prepare: Prepare, database: Database, reporting: Reporting, settings: Settings
) -> None:
    """The same responses are the same numbers, whatever key signs cookies by then."""
    publish(prepare())
    publish(prepare(title_en="Again"))
    with database.read() as session:
        newer, older = editions_of(session, reporting.survey.id)
        assert newer.document["questions"] == older.document["questions"]


def test_public_page_speaks_french_and_arabic(prepare: Prepare, public: Pages) -> None:
    publish(prepare(by=["_language"]))

    assert "Resterez-vous?" in public.open(PUBLIC.replace("/en/", "/fr/")).text
    assert public.open(PUBLIC.replace("/en/", "/ar/")).document.get("dir") == "rtl"


def test_small_group_is_put_together_and_no_small_number_is_shown(
    prepare: Prepare, public: Pages, database: Database
) -> None:
    publish(prepare(by=["_language"]))

    page = public.open(PUBLIC)
    assert "French / Arabic" in page.text or "Arabic / French" in page.text
    with database.read() as session:
        (document,) = session.scalars(sa.select(Edition.document))
        counts = [line["count"] for line in document["questions"][0]["lines"]]
        (memory,) = session.scalars(sa.select(EditionMemory.content))
    assert all(count is None or (count % 5 == 0 and (not count or count >= 10)) for count in counts)
    assert sum(count for *_, count in memory["tables"][0]["counts"]) == 60


def test_words_of_people_stay_inside(staff: Pages) -> None:
    page = staff.open(f"{EDITIONS}new")

    assert "What should change?" in page.text
    assert "own words can tell who they are" in page.text


def test_choosing_nothing_is_said(staff: Pages) -> None:
    page = staff.open(f"{EDITIONS}new").fill(questions=[])

    assert "Choose at least one question." in page.press("Show what would be published", 422).text


def test_analyst_looks_and_does_not_publish(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{EDITIONS}new")

    assert "Staff can prepare an edition; you can look." in page.text


def test_closed_survey_leads_to_its_results(
    prepare: Prepare, public: Pages, database: Database, reporting: Reporting
) -> None:
    publish(prepare())
    with database.write() as session:
        session.execute(sa.text("UPDATE survey SET state = 'closed' WHERE slug = 'newcomers'"))

    assert "Read the results" in public.open("/en/s/newcomers/", expect=410).text


def test_organisation_lists_results(prepare: Prepare, public: Pages, reporting: Reporting) -> None:
    publish(prepare())
    with reporting.office.database.read() as session:
        slug = session.execute(
            sa.text("SELECT o.slug FROM organisation o JOIN survey s ON s.organisation_id = o.id")
        ).scalar_one()

    assert "What came out" in public.open(f"/en/{slug}/").text
