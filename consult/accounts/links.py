"""Pages behind a link: an invitation, a forgotten password."""

from __future__ import annotations

import threading

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.accounts import destination
from consult.accounts.access import visitor
from consult.accounts.attempts import CODES_AT_MOST, count_failure, forget_failures, is_paused
from consult.accounts.credentials import person_by_email, subjects_of
from consult.accounts.forms import ForgottenForm, InvitationForm, ResetForm
from consult.accounts.invitations import (
    AlreadyUsed,
    accept_as_new_person,
    accept_as_person,
    invitation_by_token,
)
from consult.accounts.letters import reset_letter
from consult.accounts.mail import send_mail
from consult.accounts.models import Invitation, Organisation
from consult.accounts.passwords import hash_password
from consult.accounts.resets import offer_reset, person_of_reset, reset_address, reset_password
from consult.accounts.signing_in import begin_session
from consult.accounts.tokens import keyed_digest
from consult.http import database, now, page_language, settings
from consult.i18n import gettext


def invitation(token: str) -> Response:
    """Three people may open it: somebody new, somebody with an account, somebody signed in with it."""
    with database().read() as unit:
        found = invitation_by_token(unit, settings().secret_key, token, now())
        organisation = unit.get_one(Organisation, found.organisation_id) if found else None
        has_account = found is not None and person_by_email(unit, found.email) is not None
    if found is None or organisation is None:
        return _link_ended()
    if has_account:
        return _accept_with_account(found, organisation)
    form = InvitationForm(request.form, about=(found.email, request.form.get("name", "")))
    if request.method == "GET":
        form.language.data = found.language
    elif form.validate():
        return _accept_as_new(found, form)
    page = render_template(
        "accounts/invitation.html", form=form, invitation=found, organisation=organisation.name
    )
    return make_response(page, 200 if request.method == "GET" else 422)


def forgotten() -> Response:
    """Says the same whether or not the address has an account."""
    form = ForgottenForm(request.form)
    can_mail = settings().smtp_url is not None
    if request.method == "GET" or not can_mail or not form.validate():
        page = render_template("accounts/forgotten.html", form=form, can_mail=can_mail)
        return make_response(page, 200 if request.method == "GET" else 422)
    _mail_reset(form.email.data or "")
    flash(
        gettext("If this address has an account, a message with a link is on its way. It works for 24 hours.")
    )
    return redirect(url_for("accounts.login"), 303)


def reset(token: str) -> Response:
    key = settings().secret_key
    with database().read() as unit:
        person = person_of_reset(unit, key, token, now())
    if person is None:
        return _link_ended()
    form = ResetForm(request.form, about=(person.email, person.name))
    if request.method == "GET" or not form.validate():
        page = render_template("accounts/reset.html", form=form, email=person.email)
        return make_response(page, 200 if request.method == "GET" else 422)
    hashed = hash_password(form.password.data or "")
    try:
        with database().write() as unit:
            again = person_of_reset(unit, key, token, now())
            if again is None:
                raise AlreadyUsed
            reset_password(unit, again, hashed)
            forget_failures(unit, *subjects_of(key, again))
    except AlreadyUsed:
        return _link_ended()
    flash(gettext("Your new password is set. Please sign in with it."))
    return redirect(url_for("accounts.login"), 303)


def _accept_as_new(found: Invitation, form: InvitationForm) -> Response:
    hashed = hash_password(form.password.data or "")
    try:
        with database().write() as unit:
            person = accept_as_new_person(
                unit,
                found,
                name=form.name.data or "",
                language=form.language.data or found.language,
                password_hash=hashed,
                now=now(),
            )
    except AlreadyUsed:
        return _link_ended()
    return begin_session(person, url_for(destination.HOME, lang=person.language))


def _accept_with_account(found: Invitation, organisation: Organisation) -> Response:
    """The link alone never takes over an account: its owner has to be signed in."""
    signed_in = visitor()
    is_owner = signed_in is not None and signed_in.person.email == found.email
    if signed_in is not None and is_owner and request.method == "POST":
        try:
            with database().write() as unit:
                accept_as_person(unit, found, signed_in.person, now())
        except AlreadyUsed:
            return _link_ended()
        flash(gettext("Welcome to %(organisation)s.", organisation=organisation.name.pick(page_language())))
        return redirect(url_for(destination.HOME), 303)
    if signed_in is None:
        destination.remember()
    page = render_template(
        "accounts/invitation_with_account.html",
        invitation=found,
        organisation=organisation.name,
        is_owner=is_owner,
    )
    return make_response(page, 200 if request.method == "GET" else 403)


def _mail_reset(email: str) -> None:
    """Send a link, a few times in a quarter of an hour at most; the same work whoever is named."""
    key = settings().secret_key
    subject = keyed_digest(key, "attempts", f"reset\n{email.lower()}")
    with database().write() as unit:
        person = person_by_email(unit, email)
        if is_paused(unit, subject, now()):
            return
        count_failure(unit, subject, now(), CODES_AT_MOST)
        if person is None or not person.active:
            return
        token = offer_reset(unit, key, person.id, now())
    letter = reset_letter(person.language, reset_address(settings(), person.language, token))
    # Aside: how long a mail server takes would tell whether there is an account.
    threading.Thread(target=send_mail, args=(settings(), person.email, *letter), daemon=True).start()


def _link_ended() -> Response:
    """One answer for a link that never was, was used, or is too old."""
    return make_response(render_template("accounts/link_ended.html"), 404)
