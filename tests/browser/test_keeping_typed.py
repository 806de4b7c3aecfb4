"""Staff change the language of a page in the middle of a form."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.screen import Screen

ANA = "priya@ashbrook.example"
NEW = "/office/en/surveys/new"


@pytest.fixture
def staff(office: Visit) -> Screen:
    return office(ANA)


def in_french(screen: Screen) -> None:
    screen.page.locator("nav.languages a[hreflang=fr]").click()
    screen.language = "fr"
    screen.page.wait_for_url("**/office/fr/**")


def test_what_was_typed_goes_along(staff: Screen) -> None:
    staff.open(NEW)
    staff.page.locator("[name=slug]").fill("newcomers-2026")
    in_french(staff)
    assert staff.page.locator("[name=slug]").input_value() == "newcomers-2026"


def test_what_came_back_with_an_error_goes_along(staff: Screen) -> None:
    staff.open(NEW)
    staff.page.locator("[name=slug]").fill("Not an address!")
    staff.page.locator("main form[method=post] button").first.click()
    staff.page.locator("#problems").wait_for()
    in_french(staff)
    assert staff.page.locator("[name=slug]").input_value() == "Not an address!"


def test_it_is_forgotten_on_any_other_page(staff: Screen) -> None:
    staff.open(NEW)
    staff.page.locator("[name=slug]").fill("newcomers-2026")
    in_french(staff)
    staff.open(NEW)
    assert staff.page.locator("[name=slug]").input_value() == ""
    assert staff.page.evaluate("sessionStorage.length") == 0


def test_passwords_stay_behind(office: Visit) -> None:
    staff = office(ANA)
    staff.open("/office/en/account/password")
    for field in staff.page.locator("main input[type=password]").all():
        field.fill("a secret of mine")
    link = staff.page.locator("nav.languages a[hreflang=fr]")
    link.evaluate("(a) => a.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    assert staff.page.evaluate("sessionStorage.getItem('typed')") is None
