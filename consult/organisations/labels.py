"""What roles, kinds and settings are called, and what each role may do in one sentence."""

from __future__ import annotations

from flask_babel import LazyString

from consult.accounts.models import OrganisationKind, Role
from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_pgettext as _lp

ROLES: dict[Role, LazyString] = {
    Role.COLLECTOR: _lp("role", "Data collector"),
    Role.TRANSLATOR: _lp("role", "Translator"),
    Role.ANALYST: _lp("role", "Analyst"),
    Role.STAFF: _lp("role", "Staff"),
    Role.ADMIN: _lp("role", "Administrator"),
}
ROLES_EXPLAINED: dict[Role, LazyString] = {
    Role.COLLECTOR: _l("Data collector: interviews people, enters paper forms, sees own entries"),
    Role.TRANSLATOR: _l("Translator: translates questionnaires, sees no answers"),
    Role.ANALYST: _l("Analyst: sees results and single answers, changes nothing"),
    Role.STAFF: _l("Staff: builds, publishes and watches surveys, sees all answers"),
    Role.ADMIN: _l("Administrator: invites people, gives roles, sets up the organisation"),
}
KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.LIP: _l("Local Immigration Partnership"),
    OrganisationKind.RIF: _l("Francophone Immigration Support Network"),
    OrganisationKind.NETWORK: _l("Network of partnerships"),
}
SETTINGS: dict[str, LazyString] = {
    "greater_toronto": _l("Greater Toronto Area"),
    "large_city": _l("Large city"),
    "mid_sized_city": _l("Mid-sized city"),
    "urban_and_rural": _l("City and countryside"),
    "small_centres_and_rural": _l("Small centres and countryside"),
    "rural": _l("Countryside"),
    "whole_province": _l("A whole province or more"),
}
"""Scale and local context, by which results are compared (see the profile's ``setting``)."""
