"""Flask-Security, reduced to what we use of it: a library behind pages of our own.

Its views, registration, unified sign-in, remember-me cookies and tokens in requests are off. Who is
signed in is decided by a row (see :mod:`consult.accounts.sign_in`), not by a signature alone.
"""

from __future__ import annotations

import base64
import datetime as dt
import time
from typing import Any, cast

from flask import Flask, request, session
from flask_security import RoleMixin, Security, Totp
from flask_security.datastore import UserDatastore
from flask_security.utils import login_user, logout_user, set_request_attr
from passlib.totp import TotpMatch

from consult.accounts import passwords
from consult.accounts.models import Person
from consult.accounts.sign_in import IDLE, LONGEST, person_signed_in
from consult.accounts.tokens import derived_key
from consult.http import database, settings
from consult.http import now as this_moment

UNATTENDED = "X-Unattended"
"""A page that asks by itself says so: somebody who has gone is signed out nevertheless."""

_SEEN_EVERY = 60  # seconds: the cookie is not written anew with every request


class People(UserDatastore):
    """What Flask-Security may do to a person. Rows belong to the caller's unit of work, which commits."""

    def __init__(self) -> None:
        super().__init__(cast(Any, Person), RoleMixin)

    # Flask-Security calls a person "user" and gives it a type of its own: ours is a plain row.
    def put(self, user: Any) -> Any:
        return user

    def commit(self) -> None:
        """The unit of work of the request commits."""

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        codes = list(user.mf_recovery_codes or [])
        del codes[idx]
        # A new list: a change inside the old one would not be noticed by the mapper.
        user.mf_recovery_codes = codes
        return True


class OneTimeCodes(Totp):
    """Codes of an authenticator application. None is taken twice, not even within its half minute."""

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.tf_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter


def install(app: Flask) -> None:
    """Give ``app`` Flask-Security over our model. After CSRF protection, before any view."""
    secret_key = app.config["SECRET_KEY"]
    app.config.update(
        PERMANENT_SESSION_LIFETIME=LONGEST,
        SESSION_PROTECTION=None,  # phones change networks; what protects a session is its row
        SECURITY_REGISTERABLE=False,
        SECURITY_UNIFIED_SIGNIN=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  (the name of a method)
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_LENGTH_MIN=passwords.MINIMUM,
        SECURITY_FRESHNESS=dt.timedelta(minutes=15),
        SECURITY_FRESHNESS_GRACE_PERIOD=dt.timedelta(minutes=5),
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_N=8,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[
            base64.urlsafe_b64encode(derived_key(secret_key, "recovery-codes"))
        ],
        SECURITY_TOTP_SECRETS={"1": derived_key(secret_key, "totp").hex()},
        SECURITY_TOTP_ISSUER="consult",
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    security = Security(app, People(), register_blueprint=False, totp_cls=OneTimeCodes)
    # One context for the command line and the web: both write and read the same hashes.
    security.pwd_context = passwords.CONTEXT
    # Roles are decided in access.py: nobody needs an identity with every style sheet.
    security.principal.identity_loaders.clear()
    security.login_manager.user_loader(_load)
    security.login_manager.request_loader(lambda _request: None)


def sign_in_browser(person: Person, token: str) -> None:
    """Begin a new session in this browser: of the one before nothing stays, not even the form token."""
    session.clear()
    login_user(cast(Any, person), remember=False)
    session["sign_in"] = token
    session["seen"] = int(time.time())


def sign_out_browser() -> None:
    logout_user()
    session.clear()


def sign_in_token() -> str:
    """The secret of this browser's sign-in, or nothing."""
    return str(session.get("sign_in", ""))


def _load(identity: str) -> Person | None:
    """Flask-Login's question: who is it that this cookie names?"""
    now = time.time()
    if now - session.get("seen", 0) > IDLE.total_seconds():
        return None
    # A snapshot of its own: what a refused request asks must not wait in the queue of writers.
    with database().read() as unit:
        person = person_signed_in(unit, settings().secret_key, sign_in_token(), this_moment())
    if person is None or person.fs_uniquifier != identity:
        return None
    if now - session["seen"] > _SEEN_EVERY and UNATTENDED not in request.headers:
        session["seen"] = int(now)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return person
