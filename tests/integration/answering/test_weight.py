"""What a page weighs on its way to a telephone: everything that is needed to answer, compressed."""

from __future__ import annotations

import gzip

import pytest
import rcssmin

from consult.ui.assets import STATIC
from tests.inspection import FIRST_FLIGHT
from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages
from tests.samples.newcomers import ten_questions

COMPRESSED = {"Accept-Encoding": "gzip"}


def resources(page: Page) -> set[str]:
    """Addresses that a browser fetches by itself to show the page."""
    found = {str(link.get("href")) for link in page.document.iter("link")}
    found |= {str(element.get("src")) for element in page.document.iter() if element.get("src")}
    return {address for address in found if not address.startswith("data:")}


@pytest.fixture
def ten(asking: Asking, pages: Pages) -> Page:
    questionnaire, _page = ten_questions()
    asking.publish(questionnaire)
    return pages.open("/en/s/welcome/").press_on()


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-Hans"])
def test_ten_questions_fit_into_the_first_flight(ten: Page, pages: Pages, language: str) -> None:
    address = ten.address.replace("/en/", f"/{language}/")
    questions = [
        element for element in pages.open(address).document.iter() if "data-question" in element.attrib
    ]
    fetched = [address, *resources(pages.open(address))]
    weights = {each: len(pages.client.get(each, headers=COMPRESSED).get_data()) for each in fetched}
    assert len(questions) >= 10
    assert len(weights) == 3  # the page, one style sheet, one script
    assert sum(weights.values()) <= FIRST_FLIGHT, weights


def test_page_with_faults_and_answers_fits_too(ten: Page, pages: Pages) -> None:
    fields = dict.fromkeys(("q-change", "q-year", "q-household"), "ا" * 200)
    reply = pages.client.post(ten.address.replace("/en/", "/ar/"), data=fields, headers=COMPRESSED)
    assert reply.status_code == 422
    assets = sum(len(pages.client.get(each, headers=COMPRESSED).get_data()) for each in resources(ten))
    assert len(reply.get_data()) + assets <= FIRST_FLIGHT


def test_our_own_style_stays_under_three_kilobytes() -> None:
    sheets = [(STATIC / "css" / name).read_text(encoding="utf-8") for name in ("base.css", "public.css")]
    assert len(gzip.compress(rcssmin.cssmin("\n".join(sheets)).encode(), 9)) <= 3_000


def test_resources_may_be_kept_for_ever_under_the_name_of_their_content(ten: Page, pages: Pages) -> None:
    for address in resources(ten):
        reply = pages.client.get(address)
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in reply.headers
