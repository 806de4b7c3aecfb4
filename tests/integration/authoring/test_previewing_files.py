"""A preview shows what lies beside the form."""

from __future__ import annotations

from io import BytesIO

from tests.integration.authoring.conftest import SURVEYS, Authoring

TOWNS = "\n".join(["name,label", *(f"t{n},Town {n}" for n in range(100))]).encode()
FORM = b"""| survey |
| | type | name | label::English (en) |
| | select_one_from_file towns.csv | town | Where do you live? |
"""


def test_list_beside_the_draft_is_searched_in_its_preview(authoring: Authoring) -> None:
    form = authoring.ana.open(f"{SURVEYS}new")
    chosen = [(BytesIO(FORM), "form.md"), (BytesIO(TOWNS), "towns.csv")]
    sent = {"csrf_token": str(form.value("csrf_token")), "slug": "towns", "file": chosen}
    authoring.ana.post(f"{SURVEYS}new", sent)
    frame = authoring.ana.open(f"{SURVEYS}towns/preview/en/frame/town")
    page = frame.fill(**{"q-town/find": "town 42"}).press("Find")
    assert "Town 42" in page.text
