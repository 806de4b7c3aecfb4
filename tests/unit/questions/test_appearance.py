"""Words of the column ``appearance``: what each kind makes of them, and what is nobody's word."""

from __future__ import annotations

import pytest

from consult.questions import kind_of
from consult.questions.appearance import columns, has_extras, unknown_words, width
from consult.questions.kind import Given
from tests.samples.questions import ask, choices

ABC = choices(("a", "A"), ("b", "B"))


@pytest.mark.parametrize(
    "word",
    [
        *("minimal", "quickcompact-3", "columns-10", "w12", "W4", "ex:org.example.app(a='b')", "Horizontal"),
        *("search('places')", "printer", "no-ticks", "bikram-sambat", "list-nolabel", "thousands-sep"),
    ],
)
def test_words_of_the_field_are_known(word: str) -> None:
    assert unknown_words((word,)) == []


def test_a_search_is_one_word_however_it_is_written() -> None:
    written = "quick search('towns', 'matches', 'county', ${county}) minimal"
    assert unknown_words(tuple(written.split())) == []


@pytest.mark.parametrize("word", ["appareance", "w13", "w0", "Can", "custom-phone-call(phone_number=x)"])
def test_other_words_are_named(word: str) -> None:
    assert unknown_words(("minimal", word)) == [word]


@pytest.mark.parametrize(
    ("appearance", "taken"), [("w6", 6), ("horizontal w12", 12), ("", 12), ("w13", 12), ("w1 w2", 1)]
)
def test_a_width_is_counted_in_twelfths(appearance: str, taken: int) -> None:
    assert width(ask("text", appearance=appearance)) == taken


@pytest.mark.parametrize(
    ("appearance", "layout"),
    [
        ("", ""),
        ("likert", "likert"),
        ("horizontal", "row"),
        ("columns", "columns"),
        ("columns-3", "in-columns of-3"),
        ("compact-2", "in-columns of-2"),
        ("quickcompact", "row"),
        ("columns-20", "in-columns of-6"),
        ("columns-pack no-buttons", "row bare"),
        ("no-buttons", "bare"),
        ("image-map", "image-map"),
        ("list", "row"),
    ],
)
@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_choices_are_laid_out_as_the_author_said(kind: str, appearance: str, layout: str) -> None:
    question = ask(kind, choices=ABC, appearance=appearance)
    assert kind_of(question).control(question, "en")["layout"] == layout


def test_columns_are_counted_only_where_a_number_stands() -> None:
    assert [columns(ask("text", appearance=word)) for word in ("columns", "columns-0", "columns-4")] == [
        0,
        1,
        4,
    ]


@pytest.mark.parametrize("appearance", ["quick", "quickcompact"])
def test_only_one_choice_can_be_quick(appearance: str) -> None:
    one, several = (
        ask(kind, choices=ABC, appearance=appearance) for kind in ("select_one", "select_multiple")
    )
    assert kind_of(one).control(one, "en")["is_quick"]
    assert not kind_of(several).control(several, "en")["is_quick"]


@pytest.mark.parametrize(
    ("language", "written"), [("en", "1,234,567.5"), ("fr", "1\u00a0234\u00a0567,5"), ("es", "1.234.567,5")]
)
def test_thousands_stand_apart_as_the_language_writes_them_and_are_read_back(
    language: str, written: str
) -> None:
    question = ask("decimal", appearance="thousands-sep")
    assert kind_of(question).display(question, 1234567.5, language) == written
    assert kind_of(question).clean(question, Given((written,), language=language)) == {"it": 1234567.5}


@pytest.mark.parametrize("number", [0, 7, 999, 1000, -1234, 100000, 123456789012345])
def test_every_number_survives_being_grouped(number: int) -> None:
    question = ask("integer", appearance="thousands-sep")
    for language in ("en", "fr", "ar", "zh-Hans", "es", "am"):
        written = kind_of(question).written(question, number, language)
        assert kind_of(question).clean(question, Given((written,), language=language)) == {"it": number}


def test_years_are_never_grouped() -> None:
    assert kind_of(ask("integer")).display(ask("integer"), 2019, "en") == "2019"


@pytest.mark.parametrize(
    ("parameters", "slider"),
    [
        ({"end": "100"}, "1 100 1 1 0"),
        ({"start": "0", "end": "20", "step": "0.5", "placeholder": "10"}, "0 20 0.5 10 0"),
        ({"start": "100", "end": "0", "step": "-5"}, "0 100 5 0 0"),
        ({"end": "101", "tick_interval": "25"}, "1 101 1 1 25"),
        ({"end": "1000", "tick_interval": "1"}, "1 1000 1 1 0"),
    ],
)
def test_a_long_range_has_a_slider(parameters: dict[str, str], slider: str) -> None:
    question = ask("range", parameters=parameters)
    assert kind_of(question).control(question, "en")["slider"] == slider


def test_a_thermometer_has_its_largest_number_on_top() -> None:
    question = ask("range", parameters={"start": "0", "end": "3"}, appearance="distress")
    assert kind_of(question).control(question, "en")["numbers"] == ["3", "2", "1", "0"]


def test_a_picker_is_a_menu_unless_it_were_endless() -> None:
    short, long = (ask("range", parameters={"end": end}, appearance="picker") for end in ("50", "5000"))
    assert kind_of(short).partial(short) == "questions/picker.html"
    assert kind_of(long).partial(long) == "questions/range.html"


@pytest.mark.parametrize(("rows", "shown"), [("", 4), ("8", 8), ("1", 2), ("99", 20), ("x", 4)])
def test_a_long_text_has_as_many_lines_as_its_author_said(rows: str, shown: int) -> None:
    question = ask("text", appearance="multiline", parameters={"rows": rows})
    assert kind_of(question).control(question, "en")["rows"] == shown


def test_rows_alone_make_a_text_long() -> None:
    assert kind_of(ask("text")).control(ask("text"), "en")["rows"] == 0
    question = ask("text", parameters={"rows": "3"})
    assert kind_of(question).control(question, "en")["rows"] == 3


def test_only_rarer_appearances_fetch_more() -> None:
    assert not has_extras(ask("select_one", choices=ABC, appearance="horizontal"))
    assert not has_extras(ask("text", appearance="multiline w12"))
    assert has_extras(ask("integer", appearance="counter"))
    assert has_extras(ask("text", appearance="w6"))
