"""The two organisations of the example and the people who work there. All of it is invented.

Names of real partnerships, municipalities and people are avoided; addresses end in ``.example``, which
nobody can register, and telephone numbers are of the range kept for fiction.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.accounts.models import OrganisationKind, Role
from consult.i18n import Localized
from consult.reports.analysis.profiles import Profile, Target


@dataclass(frozen=True, slots=True)
class ExamplePerson:
    """An account. ``language``: of the office pages; ``interviews_in``: of a collector's interviews."""

    email: str
    name: str
    language: str
    roles: tuple[Role, ...]
    interviews_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleSession:
    """People in a room who fill in paper forms, ``days`` after the survey was opened."""

    place: str
    days: int
    language: str
    facilitator: str
    participants: int


@dataclass(frozen=True, slots=True)
class ExampleOrganisation:
    """A partnership with its people and its one survey (``form`` as in :mod:`consult.demo.forms`).

    ``target``: responses hoped for; ``responses``: how many are made up; ``days_left``: until the last day
    that is planned; ``group_targets``: as in :mod:`consult.surveys.targets`. ``known``: how large the groups
    of the community are, where the example says so.
    """

    slug: str
    kind: OrganisationKind
    name: Localized
    default_language: str
    profile: Mapping[str, Any]
    people: tuple[ExamplePerson, ...]
    form: str
    survey_slug: str
    target: int
    responses: int
    days_left: int
    group_targets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sessions: tuple[ExampleSession, ...] = ()
    known: Profile | None = None


_SOURCE = "Invented for the example / Inventé pour l’exemple"

_KNOWN = Profile(
    (
        Target(
            "area",
            {"downtown": 3150, "ashbrook": 2980, "pine_harbour": 1720, "tamarack": 1130, "elsewhere": 650},
            _SOURCE,
        ),
        Target(
            "age_group",
            {"16_24": 1510, "25_34": 2730, "35_44": 2280, "45_54": 1370, "55_64": 870, "65_plus": 870},
            _SOURCE,
        ),
    )
)

ASHBROOK = ExampleOrganisation(
    slug="ashbrook",
    kind=OrganisationKind.LIP,
    name=Localized(
        {
            "en": "Ashbrook Region Local Immigration Partnership (example)",
            "fr": "Partenariat local en matière d’immigration de la région d’Ashbrook (exemple)",
        }
    ),
    default_language="en",
    profile={
        "region": {"en": "Southwestern Ontario", "fr": "Sud-Ouest de l’Ontario"},
        "setting": "urban_and_rural",
        "population": 214_000,
        "newcomer_share": 4.5,
        "is_example": True,
        "sectors": [
            {"key": "employment", "name": {"en": "Employment", "fr": "Emploi"}},
            {"key": "education", "name": {"en": "Education", "fr": "Éducation"}},
            {"key": "health", "name": {"en": "Health and well-being", "fr": "Santé et bien-être"}},
            {"key": "housing", "name": {"en": "Housing", "fr": "Logement"}},
            {
                "key": "inclusion",
                "name": {"en": "Inclusion and civic life", "fr": "Inclusion et vie citoyenne"},
            },
            {"key": "justice", "name": {"en": "Justice and safety", "fr": "Justice et sécurité"}},
            {"key": "settlement", "name": {"en": "Settlement", "fr": "Établissement"}},
        ],
    },
    people=(
        ExamplePerson("joan@ashbrook.example", "Joan Whitfield", "en", (Role.ADMIN,)),
        ExamplePerson("priya@ashbrook.example", "Priya Raman", "en", (Role.STAFF,)),
        ExamplePerson("marc@ashbrook.example", "Marc Delorme", "fr", (Role.ANALYST,)),
        ExamplePerson("hana@ashbrook.example", "Hana Suleiman", "en", (Role.TRANSLATOR,)),
        ExamplePerson("amal@ashbrook.example", "Amal Haddad", "en", (Role.COLLECTOR,), ("ar", "fr", "en")),
        ExamplePerson("lucia@ashbrook.example", "Lucía Paredes", "en", (Role.COLLECTOR,), ("es", "en")),
    ),
    form="immigrant_survey",
    survey_slug="immigrant-survey",
    target=1500,
    responses=1040,
    days_left=24,
    group_targets={
        "_language": {"en": 800, "ar": 200, "es": 170, "fr": 150, "zh-Hans": 120},
        "area": {"downtown": 550, "ashbrook": 420, "pine_harbour": 250, "tamarack": 150},
    },
    sessions=(
        ExampleSession("Ashbrook Public Library", 12, "ar", "Amal Haddad", 46),
        ExampleSession("Pine Harbour Community Hall", 26, "en", "Priya Raman", 58),
        ExampleSession("Ashbrook Language Centre", 40, "es", "Lucía Paredes", 37),
    ),
    known=_KNOWN,
)

GRANDS_PINS = ExampleOrganisation(
    slug="grands-pins",
    kind=OrganisationKind.RIF,
    name=Localized(
        {
            "en": "Grands-Pins Francophone Immigration Support Network (example)",
            "fr": "Réseau de soutien à l’immigration francophone des Grands-Pins (exemple)",
        }
    ),
    default_language="fr",
    profile={
        "region": {"en": "Northern Ontario", "fr": "Nord de l’Ontario"},
        "setting": "small_centres_and_rural",
        "population": 86_000,
        "newcomer_share": 1.2,
        "is_example": True,
        "sectors": [
            {"key": "accueil", "name": {"en": "Welcome and settlement", "fr": "Accueil et établissement"}},
            {"key": "emploi", "name": {"en": "Employment", "fr": "Emploi"}},
            {
                "key": "education",
                "name": {"en": "Education and early childhood", "fr": "Éducation et petite enfance"},
            },
            {"key": "sante", "name": {"en": "Health in French", "fr": "Santé en français"}},
        ],
    },
    people=(
        ExamplePerson("therese@grands-pins.example", "Thérèse Gagné", "fr", (Role.STAFF, Role.ADMIN)),
        ExamplePerson("innocent@grands-pins.example", "Innocent Ndayizeye", "fr", (Role.COLLECTOR,), ("fr",)),
    ),
    form="services_en_francais",
    survey_slug="services-en-francais",
    target=200,
    responses=160,
    days_left=10,
    sessions=(ExampleSession("École de Baie-du-Héron", 19, "fr", "Innocent Ndayizeye", 24),),
)

ORGANISATIONS = (ASHBROOK, GRANDS_PINS)


def demo_password(secret_key: str, email: str) -> str:
    """The password of an account of the example, such as ``p7kq-w2mz-9hdt``.

    It follows from this installation's secret, so that it can be shown again at every start while no two
    installations share one: HMAC-SHA-256 of ``demo account <email>``, its first twelve bytes each written as
    one of 31 letters and digits that cannot be taken for one another.
    """
    made = hmac.digest(secret_key.encode(), f"demo account {email}".encode(), hashlib.sha256)
    letters = "".join("23456789abcdefghjkmnpqrstuvwxyz"[byte % 31] for byte in made[:12])
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
