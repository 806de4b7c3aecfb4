"""What a translator's file may say, and what stands at its head."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from consult.cli import catalogues
from consult.i18n import translations_folder

NO_BREAK = "\u00a0"
FILES = sorted(translations_folder().glob("*/LC_MESSAGES/messages.po"))


def _faults_of(
    tmp_path: Path,
    translated: str,
    source: str = "Something",
    code: str = "fr",
    used_in: str = "consult/answering/routes.py",
) -> list[str]:
    """What the gate says of one translation."""
    folder = tmp_path / code / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_bytes(catalogues.text(_catalogue(source, translated, code)))
    template = Catalog()
    template.add(source, locations=[(used_in, 1)])
    return [fault.what for fault in catalogues.faults_of(code, template, tmp_path)]


def _catalogue(source: str, translated: str, code: str) -> Catalog:
    made = Catalog(locale=code)
    made.add(source, translated)
    return made


@pytest.mark.parametrize(
    "right",
    [
        f"Écrivez{NO_BREAK}: «{NO_BREAK}oui{NO_BREAK}»; rien d’autre!",
        f"Plus de 100{NO_BREAK}%.",
        "À 9:30, sur https://example.org",
        "Nommez la colonne label::English (en).",
        f"Écrivez «{NO_BREAK}!={NO_BREAK}».",
    ],
)
def test_typography_of_canadian_french_passes(tmp_path: Path, right: str) -> None:
    source = "https://example.org" if "https:" in right else "Something"
    assert _faults_of(tmp_path, right, source) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "Écrivez: oui",
        "Écrivez : oui",
        "« oui »",
        "Vraiment ?",
        f"Vraiment{NO_BREAK}!",
        "100 %.",
        "l'accueil",
    ],
)
def test_other_typography_is_a_fault_in_french(tmp_path: Path, wrong: str) -> None:
    assert [what.split(":")[0] for what in _faults_of(tmp_path, wrong)] == ["French typography"]


def test_french_typography_is_not_asked_of_spanish(tmp_path: Path) -> None:
    assert _faults_of(tmp_path, "Escriba: sí", code="es") == []


@pytest.mark.parametrize(
    ("source", "translated", "says"),
    [
        ("Hello %(name)s", "Bonjour %(nom)s", "placeholders differ"),
        ("Hello", "<b>Bonjour</b>", "markup, entities or addresses differ"),
        ("Hello", "", "not translated"),
    ],
)
def test_translation_says_the_same_as_its_source(
    tmp_path: Path, source: str, translated: str, says: str
) -> None:
    (what,) = _faults_of(tmp_path, translated, source)
    assert what.startswith(says)


@pytest.mark.parametrize(("code", "expected"), [("es", []), ("fr", ["not translated"])])
def test_only_french_must_say_what_staff_alone_see(tmp_path: Path, code: str, expected: list[str]) -> None:
    assert _faults_of(tmp_path, "", code=code, used_in="consult/authoring/routes.py") == expected


def test_missing_catalogue_is_a_fault(tmp_path: Path) -> None:
    assert [fault.what for fault in catalogues.faults_of("fr", Catalog(), tmp_path)] == ["no catalogue"]


def test_catalogue_is_written_the_same_however_often() -> None:
    once = catalogues.text(_catalogue("Something", "Quelque chose", "fr"))
    assert catalogues.text(read_po(BytesIO(once))) == once


def test_update_keeps_what_translators_wrote_at_the_head(tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    given = _catalogue("Something", "Algo", "es")
    given.last_translator, given.language_team = "Ana", "Spanish; a native reader is still needed"
    path.write_bytes(catalogues.text(given))
    template = Catalog()
    template.add("Something")
    template.add("Something else")
    catalogues.update(template, path)
    updated = catalogues.read(path)
    assert (updated.last_translator, updated.language_team) == (given.last_translator, given.language_team)
    assert {str(message.id): message.string for message in updated if message.id} == {
        "Something": "Algo",
        "Something else": "",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_every_catalogue_says_who_made_it(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert '"Project-Id-Version: consult\\n"' in head
    assert '"Last-Translator: ' in head
    assert '"Language-Team: ' in head
    assert "ADDRESS" not in head


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_catalogue_that_no_native_has_read_says_so(path: Path) -> None:
    code = path.parent.parent.name
    assert ("native reader is still needed" in catalogues.read(path).language_team) is (
        code in catalogues.RESPONDENT
    )
