"""Who is asking: the signed-in person and the roles they have, as one frozen value."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from consult.accounts.models import Organisation, Person, Role

RAW_ANSWERS = frozenset({Role.ANALYST, Role.STAFF, Role.ADMIN})
"""Roles that can see single responses of people whom they did not interview."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person. ``person`` and ``organisations`` are detached rows: to read, not to change."""

    person: Person
    roles: Mapping[uuid.UUID, frozenset[Role]]
    organisations: Mapping[uuid.UUID, Organisation]

    @classmethod
    def of(cls, person: Person) -> Self:
        """``person`` with memberships and their organisations loaded."""
        roles: dict[uuid.UUID, frozenset[Role]] = {}
        for membership in person.memberships:
            known = roles.get(membership.organisation_id, frozenset())
            roles[membership.organisation_id] = known | {membership.role}
        organisations = {row.organisation_id: row.organisation for row in person.memberships}
        return cls(person, roles, organisations)

    @property
    def id(self) -> uuid.UUID:
        return self.person.id

    @property
    def has_second_factor(self) -> bool:
        return self.person.tf_primary_method is not None

    @property
    def lacks_second_factor(self) -> bool:
        """Whether an organisation asks this person for a second factor that is not set up yet."""
        return not self.has_second_factor and any(
            self.organisations[organisation_id].requires_second_factor and roles & RAW_ANSWERS
            for organisation_id, roles in self.roles.items()
        )

    def has_role(self, organisation_id: uuid.UUID, *roles: Role) -> bool:
        """Whether this person has at least one of ``roles`` in that organisation."""
        return not self.roles.get(organisation_id, frozenset()).isdisjoint(roles)

    def organisations_as(self, *roles: Role) -> list[uuid.UUID]:
        """The organisations in which this person has at least one of ``roles``: what a list page may show."""
        return [organisation_id for organisation_id in self.roles if self.has_role(organisation_id, *roles)]
