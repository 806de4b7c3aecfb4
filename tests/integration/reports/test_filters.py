"""Filters that combine, also by answers, in pages and files alike; what gives few away is not shown."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import parse_qsl, urlsplit

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports.downloads_models import Download
from consult.reports.files import Order
from consult.reports.order_documents import document_of, order_of
from consult.reports.stamp import stamp_of
from consult.responses.reading import Filters
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page
from tests.samples.questions import ask, choices, questionnaire

YES = Filters(answered=(("stay", "yes"),))


def chips(page: Page) -> dict[str, set[tuple[str, str]]]:
    """Every filter that is set → what the page without it asks for."""
    section = next(each for each in page.document.iter("section") if each.get("class") == "chips")
    links = [link for item in section.iter("li") for link in item.iter("a")]
    return {
        "".join(next(link.iter("bdi")).itertext()): set(parse_qsl(urlsplit(link.get("href", "")).query))
        for link in links
    }


def test_answer_in_a_table_leads_to_those_who_gave_it(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS).follow("Yes")
    assert "45 responses selected, of 60" in page.text
    assert parse_qsl(urlsplit(page.address).query) == [("answered", "stay:yes")]
    assert chips(page) == {"“Will you stay?”: “Yes”": set()}


def test_filters_combine_and_each_can_be_taken_away(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?answered=stay:yes&language=en&by=_channel")
    language, answered, by = ("language", "en"), ("answered", "stay:yes"), ("by", "_channel")
    assert chips(page) == {
        "answers in English": {answered, by},
        "“Will you stay?”: “Yes”": {language, by},
        "broken down by “Channel”": {language, answered},
    }


def test_form_keeps_the_answers_that_are_selected_by(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?answered=stay:yes").fill(language="en").press("Show")
    assert "30 responses selected, of 60" in page.text


def test_every_question_of_choices_can_break_down_all_others(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?language=en").follow(
        "Break everything down by this: Will you stay?"
    )
    assert dict(parse_qsl(urlsplit(page.address).query)) == {"language": "en", "by": "stay"}
    assert "Take the breakdown away" in page.text


def test_two_answers_that_exclude_each_other_fit_nobody(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?answered=stay:yes&answered=stay:no")
    assert "No response fits this selection." in page.text


@pytest.mark.parametrize(
    "query",
    [
        "answered=stay:perhaps",
        "answered=nothing:yes",
        "answered=change:word",
        "answered=stay",
        "answered=:",
        "&".join(["answered=stay:yes&answered=stay:no", *(f"answered=stay:{n}" for n in range(9))]),
    ],
)
def test_answer_that_cannot_be_is_explained(query: str, reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?{query}", expect=422)
    assert page.element("problems") is not None


def test_selection_that_leaves_out_few_of_a_wider_one_is_not_shown(reporting: Reporting) -> None:
    # 16 answered in French, of them 12 to Omar: the answers of the other four would be the difference.
    page = reporting.browser.open(f"{RESULTS}?language=fr&channel=collector")
    assert "one of the filters leaves out fewer than that" in page.text
    assert "responses selected" not in page.text


def test_file_of_such_a_selection_has_no_tables_either(reporting: Reporting) -> None:
    response = reporting.download(f"{RESULTS}download/docx?words=en&language=fr&channel=collector")
    whole = reporting.download(f"{RESULTS}download/docx?words=en")
    assert len(response.data) < len(whole.data) - 1000


def test_files_hold_what_the_page_shows(reporting: Reporting) -> None:
    query = "answered=stay:yes&language=en"
    found = reporting.download(f"{RESULTS}download/csv?words=codes&{query}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [row["stay"] for row in rows] == ["yes"] * 30
    lines = reporting.download(f"{RESULTS}download/ndjson?{query}").data.splitlines()
    assert [json.loads(line)["answers"]["stay"] for line in lines] == ["yes"] * 30


def test_links_to_files_carry_every_answer(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?answered=stay:yes&language=en")
    links = [link.get("href", "") for link in page.document.iter("a") if "/download/" in link.get("href", "")]
    assert links
    assert all("answered=stay" in link for link in links)


def test_what_was_selected_is_written_down_and_said(reporting: Reporting, database: Database) -> None:
    reporting.download(f"{RESULTS}download/csv?words=en&answered=stay:yes")
    with database.read() as session:
        (row,) = session.scalars(sa.select(Download)).all()
    assert (row.selection, row.responses) == ({"answered": [["stay", "yes"]]}, 45)


def test_order_with_answers_comes_back_from_its_document() -> None:
    order = Order("newcomers", "xlsx", filters=Filters(answered=(("area", "north"), ("stay", "yes"))))
    assert order_of(json.loads(json.dumps(document_of(order)))) == order


def test_stamp_tells_selections_by_answers_apart(reporting: Reporting, database: Database) -> None:
    orders = (Order("newcomers", "xlsx"), Order("newcomers", "xlsx", filters=YES))
    with database.read() as session:
        survey = session.get_one(Survey, reporting.survey.id)
        stamps = {
            stamp_of(session, survey, order, secret_key="key", made_on=factories.TODAY) for order in orders
        }
    assert len(stamps) == 2


def test_arabic_words_run_right_to_left_on_an_english_page(reporting: Reporting) -> None:
    answers = choices(("yes", {"ar": "نعم"}), ("no", {"ar": "لا"}))
    form = questionnaire(ask("select_one", "stay", {"ar": "هل ستبقى؟"}, choices=answers), languages=("ar",))
    with reporting.office.database.write() as session:
        survey = factories.make_open_survey(
            session, to_document(form), slug="arabic", organisation=reporting.office.ours
        )
        factories.make_response(session, survey=survey, language="ar", answers={"stay": "yes"})
    page = reporting.browser.open("/office/en/reports/arabic/")
    section = page.element("q-stay")
    foreign = [each for each in section.iter("span") if each.get("lang") == "ar"]
    assert {"".join(each.itertext()) for each in foreign} >= {"هل ستبقى؟", "نعم", "لا"}
    assert {each.get("dir") for each in foreign} == {"rtl"}
