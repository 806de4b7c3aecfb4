"""What administrators find under "my work"."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import Session

from consult.accounts.actor import Actor
from consult.accounts.invitations import pending_invitations
from consult.accounts.models import Role
from consult.accounts.service import members_of
from consult.accounts.work import Card, Link
from consult.http import page_language
from consult.i18n import gettext, ngettext


def cards(actor: Actor, session: Session) -> Iterator[Card]:
    """One card per administered organisation."""
    for organisation_id in actor.organisations_as(Role.ADMIN):
        yield _people(actor, session, organisation_id)


def _people(actor: Actor, session: Session, organisation_id: uuid.UUID) -> Card:
    organisation = actor.organisations[organisation_id]
    members = members_of(session, organisation_id)
    invited = len(pending_invitations(session, organisation_id))
    collectors = sum(Role.COLLECTOR in member.roles for member in members)
    facts = [
        ngettext("One person has a role.", "%(num)d people have a role.", len(members)),
        ngettext("One of them is a data collector.", "%(num)d of them are data collectors.", collectors),
    ]
    if invited:
        facts.append(
            ngettext(
                "One invitation is not accepted yet.", "%(num)d invitations are not accepted yet.", invited
            )
        )
    is_alone = len(members) + invited == 1
    return Card(
        section=gettext("Organisation"),
        title=organisation.name.pick(page_language()),
        address=url_for("organisations.people", organisation=organisation.slug),
        step=gettext("See and invite people"),
        facts=tuple(facts),
        more=(
            Link(
                url_for("organisations.settings", organisation=organisation.slug),
                gettext("Profile and settings"),
            ),
        ),
        note=gettext("Nobody else is here yet. Invite your colleagues and data collectors.")
        if is_alone
        else "",
        rank=0 if is_alone else 80,
    )
