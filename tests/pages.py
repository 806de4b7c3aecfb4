"""The inspecting client: opens pages as a person would, presses what they see, checks all it is shown.

    pages = Pages(app.test_client())
    start = pages.open("/en/s/tiny/")
    first = start.press("I agree. Start")
    second = first.fill(name="Ada").press("Continue")

No script runs: what works here works without JavaScript. Every page is checked by
``tests/inspection.py``; a page with a fault fails the test that opened it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

from tests.answer_headers import wrong_headers
from tests.inspection import FIRST_FLIGHT, faults, parse, visible_text

Fields = list[tuple[str, Any]]


class Pages:
    """One browser without script. ``size``: compressed bytes that a page may take."""

    def __init__(self, client: Client, *, size: int = FIRST_FLIGHT, root: str = "", cookies: int = 1) -> None:
        self.client = client
        self.size = size
        self.root = root  # where the application is mounted: "" or "/office"
        self.cookies = cookies  # that one answer may set

    def open(self, address: str, expect: int = 200, **how: Any) -> Page:
        """Follow a link, and every redirect behind it. ``how`` goes to werkzeug's client."""
        return self._arrive(self.client.get(address, **how), address, expect)

    def post(self, address: str, fields: Fields | dict[str, Any], expect: int = 200, **how: Any) -> Page:
        """Send a form; follow what it answers."""
        data = fields if isinstance(fields, dict) else MultiDict(fields)
        answer = self.client.post(address, data=data, **how)
        assert answer.status_code != 302, f"{address}: what was sent may be sent again where this leads"
        return self._arrive(answer, address, expect)

    def _arrive(self, response: TestResponse, address: str, expect: int) -> Page:
        for _hop in range(6):
            _check_headers(response, self.cookies)
            if response.status_code not in (301, 302, 303, 307, 308):
                break
            address = urljoin(address, response.headers["Location"])
            assert not urlsplit(address).netloc, f"sent away to {address}"
            response = self.client.get(address)
        assert response.status_code == expect, f"{address} answered {response.status}, not {expect}"
        page = Page(self, address, response)
        if response.mimetype == "text/html":
            wrong = faults(page.html, wanted=self._language(address), size=self.size)
            assert wrong == [], f"{address}: {wrong}"
        return page

    def _language(self, address: str) -> str | None:
        """The language an address asks for; none where it names none (the first page)."""
        path = urlsplit(address).path.removeprefix(self.root).strip("/")
        if "/frame/" in path:
            return None  # of a preview: it speaks the language that is looked at
        first = path.split("/")[0]
        looks_like_one = 2 <= len(first.split("-")[0]) <= 3 and first not in ("s",)
        return first if looks_like_one else None


