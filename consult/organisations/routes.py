"""The addresses of this room: my work, the people of an organisation, its profile."""

from __future__ import annotations

from flask import Blueprint, render_template

from consult.accounts import work as work_of_rooms
from consult.accounts.access import actor
from consult.http import session
from consult.organisations import people, profile
from consult.organisations.cards import cards

blueprint = Blueprint("organisations", __name__, template_folder="templates")
work_of_rooms.offer(blueprint, cards)

_PEOPLE = "/organisations/<organisation>/people/"
_PERSON = "/organisations/<organisation>/people/<uuid:person>"
_INVITATION = "/organisations/<organisation>/invitations/<uuid:invitation>"


@blueprint.get("/")
def work() -> str:
    """What this person needs first, from all rooms."""
    return render_template("organisations/work.html", sections=work_of_rooms.sections(actor(), session()))


for address, view, methods in (
    ("/organisations/", profile.organisations, ["GET"]),
    ("/organisations/<organisation>/settings", profile.settings, ["GET", "POST"]),
    (_PEOPLE, people.people, ["GET"]),
    (_PEOPLE + "invite", people.invite, ["GET", "POST"]),
    (_PERSON, people.person, ["GET", "POST"]),
    (_PERSON + "/remove", people.remove, ["POST"]),
    (_PERSON + "/lift-pause", people.lift_pause, ["POST"]),
    (_PERSON + "/reset-link", people.reset_link, ["POST"]),
    (_PERSON + "/reset-second-factor", people.reset_second_factor, ["POST"]),
    (_INVITATION + "/renew", people.renew, ["POST"]),
    (_INVITATION + "/withdraw", people.withdraw, ["POST"]),
):
    blueprint.add_url_rule(address, view_func=view, methods=methods)
