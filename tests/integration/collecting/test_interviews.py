"""A data collector interviews somebody: nothing is lost or counted twice, both languages stand there."""

from __future__ import annotations

from typing import Any

import pytest

from consult.accounts.models import Role
from consult.responses.models import Channel, ConsentManner, ResponseState
from consult.surveys import service as surveys
from tests.factories import TODAY
from tests.integration.collecting.conftest import MINE, WORK, Collecting
from tests.pages import Page


def answered(page: Page) -> Page:
    """The first page of the welcome survey, filled in."""
    return page.fill(**{"q-area": "Vieux-Québec", "q-age": "34", "q-works": "no"})


def test_my_work_shows_what_i_may_collect_and_how_much_is_done(collecting: Collecting) -> None:
    page = collecting.browser.open(WORK)
    assert "0 interviews done" in page.text
    answered(collecting.begin()).press("Save and go on")
    assert "1 unfinished" in collecting.browser.open(WORK).text


def test_an_interview_keeps_how_it_was_held(collecting: Collecting) -> None:
    collecting.begin(channel="paper", form_number="A-17")
    response = collecting.response()
    assert (response.channel, response.form_number, response.language) == (Channel.PAPER, "A-17", "fr")
    assert response.collector_id == collecting.omar.id


def test_consent_is_kept_as_heard_in_the_language_of_the_interview(collecting: Collecting) -> None:
    collecting.begin()
    response = collecting.response()
    assert (response.consent_manner, response.consent_language) == (ConsentManner.HEARD, "fr")
    assert response.consented_on is not None


def test_no_interview_begins_without_consent(collecting: Collecting) -> None:
    form = collecting.browser.open(f"{MINE}new").fill(language="fr")
    page = form.press("Begin the interview", expect=422)
    assert "Read the notice aloud" in page.text
    assert collecting.responses() == []


def test_a_second_click_on_begin_starts_no_second_interview(collecting: Collecting) -> None:
    form = collecting.browser.open(f"{MINE}new").fill(language="fr", consent="y")
    form.press("Begin the interview")
    form.press("Begin the interview")
    assert len(collecting.responses()) == 1


def test_a_language_spoken_that_the_survey_does_not_have_is_that_of_the_interview(
    collecting: Collecting,
) -> None:
    page = answered(collecting.begin()).press("Save and go on")
    page.fill(**{"q-change": "Plus de temps", "spoken-change": "<b>junk</b>"}).press("Save and go on")
    assert collecting.response().original_language["change"] == "fr"


def test_a_translation_stays_when_the_other_language_is_changed(collecting: Collecting) -> None:
    page = answered(collecting.begin(language="ar")).press("Save and go on")
    page.fill(**{"q-change": "وقت أطول", "translated-change": "More time", "second_language": "fr"})
    page = page.press("Change languages and keep everything")
    page.fill(**{"translated-change": "Plus de temps"}).press("Save and go on")
    assert collecting.response().translations["change"] == {"en": "More time", "fr": "Plus de temps"}


