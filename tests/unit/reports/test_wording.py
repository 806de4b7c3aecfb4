"""One report, one language or two."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from consult.i18n import Localized
from consult.reports import wording
from consult.reports.wording import Said, Wording, rounded_percent

DAY = dt.date(2026, 3, 5)


def test_both_languages_stand_in_one_line_or_one_under_the_other() -> None:
    said = Wording.of("both").text(Localized({"en": "Yes", "fr": "Oui"}))
    assert (said.line, said.block) == ("Yes / Oui", "Yes\nOui")


def test_what_is_the_same_in_both_is_said_once() -> None:
    assert Said(("Communication", "Communication")).line == "Communication"


def test_missing_text_falls_back() -> None:
    assert Wording.of("fr").text(Localized({"en": "Yes"})).line == "Yes"
    assert Wording.of("fr").text(Localized(), "key").line == "key"


def test_numbers_and_days_are_canadian() -> None:
    both = Wording.of("both")
    assert both.number(12345.6).line == "12,345.6 / 12\u00a0345,6"
    assert both.date(DAY).line == "March 5, 2026 / 5 mars 2026"
    assert both.percent(0.375).line == "38% / 38\u00a0%"


def test_first_of_a_month_is_first_in_french() -> None:
    assert Wording.of("fr").date(dt.date(2026, 3, 1)).line == "1er mars 2026"
    assert Wording.of("fr").date(dt.date(2026, 3, 11)).line == "11 mars 2026"


def test_result_is_never_grouped_and_has_two_decimals_at_most() -> None:
    assert Wording.of("fr").figure(2019.3456).line == "2019,35"
    assert Wording.of("en").figure(2019.0).line == "2019"
    assert Wording.of("en").figure(None).line == "–"


def test_moments_are_said_by_what_they_are() -> None:
    french = Wording.of("fr")
    assert french.moment(dt.time(9, 30)).line == "09:30"
    assert french.moment(dt.datetime.fromisoformat("2026-03-05T09:30")).line == "5 mars 2026, 09:30"
    assert french.moment(DAY).line == "5 mars 2026"


def test_languages_are_named_in_the_language_of_the_report() -> None:
    assert Wording.of("both").language_name("ar").line == "Arabic / Arabe"


def test_language_without_a_catalogue_speaks_the_fallback() -> None:
    somali = Wording.of("so", "fr")
    assert somali.date(DAY).line == "5 mars 2026"
    assert somali.text(Localized({"so": "Haa", "en": "Yes"})).line == "Haa"


def test_words_that_a_catalogue_lacks_are_those_of_the_organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"fr": "Réponse"}
    monkeypatch.setattr(wording, "catalogue", lambda code: _Catalogue(known.get(code, "Answer")))
    assert Wording.of("ar", "fr").gettext("Answer").line == "Réponse"
    assert Wording.of("both", "fr").gettext("Answer").line == "Answer / Réponse"


class _Catalogue:
    def __init__(self, said: str) -> None:
        self._said = said

    def gettext(self, _message: str) -> str:
        return self._said


def test_direction_is_that_of_the_first_language() -> None:
    assert Wording.of("ar").direction == "rtl"
    assert Wording.of("both").direction == "ltr"


def test_space_before_the_percent_sign_comes_with_french() -> None:
    assert Wording.of("both").has_spaced_percent
    assert Wording.of("fr").has_spaced_percent
    assert not Wording.of("en").has_spaced_percent


def test_placeholders_are_said_in_each_language() -> None:
    day = Wording.of("both").date(DAY)
    assert Wording.of("both").gettext("%(day)s – %(n)s", day=day, n=1000) == (
        "March 5, 2026 – 1,000",
        "5 mars 2026 – 1\u00a0000",
    )


def test_list_is_joined_in_each_language() -> None:
    both = Wording.of("both")
    assert both.joined([both.number(1), both.number(2)]) == ("1, 2", "1, 2")
    assert both.joined([]) == ("", "")


def test_answers_in_a_text_are_left_open() -> None:
    label = Localized({"en": "Age of ${name}", "fr": "Âge de ${name}"})
    assert Wording.of("both").text(label) == ("Age of …", "Âge de …")


@pytest.mark.parametrize("spoken", ["en", "fr", "ar"])
def test_shares_and_figures_are_rounded_as_the_language_rounds_them(spoken: str) -> None:
    w, locale = Wording.of(spoken), {"en": "en_CA", "fr": "fr_CA"}.get(spoken, spoken)
    for number in (
        0.0,
        0.004,
        0.005,
        0.125,
        0.135,
        0.375,
        0.995,
        1 / 3,
        2 / 3,
        0.285,
        1.0,
        12.345,
        1234.5,
        2e16,
    ):
        whole = (Decimal(str(number)) * 100).quantize(Decimal(1), ROUND_HALF_UP)  # as spreadsheets do
        assert w.percent(number).line == format_percent(whole / 100, locale=locale, numbering_system="latn")
        said = format_decimal(number, "0.##", locale=locale, numbering_system="latn")
        assert w.figure(number).line == said


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_halves_of_a_per_cent_go_up_as_they_are_written(part: int, whole: int) -> None:
    for share in (part / whole, part / 200, part / 2000):
        exact = (Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP)
        assert rounded_percent(share) == int(exact)
