"""The profile of an organisation: names in both languages, where it is, what it protects."""

from __future__ import annotations

from typing import Any

import pytest

from consult.accounts.models import Organisation, OrganisationKind, Role
from tests.office import Office
from tests.pages import Pages

SETTINGS = "/office/en/organisations/ours/settings"


@pytest.fixture
def pages(office: Office) -> Pages:
    return office.browser(office.person("boss", Role.ADMIN))


def ours(office: Office) -> Organisation:
    found: Organisation = office.row(Organisation, Organisation.slug == "ours")
    return found


def save(pages: Pages, expect: int = 200, **values: str | list[str]) -> str:
    return pages.open(SETTINGS).fill(**values).press("Save", expect).text


def test_saving_without_a_change_changes_nothing(office: Office, pages: Pages) -> None:
    save(pages)
    before = _columns(ours(office))
    save(pages)

    assert _columns(ours(office)) == before


def test_everything_that_is_typed_comes_back(office: Office, pages: Pages) -> None:
    typed = {
        "name_en": "Pine County Partnership",
        "name_fr": "Partenariat du comté des Pins",
        "kind": "rif",
        "default_language": "fr",
        "region_en": "Northern Ontario",
        "region_fr": "Nord de l’Ontario",
        "setting": "rural",
        "population": "86000",
        "newcomer_share": "1.2",
        "small_group_threshold": "12",
        "requires_second_factor": "y",
    }
    pages.open(SETTINGS).fill(**typed).press("Save")
    page = pages.open("/office/en/account/second-factor")
    kept = ours(office)

    assert page.heading == "Set up a second step"
    assert dict(kept.name) == {"en": typed["name_en"], "fr": typed["name_fr"]}
    assert (kept.kind, kept.default_language, kept.small_group_threshold) == (OrganisationKind.RIF, "fr", 12)
    assert kept.requires_second_factor
    assert kept.profile == {
        "region": {"en": "Northern Ontario", "fr": "Nord de l’Ontario"},
        "setting": "rural",
        "population": 86_000,
        "newcomer_share": 1.2,
        "sectors": [],
    }


def test_population_may_be_written_with_spaces(office: Office, pages: Pages) -> None:
    save(pages, population="214\u00a0000")

    assert ours(office).profile["population"] == 214_000


def test_share_may_be_written_with_a_comma(office: Office, pages: Pages) -> None:
    save(pages, newcomer_share="4,5 %")

    assert ours(office).profile["newcomer_share"] == 4.5


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name_fr": " "}, "Give the name in both official languages."),
        ({"name_en": "x" * 256}, "Use at most 255 characters."),
        ({"newcomer_share": "101"}, "Give a number from 0 to 100."),
        ({"newcomer_share": "many"}, "Give a number from 0 to 100."),
        ({"newcomer_share": "NaN"}, "Give a number from 0 to 100."),
        ({"population": "-1"}, "Give a whole number, 1 or more."),
        ({"population": "a lot"}, "Give a whole number."),
        ({"small_group_threshold": "10.5"}, "Give a whole number."),
        ({"small_group_threshold": "4"}, "Give a whole number from 5 to 100."),
        ({"small_group_threshold": ""}, "Give a whole number from 5 to 100."),
        ({"sectors-0-name_en": "x" * 256}, "A text here is too long."),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(
    office: Office, pages: Pages, changes: dict[str, Any], why: str
) -> None:
    before = _columns(ours(office))

    assert why in save(pages, 422, **changes)
    assert _columns(ours(office)) == before


@pytest.mark.parametrize("field", ["kind", "default_language", "setting"])
def test_choice_that_is_not_offered_is_refused(office: Office, pages: Pages, field: str) -> None:
    save(pages, 422, **{field: "invented"})


def test_sectors_get_keys_that_stay(office: Office, pages: Pages) -> None:
    save(
        pages, **{"sectors-0-name_en": "Health", "sectors-0-name_fr": "Santé", "sectors-1-name_fr": "Emploi"}
    )
    first = ours(office).profile["sectors"]
    save(pages, **{"sectors-0-name_en": "Health and well-being"})
    second = ours(office).profile["sectors"]

    assert [one["key"] for one in first] == ["health", "emploi"]
    assert second[0] == {"key": "health", "name": {"en": "Health and well-being", "fr": "Santé"}}


def test_sector_with_two_empty_names_is_removed(office: Office, pages: Pages) -> None:
    save(pages, **{"sectors-0-name_en": "Health", "sectors-1-name_en": "Housing"})
    save(pages, **{"sectors-0-name_en": ""})

    assert [one["key"] for one in ours(office).profile["sectors"]] == ["housing"]


def test_two_sectors_never_share_a_key(office: Office, pages: Pages) -> None:
    save(pages, **{"sectors-0-name_en": "Health", "sectors-1-name_en": "Health", "sectors-2-name_en": "健康"})
    save(pages, **{"sectors-1-key": "health", "sectors-2-key": "invented"})
    keys = [one["key"] for one in ours(office).profile["sectors"]]

    assert len(keys) == len(set(keys)) == 3
    assert "invented" not in keys


def test_what_the_form_does_not_show_stays(office: Office, pages: Pages) -> None:
    office.change(
        lambda session: setattr(session.get(Organisation, office.ours.id), "profile", {"is_example": True})
    )
    save(pages)

    assert ours(office).profile["is_example"] is True


def test_form_cannot_set_more_than_it_shows(office: Office, pages: Pages) -> None:
    page = pages.open(SETTINGS)
    fields = [*page._fields(page._form_of("name_en")), ("slug", "stolen"), ("id", str(office.theirs.id))]
    pages.post(SETTINGS, fields)

    assert ours(office).id == office.ours.id
    assert office.row(Organisation, Organisation.slug == "stolen") is None


def _columns(row: Organisation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Organisation.__table__.columns.keys()}  # noqa: SIM118
