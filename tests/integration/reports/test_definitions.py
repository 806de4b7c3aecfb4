"""My reports: put together once, downloaded each time with the newest answers."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from consult.accounts.models import Role
from consult.db import Database
from consult.reports.analysis.profiles import Profile, Target
from consult.reports.definitions import (
    Definition,
    NameTaken,
    definition_kept,
    definition_named,
    definitions_of,
    keep_definition,
    order_of_definition,
    remove_definition,
)
from consult.reports.downloads_models import Download
from consult.reports.files import Order
from consult.reports.order_documents import document_of, order_of
from consult.reports.profiles import keep_profile
from consult.reports.stamp import stamp_of
from consult.responses.models import Channel
from consult.responses.reading import Filters
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page, Pages

LIST = f"{RESULTS}my-reports/"
NEW = f"{LIST}new"
NOW = dt.datetime(2026, 3, 5, 14, tzinfo=dt.UTC)


def saved(reporting: Reporting, expect: int = 200, **values: Any) -> Page:
    return reporting.browser.open(NEW).fill(**{"name": "Monthly", **values}).press("Save the report", expect)


def downloaded(reporting: Reporting, label: str = "Excel with every response Monthly") -> Workbook:
    page = reporting.browser.open(LIST)
    (link,) = [each for each in page.document.iter("a") if "".join(each.itertext()) == label]
    return load_workbook(io.BytesIO(reporting.download(str(link.get("href"))).data))


def test_a_saved_report_is_listed_with_what_it_is_of(reporting: Reporting) -> None:
    page = saved(reporting, words="fr", period="last_month", language="en", by_1="stay", questions=["stay"])
    assert "The report “Monthly” is saved." in page.text
    assert "French · Last month · answers in English · 1 question · 1 breakdown" in page.text
    assert "Saved by" in page.text


def test_it_is_downloaded_as_it_was_put_together(reporting: Reporting) -> None:
    saved(reporting, words="en", by_1="stay", by_2="_language", and_by_2="stay", questions=["arrival"])
    workbook = downloaded(reporting)
    assert workbook.sheetnames[5:7] == ["Breakdown 1", "Breakdown 2"]
    assert [cell.value for cell in workbook["Responses"][1]][-1] == "arrival"
    assert workbook["About"]["B4"].value == "Monthly"


def test_the_results_page_has_it_one_click_away(reporting: Reporting) -> None:
    saved(reporting, words="en")
    page = reporting.browser.open(RESULTS)
    link = next(each for each in page.document.iter("a") if each.text == "Monthly (Excel for the council)")
    workbook = load_workbook(io.BytesIO(reporting.download(str(link.get("href"))).data))
    assert workbook.sheetnames == ["Results", "Method"]


def test_word_is_of_the_same_questions(reporting: Reporting) -> None:
    saved(reporting, words="en", questions=["arrival"])
    link = reporting.browser.open(LIST).html.split('href="')
    (address,) = [part.split('"')[0] for part in link if part.split('"')[0].endswith("/file/docx")]
    response = reporting.download(address)
    assert response.data.startswith(b"PK")
    assert "newcomers-monthly-en-" in response.headers["Content-Disposition"]


def test_every_download_is_written_down(reporting: Reporting) -> None:
    saved(reporting, words="en")
    downloaded(reporting)
    with reporting.office.database.read() as session:
        (found,) = session.scalars(sa.select(Download))
    assert (found.kind, found.responses) == ("xlsx", 60)


def test_it_can_be_changed(reporting: Reporting) -> None:
    saved(reporting, by_1="stay", has_marks="y")
    page = reporting.browser.open(LIST).follow("Change Monthly")
    assert (page.value("by_1"), page.value("words")) == ("stay", "both")
    page = page.fill(name="Weekly", by_1="").press("Save the report")
    assert "Weekly" in page.text
    assert "Monthly" not in page.text


def test_it_goes_only_after_a_question(reporting: Reporting) -> None:
    saved(reporting)
    page = reporting.browser.open(LIST).follow("Remove Monthly")
    assert page.heading == "Remove the report “Monthly”?"
    assert "Monthly" in reporting.browser.open(LIST).text
    page = page.press("Remove the report")
    assert "The report “Monthly” was removed." in page.text
    assert "No report is saved yet." in page.text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": " "}, "Give the report a name."),
        ({"name": "x" * 101}, "Use at most 100 characters."),
        ({"period": "days"}, "Enter at least one of the two days."),
        (
            {"period": "days", "since": "2026-03-02", "until": "2026-03-01"},
            "must not be before the first",
        ),
        ({"and_by_1": "stay"}, "Choose first what to break down by"),
        ({"by_3": "stay", "and_by_3": "stay"}, "both are the same"),
    ],
)
def test_what_cannot_be_saved_says_why_and_loses_nothing(
    values: dict[str, str], message: str, reporting: Reporting
) -> None:
    page = saved(reporting, 422, **{"questions": ["stay"], **values})
    assert message in page.text
    assert page.value("questions") == "stay"
    assert "No report is saved yet." in reporting.browser.open(LIST).text


def test_a_name_is_there_once_in_a_survey(reporting: Reporting) -> None:
    saved(reporting)
    page = saved(reporting, 422, name="  MONTHLY ")
    assert "Another report of this survey has this name." in page.text


def test_forged_values_are_refused(reporting: Reporting) -> None:
    page = reporting.browser.open(NEW)
    token = page.value("csrf_token")
    fields = {"csrf_token": token, "name": "X", "words": "tlh", "period": "always", "questions": "nobody"}
    page = reporting.browser.post(NEW, fields, 422)
    assert "No report is saved yet." in reporting.browser.open(LIST).text


def test_pages_speak_french(reporting: Reporting) -> None:
    saved(reporting)
    for address in (LIST, NEW):
        reporting.browser.open(address.replace("/en/", "/fr/"))


def test_others_do_not_find_it(reporting: Reporting) -> None:
    saved(reporting)
    office = reporting.office
    eve = office.browser(office.person("eve", Role.STAFF, organisation=office.theirs))
    eve.open(LIST, 404)
    omar: Pages = office.browser(reporting.omar)
    omar.open(LIST, 403)


def test_a_report_of_another_survey_is_not_found(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        other = factories.make_survey(session, organisation=reporting.office.ours)
        kept = keep_definition(session, other.id, Definition("Other"), by=reporting.rosa.id, now=NOW)
    for part in ("", "file/xlsx", "remove"):
        reporting.browser.open(f"{LIST}{kept}/{part}", 404)
    reporting.browser.open(f"{LIST}{uuid.uuid4()}/file/xlsx", 404)


def test_a_question_that_is_gone_is_said_and_the_rest_is_made(reporting: Reporting) -> None:
    definition = Definition("Old", "en", questions=("stay", "street"), breakdowns=("street",))
    with reporting.office.database.write() as session:
        keep_definition(session, reporting.survey.id, definition, by=reporting.rosa.id, now=NOW)
    note = "This survey has no longer what this report was to contain: street."
    assert note in reporting.browser.open(LIST).text
    assert note in reporting.browser.open(LIST).follow("Change Old").text
    workbook = downloaded(reporting, "Excel with every response Old")
    assert [cell.value for cell in workbook["Responses"][1]][-1] == "stay"
    assert any(note in str(cell.value) for cell in workbook["About"]["B"])


def test_definitions_are_kept_as_they_are(database: Database) -> None:
    given = Definition(
        "For the council",
        "fr",
        ("b", "a"),
        ("a,_language",),
        "days",
        Filters(
            languages=frozenset(["fr"]),
            channels=frozenset([Channel.PAPER]),
            collector_ids=frozenset([uuid.uuid4()]),
            collected_from=dt.date(2026, 1, 2),
        ),
        has_marks=True,
        is_weighted=True,
    )
    with database.write() as session:
        survey, person = factories.make_survey(session), factories.make_person(session, name="Ana")
        kept = keep_definition(session, survey.id, given, by=person.id, now=NOW)
    with database.read() as session:
        found = definition_kept(session, survey.id, kept)
        assert found is not None
        assert (found.definition, found.changed_by, found.changed_at) == (given, "Ana", NOW)
        assert definition_named(session, survey.id, "for THE council") == given
        assert definition_kept(session, uuid.uuid4(), kept) is None


def test_names_are_unique_in_a_survey_only(database: Database) -> None:
    with database.write() as session:
        one, other = factories.make_survey(session), factories.make_survey(session)
        person = factories.make_person(session)
        first = keep_definition(session, one.id, Definition("A"), by=person.id, now=NOW)
        keep_definition(session, other.id, Definition("A"), by=person.id, now=NOW)
        second = keep_definition(session, one.id, Definition("B"), by=person.id, now=NOW)
        with pytest.raises(NameTaken):
            keep_definition(session, one.id, Definition(" a "), by=person.id, now=NOW)
        with pytest.raises(NameTaken):
            keep_definition(session, one.id, Definition("a"), by=person.id, now=NOW, instead_of=second)
        keep_definition(session, one.id, Definition("a"), by=person.id, now=NOW, instead_of=first)
        assert [each.definition.name for each in definitions_of(session, one.id)] == ["a", "B"]
        remove_definition(session, other.id, first)
        assert len(definitions_of(session, one.id)) == 2
        remove_definition(session, one.id, first)
        assert len(definitions_of(session, one.id)) == 1
        with pytest.raises(LookupError):
            keep_definition(session, one.id, Definition("c"), by=person.id, now=NOW, instead_of=first)


def test_a_period_has_the_days_of_the_day_it_is_ordered_on() -> None:
    definition = Definition("M", period="last_month", filters=Filters(languages=frozenset(["fr"])))
    order = order_of_definition("newcomers", definition, "xlsx", dt.date(2026, 3, 5))
    assert order.filters == Filters(
        frozenset(["fr"]), collected_from=dt.date(2026, 2, 1), collected_until=dt.date(2026, 2, 28)
    )
    assert order.name(dt.date(2026, 3, 5)) == "newcomers-m-both-2026-03-05.xlsx"


def test_an_order_keeps_what_it_is_to_contain() -> None:
    order = Order(
        "s",
        "xlsx",
        questions=("b", "a"),
        breakdowns=("a,b",),
        has_marks=True,
        is_weighted=True,
        definition="É",
    )
    assert order_of(document_of(order)) == order


def test_a_file_is_made_anew_when_known_numbers_change(reporting: Reporting) -> None:
    weighted = Order("newcomers", "xlsx", is_weighted=True)
    before = [stamp(reporting, weighted), stamp(reporting, replace(weighted, is_weighted=False))]
    profile = Profile((Target("stay", {"yes": 1, "no": 1}),))
    with reporting.office.database.write() as session:
        keep_profile(session, reporting.survey.id, profile, by=reporting.rosa.id, on=dt.date(2026, 3, 1))
    after = [stamp(reporting, weighted), stamp(reporting, replace(weighted, is_weighted=False))]
    assert before[0] != after[0]
    assert before[1] == after[1]
    assert stamp(reporting, replace(weighted, has_marks=True)) != after[0]


def stamp(reporting: Reporting, order: Order) -> str:
    with reporting.office.database.read() as session:
        survey = session.get_one(Survey, reporting.survey.id)
        return stamp_of(session, survey, order, secret_key="k", made_on=dt.date(2026, 3, 1))
