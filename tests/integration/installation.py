"""One installation with everything in it: a survey with every kind of question, people of every role, what
they have begun and done. Built once, and put back as it was in a moment.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from consult.accounts.invitations import invite_person
from consult.accounts.models import Role
from consult.accounts.resets import offer_reset
from consult.db import Base, Database
from consult.http import Runtime
from consult.questionnaires.specification import Questionnaire
from consult.reports import export
from consult.reports.definitions import Definition, keep_definition
from consult.responses.models import Channel, ResponseState
from consult.settings import Settings
from consult.surfaces import create_public_app
from consult.surveys import service as surveys
from consult.surveys.files import lend_store
from tests import factories
from tests.factories import NOW, TODAY
from tests.integration.answering.questionnaires import NOTICE
from tests.office import Office
from tests.samples.questions import ask, choices, group, questionnaire

SLUG = "everything"
ABC = choices(("a", "Apples"), ("b", "Bread"), none="None of these")

EVERYTHING: Questionnaire = replace(
    questionnaire(
        group(
            ask("text", "town", required="true()", constraint="regex(., '^[A-Za-z ]{2,}$')"),
            ask("text", "story", appearance="multiline"),
            ask("email", "mail"),
            ask("phone", "telephone"),
            ask("integer", "age", constraint=". > 0 and . < 120"),
            ask("decimal", "share"),
            ask("range", "scale"),
            ask("range", "percent", parameters={"end": "100"}),
            ask("calculate", "double", calculation="${age} * 2"),
            key="words",
            appearance="field-list",
        ),
        group(
            ask("date", "since"),
            ask("time", "hour"),
            ask("dateTime", "moment"),
            ask("note", "told", "You live in ${town}, twice your age is ${double}."),
            key="times",
            appearance="field-list",
        ),
        group(
            ask("select_one", "one", choices=ABC, has_other=True),
            ask("select_one", "menu", choices=ABC, appearance="minimal", relevant="${one} = 'a'"),
            ask("select_multiple", "many", choices=ABC, has_other=True, choice_filter="name != ${one}"),
            ask("select_multiple", "mixed", choices=ABC, parameters={"randomize": "true"}),
            ask("rank", "order", choices=ABC, parameters={"randomize": "true"}),
            ask("acknowledge", "seen"),
            ask("geopoint", "spot"),
            ask("geotrace", "way"),
            ask("barcode", "ticket"),
            ask("image", "photo"),
            ask("file", "paper"),
            group(
                ask("select_one", "row_1", choices=ABC),
                ask("select_one", "row_2", choices=ABC),
                key="grid",
                appearance="table-list",
            ),
            key="choices",
            appearance="field-list",
        ),
        languages=("en", "fr", "ar"),
    ),
    key="everything",
    notice=NOTICE,
)

ANSWERS = {
    "town": "Ashbrook",
    "age": 30,
    "one": "a",
    "many": ["b"],
    "order": ["b", "a", "none"],
    "story": "=1",
}


@dataclass
class Installation:
    """``cookies``: the header that makes somebody this visitor. ``things``: parts of addresses that exist.

    ``token``: what every form of the office must carry for the people who are signed in here.
    """

    settings: Settings
    public: Flask
    office: Flask
    wsgi: Any
    cookies: Mapping[str, str]
    things: Mapping[str, str]
    token: str
    database: Database
    pristine: Path

    def put_back(self) -> None:
        """The database as it was in the beginning."""
        path = Path(str(self.database.url.database))
        self.database.dispose()
        for left in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            left.unlink(missing_ok=True)
        shutil.copyfile(self.pristine, path)
        self.database = Database(self.settings.database_url)
        for app in (self.public, self.office):
            app.extensions["consult"] = Runtime(self.settings, self.database)
        lend_store(self.database, self.settings)
        self.public.extensions["consult.answering"].forget()

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is stored: table → rows."""
        with self.database.read() as session:
            tables = Base.metadata.sorted_tables
            return {
                table.name: sorted(map(tuple, session.execute(sa.select(table))), key=repr)
                for table in tables
            }


