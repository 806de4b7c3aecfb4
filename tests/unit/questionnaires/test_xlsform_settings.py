"""The sheet settings: title, key, version, notice."""

from __future__ import annotations

import pytest

from consult.questionnaires.specification import Notice
from tests.unit.questionnaires.small_forms import (
    codes,
    errors,
    finding,
    place,
    questionnaire,
    read,
    settings,
    survey,
)

ASKED = survey("text | a | A | B", header="type | name | label::en | label::fr")


def test_key_title_and_version_are_read() -> None:
    made = questionnaire(ASKED + settings("form_title | form_id | version", "Title | my_form | 3"))
    assert (made.title, made.key, made.author_version) == ({"en": "Title"}, "my_form", "3")


@pytest.mark.parametrize("header", ["title | id_string", "Form Title | Form ID", "set form title | form-id"])
def test_old_names_are_understood(header: str) -> None:
    made = questionnaire(ASKED + settings(header, "Title | my_form"))
    assert (made.title, made.key) == ({"en": "Title"}, "my_form")


def test_title_has_every_language() -> None:
    made = questionnaire(ASKED + settings("form_title::en | form_title::Français (fr)", "Survey | Sondage"))
    assert made.title == {"en": "Survey", "fr": "Sondage"}


def test_file_gives_key_and_title_where_the_form_has_none() -> None:
    made = read(ASKED, "newcomers 2026.md").questionnaire
    assert made is not None
    assert (made.key, made.title) == ("newcomers 2026", {"en": "newcomers 2026"})


def test_notice_is_read_in_every_language() -> None:
    header = "introduction::fr | notice_authority::en | notice_purpose | notice_contact::fr | minutes"
    made = questionnaire(ASKED + settings(header, "Bonjour | By-law 5 | To plan | Amal | 12"))
    assert made.minutes == 12
    assert made.notice.introduction == {"fr": "Bonjour"}
    assert made.notice.authority == {"en": "By-law 5"}
    assert made.notice.purpose == {"en": "To plan"}
    assert made.notice.contact == {"fr": "Amal"}


def test_form_without_settings_has_an_empty_notice() -> None:
    assert questionnaire(ASKED).notice == Notice()


@pytest.mark.parametrize("minutes", ["ten", "0", "-5", "2.5", "100000"])
def test_unreadable_minutes_are_found(minutes: str) -> None:
    assert place(finding(read(ASKED + settings("minutes", minutes)), "minutes_unreadable")) == "settings A2"


def test_other_settings_are_kept() -> None:
    made = questionnaire(ASKED + settings("style | form_id", "pages | x"))
    assert made.settings == {"style": "pages"}


def test_setting_that_does_nothing_here_is_said() -> None:
    reading = read(ASKED + settings("public_key | form_id", "MIIB | x"))
    assert errors(reading) == []
    assert "setting_without_effect" in codes(reading)
