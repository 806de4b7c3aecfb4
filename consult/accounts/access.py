"""Who may do what: one table of every office route, and the one check before every view.

What belongs to another organisation answers exactly like what does not exist (404); what belongs to
one's own but not to one's role says so (403). An application with a route that is not in the table
does not start.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask import (
    Flask,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from flask_security.utils import check_and_update_authn_fresh
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult.accounts import destination
from consult.accounts.actor import Actor
from consult.accounts.models import Organisation, Role
from consult.http import SAFE_METHODS, database
from consult.i18n import gettext

Resolver = Callable[[Session, str], uuid.UUID | None]
"""Which organisation the object of an address belongs to; ``None`` for what does not exist."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``roles`` None: whoever is signed in. Else one of them in the organisation of the object in the
    address, or, on a list page, in any of the person's own organisations.

    ``is_fresh``: the password must have been given within the last minutes.
    ``before_second_factor``: also for somebody who has yet to set up a second factor that is required.
    """

    roles: frozenset[Role] | None = None
    is_public: bool = False
    is_fresh: bool = False
    before_second_factor: bool = False


def _roles(*roles: Role, is_fresh: bool = False) -> Rule:
    return Rule(roles=frozenset(roles), is_fresh=is_fresh)


_PUBLIC = Rule(is_public=True)
_SIGNED_IN = Rule()
_OWN_ACCOUNT = Rule(before_second_factor=True)
_OWN_ACCOUNT_FRESH = Rule(before_second_factor=True, is_fresh=True)
_COLLECTOR = _roles(Role.COLLECTOR)
_TRANSLATOR = _roles(Role.TRANSLATOR, Role.STAFF)
_STAFF = _roles(Role.STAFF)
_SURVEYS = _roles(Role.TRANSLATOR, Role.ANALYST, Role.STAFF)
_QUOTES = _roles(Role.ANALYST, Role.STAFF)
_RESULTS = _roles(Role.ANALYST, Role.STAFF, Role.ADMIN)
_DOWNLOADS = _roles(Role.COLLECTOR, Role.ANALYST, Role.STAFF, Role.ADMIN)
_ANSWERABLE = _roles(Role.STAFF, Role.ADMIN)
_ADMIN = _roles(Role.ADMIN)
_ADMIN_FRESH = _roles(Role.ADMIN, is_fresh=True)

RULES: dict[str, Rule] = {
    # health, style sheets, the door
    "healthz": _PUBLIC,
    "readyz": _PUBLIC,
    "static": _PUBLIC,
    # pictures and sound beside forms, by their content
    "medium": _SIGNED_IN,
    "start": _PUBLIC,
    # accounts
    "accounts.login": _PUBLIC,
    "accounts.code": _PUBLIC,
    "accounts.logout": _OWN_ACCOUNT,
    "accounts.confirm": _OWN_ACCOUNT,
    "accounts.forgotten": _PUBLIC,
    "accounts.reset": _PUBLIC,
    "accounts.invitation": _PUBLIC,
    "accounts.account": _OWN_ACCOUNT,
    "accounts.password": _OWN_ACCOUNT,
    "accounts.second_factor": _OWN_ACCOUNT_FRESH,
    "accounts.recovery_codes": _OWN_ACCOUNT_FRESH,
    "accounts.remove_second_factor": _OWN_ACCOUNT_FRESH,
    # organisations
    "organisations.work": _SIGNED_IN,
    "organisations.organisations": _ADMIN,
    "organisations.settings": _ADMIN,
    "organisations.people": _ADMIN,
    "organisations.invite": _ADMIN,
    "organisations.renew": _ADMIN,
    "organisations.withdraw": _ADMIN,
    "organisations.person": _ADMIN_FRESH,
    "organisations.remove": _ADMIN_FRESH,
    "organisations.lift_pause": _ADMIN,
    "organisations.reset_link": _ADMIN_FRESH,
    "organisations.reset_second_factor": _ADMIN_FRESH,
    # authoring
    "authoring.survey_list": _SURVEYS,
    "authoring.survey": _SURVEYS,
    "authoring.download": _SURVEYS,
    "authoring.xform": _SURVEYS,
    "authoring.preview": _SURVEYS,
    "authoring.preview_frame": _SURVEYS,
    "authoring.flow": _SURVEYS,
    "authoring.advice": _SURVEYS,
    "authoring.decide": _STAFF,
    "authoring.new": _STAFF,
    "authoring.upload": _STAFF,
    "authoring.publish": _STAFF,
    "authoring.open_": _STAFF,
    "authoring.close": _STAFF,
    "authoring.lock": _STAFF,
    "authoring.files": _STAFF,
    "authoring.notice": _STAFF,
    "authoring.sessions": _STAFF,
    "authoring.collectors": _STAFF,
    "authoring.translation": _TRANSLATOR,
    "authoring.poster": _SURVEYS,
    # collecting
    "collecting.work": _COLLECTOR,
    "collecting.survey": _COLLECTOR,
    "collecting.new": _COLLECTOR,
    "collecting.go_on": _COLLECTOR,
    "collecting.page": _COLLECTOR,
    "collecting.save": _COLLECTOR,
    "collecting.review": _COLLECTOR,
    "collecting.submit": _COLLECTOR,
    "collecting.discard": _COLLECTOR,
    "collecting.entry": _COLLECTOR,
    "collecting.correct": _COLLECTOR,
    # reports
    "reports.survey_list": _RESULTS,
    "reports.results": _RESULTS,
    "reports.pulse": _RESULTS,
    "reports.progress": _RESULTS,
    "reports.targets": _STAFF,
    "reports.compare": _RESULTS,
    "reports.missing": _RESULTS,
    "reports.weighted": _RESULTS,
    "reports.trends": _RESULTS,
    # results for everybody
    "reports.editions": _RESULTS,
    "reports.new_edition": _RESULTS,
    "reports.make_edition": _STAFF,
    "reports.edition_draft": _RESULTS,
    "reports.edition_draft_file": _RESULTS,
    "reports.publish_edition": _STAFF,
    "reports.edition": _RESULTS,
    "reports.withdraw_edition": _STAFF,
    "reports.profile": _STAFF,
    "reports.upload_profile": _STAFF,
    "reports.drop_profile": _STAFF,
    "reports.profile_template": _STAFF,
    "reports.definitions": _RESULTS,
    "reports.new_definition": _RESULTS,
    "reports.definition": _RESULTS,
    "reports.keep_new_definition": _RESULTS,
    "reports.change_definition": _RESULTS,
    "reports.definition_file": _RESULTS,
    "reports.remove_definition_page": _RESULTS,
    "reports.drop_definition": _RESULTS,
    "reports.download": _RESULTS,
    "reports.printed": _RESULTS,
    "reports.quotes": _RESULTS,
    "reports.quote_list": _RESULTS,
    "reports.quote": _RESULTS,
    "reports.propose_quote": _QUOTES,
    "reports.clear_quote": _STAFF,
    "reports.withdraw_quote": _STAFF,
    "reports.sent_files": _RESULTS,
    "reports.sent_file": _RESULTS,
    "reports.archive": _RESULTS,
    "reports.own_entries": _COLLECTOR,
    # files that take a while: whoever ordered one
    "reports.my_downloads": _DOWNLOADS,
    "reports.job": _DOWNLOADS,
    "reports.job_file": _DOWNLOADS,
    "reports.job_again": _DOWNLOADS,
    "reports.job_remove": _DOWNLOADS,
    "reports.downloads": _ANSWERABLE,
}


class UndeclaredRoute(Exception):
    """An office route that the table does not name; the application must not start with it."""


def install(app: Flask, resolvers: Mapping[str, Resolver]) -> None:
    """Check every request to ``app``; last of all installations. Raises UndeclaredRoute.

    ``resolvers``: name of an address parameter → how to find its organisation.
    """
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - RULES.keys()
    if undeclared:
        raise UndeclaredRoute(f"add to consult/accounts/access.py: {', '.join(sorted(undeclared))}")
    app.extensions["consult_resolvers"] = {"organisation": organisation_by_slug, **resolvers}
    app.before_request(_check)


def organisation_by_slug(session: Session, slug: str) -> uuid.UUID | None:
    return session.scalar(sa.select(Organisation.id).where(Organisation.slug == slug))


def visitor() -> Actor | None:
    """Who is signed in, if anybody."""
    if "actor" not in g:
        person = current_user._get_current_object()
        g.actor = Actor.of(person) if person.is_authenticated else None
    found: Actor | None = g.actor
    return found


def actor() -> Actor:
    """Who is signed in; for views whose rule lets nobody else in."""
    found = visitor()
    if found is None:
        abort(403)
    return found


def organisation_id() -> uuid.UUID:
    """The organisation of the object that this request's address names."""
    found: uuid.UUID = g.organisation_id
    return found