@contextmanager
def installed(settings: Settings, database: Database) -> Iterator[Installation]:
    """Build it in an empty migrated SQLite database, and leave nothing open behind."""
    settings = replace(settings, database_url=database.url.render_as_string(hide_password=False))
    office = Office(settings, database)
    public = create_public_app(settings, database)
    people = {role.value: office.person(role.value, role) for role in Role}
    people["nobody in particular"] = office.person("stranger")
    people["another organisation"] = office.person("other", *Role, organisation=office.theirs)
    with database.write() as session:
        things = _things(session, settings, office, people)
    browsers = {who: office.browser(person).client for who, person in people.items()}
    secret = "0" * 40
    for client in browsers.values():
        office.put_session(client, {**office.session_of(client), "csrf_token": secret})
    cookies = {who: _cookies(client) for who, client in browsers.items()} | _visitors(public) | {"": ""}
    sheet = re.search(r'/static/([^"]+)', public.test_client().get("/").text)
    assert sheet is not None
    things["name"] = sheet[1]
    token = URLSafeTimedSerializer(settings.secret_key, salt="wtf-csrf-token").dumps(secret)
    path = Path(str(database.url.database))
    database.dispose()
    pristine = path.with_name("pristine.db")
    shutil.copyfile(path, pristine)
    wsgi = DispatcherMiddleware(public, {"/office": office.app})
    made = Installation(
        settings,
        public,
        office.app,
        wsgi,
        cookies,
        things,
        str(token),
        Database(settings.database_url),
        pristine,
    )
    made.put_back()
    # The database is put back under everybody's feet: no process of its own may be at work on it.
    with patch.object(export, "start_process"):
        yield made
    made.database.dispose()


def _things(
    session: Session, settings: Settings, office: Office, people: Mapping[str, Any]
) -> dict[str, str]:
    survey = surveys.import_questionnaire(session, office.ours, EVERYTHING, SLUG)
    surveys.publish_draft(session, survey, None, NOW)
    surveys.open_survey(session, survey, TODAY)
    survey.takes_files = True
    collected = {"survey": survey, "channel": Channel.COLLECTOR, "collector_id": people["collector"].id}
    for _number in range(12):
        factories.make_response(session, survey=survey, answers=ANSWERS)
    entry = factories.make_response(session, **collected, answers=ANSWERS)
    draft = factories.make_response(session, **collected, answers=ANSWERS, state=ResponseState.DRAFT)
    key, now = settings.secret_key, dt.datetime.now(dt.UTC)
    new, roles = "new@example.org", [Role.STAFF]
    return {
        "survey": SLUG,
        "organisation": office.ours.slug,
        "response": str(draft.id),
        "entry": str(entry.id),
        "session": str(factories.make_session(session, survey=survey).id),
        "person": str(people["translator"].id),
        "invitation": str(factories.make_invitation(session, organisation=office.ours).id),
        "token": invite_person(session, key, office.ours, new, roles=roles, language="en", by=None, now=now),
        "reset": offer_reset(session, key, people["analyst"].id, now),
        "page": "choices",
        "code": "ar",
        "kind": "csv",
        "place": "choices",
        "digest": "0" * 64,
        "definition": str(
            keep_definition(session, survey.id, Definition("Monthly"), by=people["staff"].id, now=now)
        ),
        "number": str(factories.make_edition(session, survey=survey, person=people["staff"]).number),
        "question": "town",
        "job": str(factories.make_job(session, survey=survey, person=people["analyst"]).id),
        "ending": "png",
    }


def _cookies(client: Client) -> str:
    names = ("consult_office", "consult_office_browser")
    found = (client.get_cookie(name, path="/office") or client.get_cookie(name) for name in names)
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in found if cookie)


def _visitors(public: Flask) -> dict[str, str]:
    """Newcomers: one has agreed to the notice, one has answered a page."""
    agreed, answered = _newcomer(public), _newcomer(public)
    answered.post(f"/en/s/{SLUG}/words", data={"q-town": "Ashbrook", "go": "next"})
    return {"has agreed": _answers_cookie(agreed), "has answered": _answers_cookie(answered)}


def _newcomer(public: Flask) -> Client:
    client = public.test_client()
    start = client.get(f"/en/s/{SLUG}/")
    notice = start.text.partition('name="notice" value="')[2].partition('"')[0]
    client.post(f"/en/s/{SLUG}/", data={"notice": notice})
    return client


def _answers_cookie(client: Client) -> str:
    cookie = client.get_cookie("answers")
    assert cookie is not None
    return f"answers={cookie.value}"
