"""Sheets of known numbers: how people write them, and what is wrong with bad ones."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from consult.reports.analysis.bands import Band, band_of, groups_by_band
from consult.reports.profile_sheet import ProfileReading, number_written, read_profile
from consult.reports.profile_template import write_template
from consult.reports.profile_terms import terms_of
from consult.reports.wording import Wording
from tests.reports.building import row
from tests.samples.questions import ask, choices
from tests.unit.reports.test_tables import SEVERAL, asked

AREA = ask(
    "select_one",
    "area",
    {"en": "Where do you live?", "fr": "Où habitez-vous?"},
    choices=choices(
        ("north", {"en": "North", "fr": "Nord"}), ("south", {"en": "South", "fr": "Sud"}), ("=1", "=1")
    ),
)
OF = asked(
    AREA, SEVERAL, ask("integer", "arrival", {"en": "Year of arrival"}), ask("text", "change", "Change?")
)
TERMS = terms_of(OF, ("en", "fr", "ar"))


def read(*lines: str, head: str = "question,category,number,source") -> ProfileReading:
    return read_profile("\n".join((head, *lines)).encode(), "numbers.csv", TERMS, OF)


def codes(reading: ProfileReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_numbers_by_key_and_code() -> None:
    profile = read("area,north,300,Census 2021", "area,south,700,Census 2021").profile

    assert profile is not None
    (target,) = profile.targets
    assert (target.by, dict(target.numbers), target.note) == (
        "area",
        {"north": 300, "south": 700},
        "Census 2021",
    )
    assert dict(target.shares) == {"north": 0.3, "south": 0.7}


def test_wording_in_either_language_names_questions_and_answers() -> None:
    reading = read(
        "ou habitez-vous?;NORD;30 %;",
        "Where do  you live?;South;70 %;",
        head="Question;Catégorie;Nombre;Source",
    )

    assert reading.profile is not None
    assert dict(reading.profile.targets[0].numbers) == {"north": 30, "south": 70}


def test_languages_of_the_answers_have_their_names() -> None:
    profile = read("_language,Arabic,10", "_language,français,20", "_language,Tigrinya,5").profile

    assert profile is not None
    assert dict(profile.targets[0].numbers) == {"ar": 10, "fr": 20, "ti": 5}


def test_numbers_of_a_question_come_in_bands() -> None:
    profile = read("arrival,1990 to 2009,10", "arrival,2010-2019,20", "arrival,2020+,5").profile

    assert profile is not None
    assert list(profile.targets[0].numbers) == ["1990–2009", "2010–2019", "2020+"]


def test_rows_without_a_number_are_passed_over() -> None:
    profile = read("area,north,3", "area,south,7", "_language,en,", "area,=1,").profile

    assert profile is not None
    assert [target.by for target in profile.targets] == ["area"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("town,north,3", "profile_question_unknown"),
        ("several,yes,3", "profile_question_unfit"),
        ("change,north,3", "profile_question_unfit"),
        ("area,west,3", "profile_category_unknown"),
        ("area,,3", "profile_category_unknown"),
        ("arrival,2019-2010,3", "profile_category_unknown"),
        ("area,north,many", "profile_number"),
        ("area,north,-3", "profile_number"),
        ("area,north,nan", "profile_number"),
        ("area,south,3", "profile_category_twice"),
        ("area,SOUTH,3", "profile_category_twice"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_read(line: str, code: str) -> None:
    reading = read("area,south,7", "area,=1,5", line)

    assert reading.profile is None
    assert codes(reading) == [code]
    assert reading.findings[0].row == 4


def test_bands_must_not_overlap() -> None:
    assert codes(read("arrival,2000-2010,1", "arrival,2010+,1")) == [
        "profile_category_twice",
        "profile_one_category",
    ]


def test_one_number_by_itself_is_no_share() -> None:
    assert codes(read("area,north,3")) == ["profile_one_category"]


def test_nobody_in_a_category_is_left_out_with_a_warning() -> None:
    reading = read("area,north,3", "area,south,7", "area,=1,0")

    assert codes(reading) == ["profile_zero"]
    assert reading.profile is not None
    assert list(reading.profile.targets[0].numbers) == ["north", "south"]


def test_a_sheet_without_numbers_is_empty() -> None:
    assert codes(read("area,north,")) == ["profile_empty"]


@pytest.mark.parametrize("content", [b"", b"hello", b"a,b,c\n1,2,3", b"PK\x03\x04 broken", b"\x00\x01\x02"])
def test_what_is_no_such_sheet_is_refused(content: bytes) -> None:
    reading = read_profile(content, "numbers.xlsx" if content.startswith(b"PK") else "numbers.csv", TERMS, OF)

    assert reading.profile is None
    assert reading.findings


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("1234", 1234), ("1 234", 1234), ("1\u202f234,5", 1234.5), ("1,234", 1234), ("12,5 %", 12.5)),
        *(
            ("12.345 %", 12.345),
            ("12,345%", 12.345),
            ("1,234,567.5", 1234567.5),
            ("1.5e3", 1500),
            ("0,3", 0.3),
        ),
        *(("1,2,3", None), ("", None), ("12a", None), ("--3", None), ("1e999", None)),
    ],
)
def test_numbers_as_people_write_them(written: str, number: float | None) -> None:
    assert number_written(written) == number


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_template_that_was_filled_in_is_read(language: str) -> None:
    workbook = load_workbook(BytesIO(write_template(TERMS, Wording.of(language))))
    sheet = workbook.active
    assert sheet is not None
    for number, cells in enumerate(sheet.iter_rows(min_row=2), 1):
        if cells[0].value == "area":
            cells[4].value = number
    filled = BytesIO()
    workbook.save(filled)

    reading = read_profile(filled.getvalue(), "profile.xlsx", TERMS, OF)

    assert reading.profile is not None
    assert list(reading.profile.targets[0].numbers) == ["north", "south", "=1"]


def test_labels_like_formulas_stay_labels_in_the_template() -> None:
    sheet = load_workbook(BytesIO(write_template(TERMS, Wording.of("en")))).active

    assert sheet is not None
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value == "=1"} == {"s"}


def test_per_cents_of_a_workbook_are_shares() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in (
        ["Numbers of 2021"],
        ["question", "category", "number"],
        ["area", "north", 0.25],
        ["area", "south", 0.75],
    ):
        sheet.append(line)
    stream = BytesIO()
    workbook.save(stream)

    profile = read_profile(stream.getvalue(), "a.xlsx", TERMS, OF).profile

    assert profile is not None
    assert dict(profile.targets[0].shares) == {"north": 0.25, "south": 0.75}


@pytest.mark.parametrize(
    ("written", "band"),
    [("18-24", Band(18, 24)), ("18 à 24", Band(18, 24)), ("65 +", Band(65, float("inf")))],
)
def test_bands_as_people_write_them(written: str, band: Band) -> None:
    assert band_of(written) == band


def test_answers_fall_into_their_band() -> None:
    groups = groups_by_band(next(each for each in OF if each.key == "arrival"), ["1990–2009", "2020+"])

    assert [groups(row({"arrival": year})) for year in (1990, 2009, 2010, 2024)] == [
        ("1990–2009",),
        ("1990–2009",),
        (None,),
        ("2020+",),
    ]
    assert groups(row({})) == (None,)
