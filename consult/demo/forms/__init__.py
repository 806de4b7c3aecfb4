"""The example's questionnaires: ``form.md`` (what is asked, when) and one file of words per language.

Every language's file has the same shape, the language of authoring too: none is a column of another.
Put together they are one XLSForm, read by the same reader as everybody's.
"""

from __future__ import annotations

from pathlib import Path

from consult.demo.tables import Row, Sheets, read_sheets, write_sheet
from consult.i18n import INTERFACE_LANGUAGES, language
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform

FOLDER = Path(__file__).parent
FORMS = ("immigrant_survey", "services_en_francais")


def example_questionnaire(name: str) -> Questionnaire:
    """The questionnaire of this name. Raises ValueError with the reader's findings if it has errors."""
    reading = read_xlsform(example_xlsform(name).encode(), f"{name}.md")
    if reading.questionnaire is None:
        raise ValueError([str(finding.message) for finding in reading.findings])
    return reading.questionnaire


def example_xlsform(name: str) -> str:
    """One XLSForm (sheets survey, choices, settings) as Markdown tables, all languages in it.

    Raises ValueError when a language has words for something that is not asked.
    """
    form = read_sheets((FOLDER / name / "form.md").read_text(encoding="utf-8"))
    settings = form["settings"][0]
    for code in languages_of(name):
        _add_words(form, header_name(code), read_words(name, code))
    settings["default_language"] = header_name(settings["default_language"])
    return "\n".join(write_sheet(sheet, rows) for sheet, rows in form.items())


def languages_of(name: str) -> tuple[str, ...]:
    """BCP 47 codes, the language of authoring first."""
    form = read_sheets((FOLDER / name / "form.md").read_text(encoding="utf-8"))
    first = form["settings"][0]["default_language"]
    return (first, *(code for code in INTERFACE_LANGUAGES if code != first))


def read_words(name: str, code: str) -> Sheets:
    """The words of one language: sheets survey (by name), choices (by list and name), settings (by name)."""
    return read_sheets((FOLDER / name / f"{code}.md").read_text(encoding="utf-8"))


def header_name(code: str) -> str:
    """How XLSForm columns name a language: ``Français (fr)``."""
    return f"{language(code).own_name} ({code})"


def _add_words(form: Sheets, header: str, words: Sheets) -> None:
    for sheet, keys in (("survey", ("name",)), ("choices", ("list_name", "name"))):
        rows = {_key(row, keys): row for row in form[sheet] if row.get("name")}
        for spoken in words[sheet]:
            if _key(spoken, keys) not in rows:
                raise ValueError(f"words in {header} for unknown {_key(spoken, keys)}")
            texts = {f"{column}::{header}": text for column, text in spoken.items() if column not in keys}
            rows[_key(spoken, keys)].update(texts)
    form["settings"][0].update({f"{row['name']}::{header}": row["text"] for row in words["settings"]})


def _key(row: Row, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row[key] for key in keys)
