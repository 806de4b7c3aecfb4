"""One person before a screen: what they open, press and read, and everything that their browser noticed."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from consult.i18n import catalogue

SURVEY = "/s/immigrant-survey/"


def said(code: str, message: str, context: str | None = None) -> str:
    """A message of the interface as a page in this language says it."""
    if context is None:
        return str(catalogue(code).gettext(message))
    return str(catalogue(code).pgettext(context, message))


class Screen:
    """A browser window of its own: own cookies, own size. ``language``: of the interface on its pages."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.language = "en"
        self.requested: list[str] = []
        self.faults: list[str] = []
        context.on("page", self._watch)
        self.page: Page = context.new_page()

    def open(self, path: str) -> Response:
        """Type an address. The language of the page is taken from it."""
        found = re.match(r"(?:/office)?/([a-z]{2}(?:-[A-Z][a-z]{3})?)/", path)
        self.language = found[1] if found else self.language
        response = self.page.goto(self.base + path)
        assert response is not None
        return response

    def begin(self, language: str) -> Page:
        """Agree to the notice of the immigrant survey; gives its first page of questions."""
        self.open(f"/{language}{SURVEY}")
        self.press("I agree. Start")
        return self.page

    def button(self, message: str) -> Locator:
        """The button that says ``message`` in the language of the page."""
        return self.page.get_by_role("button", name=said(self.language, message), exact=True)

    def press(self, message: str) -> None:
        """Press a button and wait for the page to which it leads."""
        with self.page.expect_navigation():
            self.button(message).click()

    def go_on(self, times: int = 1) -> None:
        for _time in range(times):
            self.press("Continue")

    def choose(self, key: str, *codes: str) -> None:
        """Choose these codes of a question."""
        for code in codes:
            self.page.locator(f"[name='q-{key}'][value='{code}']").check()

    def field(self, key: str) -> Locator:
        return self.page.locator(f"[name='q-{key}']").first

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def place(self) -> str:
        """The path of the page that is open, without the anchor."""
        return self.page.url.removeprefix(self.base).split("#")[0]

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def focused(self) -> dict[str, Any]:
        """What has the focus: ``tag``, ``id``, ``name``, ``type`` and the key of its ``question``."""
        found: dict[str, Any] = self.page.evaluate("""() => {
            const { tagName, id, name = "", type = "" } = document.activeElement;
            const question = document.activeElement.closest("[data-question]");
            return { tag: tagName.toLowerCase(), id, name, type, question: question?.id.slice(2) ?? null };
        }""")
        return found

    @property
    def width(self) -> int:
        """How wide the page is: more than the window where it scrolls sideways."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth")
        return width

    def tab_to(self, **wanted: Any) -> None:
        """Press Tab until what has the focus is like this."""
        for _press in range(200):
            if wanted.items() <= self.focused.items():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {wanted} on {self.place}")

    def _watch(self, page: Page) -> None:
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self.faults.append(f"script failed on {page.url}: {error}"))
        page.on("console", self._note_complaint)

    def _note_request(self, request: Request) -> None:
        self.requested.append(request.url)
        if not request.url.startswith((f"{self.base}/", "data:", "blob:", "about:")):
            self.faults.append(f"a third party was asked: {request.url}")

    def _note_complaint(self, said: ConsoleMessage) -> None:
        where = said.location["url"]
        # Chromium also reports pages that say themselves what is wrong: a form to correct, a missing page.
        is_page = "status of 4" in said.text and "/static/" not in where
        if said.type in ("error", "warning") and not is_page:
            self.faults.append(f"{where}: {said.text}")