def test_a_stored_interview_is_not_said_to_be_deleted(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on")
    review = page.fill(**{"q-change": "Rien"}).press("Save and go on")
    while not review.address.endswith("/review"):
        review = review.press("Save and go on")
    token = str(review.value("csrf_token"))
    interview = review.address.removesuffix("/review")
    collecting.browser.post(f"{interview}/submit", {"csrf_token": token})
    after = collecting.browser.post(f"{interview}/discard", {"csrf_token": token})
    assert "is deleted" not in after.text
    assert collecting.response().state is ResponseState.SUBMITTED


def test_every_question_stands_there_in_both_languages(collecting: Collecting) -> None:
    page = collecting.begin(language="ar")
    assert "أين تسكن؟" in page.text
    assert "Where do you live?" in page.text


def test_what_is_not_valid_is_kept_and_named(collecting: Collecting) -> None:
    page = collecting.begin().fill(**{"q-area": "Ici", "q-age": "trente", "q-works": "no"})
    page = page.press("Save and go on", expect=422)
    assert page.value("q-age") == "trente"
    assert collecting.response().answers == {"area": "Ici", "works": "no"}


def test_switching_the_language_in_the_middle_keeps_every_word(collecting: Collecting) -> None:
    page = collecting.begin().fill(**{"q-area": "Ici", "q-age": "trente", "interview_language": "ar"})
    page = page.press("Change languages and keep everything")
    assert (page.value("q-area"), page.value("q-age")) == ("Ici", "trente")
    assert "كم عمرك؟" in page.text
    assert collecting.response().language == "ar"


def test_the_second_language_can_be_changed_or_left_out(collecting: Collecting) -> None:
    page = collecting.begin(language="ar").fill(second_language="fr")
    page = page.press("Change languages and keep everything")
    assert "Où habitez-vous?" in page.text
    page = page.fill(second_language="none").press("Change languages and keep everything")
    assert "Où habitez-vous?" not in page.text


def test_autosave_keeps_what_is_typed_and_answers_with_nothing(collecting: Collecting) -> None:
    page = collecting.begin().fill(**{"q-area": "Ici"})
    fields = {"csrf_token": str(page.value("csrf_token")), "q-area": "Ici", "autosave": "1"}
    reply = collecting.browser.client.post(page.address, data=fields)
    assert (reply.status_code, reply.data) == (204, b"")
    assert collecting.response().answers == {"area": "Ici"}


def test_an_open_answer_keeps_the_speakers_words_their_language_and_a_translation(
    collecting: Collecting,
) -> None:
    page = answered(collecting.begin()).press("Save and go on")
    page.fill(**{"q-change": "وقت أطول", "spoken-change": "ar", "translated-change": "More time"}).press(
        "Save and go on"
    )
    response = collecting.response()
    assert response.answers["change"] == "وقت أطول"
    assert response.original_language["change"] == "ar"
    assert response.translations["change"] == {"en": "More time"}


def test_a_whole_interview_is_reviewed_submitted_and_followed_by_the_next(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on")
    review = page.fill(**{"q-change": "Rien"}).press("Save and go on")
    assert review.heading == "Check the answers"
    after = review.press("Submit and start the next")
    assert after.heading == "New interview"
    assert collecting.response().state is ResponseState.SUBMITTED


def test_page_that_was_opened_from_the_review_leads_back_there(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on").fill(**{"q-change": "Rien"})
    review = page.press("Save and go on")
    changed = review.follow("Change: About you").fill(**{"q-area": "Là"}).press("Save and go on")
    assert (changed.heading, "Là" in changed.text) == ("Check the answers", True)


def test_what_a_change_from_the_review_brings_up_is_asked_first(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on").fill(**{"q-change": "Rien"})
    review = page.press("Save and go on")
    page = review.follow("Change: About you").fill(**{"q-works": "yes"}).press("Save and go on")
    assert page.address.endswith("/page/work?review=1")
    assert page.fill(**{"q-job": "Nurse"}).press("Save and go on").heading == "Check the answers"


def test_submitting_twice_makes_one_response(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on").fill(**{"q-change": "Rien"})
    review = page.press("Save and go on")
    review.press("Submit")
    review.press("Submit")
    assert len(collecting.responses()) == 1


def test_what_is_required_and_missing_is_not_submitted(collecting: Collecting) -> None:
    page = collecting.begin()
    review = collecting.browser.open(page.address.rsplit("/page/", 1)[0] + "/review")
    refused = review.press("Submit", expect=422)
    assert "There are 2 things to correct" in refused.text
    assert collecting.response().state is ResponseState.DRAFT


def test_an_unfinished_interview_goes_on_where_it_was_left(collecting: Collecting) -> None:
    answered(collecting.begin()).press("Save and go on")
    page = collecting.browser.open(MINE).follow("Go on")
    assert page.address.endswith("/page/wishes")


def test_an_interview_that_the_person_does_not_want_leaves_nothing(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on")
    review = collecting.browser.open(page.address.rsplit("/page/", 1)[0] + "/review")
    review.press("Delete this interview")
    assert collecting.responses() == []


def test_a_closed_survey_takes_no_new_interview(collecting: Collecting) -> None:
    def close(session: object) -> None:
        survey = surveys.survey_by_slug(session, "welcome")  # type: ignore[arg-type]
        assert survey is not None
        surveys.close_survey(session, survey, TODAY)  # type: ignore[arg-type]

    collecting.office.change(close)
    page = collecting.browser.open(f"{MINE}new", expect=409)
    assert page.heading == "You cannot start an interview now"


def test_an_interview_begun_before_the_survey_closed_may_still_be_finished(collecting: Collecting) -> None:
    page = answered(collecting.begin(channel="paper"))

    def close(session: Any) -> None:
        survey = surveys.survey_by_slug(session, "welcome")
        assert survey is not None
        surveys.close_survey(session, survey, TODAY)

    collecting.office.change(close)
    review = page.press("Save and go on").fill(**{"q-change": "Rien"}).press("Save and go on")
    review.press("Submit")
    assert collecting.response().state is ResponseState.SUBMITTED


def test_a_submitted_interview_opens_as_the_entry_it_became(collecting: Collecting) -> None:
    page = answered(collecting.begin()).press("Save and go on").fill(**{"q-change": "Rien"})
    page.press("Save and go on").press("Submit")
    assert collecting.browser.open(page.address).heading == "Submitted entry"


@pytest.mark.parametrize("where", ["page/about", "review", "go-on", "", "correct/about"])
def test_nobody_elses_interview_can_be_opened(collecting: Collecting, where: str) -> None:
    address = collecting.begin().address.rsplit("/page/", 1)[0]
    other = collecting.office.person("lena", Role.COLLECTOR)
    collecting.office.browser(other).open(f"{address}/{where}", expect=404)
