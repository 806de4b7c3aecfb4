"""How a catalogue stands in the repository: what is looked for, what its head says, what an update keeps."""

from __future__ import annotations

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from consult.cli import catalogues
from consult.i18n import translations_folder

FILES = sorted(translations_folder().glob("*/LC_MESSAGES/messages.po"))


def language_of(path: Path) -> str:
    return path.parent.parent.name


def one_message(source: str, translated: str, code: str) -> Catalog:
    made = Catalog(locale=code)
    made.add(source, translated)
    return made


def faults_of(folder: Path, translated: str, *, code: str = "fr", used_in: str) -> list[str]:
    """What the gate says of a catalogue that holds this one message."""
    path = folder / code / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(catalogues.text(one_message("Something", translated, code)))
    template = Catalog()
    template.add("Something", locations=[(used_in, 1)])
    return [fault.what for fault in catalogues.faults_of(code, template, folder)]


@pytest.mark.parametrize("code", ["Écrivez «\u00a0!=\u00a0».", "Nommez la colonne label::English (en)."])
def test_signs_of_code_are_not_taken_for_punctuation(tmp_path: Path, code: str) -> None:
    assert faults_of(tmp_path, code, used_in="consult/answering/routes.py") == []


@pytest.mark.parametrize(("code", "expected"), [("es", []), ("fr", ["not translated"])])
def test_only_french_must_say_what_staff_alone_see(tmp_path: Path, code: str, expected: list[str]) -> None:
    assert faults_of(tmp_path, "", code=code, used_in="consult/authoring/routes.py") == expected


def test_missing_catalogue_is_a_fault(tmp_path: Path) -> None:
    assert [fault.what for fault in catalogues.faults_of("fr", Catalog(), tmp_path)] == ["no catalogue"]


def test_every_name_under_which_messages_are_marked_is_looked_for() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in catalogues.PACKAGE.rglob("*.py"))
    assert set(re.findall(r"\b\w*gettext as (\w+)", source)) <= set(catalogues.KEYWORDS)


def test_catalogue_is_written_the_same_however_often() -> None:
    once = catalogues.text(one_message("Something", "Quelque chose", "fr"))
    assert catalogues.text(read_po(BytesIO(once))) == once


def test_update_keeps_what_translators_wrote_at_the_head(tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    given = one_message("Something", "Algo", "es")
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


@pytest.mark.parametrize("path", FILES, ids=language_of)
def test_every_catalogue_says_who_made_it(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert '"Project-Id-Version: consult\\n"' in head
    assert '"Last-Translator: ' in head
    assert '"Language-Team: ' in head
    assert "ADDRESS" not in head


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا أسئلة"),
        (1, "سؤال واحد"),
        (2, "سؤالان"),
        (7, "7 أسئلة"),
        (20, "20 سؤالًا"),
        (100, "100 سؤال"),
    ],
)
def test_arabic_counts_in_its_six_forms(number: int, said: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogues.read(translations_folder() / "ar" / "LC_MESSAGES" / "messages.po"))
    compiled.seek(0)
    arabic = gettext.GNUTranslations(compiled)
    assert arabic.ngettext("One question", "%(num)d questions", number) % {"num": number} == said
