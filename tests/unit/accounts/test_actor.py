"""Who is asking: roles by organisation, and when a second step is missing."""

from __future__ import annotations

import uuid

import pytest

from consult.accounts.actor import Actor
from consult.accounts.models import Membership, Organisation, Person, Role

HERE, THERE = uuid.uuid4(), uuid.uuid4()


def actor(*held: tuple[uuid.UUID, Role], strict: bool = False, second_factor: str | None = None) -> Actor:
    organisations = {one: Organisation(id=one, requires_second_factor=strict) for one in (HERE, THERE)}
    memberships = [
        Membership(organisation_id=one, organisation=organisations[one], role=role) for one, role in held
    ]
    return Actor.of(Person(memberships=memberships, tf_primary_method=second_factor))


def test_roles_are_kept_by_organisation() -> None:
    ana = actor((HERE, Role.STAFF), (HERE, Role.ADMIN), (THERE, Role.COLLECTOR))

    assert ana.has_role(HERE, Role.ADMIN)
    assert not ana.has_role(THERE, Role.ADMIN, Role.STAFF)
    assert not ana.has_role(uuid.uuid4(), *Role)


def test_list_page_shows_the_organisations_of_any_of_its_roles() -> None:
    ana = actor((HERE, Role.STAFF), (THERE, Role.COLLECTOR))

    assert ana.organisations_as(Role.STAFF, Role.ADMIN) == [HERE]
    assert set(ana.organisations_as(Role.STAFF, Role.COLLECTOR)) == {HERE, THERE}
    assert ana.organisations_as(Role.TRANSLATOR) == []


@pytest.mark.parametrize("role", [Role.ANALYST, Role.STAFF, Role.ADMIN])
def test_second_step_is_missing_where_answers_are_seen_and_it_is_asked_for(role: Role) -> None:
    assert actor((HERE, role), strict=True).lacks_second_factor
    assert not actor((HERE, role), strict=False).lacks_second_factor
    assert not actor((HERE, role), strict=True, second_factor="authenticator").lacks_second_factor


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.TRANSLATOR])
def test_second_step_is_not_asked_of_who_sees_no_answers_of_others(role: Role) -> None:
    assert not actor((HERE, role), strict=True).lacks_second_factor
