"""Asked several times over: a list of items, pages about one of them, all without script."""

from __future__ import annotations

import pytest

from consult.questionnaires.specification import Questionnaire
from consult.responses.models import ResponseState
from tests.integration.answering.conftest import Asking
from tests.integration.answering.test_resuming import code_on
from tests.pages import Page, Pages
from tests.samples.household import COUNTED, HOUSEHOLD

LIST = "/en/s/welcome/members"


def begin(asking: Asking, pages: Pages, of: Questionnaire) -> Page:
    asking.publish(of)
    return pages.open("/en/s/welcome/").press("I agree. Start")


@pytest.fixture
def listed(asking: Asking, pages: Pages) -> Page:
    """The empty list of household members."""
    return begin(asking, pages, HOUSEHOLD).fill(**{"q-area": "North"}).press("Continue")


def add(page: Page, name: str, age: str) -> Page:
    """From the list of members: one more, without schools; back to the list."""
    link = "Add another entry" if "Add another entry" in page.text else "Add an entry"
    person = page.follow(link).fill(**{"q-name": name, "q-age": age})
    page = person.press("Continue")
    if "q-goes" in page.html:  # asked only now, without script
        page = page.press("Continue")
    return page.press("Continue")


def answers(asking: Asking) -> dict[str, object]:
    (response,) = asking.responses()
    return response.answers


def test_list_begins_empty_and_offers_to_add(listed: Page) -> None:
    assert "No entries yet" in listed.text
    assert "Add an entry" in listed.text


def test_item_is_kept_as_a_document_in_a_list(asking: Asking, listed: Page) -> None:
    add(listed, "Amal", "34")
    assert answers(asking) == {"area": "North", "members": [{"name": "Amal", "age": 34}]}


def test_list_names_every_item_by_its_first_answers(listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "8")
    assert page.address.endswith("/members")
    assert "2 entries so far" in page.text
    assert "Amal, 34" in page.text
    assert "Binh, 8" in page.text


def test_looking_at_a_new_item_stores_nothing(asking: Asking, listed: Page) -> None:
    listed.follow("Add an entry")
    assert "members" not in answers(asking)


def test_heading_says_which_item_a_page_is_about(listed: Page) -> None:
    page = add(listed, "Amal", "34")
    assert page.follow("Add another entry").heading == "Household member 2: The person"
    assert page.follow("Change 1 Amal, 34").heading == "Household member 1 (Amal, 34): The person"


