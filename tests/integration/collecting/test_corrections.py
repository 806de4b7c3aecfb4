"""Own entries are corrected until staff lock them; every earlier state stays, with who, when and why."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from consult.accounts.models import Role
from consult.responses.models import Revision
from consult.surveys.models import Survey
from tests.integration.collecting.conftest import MINE, Collecting
from tests.pages import Page


@pytest.fixture
def entry(collecting: Collecting) -> Page:
    """A submitted entry, opened from the list."""
    page = collecting.begin().fill(**{"q-area": "Ici", "q-age": "43", "q-works": "no"})
    page = page.press("Save and go on").fill(**{"q-change": "Rien"})
    page.press("Save and go on").press("Submit")
    return collecting.browser.open(MINE).follow("See or correct")


def correct(collecting: Collecting, entry: Page, **fields: str) -> Page:
    page = collecting.browser.open(f"{entry.address}correct/about")
    return page.fill(**{f"q-{key}": value for key, value in fields.items()})


def test_a_correction_changes_the_answer_and_keeps_the_earlier_state(
    collecting: Collecting, entry: Page
) -> None:
    after = correct(collecting, entry, age="34").fill(reason="Digits swapped").press("Store the correction")
    assert "Digits swapped" in after.text
    assert collecting.response().answers["age"] == 34
    kept = collecting.office.row(Revision)
    assert (kept.content["answers"]["age"], kept.changed_by_id) == (43, collecting.omar.id)


def test_a_correction_needs_a_reason(collecting: Collecting, entry: Page) -> None:
    refused = correct(collecting, entry, age="34").press("Store the correction", expect=422)
    assert refused.value("q-age") == "34"
    assert collecting.response().answers["age"] == 43


def test_a_correction_that_changes_nothing_keeps_no_revision(collecting: Collecting, entry: Page) -> None:
    after = correct(collecting, entry).fill(reason="Just looking").press("Store the correction")
    assert "Nothing was different" in after.text
    assert collecting.office.row(Revision) is None


def test_two_corrections_of_the_same_state_do_not_overwrite_each_other(
    collecting: Collecting, entry: Page
) -> None:
    first = correct(collecting, entry, age="34").fill(reason="Digits swapped")
    second = correct(collecting, entry, age="44").fill(reason="Misread")
    first.press("Store the correction")
    assert "in the meantime" in second.press("Store the correction").text
    assert collecting.response().answers["age"] == 34


def test_locked_answers_can_be_read_and_not_corrected(collecting: Collecting, entry: Page) -> None:
    page = correct(collecting, entry, age="34").fill(reason="Digits swapped")
    collecting.office.change(lambda session: session.execute(sa.update(Survey).values(answers_locked=True)))
    assert "This entry is locked" in page.press("Store the correction").text
    assert collecting.response().answers["age"] == 43


def test_staff_lock_the_answers_of_a_survey(collecting: Collecting, entry: Page) -> None:
    staff = collecting.office.browser(collecting.office.person("ana", Role.STAFF))
    staff.open("/office/en/surveys/welcome/").press("Lock the collected answers")
    assert "Correct this page" not in collecting.browser.open(entry.address).text
