"""Every route has one declared rule, and the rule is what happens: each route of both applications, by each
method, for each kind of visitor, on what is theirs, on what is another organisation's, on what is not there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule as Route
from werkzeug.test import Client, TestResponse

from consult.accounts import access
from consult.accounts.access import UndeclaredRoute
from consult.accounts.actor import RAW_ANSWERS
from consult.accounts.models import Membership, Organisation, Person, Role
from consult.accounts.rules import RULES, Rule
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.responses.models import Channel
from consult.settings import Settings
from consult.surfaces import create_public_app
from tests import factories
from tests.integration.answering.questionnaires import WELCOME
from tests.office import Office

PUBLIC = {
    *("healthz", "readyz", "static", "medium"),
    *(
        "answering.index",
        "answering.open_now",
        "answering.organisation",
        "answering.leave",
        "answering.clear",
    ),
    *("answering.resume", "answering.find", "answering.start", "answering.consent", "answering.page"),
    *("answering.answer", "answering.review", "answering.submit", "answering.saved", "answering.save"),
    "answering.thanks",
    *("publishing.results", "publishing.edition", "publishing.file"),
}
"""All that somebody without an account can reach on the public surface. Growing it is a decision."""

VISITORS: dict[str, tuple[Role, ...] | None] = {
    "anonymous": None,
    "signed in without role": (),
    **{role.value: (role,) for role in Role},
}
OWNERS = ("own", "other", "nowhere")
NAMED = {"survey", "session", "response", "organisation"}
TRIES_TO_STORE_ON_PURPOSE = "readyz"
WRITTEN_DOWN = {
    f"reports.{name}"
    for name in ("download", "definition_file", "own_entries", "sent_file", "archive", "job_file")
}
"""Who takes single answers out of the house is written down, and nothing else is changed by it."""

Values = dict[str, str]


@dataclass(frozen=True)
class World:
    """The same things in two organisations and in none: ``things[owner]`` are parts of addresses."""

    office: Office
    visitor: Person
    things: dict[str, Values]

    def address(self, route: Route, owner: str) -> str:
        rest = {
            "lang": "en",
            "page": "about",
            "place": "about",
            "code": "en",
            "token": "no-such-token",
            "name": "nothing",
            "kind": "csv",
            "digest": "0" * 64,
            "ending": "png",
            "job": uuid.UUID(int=7),
            "question": "change",
            "entry": "0",
            "definition": uuid.UUID(int=7),
            "number": 1,
        }
        parts = {name: (self.things[owner] | rest)[name] for name in route.arguments}
        return "/office" + self.office.app.url_map.bind("localhost").build(route.endpoint, parts)

    def browser(self, roles: tuple[Role, ...] | None) -> Client:
        """The visitor's browser, signed in with these roles in ``ours``; signed out for None."""
        if roles is None:
            return self.office.client()
        for role in roles:
            membership = {"person_id": self.visitor.id, "organisation_id": self.office.ours.id, "role": role}
            self.office.change(lambda session, row=membership: session.add(Membership(**row)))  # type: ignore[misc]
        return self.office.browser(self.visitor).client

    def ask(self, client: Client, method: str, where: str) -> TestResponse:
        """One request, with a form token of its own session where a form needs one."""
        secret = "0" * 40
        self.office.put_session(client, {**self.office.session_of(client), "csrf_token": secret})
        signer = URLSafeTimedSerializer(self.office.settings.secret_key, salt="wtf-csrf-token")
        data = {"csrf_token": signer.dumps(secret)} if method == "POST" else None
        return client.open(where, method=method, data=data, buffered=True)


@pytest.fixture
def world(settings: Settings, sqlite_database: Database) -> World:
    office = Office(settings, sqlite_database)
    visitor = office.person("visitor")
    with sqlite_database.write() as session:
        own = things_of(session, office.ours, visitor)
        other = things_of(session, office.theirs, factories.make_person(session))
    identities = dict.fromkeys(("session", "response", "person", "invitation"), str(uuid.UUID(int=7)))
    nowhere = {"organisation": "nowhere", "survey": "nowhere", **identities}
    return World(office, visitor, {"own": own, "other": other, "nowhere": nowhere})


def things_of(session: Any, organisation: Organisation, collector: Person) -> Values:
    survey = factories.make_open_survey(session, to_document(WELCOME), organisation=organisation)
    colleague = factories.make_membership(session, organisation=organisation)
    response = factories.make_response(
        session, survey=survey, channel=Channel.COLLECTOR, collector_id=collector.id
    )
    return {
        "organisation": organisation.slug,
        "survey": survey.slug,
        "session": str(factories.make_session(session, survey=survey).id),
        "response": str(response.id),
        "person": str(colleague.person_id),
        "invitation": str(factories.make_invitation(session, organisation=organisation).id),
    }


def routes(app: Flask, *, named: bool | None = None) -> list[Route]:
    """Those whose address names something of an organisation, or not, or all."""
    found = app.url_map.iter_rules()
    return [route for route in found if named is None or bool(route.arguments & NAMED) is named]


def promised(rule: Rule, roles: tuple[Role, ...] | None, owner: str | None, method: str) -> str:
    """What the table says. ``owner`` None: the address names nothing of an organisation."""
    if rule.is_public:
        return "reached"
    if roles is None:
        return "refused" if method == "POST" else "sent to sign in"
    if rule.roles is None:
        return "reached"
    if owner in ("other", "nowhere") or (owner == "own" and not roles):
        return "not there"  # without a role nothing is one's own
    return "reached" if rule.roles.intersection(roles) else "refused"