def test_item_can_be_changed(asking: Asking, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30")
    page.follow("Change 1 Amal, 34").fill(**{"q-age": "35"}).press("Continue")
    assert answers(asking)["members"] == [{"name": "Amal", "age": 35}, {"name": "Binh", "age": 30}]


def test_faulty_item_is_shown_again_and_keeps_what_was_typed(asking: Asking, listed: Page) -> None:
    page = listed.follow("Add an entry").fill(**{"q-age": "340"}).press("Continue", expect=422)
    assert page.value("q-age") == "340"
    summary = page.element("problems")
    assert [link.get("href") for link in summary.iter("a")] == ["#a-name", "#a-age"]
    page.fill(**{"q-name": "Amal", "q-age": "34"}).press("Continue")
    assert answers(asking)["members"] == [{"name": "Amal", "age": 34}]


def test_what_is_no_answer_waits_in_its_own_item(asking: Asking, listed: Page, pages: Pages) -> None:
    page = add(listed, "Amal", "34")
    page.follow("Add another entry").fill(**{"q-name": "Binh", "q-age": "x"}).press("Continue", expect=422)
    assert pages.open(f"{LIST.replace('members', 'person')}/2").value("q-age") == "x"
    assert pages.open(f"{LIST.replace('members', 'person')}/1").value("q-age") == "34"


def test_removing_asks_once_more(asking: Asking, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30").press("Remove 1 Amal, 34")
    assert page.heading == "Remove this entry?"
    assert len(answers(asking)["members"]) == 2  # type: ignore[arg-type]
    assert "2 entries so far" in page.follow("Keep it").text


def test_removed_item_is_gone_with_what_was_typed_about_it(asking: Asking, listed: Page) -> None:
    page = add(listed, "Amal", "34")
    page.follow("Add another entry").fill(**{"q-name": "Binh", "q-age": "x"}).press("Continue", expect=422)
    listed.pages.open(LIST).press("Remove 1 Amal, 34").press("Remove")
    (response,) = asking.responses()
    assert response.answers["members"] == [{"name": "Binh"}]
    assert list(response.unsaved) == ["members[1]/age"]


def test_pressing_remove_twice_removes_one(asking: Asking, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30").press("Remove 1 Amal, 34")
    page.press("Remove")
    page.press("Remove")
    assert answers(asking)["members"] == [{"name": "Binh", "age": 30}]


def test_repeat_inside_a_repeat_has_a_list_of_its_own(asking: Asking, listed: Page) -> None:
    person = listed.follow("Add an entry").fill(**{"q-name": "Amal", "q-age": "34"})
    schools = person.press("Continue")
    assert schools.heading == "Schools of Amal"
    schools.follow("Add an entry").fill(**{"q-school": "Elm"}).press("Continue").press("Continue")
    assert answers(asking)["members"] == [{"name": "Amal", "age": 34, "schools": [{"school": "Elm"}]}]


def test_language_switch_in_an_item_keeps_place_and_words(listed: Page) -> None:
    french = listed.follow("Add an entry").fill(**{"q-name": "Amal"}).press("fr")
    assert french.address.endswith("/fr/s/welcome/person/1")
    assert french.value("q-name") == "Amal"
    arabic = french.press("ar")
    assert arabic.document.get("dir") == "rtl"
    assert arabic.value("q-name") == "Amal"


def test_going_back_from_an_item_leads_to_its_list(listed: Page) -> None:
    assert listed.follow("Add an entry").fill(**{"q-name": "Amal"}).press("Back").address.endswith("/members")


def test_stored_answers_are_read_back_item_by_item(listed: Page) -> None:
    end = add(add(listed, "Amal", "34"), "Binh", "30").press("Continue")
    review = end.fill(**{"q-wish": "Peace"}).press("Continue")
    assert "Household member 2 (Binh, 30): The person" in review.text
    changed = review.follow("Change Age of Binh").fill(**{"q-age": "31"}).press("Continue")
    assert changed.address.endswith("/review") or "review=1" in changed.address


def test_response_with_items_is_sent_with_what_is_calculated_over_them(asking: Asking, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30").press("Continue")
    page.fill(**{"q-wish": "Peace"}).press("Continue").press("Send my answers")
    (response,) = asking.responses()
    assert response.state is ResponseState.SUBMITTED
    assert response.answers["members"] == [{"name": "Amal", "age": 34}, {"name": "Binh", "age": 30}]
    assert (response.answers["people"], response.answers["years"]) == (2, 64)


def test_required_answer_of_an_item_is_asked_for_before_sending(
    asking: Asking, listed: Page, pages: Pages
) -> None:
    listed.follow("Add an entry").fill(**{"q-age": "40"}).press("Back")
    page = pages.open(LIST).press("Continue").press("Continue").press("Send my answers", expect=422)
    fixed = page.follow("First name").fill(**{"q-name": "Amal"}).press("Continue")
    fixed.pages.open("/en/s/welcome/review").press("Send my answers")
    assert answers(asking)["members"] == [{"name": "Amal", "age": 40}]


def test_resuming_goes_on_inside_the_item(asking: Asking, listed: Page, another: Pages) -> None:
    person = listed.follow("Add an entry").fill(**{"q-name": "Amal", "q-age": "old"})
    saved = person.press("Save and continue later")
    resumed = another.open("/en/resume").fill(code=code_on(saved)).press("Continue")
    assert resumed.address.endswith("/person/1")


@pytest.mark.parametrize("place", ["person/3", "person/0", "person/1/1", "person", "members/1", "area/1"])
def test_item_that_there_is_not_does_no_harm(listed: Page, pages: Pages, place: str) -> None:
    answer = pages.client.get(f"/en/s/welcome/{place}")
    assert answer.status_code in (303, 404)


def test_counted_items_follow_one_after_the_other(asking: Asking, pages: Pages) -> None:
    listed = begin(asking, pages, COUNTED).fill(**{"q-size": "2"}).press("Continue")
    assert "2 entries so far" in listed.text
    assert "Add" not in listed.text
    assert "Remove" not in listed.text
    second = listed.press("Continue").fill(**{"q-use": "Kitchen"}).press("Continue")
    assert second.heading == "Room 2"
    second.fill(**{"q-use": "Bath"}).press("Continue").press("Send my answers")
    assert answers(asking) == {"size": 2, "rooms": [{"use": "Kitchen"}, {"use": "Bath"}]}


def test_items_beyond_the_count_are_not_sent(asking: Asking, pages: Pages) -> None:
    listed = begin(asking, pages, COUNTED).fill(**{"q-size": "2"}).press("Continue")
    page = listed.press("Continue").fill(**{"q-use": "Kitchen"}).press("Continue")
    page.fill(**{"q-use": "Bath"}).press("Continue")
    pages.open("/en/s/welcome/home").fill(**{"q-size": "1"}).press("Continue")
    pages.open("/en/s/welcome/review").press("Send my answers")
    assert answers(asking) == {"size": 1, "rooms": [{"use": "Kitchen"}]}


def test_page_after_the_list_knows_what_stands_in_it(listed: Page) -> None:
    page = add(listed, "Amal", "34").press("Continue")
    (box,) = (element for element in page.document.iter() if element.get("id") == "q-wish")
    assert box.get("hidden") is None
