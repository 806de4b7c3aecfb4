"""The draft as respondents will see it: in every language, with its logic, and without a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.accounts.models import Role
from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question
from consult.responses.models import Response
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

PREVIEW = f"{SURVEYS}welcome/preview"


def frame(authoring: Authoring, place: str, code: str = "en", questionnaire: Questionnaire = WELCOME) -> Page:
    authoring.new(questionnaire)
    return authoring.ana.open(f"{PREVIEW}/{code}/frame/{place}")


def test_the_page_stands_in_a_frame_for_a_phone_and_one_for_a_desk(authoring: Authoring) -> None:
    authoring.new()
    page = authoring.ana.open(f"{PREVIEW}/en/about")
    frames = [element.get("src") for element in page.document.iter("iframe")]
    assert frames == [f"{PREVIEW}/en/frame/about"] * 2


@pytest.mark.parametrize(("width", "shown"), [("phone", 1), ("desk", 1), ("nonsense", 2)])
def test_one_width_can_be_looked_at(authoring: Authoring, width: str, shown: int) -> None:
    authoring.new()
    page = authoring.ana.open(f"{PREVIEW}/en/about?width={width}")
    assert len(list(page.document.iter("iframe"))) == shown


def test_only_this_site_may_frame_a_preview_and_nothing_else(authoring: Authoring) -> None:
    page = frame(authoring, "about")
    assert "frame-ancestors 'self'" in page.response.headers["Content-Security-Policy"]
    assert page.response.headers["X-Frame-Options"] == "SAMEORIGIN"
    outside = authoring.ana.open(f"{PREVIEW}/en/about")
    assert "frame-ancestors 'none'" in outside.response.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in outside.response.headers["Content-Security-Policy"]
    assert (
        "frame-src"
        not in authoring.ana.open(f"{SURVEYS}welcome/").response.headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize(
    ("code", "words", "button"), [("fr", "Où habitez-vous?", "Continuer"), ("ar", "أين تسكن؟", "متابعة")]
)
def test_a_language_is_shown_with_its_own_interface(
    authoring: Authoring, code: str, words: str, button: str
) -> None:
    page = frame(authoring, "about", code)
    assert page.document.get("lang") == code
    assert words in page.text
    assert any(button in (each.text or "") for each in page.document.iter("button"))


def test_what_is_said_to_staff_among_the_answers_is_in_their_language(authoring: Authoring) -> None:
    page = frame(authoring, "review", "ar")
    said = next(each for each in page.document.iter("span") if "This is a preview" in (each.text or ""))
    assert (said.get("lang"), said.get("dir")) == ("en", "ltr")


def test_answers_lead_on_as_they_will(authoring: Authoring) -> None:
    page = frame(authoring, "about").fill(**{"q-area": "North", "q-works": "yes"}).press("Continue")
    assert page.heading == "Your work"
    page = page.fill(**{"q-job": "Baker"}).press("Continue").press("Continue")
    assert page.heading == "Check your answers"
    assert "Baker" in page.text


def test_a_page_that_does_not_concern_is_left_out(authoring: Authoring) -> None:
    page = frame(authoring, "about").fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    assert page.heading == "Your wishes"
    assert page.press("Back").heading == "About you"


def test_what_is_missing_is_said_as_it_will_be(authoring: Authoring) -> None:
    page = frame(authoring, "about").press("Continue", expect=422)
    assert "There are 2 things to correct" in page.text


def test_a_page_is_shown_also_where_no_answers_lead_to_it(authoring: Authoring) -> None:
    page = frame(authoring, "work")
    assert "What is your job?" in page.text
    assert "People see this page only if" in authoring.ana.open(f"{PREVIEW}/en/work").text


def test_what_is_answered_survives_another_language(authoring: Authoring) -> None:
    page = frame(authoring, "about").fill(**{"q-area": "North"}).press("Français")
    assert page.document.get("lang") == "fr"
    assert page.value("q-area") == "North"


def test_nothing_is_stored(authoring: Authoring) -> None:
    page = frame(authoring, "start").press("I agree. Start")
    page.fill(**{"q-area": "North", "q-works": "no"}).press("Continue").press("Continue")
    assert authoring.office.row(Response) is None


def test_nobody_can_put_answers_in_by_hand(authoring: Authoring) -> None:
    page = frame(authoring, "about")
    page = page.fill(rehearsed='{"area": "<script>"}', **{"q-area": "x", "q-works": "no"})
    assert page.press("Continue").heading == "Your wishes"


HOUSEHOLD = replace(
    WELCOME,
    items=(
        Group(
            "members",
            Localized({"en": "Members", "fr": "Membres"}),
            items=(Question("name", "text", Localized({"en": "Name?", "fr": "Nom?"})),),
            is_repeat=True,
        ),
    ),
)


def test_items_are_added_and_removed(authoring: Authoring) -> None:
    page = frame(authoring, "members", questionnaire=HOUSEHOLD)
    page = page.press("Add an entry").fill(**{"q-name": "Amal"}).press("Continue")
    assert "Amal" in page.text
    page = page.press("Remove 1")
    assert "No entries yet" in page.text


def test_the_pages_of_an_item_can_be_looked_at(authoring: Authoring) -> None:
    counted = replace(HOUSEHOLD.items[0], repeat_count=Expression.parse("0"))  # type: ignore[arg-type]
    authoring.new(replace(HOUSEHOLD, items=(counted,)))
    chosen = list(authoring.ana.open(f"{PREVIEW}/en/start").document.iter("a"))
    inner = next(str(link.get("href")) for link in chosen if "/preview/en/members-" in str(link.get("href")))
    source = next(str(each.get("src")) for each in authoring.ana.open(inner).document.iter("iframe"))
    assert "Name?" in authoring.ana.open(source).text


@pytest.mark.parametrize("place", ["nowhere", "about/1", "about/x", "review/2"])
def test_what_there_is_not_is_not_found(authoring: Authoring, place: str) -> None:
    authoring.new()
    authoring.ana.open(f"{PREVIEW}/en/frame/{place}", expect=404)
    authoring.ana.open(f"{PREVIEW}/so/frame/about", expect=404)


def test_translators_may_look_and_strangers_may_not(authoring: Authoring) -> None:
    authoring.new()
    tove = authoring.office.browser(authoring.office.person("tove", Role.TRANSLATOR))
    tove.open(f"{PREVIEW}/en/frame/about")
    other = authoring.office.person("eve", Role.STAFF, organisation=authoring.office.theirs)
    authoring.office.browser(other).open(f"{PREVIEW}/en/frame/about", expect=404)