@dataclass
class Page:
    """One page as it was shown. ``address`` is where the browser stands after all redirects."""

    pages: Pages
    address: str
    response: TestResponse
    changed: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def document(self) -> Element:
        return parse(self.html)

    @property
    def text(self) -> str:
        """What a person reads on it."""
        body = self.document.find("body")
        assert body is not None
        return visible_text(body)

    @property
    def title(self) -> str:
        return visible_text(next(self.document.iter("title")))

    @property
    def heading(self) -> str:
        return visible_text(next(self.document.iter("h1")))

    def element(self, name: str) -> Element:
        """The element with this id."""
        return next(element for element in self.document.iter() if element.get("id") == name)

    def value(self, name: str) -> str | list[str] | None:
        """What stands in a field, as the browser would send it: a list when several are chosen."""
        sent = [value for key, value in self._fields(self._form_of(name)) if key == name]
        return sent[0] if len(sent) == 1 else (sent or None)

    def fill(self, **values: str | list[str]) -> Page:
        """Type or choose; a list chooses several, an empty list none. Fields must be there."""
        for name, value in values.items():
            self._form_of(name)
            self.changed[name] = [value] if isinstance(value, str) else list(value)
        return self

    def attach(self, **files: tuple[bytes, str]) -> Page:
        """Choose files: field → content and name."""
        for name, (content, filename) in files.items():
            form = self._form_of(name)
            assert form.get("enctype") == "multipart/form-data", "a browser would send the name only"
            self.changed[name] = [(io.BytesIO(content), filename)]
        return self

    def press(self, label: str, expect: int = 200) -> Page:
        """Press the button with these words (or, for buttons that differ by it, this value)."""
        return self._press(self._button(label), expect)

    def press_on(self, expect: int = 200) -> Page:
        """Press the first button of the content, whatever it says in this language."""
        main = next(self.document.iter("main"))
        return self._press(next(main.iter("button")), expect)

    def _press(self, button: Element, expect: int) -> Page:
        form = self._form_around(button)
        fields = self._fields(form)
        if button.get("name"):
            fields.append((str(button.get("name")), str(button.get("value", ""))))
        action = button.get("formaction") or form.get("action")
        address = urljoin(self.address, action) if action else self.address.split("#")[0]
        if (form.get("method") or "get") == "get":
            return self.pages.open(address, expect, query_string=MultiDict(fields))
        return self.pages.post(address, fields, expect)

    def follow(self, label: str, expect: int = 200) -> Page:
        """Follow the first link with these words."""
        link = next((a for a in self.document.iter("a") if visible_text(a) == label), None)
        assert link is not None, f"no link {label!r} on {self.address}"
        return self.pages.open(urljoin(self.address, str(link.get("href"))), expect)

    def _button(self, label: str) -> Element:
        buttons = [b for b in self.document.iter("button") if b.get("type", "submit") == "submit"]
        for button in buttons:
            if visible_text(button) == label or button.get("value") == label:
                return button
        raise AssertionError(f"no button {label!r} among {[visible_text(b) for b in buttons]}")

    def _form_around(self, control: Element) -> Element:
        document = self.document
        if control.get("form"):
            return next(form for form in document.iter("form") if form.get("id") == control.get("form"))
        wanted = (control.tag, control.attrib, visible_text(control))
        for form in document.iter("form"):
            if any((inner.tag, inner.attrib, visible_text(inner)) == wanted for inner in form.iter()):
                return form
        raise AssertionError(f"<{control.tag} name={control.get('name')}> belongs to no form")

    def _form_of(self, name: str) -> Element:
        for element in self.document.iter():
            if element.get("name") == name and element.tag in ("input", "select", "textarea"):
                return self._form_around(element)
        raise AssertionError(f"no field {name!r} on {self.address}")

    def _fields(self, form: Element) -> Fields:
        """The successful controls of a form (HTML: constructing the entry list), with what was filled in."""
        sent: Fields = []
        done: set[str] = set()
        for element in form.iter():
            name = element.get("name")
            if not name or element.get("disabled") is not None:
                continue
            if element.tag not in ("input", "select", "textarea"):
                continue
            if name in self.changed:
                if name not in done:
                    sent += [(name, value) for value in self.changed[name]]
                done.add(name)
            else:
                sent += [(name, value) for value in _current(element)]
        return sent


def _current(element: Element) -> list[str]:
    if element.tag == "textarea":
        return [(element.text or "").removeprefix("\n")]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value", visible_text(option)) for option in chosen]
    kind = element.get("type", "text")
    if kind in ("radio", "checkbox"):
        return [element.get("value", "on")] if element.get("checked") is not None else []
    return [] if kind in ("submit", "button", "image", "reset", "file") else [element.get("value", "")]


def _check_headers(response: TestResponse, cookies: int) -> None:
    wrong = wrong_headers(response.headers.getlist, response.request.path)
    assert wrong == [], f"not as every answer has it: {wrong}"
    assert "Cache-Control" in response.headers
    assert len(response.headers.getlist("Set-Cookie")) <= cookies