def seen(answer: TestResponse) -> str:
    if answer.status_code == 303 and answer.headers["Location"] == "/office/en/login":
        return "sent to sign in"
    return {200: "reached", 403: "refused", 404: "not there"}.get(answer.status_code, answer.status)


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_office_route_lets_in_whom_its_rule_names(
    world: World, visitor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The views only say that they were reached: what is tried is the gate before them."""
    roles = VISITORS[visitor]
    client = world.browser(roles)
    for endpoint in world.office.app.view_functions:
        monkeypatch.setitem(world.office.app.view_functions, endpoint, lambda **_parts: "reached")
    wrong = []
    for route in routes(world.office.app):
        for owner in OWNERS if route.arguments & NAMED else (None,):
            where = world.address(route, owner or "own")
            for method in sorted(route.methods or ()):
                right = promised(RULES[route.endpoint], roles, owner, method)
                found = seen(world.ask(client, method, where))
                if found != right:
                    wrong.append(f"{method} {where} ({owner}): {found}, not {right}")

    assert wrong == []


def test_what_belongs_to_others_answers_exactly_like_what_is_not_there(world: World) -> None:
    client = world.browser(tuple(Role))
    different = []
    for route in routes(world.office.app, named=True):
        for method in {"GET", "POST"} & (route.methods or set()):
            there, nowhere = (
                world.ask(client, method, world.address(route, owner)) for owner in ("other", "nowhere")
            )
            same = (there.status_code, there.data, list(there.headers.keys()))
            if same != (404, nowhere.data, list(nowhere.headers.keys())):
                different.append(f"{method} {route.rule}: {there.status} and {nowhere.status}")

    assert different == []


@pytest.mark.parametrize("foreign", sorted(NAMED))
def test_one_foreign_part_is_enough_for_an_address_not_to_be_there(
    world: World, foreign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.browser(tuple(Role))
    mixed = {**world.things["own"], foreign: world.things["other"][foreign]}
    world.things["mixed"] = mixed
    found = {
        (route.rule, method): world.ask(client, method, world.address(route, "mixed")).status_code
        for route in routes(world.office.app, named=True)
        if foreign in route.arguments
        for method in {"GET", "POST"} & (route.methods or set())
    }

    assert set(found.values()) <= {404}, found


def test_no_page_of_the_office_is_changed_by_looking_at_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.browser(tuple(Role))
    answers = {
        where: (world.ask(client, "GET", where).status_code, bool(written))
        for written in [spied(monkeypatch)]
        for route in routes(world.office.app)
        if "GET" in (route.methods or ()) and route.endpoint not in {TRIES_TO_STORE_ON_PURPOSE, *WRITTEN_DOWN}
        for where in [world.address(route, "own")]
    }

    assert {where: told for where, told in answers.items() if told[0] >= 500 or told[1]} == {}


def test_no_public_page_is_changed_by_looking_at_it(
    settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_public_app(settings, world.office.database)
    rest = {"lang": "fr", "page": "about", "name": "en.csv", "digest": "0" * 64, "ending": "png", "number": 1}
    values = {**rest, **world.things["own"]}
    written = spied(monkeypatch)
    answers = {}
    for route in routes(app):
        if "GET" in (route.methods or ()) and route.endpoint != TRIES_TO_STORE_ON_PURPOSE:
            where = app.url_map.bind("localhost").build(
                route.endpoint, {name: values[name] for name in route.arguments}
            )
            answers[where] = app.test_client().get(where, buffered=True).status_code

    assert written == []
    assert {where: status for where, status in answers.items() if status >= 500} == {}


def spied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills up with the ways in which somebody began to write."""
    written: list[str] = []
    for way in ("write", "commit_together"):
        real = getattr(Database, way)

        def watched(*arguments: Any, way: str = way, real: Any = real) -> Any:
            written.append(way)
            return real(*arguments)

        monkeypatch.setattr(Database, way, watched)
    return written


def test_table_names_every_office_route_and_no_other(world: World) -> None:
    assert {route.endpoint for route in routes(world.office.app)} == RULES.keys()


def test_office_with_an_undeclared_route_does_not_start(
    settings: Settings, sqlite_database: Database
) -> None:
    app = Flask("consult.office")
    app.add_url_rule("/back-door", "back_door", lambda: "in")

    with pytest.raises(UndeclaredRoute, match="back_door"):
        access.install(app, {})


def test_public_surface_holds_what_is_decided_and_nothing_of_the_office(
    settings: Settings, sqlite_database: Database
) -> None:
    app = create_public_app(settings, sqlite_database)

    assert {route.endpoint for route in routes(app)} == PUBLIC
    assert RULES.keys() & PUBLIC == {"healthz", "readyz", "static", "medium"}


def test_nobody_who_may_not_see_answers_of_others_reaches_a_report() -> None:
    rules = {endpoint: rule for endpoint, rule in RULES.items() if endpoint.startswith("reports.")}
    for own in ("own_entries", "my_downloads", "job", "job_file", "job_again", "job_remove"):
        rules.pop(f"reports.{own}", None)  # what a collector has entered

    assert {
        endpoint for endpoint, rule in rules.items() if not rule.roles or rule.roles - RAW_ANSWERS
    } == set()


def test_only_administrators_change_who_may_do_what() -> None:
    changing = {
        "people",
        "invite",
        "renew",
        "withdraw",
        "person",
        "remove",
        "lift_pause",
        "reset_link",
        "settings",
    }

    assert {RULES[f"organisations.{name}"].roles for name in changing} == {frozenset({Role.ADMIN})}
