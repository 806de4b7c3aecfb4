"""A translator’s text runs inside our pages: what could break or arm one is refused before it gets there."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from consult.cli import catalogues
from consult.i18n import translations_folder

POISON = [
    ("Page %(number)s of %(total)s", "Page %(nombre)s de %(total)s", "placeholders differ"),
    ("Page %(number)s of %(total)s", "Page %(number)s", "placeholders differ"),
    ("Page %(number)s of %(total)s", "%(number)5s de %(total)s %(x)s", "placeholders differ"),
    ("Hello", "<img src=x onerror=alert(1)>", "markup, entities or addresses differ"),
    ("Hello", "Bonjour &lt;", "markup, entities or addresses differ"),
    ("Hello", "Bonjour https://evil.example", "markup, entities or addresses differ"),
    ("Hello", "100% de chance", "placeholders differ"),
    ("Hello", "Bonjour : vous", "no-break space before"),
    ("Hello", "Bonjour !", "no space before"),
    ("Hello", "« Bonjour »", "no-break space inside"),
    ("Hello", "L'accueil", "typographic apostrophe"),
]


def faults_of(source: str, translated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the gate says of a French catalogue that holds this one message."""
    template, french = Catalog(), Catalog(locale="fr")
    template.add(source, locations=[("consult/answering/x.py", 1)])
    french.add(source, translated)
    monkeypatch.setattr(catalogues, "extract", lambda: template)
    monkeypatch.setattr(catalogues, "RESPONDENT", ())
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "messages.pot").write_bytes(catalogues.text(template))
    (folder / "messages.po").write_bytes(catalogues.text(french))
    return [fault.what for fault in catalogues.faults(tmp_path)]


@pytest.mark.parametrize(("source", "translated", "what"), POISON)
def test_a_text_that_says_something_else_than_its_source_is_refused(
    source: str, translated: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = faults_of(source, translated, tmp_path, monkeypatch)
    assert any(what in fault for fault in found), found


@pytest.mark.parametrize(
    "translated", ["Bonjour\u00a0: vous", "Bonjour!", "«\u00a0Bonjour\u00a0»", "L’accueil", "Il est 14:30"]
)
def test_good_french_passes(translated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults_of("Hello", translated, tmp_path, monkeypatch) == []


def test_a_missing_translation_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults_of("Hello", "", tmp_path, monkeypatch) == ["not translated"]


def test_every_catalogue_of_this_checkout_is_complete_and_faithful() -> None:
    assert [str(fault) for fault in catalogues.faults(translations_folder())] == []


@pytest.mark.parametrize("code", catalogues.RESPONDENT)
def test_catalogues_that_no_native_reader_has_read_say_so(code: str) -> None:
    path = translations_folder() / code / "LC_MESSAGES" / "messages.po"
    assert "native" in path.read_text(encoding="utf-8")[:600]
