"""Pages: my name and language, my password, my second step."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import force_locale
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult.accounts import second_factor as second_step
from consult.accounts.access import actor
from consult.accounts.credentials import Outcome
from consult.accounts.forms import AccountForm, CodeForm, PasswordForm
from consult.accounts.models import Person
from consult.accounts.passwords import hash_password
from consult.accounts.service import change_password, update_person
from consult.accounts.sign_in import end_every_sign_in
from consult.accounts.signing_in import begin_session, start_session, try_password, why_refused
from consult.http import database
from consult.i18n import gettext


def account() -> Response:
    mine = actor().person
    form = AccountForm(request.form, name=mine.name, language=mine.language)
    if request.method == "GET" or not form.validate():
        page = render_template("accounts/account.html", form=form, person=mine)
        return make_response(page, 200 if request.method == "GET" else 422)
    chosen = form.language.data or mine.language
    with database().write() as unit:
        update_person(unit, _me(unit), name=form.name.data or "", language=chosen)
    with force_locale(chosen):  # the page that shows it is already in the new language
        flash(gettext("Your account is saved."))
    return redirect(url_for("accounts.account", lang=chosen), 303)


def password() -> Response:
    mine = actor().person
    form = PasswordForm(request.form, about=(mine.email, mine.name))
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.validate():
        outcome, verified = try_password(mine.email, form.current.data or "")
        if verified is not None:
            hashed = hash_password(form.password.data or "")
            with database().write() as unit:
                me = _me(unit)
                change_password(unit, me, hashed)
            response = begin_session(me, url_for("accounts.account"))
            flash(gettext("Your new password is set. You are signed out everywhere else."))
            return response
        form.current.errors = [_why_current_refused(outcome)]
        status = 429 if outcome is Outcome.PAUSED else 422
    return make_response(render_template("accounts/password.html", form=form), status)


def second_factor() -> Response:
    mine = actor().person
    if mine.tf_primary_method is not None:
        left = second_step.recovery_codes_left(mine)
        return make_response(render_template("accounts/second_factor.html", codes_left=left))
    form = CodeForm(request.form)
    secret = session.get("second_factor_secret")
    if secret is None:
        secret = session["second_factor_secret"] = second_step.new_secret()
    status = 200
    if request.method == "POST":
        status = 422
        codes = _set_up(secret, form.code.data or "") if form.validate() else None
        if codes is not None:
            return _show_codes(codes)
        if not form.errors:
            form.code.errors = [
                gettext("This code does not fit. Enter the one that the application shows now.")
            ]
    page = render_template(
        "accounts/set_up_second_factor.html", form=form, offer=second_step.offer(secret, mine.email)
    )
    return make_response(page, status)


def recovery_codes() -> Response:
    with database().write() as unit:
        me = _me(unit)
        codes = second_step.renew_recovery_codes(me) if me.tf_primary_method else None
    return _show_codes(codes) if codes else redirect(url_for("accounts.second_factor"), 303)


def remove_second_factor() -> Response:
    with database().write() as unit:
        second_step.remove(_me(unit))
    flash(gettext("The second step is turned off."))
    return redirect(url_for("accounts.account"), 303)


def _set_up(secret: str, code: str) -> list[str] | None:
    with database().write() as unit:
        me = _me(unit)
        codes = second_step.set_up(me, secret, code)
        if codes is not None:
            end_every_sign_in(unit, me)
    if codes is not None:
        start_session(me)
    return codes


def _show_codes(codes: list[str]) -> Response:
    # No redirect: the codes would have to wait somewhere, and they are shown once and kept nowhere readable.
    return make_response(render_template("accounts/recovery_codes.html", codes=codes))


def _why_current_refused(outcome: Outcome) -> str:
    if outcome is Outcome.PAUSED:
        return why_refused(outcome)
    return str(gettext("This is not your present password."))


def _me(unit: Session) -> Person:
    return unit.get_one(Person, actor().id, with_for_update=True)
