"""The office in tests: an application on a database, people who sign in to it, browsers that look at it.

office = Office(settings, database)
ana = office.person("ana", Role.STAFF, Role.COLLECTOR)      # in office.ours unless told otherwise
page = office.browser(ana).open("/office/en/")
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import Client

from consult.accounts.models import Organisation, Person, Role
from consult.accounts.passwords import hash_password
from consult.db import Database
from consult.http import Runtime
from consult.settings import Settings
from consult.surfaces import create_app
from consult.surveys.files import lend_store
from tests import factories
from tests.pages import Page, Pages

PASSWORD = "seven quiet lanterns"
SIGN_IN = "/office/en/login"
SIZE = 30_000
"""Bytes that an office page may take compressed: staff have more on one page than respondents."""


class Office:
    """One office application. ``ours`` and ``theirs`` are two organisations that share nothing."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.wsgi = _application(settings, database)
        self.app: Flask = self.wsgi.mounts["/office"]
        self.app.extensions["consult"] = Runtime(settings, database)
        lend_store(database, settings)
        with database.write() as session:
            self.ours = factories.make_organisation(session, slug="ours")
            self.theirs = factories.make_organisation(session, slug="theirs")

    def person(
        self, key: str, /, *roles: Role, organisation: Organisation | None = None, **changes: Any
    ) -> Person:
        """An account with the password of all accounts here."""
        with self.database.write() as session:
            changes = {"email": f"{key}@example.org", "name": key.title(), "password": hashed(), **changes}
            made = factories.make_person(session, **changes)
            for role in roles:
                where = organisation or self.ours
                factories.make_membership(session, person=made, organisation=where, role=role)
        return made

    def client(self) -> Client:
        """A bare browser: it follows nothing and checks nothing."""
        return Client(self.wsgi)

    def pages(self, client: Client | None = None) -> Pages:
        """A browser that inspects every page it is shown."""
        return Pages(client or self.client(), size=SIZE, root="/office", cookies=2)

    def browser(self, person: Person) -> Pages:
        """A browser in which ``person`` has just signed in."""
        pages = self.pages()
        sign_in(pages, person.email)
        return pages

    def session_of(self, client: Client) -> dict[str, Any]:
        """What stands in a browser's session cookie."""
        cookie = client.get_cookie("consult_office", path="/office")
        read: dict[str, Any] = self._serializer().loads(cookie.value) if cookie else {}
        return read

    def put_session(self, client: Client, values: dict[str, Any]) -> None:
        """Give a browser a session cookie that this application would have signed."""
        signed = self._serializer().dumps(values)
        client.set_cookie("consult_office", str(signed), path="/office")

    def _serializer(self) -> Any:
        return SecureCookieSessionInterface().get_signing_serializer(self.app)

    def row(self, model: type[Any], *where: Any) -> Any:
        """The one row of ``model``, or none."""
        with self.database.read() as session:
            return session.scalars(sa.select(model).where(*where)).one_or_none()

    def change(self, work: Callable[[Any], None]) -> None:
        """Change the database as if another request had."""
        with self.database.write() as session:
            work(session)


def sign_in(pages: Pages, email: str, password: str = PASSWORD, expect: int = 200) -> Page:
    """Fill in the sign-in form; gives the page behind it."""
    return pages.open(SIGN_IN).fill(email=email, password=password).press("Sign in", expect)


_APPLICATIONS: dict[str, Any] = {}


def _application(settings: Settings, database: Database) -> Any:
    """Made once a run: what differs from test to test is its runtime, and compiling templates takes time."""
    key = settings.secret_key
    if key not in _APPLICATIONS:
        _APPLICATIONS[key] = create_app(settings, database, "office")
    return _APPLICATIONS[key]


@cache
def hashed() -> str:
    return hash_password(PASSWORD)
