"""The example's organisations and accounts: invented, bilingual, and not a way into another installation."""

from __future__ import annotations

import pytest

from consult.accounts.models import OrganisationKind, Role
from consult.accounts.passwords import password_problem
from consult.demo.organisations import (
    ASHBROOK,
    GRANDS_PINS,
    ORGANISATIONS,
    ExampleOrganisation,
    ExamplePerson,
    demo_password,
)

PEOPLE = [person for organisation in ORGANISATIONS for person in organisation.people]


@pytest.fixture(params=ORGANISATIONS, ids=lambda organisation: organisation.slug)
def organisation(request: pytest.FixtureRequest) -> ExampleOrganisation:
    made: ExampleOrganisation = request.param
    return made


def test_there_is_a_lip_and_a_rif_that_works_in_french_first() -> None:
    assert (ASHBROOK.kind, ASHBROOK.default_language) == (OrganisationKind.LIP, "en")
    assert (GRANDS_PINS.kind, GRANDS_PINS.default_language) == (OrganisationKind.RIF, "fr")


def test_names_stand_in_both_official_languages_and_say_that_it_is_an_example(
    organisation: ExampleOrganisation,
) -> None:
    assert "(example)" in organisation.name["en"]
    assert "(exemple)" in organisation.name["fr"]


def test_every_role_is_there_in_the_partnership() -> None:
    assert {role for person in ASHBROOK.people for role in person.roles} == set(Role)


def test_two_collectors_interview_in_two_mother_tongues() -> None:
    tongues = [person.interviews_in[0] for person in ASHBROOK.people if Role.COLLECTOR in person.roles]
    assert tongues == ["ar", "es"]


def test_addresses_are_of_a_domain_that_nobody_can_register() -> None:
    assert [person.email for person in PEOPLE if not person.email.endswith(".example")] == []
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


def test_password_is_the_same_at_every_start() -> None:
    assert demo_password("secret", "joan@ashbrook.example") == demo_password(
        "secret", "joan@ashbrook.example"
    )


def test_no_two_installations_and_no_two_people_share_a_password() -> None:
    made = {demo_password(secret, person.email) for secret in ("one", "two") for person in PEOPLE}
    assert len(made) == 2 * len(PEOPLE)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.email)
def test_password_is_one_that_the_platform_would_accept(person: ExamplePerson) -> None:
    for secret in ("one", "two", "three"):
        assert password_problem(demo_password(secret, person.email), [person.name, person.email]) is None