def may_visit(endpoint: str) -> bool:
    """Whether a list page is worth a link: it exists here, and the rule lets the visitor in."""
    rule, found = RULES.get(endpoint), visitor()
    if rule is None or rule.is_public or found is None:
        return rule is not None and rule.is_public
    return rule.roles is None or bool(found.organisations_as(*rule.roles))


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such page, or not by this method
    rule = RULES[request.endpoint]
    if rule.is_public:
        return None
    found = visitor()
    if found is None:
        return _signed_out()
    if rule.roles is not None:
        _check_roles(found, rule.roles)
    if found.lacks_second_factor and not rule.before_second_factor:
        return _ask("accounts.second_factor", gettext("Your organisation asks for a second step at sign-in."))
    if rule.is_fresh and not _is_fresh():
        return _ask("accounts.confirm", gettext("Please give your password again before this step."))
    return None


def _signed_out() -> Response:
    if request.method in SAFE_METHODS:
        return _ask("accounts.login", gettext("Please sign in to open this page."))
    return make_response(render_template("accounts/signed_out.html"), 403)


def _check_roles(found: Actor, roles: frozenset[Role]) -> None:
    named = _organisations_named()
    if named:
        g.organisation_id = next(iter(named))
        if len(named) > 1 or g.organisation_id not in found.roles:
            abort(404)
        if not found.has_role(g.organisation_id, *roles):
            abort(403)
    elif not found.organisations_as(*roles):
        abort(403)


def _organisations_named() -> set[uuid.UUID | None]:
    """The organisations of the objects in the address; ``None`` among them for what does not exist."""
    resolvers: dict[str, Resolver] = current_app.extensions["consult_resolvers"]
    named = [(name, value) for name, value in (request.view_args or {}).items() if name in resolvers]
    if not named:
        return set()
    with database().read() as session:
        return {resolvers[name](session, str(value)) for name, value in named}


def _is_fresh() -> bool:
    within = current_app.config["SECURITY_FRESHNESS"]
    return bool(check_and_update_authn_fresh(within, current_app.config["SECURITY_FRESHNESS_GRACE_PERIOD"]))


def _ask(endpoint: str, why: str) -> Response:
    """Lead to the page that is needed first. Nothing of an unsafe request is kept."""
    destination.remember()
    flash(why)
    return redirect(url_for(endpoint), 303)
