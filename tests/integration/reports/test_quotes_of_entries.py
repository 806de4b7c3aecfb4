"""Quotes of what stands in the entries of a repeat, in "other", and in an older version of the form."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from docx import Document

from consult.accounts.models import Role
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.responses.models import Response
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import Reporting
from tests.pages import Pages
from tests.samples.questions import ask, choices, group, questionnaire

FORM = questionnaire(
    group(
        ask("text", "goes", {"en": "Where does this person go?", "fr": "Où va cette personne?"}),
        key="members",
        label={"en": "Household member", "fr": "Membre du ménage"},
        is_repeat=True,
    ),
    ask(
        "select_one",
        "work",
        {"en": "What do you do?", "fr": "Que faites-vous?"},
        choices=choices(("paid", {"en": "Paid work", "fr": "Travail payé"})),
        has_other=True,
    ),
)
QUOTES = "/office/en/reports/homes/quotes/"
PROMISES = {"no_name": "y", "no_trace": "y", "no_story": "y"}


@pytest.fixture
def staff(reporting: Reporting) -> Pages:
    return reporting.office.browser(reporting.office.person("ana", Role.STAFF))


@pytest.fixture
def homes(reporting: Reporting, database: Database) -> Survey:
    with database.write() as session:
        return factories.make_open_survey(
            session, to_document(FORM), slug="homes", organisation=reporting.office.ours
        )


@pytest.fixture
def answered(homes: Survey, database: Database) -> Sequence[Response]:
    """Twelve households; the first has two members, and writes in what else it does."""
    members = [{"goes": "To the library"}, {"goes": "Au parc, avec Léa"}]
    first = {"members": members, "work": "other", "work_other": "I help my uncle"}
    rest = {"members": [{"goes": "Home"}], "work": "paid"}
    with database.write() as session:
        return [
            factories.make_response(
                session,
                survey=homes,
                answers=first if place == 0 else rest,
                original_language={"members[2]/goes": "fr"} if place == 0 else {},
            )
            for place in range(12)
        ]


def summary(reporting: Reporting) -> list[str]:
    response = reporting.download("/office/en/reports/homes/download/docx?words=en")
    return [paragraph.text for paragraph in Document(io.BytesIO(response.data)).paragraphs]


def test_each_entry_is_an_answer_of_its_own(staff: Pages, answered: Sequence[Response]) -> None:
    page = staff.open(f"{QUOTES}goes/")
    quotes = ["".join(each.itertext()) for each in page.document.iter("blockquote")]
    assert sorted(quotes) == ["Au parc, avec Léa", *["Home"] * 11, "To the library"]
    assert "Household member 2" in page.text


def test_entry_is_cleared_in_its_own_language(
    reporting: Reporting, staff: Pages, answered: Sequence[Response]
) -> None:
    page = staff.open(f"{QUOTES}goes/{answered[0].id}/2")
    assert page.value("words") == "Au parc, avec Léa"
    page.fill(words="Au parc", english="To the park", **PROMISES).press("Clear for quoting")
    told = summary(reporting)
    assert told[told.index("To the park") + 1] == "Translated"  # all of them answered in English
    assert "To the library" not in told


def test_entry_that_is_not_there_is_not_found(staff: Pages, answered: Sequence[Response]) -> None:
    staff.open(f"{QUOTES}goes/{answered[0].id}/3", expect=404)
    staff.open(f"{QUOTES}goes/{answered[0].id}/0", expect=404)


def test_what_other_is_can_be_quoted_under_its_question(
    reporting: Reporting, staff: Pages, answered: Sequence[Response]
) -> None:
    page = staff.open(f"{QUOTES}work_other/{answered[0].id}/0")
    page.fill(words="I help in the family", **PROMISES).press("Clear for quoting")
    told = summary(reporting)
    assert told.index("2. What do you do?") < told.index("I help in the family")


def test_quote_from_an_older_version_stands_under_the_question_as_it_is_now(
    reporting: Reporting, staff: Pages, homes: Survey, answered: Sequence[Response], database: Database
) -> None:
    with database.write() as session:
        factories.make_version(session, survey=homes, number=2, specification=to_document(FORM))
    page = staff.open(f"{QUOTES}goes/{answered[0].id}/1")
    page.fill(words="To the library", **PROMISES).press("Clear for quoting")
    assert "To the library" in summary(reporting)
