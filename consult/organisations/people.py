"""Pages: the people of an organisation, one person, invitations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import LazyString, format_date
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult.accounts import second_factor
from consult.accounts.access import actor, organisation_id
from consult.accounts.attempts import forget_failures, is_any_paused
from consult.accounts.credentials import subjects_of
from consult.accounts.invitations import (
    invitation_address,
    invitation_of_organisation,
    invite_person,
    pending_invitations,
    renew_invitation,
)
from consult.accounts.letters import invitation_letter
from consult.accounts.mail import send_mail
from consult.accounts.models import Invitation, Organisation, Role
from consult.accounts.resets import offer_reset, reset_address
from consult.accounts.service import (
    AccountError,
    Member,
    member,
    members_of,
    organisation_by_slug,
    organisations_of,
    set_roles,
)
from consult.accounts.sign_in import end_every_sign_in
from consult.http import database, now, settings
from consult.http import session as reading
from consult.i18n import gettext
from consult.organisations.forms import InviteForm, RolesForm
from consult.organisations.labels import ROLES


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """One invitation as the page shows it; ``works_until`` is empty when the link has expired."""

    id: uuid.UUID
    email: str
    roles: list[LazyString]
    works_until: str


def people(organisation: str) -> str:
    return render_template(
        "organisations/people.html",
        organisation=_organisation(reading(), organisation),
        members=members_of(reading(), organisation_id()),
        invitations=[_open_invitation(row) for row in pending_invitations(reading(), organisation_id())],
        role_names=ROLES,
        link=session.pop("new_link", None),
    )


def invite(organisation: str) -> Response:
    form = InviteForm(request.form)
    with database().read() as unit:
        ours = _organisation(unit, organisation)
    if request.method == "GET":
        form.language.data = ours.default_language
        form.roles.data = [Role.COLLECTOR.value]
    elif form.validate():
        return _invite(ours, form)
    page = render_template("organisations/invite.html", form=form, organisation=ours)
    return make_response(page, 200 if request.method == "GET" else 422)


def renew(organisation: str, invitation: uuid.UUID) -> Response:
    with database().write() as unit:
        found = _invitation(unit, invitation)
        token = renew_invitation(unit, settings().secret_key, found, now())
        ours = _organisation(unit, organisation)
    return _show_link(
        ours, found.email, invitation_address(settings(), found.language, token), found.language
    )


def withdraw(organisation: str, invitation: uuid.UUID) -> Response:
    with database().write() as unit:
        unit.delete(_invitation(unit, invitation))
    flash(gettext("The invitation is withdrawn; its link no longer works."))
    return redirect(url_for("organisations.people", organisation=organisation), 303)


def person(organisation: str, person: uuid.UUID) -> Response:
    form = RolesForm(request.form)
    status = 200
    if request.method == "POST":
        if form.validate() and _set_roles(person, {Role(value) for value in form.roles.data or []}, form):
            flash(gettext("The roles are saved."))
            return _back_to_people(organisation)
        status = 422
    with database().read() as unit:
        found = _member(unit, person)
        page = render_template(
            "organisations/person.html",
            organisation=_organisation(unit, organisation),
            member=found,
            form=form if form.errors else RolesForm(roles=[role.value for role in found.roles]),
            is_paused=is_any_paused(unit, subjects_of(settings().secret_key, found.person), now()),
            is_ours_alone=_is_ours_alone(unit, person),
        )
    return make_response(page, status)


def remove(organisation: str, person: uuid.UUID) -> Response:
    form = RolesForm()
    with database().read() as unit:
        found = _member(unit, person)
    if _set_roles(person, set(), form):
        flash(gettext("%(name)s no longer has a role here.", name=found.person.name or found.person.email))
        return _back_to_people(organisation)
    flash(form.roles.errors[0])
    return redirect(url_for("organisations.person", organisation=organisation, person=person), 303)


def lift_pause(organisation: str, person: uuid.UUID) -> Response:
    with database().write() as unit:
        forget_failures(unit, *subjects_of(settings().secret_key, _member(unit, person).person))
    flash(gettext("The pause is lifted: signing in is possible again."))
    return redirect(url_for("organisations.person", organisation=organisation, person=person), 303)


def reset_link(organisation: str, person: uuid.UUID) -> Response:
    with database().write() as unit:
        found = _member(unit, person).person
        if not _is_ours_alone(unit, person):
            abort(403)
        token = offer_reset(unit, settings().secret_key, person, now())
    session["new_link"] = {
        "address": reset_address(settings(), found.language, token),
        "email": found.email,
        "is_reset": True,
    }
    return _back_to_people(organisation)


def reset_second_factor(organisation: str, person: uuid.UUID) -> Response:
    with database().write() as unit:
        found = _member(unit, person).person
        if not _is_ours_alone(unit, person):
            abort(403)
        second_factor.remove(found)
        end_every_sign_in(unit, found)
    flash(gettext("The second step is turned off for %(name)s.", name=found.name or found.email))
    return redirect(url_for("organisations.person", organisation=organisation, person=person), 303)


def _invite(ours: Organisation, form: InviteForm) -> Response:
    email, language = form.email.data or "", form.language.data or ours.default_language
    with database().write() as unit:
        token = invite_person(
            unit,
            settings().secret_key,
            ours,
            email,
            roles={Role(value) for value in form.roles.data or []},
            language=language,
            by=actor().id,
            now=now(),
        )
    return _show_link(ours, email, invitation_address(settings(), language, token), language)


def _show_link(ours: Organisation, email: str, address: str, language: str) -> Response:
    """The link is shown once, to be copied; with a mail server it is also sent."""
    was_sent = send_mail(settings(), email, *invitation_letter(ours.name, language, address))
    session["new_link"] = {"address": address, "email": email, "was_sent": was_sent}
    return _back_to_people(ours.slug)


def _set_roles(person: uuid.UUID, roles: set[Role], form: RolesForm) -> bool:
    try:
        with database().write() as unit:
            _member(unit, person)
            set_roles(unit, organisation_id(), person, roles)
    except AccountError:
        form.roles.errors = [gettext("This is the last administrator. Make somebody else one first.")]
        return False
    return True


def _back_to_people(organisation: str) -> Response:
    """Whoever takes the role of administrator from themselves has no way back to that page."""
    with database().read() as unit:
        mine = member(unit, organisation_id(), actor().id)
    if mine is None or Role.ADMIN not in mine.roles:
        return redirect(url_for("organisations.work"), 303)
    return redirect(url_for("organisations.people", organisation=organisation), 303)


def _is_ours_alone(unit: Session, person: uuid.UUID) -> bool:
    """Whether the actor administers all that this account opens: else a link would open another's door."""
    return organisations_of(unit, person) <= set(actor().organisations_as(Role.ADMIN))


def _member(unit: Session, person: uuid.UUID) -> Member:
    return member(unit, organisation_id(), person) or abort(404)


def _invitation(unit: Session, invitation: uuid.UUID) -> Invitation:
    return invitation_of_organisation(unit, organisation_id(), invitation) or abort(404)


def _open_invitation(row: Invitation) -> OpenInvitation:
    works_until = format_date(row.expires_at, "long") if row.expires_at > now() else ""
    return OpenInvitation(row.id, row.email, [ROLES[Role(value)] for value in row.roles], works_until)


def _organisation(unit: Session, slug: str) -> Organisation:
    return organisation_by_slug(unit, slug) or abort(404)
