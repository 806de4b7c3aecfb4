"""A forgotten password: a link by mail or from an administrator; what one changes in one's own account."""

from __future__ import annotations

import datetime as dt
import smtplib
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from consult.accounts import links
from consult.accounts.models import Membership, PasswordReset, Person, Role
from consult.db import Database
from consult.settings import Settings
from tests.office import PASSWORD, Office, sign_in
from tests.pages import Page

NEW = "nine loud harbours"
FORGOTTEN = "/office/en/forgotten"


class Outbox:
    """A mail server that keeps what it gets. ``sent`` is filled once every thread is done."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.threads: list[threading.Thread] = []

    def sent(self) -> list[EmailMessage]:
        for thread in self.threads:
            thread.join(timeout=10)
        return self.messages


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    made = Outbox()

    class Server(smtplib.SMTP):
        def __init__(self, *_arguments: object, **_named: object) -> None:
            """Connects to nothing."""

        def send_message(self, message: EmailMessage, *_arguments: object) -> dict[str, tuple[int, bytes]]:  # type: ignore[override]
            made.messages.append(message)
            return {}

        def __exit__(self, *_error: object) -> None:
            """Nothing to close."""

    class Watched(threading.Thread):
        def start(self) -> None:
            made.threads.append(self)
            super().start()

    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(links.threading, "Thread", Watched)
    yield made
    made.sent()


@pytest.fixture
def mailing(settings: Settings, database: Database, outbox: Outbox) -> Office:
    mail = {"smtp_url": "smtp://mail.example", "office_url": "https://office.lip.example/office"}
    return Office(replace(settings, **mail), database)


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.STAFF)


def link_in(message: EmailMessage) -> str:
    address = next(line for line in message.get_content().splitlines() if line.startswith("http"))
    assert address.startswith("https://office.lip.example/office/")
    return address.removeprefix("https://office.lip.example")


def ask(office: Office, email: str, **how: object) -> Page:
    pages = office.pages()
    page = pages.open(FORGOTTEN)
    return pages.post(FORGOTTEN, {"csrf_token": page.value("csrf_token"), "email": email}, **how)  # type: ignore[arg-type]


def test_known_and_unknown_address_get_the_same_answer(mailing: Office) -> None:
    ana = mailing.person("ana", Role.STAFF)

    assert ask(mailing, ana.email).text == ask(mailing, "nobody@example.org").text


def test_mail_goes_to_the_owner_only(mailing: Office, outbox: Outbox) -> None:
    ana = mailing.person("ana", Role.STAFF)
    ask(mailing, ana.email)
    ask(mailing, "nobody@example.org")

    assert [message["To"] for message in outbox.sent()] == ["ana@example.org"]


def test_link_in_the_mail_sets_a_new_password(mailing: Office, outbox: Outbox) -> None:
    ana = mailing.person("ana", Role.STAFF)
    ask(mailing, ana.email)

    mailing.pages().open(link_in(outbox.sent()[0])).fill(password=NEW).press("Set the new password")

    assert sign_in(mailing.pages(), ana.email, NEW).heading == "My work"
    sign_in(mailing.pages(), ana.email, PASSWORD, expect=422)


def test_mail_speaks_the_language_of_the_owner(mailing: Office, outbox: Outbox) -> None:
    ana = mailing.person("ana", Role.STAFF, language="fr")
    ask(mailing, ana.email)

    assert link_in(outbox.sent()[0]).startswith("/office/fr/reset/")


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Original-Host", "Forwarded"])
def test_forged_host_reaches_no_mail(mailing: Office, outbox: Outbox, name: str) -> None:
    ana = mailing.person("ana", Role.STAFF)
    ask(mailing, ana.email, headers={name: "evil.example"})

    assert ["evil" in message.as_string() for message in outbox.sent()] == [False]


def test_mailbox_is_not_flooded(mailing: Office, outbox: Outbox) -> None:
    ana = mailing.person("ana", Role.STAFF)
    for _again in range(8):
        ask(mailing, ana.email)

    assert len(outbox.sent()) == 5


def test_closed_account_gets_no_mail(mailing: Office, outbox: Outbox) -> None:
    ask(mailing, mailing.person("gone", Role.STAFF, active=False).email)

    assert outbox.sent() == []


def test_without_a_mail_server_the_page_says_whom_to_ask(office: Office) -> None:
    assert "Ask an administrator of your organisation for a link" in office.pages().open(FORGOTTEN).text


@pytest.fixture
def link(office: Office, ana: Person) -> str:
    boss = office.browser(office.person("boss", Role.ADMIN))
    page = boss.open(f"/office/en/organisations/ours/people/{ana.id}").press("Make a link for a new password")
    return str(page.element("new-link").get("value")).removeprefix("http://127.0.0.1:8000")


def test_administrator_makes_a_link_by_which_the_owner_chooses(
    office: Office, ana: Person, link: str
) -> None:
    office.pages().open(link).fill(password=NEW).press("Set the new password")

    assert sign_in(office.pages(), ana.email, NEW).heading == "My work"


def test_link_is_shown_once(office: Office, ana: Person) -> None:
    boss = office.browser(office.person("boss", Role.ADMIN))
    page = boss.open(f"/office/en/organisations/ours/people/{ana.id}").press("Make a link for a new password")

    assert "/reset/" in page.html
    assert "/reset/" not in boss.open(page.address).html


def test_link_works_once(office: Office, link: str) -> None:
    first, second = office.pages().open(link), office.pages().open(link)
    first.fill(password=NEW).press("Set the new password")

    second.fill(password="four calm rivers").press("Set the new password", 404)
    office.pages().open(link, 404)


def test_link_ends_after_a_day(office: Office, link: str) -> None:
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    office.change(lambda session: session.execute(sa.update(PasswordReset).values(expires_at=past)))

    office.pages().open(link, 404)


def test_new_password_signs_out_everywhere_and_lifts_a_pause(office: Office, ana: Person, link: str) -> None:
    elsewhere = office.browser(ana)
    for _guess in range(10):
        sign_in(office.pages(), ana.email, "a wrong guess", expect=422)
    office.pages().open(link).fill(password=NEW).press("Set the new password")

    assert elsewhere.client.get("/office/en/").status_code == 303
    assert sign_in(office.pages(), ana.email, NEW).heading == "My work"


def test_weak_password_leaves_everything_as_it_was(office: Office, ana: Person, link: str) -> None:
    office.pages().open(link).fill(password="ana@example.org!").press("Set the new password", 422)

    assert sign_in(office.pages(), ana.email).heading == "My work"


def test_administrator_makes_no_link_for_who_also_works_elsewhere(office: Office, ana: Person) -> None:
    there = {"person_id": ana.id, "organisation_id": office.theirs.id, "role": Role.ADMIN}
    office.change(lambda session: session.add(Membership(**there)))
    pages = office.browser(office.person("boss", Role.ADMIN))
    page = pages.open(f"/office/en/organisations/ours/people/{ana.id}")

    assert "Make a link" not in page.text
    for action in ("reset-link", "reset-second-factor"):
        pages.post(f"{page.address}/{action}", {"csrf_token": page.value("csrf_token")}, 403)
    assert office.row(PasswordReset) is None


def test_own_password_changes_only_with_the_present_one(office: Office, ana: Person) -> None:
    page = office.browser(ana).open("/office/en/account/password")
    refused = page.fill(current="a wrong guess", password=NEW).press("Set the new password", 422)

    assert "This is not your present password." in refused.text
    assert sign_in(office.pages(), ana.email).heading == "My work"


def test_own_name_and_language_can_be_changed(office: Office, ana: Person) -> None:
    saved = office.browser(ana).open("/office/en/account").fill(name="Ana María", language="fr").press("Save")

    assert saved.address == "/office/fr/account"
    assert office.row(Person).name == "Ana María"


@pytest.mark.parametrize("language", ["de", "", "<script>"])
def test_language_must_be_an_official_one(office: Office, ana: Person, language: str) -> None:
    office.browser(ana).open("/office/en/account").fill(language=language).press("Save", 422)

    assert office.row(Person).language == "en"
