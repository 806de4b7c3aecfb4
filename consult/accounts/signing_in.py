"""Pages: sign in, the second step, sign out, give the password again."""

from __future__ import annotations

import datetime as dt
import time
import uuid

import sqlalchemy as sa
from flask import flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consult.accounts import destination, second_factor
from consult.accounts.access import actor, visitor
from consult.accounts.attempts import CODES_AT_MOST, count_failure, forget_failures, is_paused
from consult.accounts.credentials import (
    Attempt,
    Outcome,
    browser_mark,
    code_subject,
    is_known_browser,
    verify_password,
)
from consult.accounts.forms import CodeForm, ConfirmForm, SignInForm
from consult.accounts.models import Person
from consult.accounts.security import sign_in_browser, sign_in_token, sign_out_browser
from consult.accounts.sign_in import end_sign_in, start_sign_in
from consult.http import database, now, settings
from consult.i18n import gettext

BROWSER = "consult_office_browser"
"""The cookie of a browser in which somebody has signed in before; it survives signing out."""

_BROWSER_LASTS = dt.timedelta(days=180)
_SECOND_STEP_WITHIN = 600  # seconds


def login() -> Response:
    if request.method == "GET" and visitor() is not None:
        return redirect(url_for(destination.HOME), 303)
    form = SignInForm(request.form)
    if request.method == "GET":
        return make_response(render_template("accounts/login.html", form=form, can_mail=_can_mail()))
    if not form.validate():
        return _login_again(form, 422)
    outcome, person = try_password(form.email.data or "", form.password.data or "")
    if person is None:
        form.form_errors = [why_refused(outcome)]
        return _login_again(form, 429 if outcome is Outcome.PAUSED else 422)
    if person.tf_primary_method is None:
        return begin_session(person, destination.address(destination.take()))
    kept = destination.take()
    session.clear()
    session["second_step"] = {"identity": person.fs_uniquifier, "at": int(time.time())}
    destination.put(kept)
    return redirect(url_for("accounts.code"), 303)


def code() -> Response:
    """The second step; only for who has just given address and password."""
    pending = session.get("second_step")
    if not pending or time.time() - pending["at"] > _SECOND_STEP_WITHIN:
        session.pop("second_step", None)
        return redirect(url_for("accounts.login"), 303)
    form = CodeForm(request.form)
    if request.method == "GET":
        return make_response(render_template("accounts/code.html", form=form))
    status = 422
    if form.validate():
        outcome, person = _try_code(pending["identity"], form.code.data or "")
        if person is not None:
            return begin_session(person, destination.address(destination.take()))
        form.form_errors = [_why_code_refused(outcome)]
        status = 429 if outcome is Outcome.PAUSED else 422
    return make_response(render_template("accounts/code.html", form=form), status)


def logout() -> Response:
    if request.method == "GET":
        return make_response(render_template("accounts/logout.html"))
    with database().write() as unit:
        end_sign_in(unit, settings().secret_key, sign_in_token())
    sign_out_browser()
    flash(gettext("You are signed out."))
    return redirect(url_for("accounts.login"), 303)


def confirm() -> Response:
    """Before a sensitive step: somebody else might be sitting at this keyboard."""
    form = ConfirmForm(request.form)
    if request.method == "GET":
        return make_response(render_template("accounts/confirm.html", form=form))
    status = 422
    if form.validate():
        outcome, person = try_password(actor().person.email, form.password.data or "")
        if person is not None:
            session["fs_paa"] = time.time()
            kept = destination.take()
            return redirect(destination.address(kept), 303)
        form.form_errors = [why_refused(outcome)]
        status = 429 if outcome is Outcome.PAUSED else 422
    return make_response(render_template("accounts/confirm.html", form=form), status)


def try_password(email: str, password: str) -> tuple[Outcome, Person | None]:
    attempt = Attempt(email, password, request.cookies.get(BROWSER, ""))
    return verify_password(database(), settings().secret_key, attempt, now())


def begin_session(person: Person, address: str) -> Response:
    """Sign ``person`` in in this browser and go to ``address``."""
    start_session(person)
    response = redirect(address, 303)
    remember_browser(response, person.id)
    return response


def start_session(person: Person) -> None:
    """A session with a new identity; the one that this browser had before ends."""
    key = settings().secret_key
    with database().write() as unit:
        end_sign_in(unit, key, sign_in_token())
        token = start_sign_in(unit, key, person.id, now())
    sign_in_browser(person, token)


def remember_browser(response: Response, person_id: uuid.UUID) -> None:
    """Let this browser be counted by itself when passwords are tried."""
    response.set_cookie(
        BROWSER,
        browser_mark(settings().secret_key, person_id),
        max_age=_BROWSER_LASTS,
        path="/office",
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )


def why_refused(outcome: Outcome) -> str:
    """The same words whether the address, the password or both are wrong."""
    if outcome is Outcome.PAUSED:
        return str(gettext("Too many attempts. Wait 15 minutes, or ask an administrator to lift the pause."))
    return str(gettext("The email address or the password is not right. Check both and try again."))


def _why_code_refused(outcome: Outcome) -> str:
    if outcome is Outcome.PAUSED:
        return str(gettext("Too many attempts. Wait 15 minutes, then start again."))
    return str(gettext("This code is not right, or was already used. Wait for the next one and enter it."))


def _login_again(form: SignInForm, status: int) -> Response:
    return make_response(render_template("accounts/login.html", form=form, can_mail=_can_mail()), status)


def _try_code(identity: str, typed: str) -> tuple[Outcome, Person | None]:
    key = settings().secret_key
    with database().write() as unit:
        # Locked: of two requests with one code only the first finds it unused.
        wanted = sa.select(Person).where(Person.fs_uniquifier == identity, Person.active).with_for_update()
        person = unit.scalar(wanted)
        if person is None:
            return Outcome.REFUSED, None
        is_known = is_known_browser(key, person, request.cookies.get(BROWSER, ""))
        subject = code_subject(key, person.id, is_known=is_known)
        if is_paused(unit, subject, now()):
            return Outcome.PAUSED, None
        if not second_factor.take_code(person, typed):
            count_failure(unit, subject, now(), CODES_AT_MOST)
            return Outcome.REFUSED, None
        forget_failures(unit, subject)
        return Outcome.ACCEPTED, person


def _can_mail() -> bool:
    return settings().smtp_url is not None
