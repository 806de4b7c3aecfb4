"""Who may do what: the one check before every view, by the table in rules.py.

What belongs to another organisation answers exactly like what does not exist (404); what belongs to
one's own but not to one's role says so (403). An application with a route that is not in the table
does not start.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

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
from consult.accounts.rules import RULES
from consult.http import SAFE_METHODS, database
from consult.i18n import gettext

Resolver = Callable[[Session, str], uuid.UUID | None]
"""Which organisation the object of an address belongs to; ``None`` for what does not exist."""


class UndeclaredRoute(Exception):
    """An office route that the table does not name; the application must not start with it."""


def install(app: Flask, resolvers: Mapping[str, Resolver]) -> None:
    """Check every request to ``app``; last of all installations. Raises UndeclaredRoute.

    ``resolvers``: name of an address parameter → how to find its organisation.
    """
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - RULES.keys()
    if undeclared:
        raise UndeclaredRoute(f"add to consult/accounts/rules.py: {', '.join(sorted(undeclared))}")
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
