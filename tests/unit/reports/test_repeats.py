"""Entries of repeats: which there are, how they are counted, and who stands behind them."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from consult.questionnaires.specification import Group, Questionnaire
from consult.reports.breakdowns import BY_LANGUAGE, can_break_down, group_labels, groups_of
from consult.reports.columns import Row
from consult.reports.delimited import CODES, write_csv_archive
from consult.reports.document import summary_document
from consult.reports.entries import data_tables, rows_of
from consult.reports.merging import merge
from consult.reports.phrases import base_said
from consult.reports.repeats import place_said, repeats_of
from consult.reports.results import results_of
from consult.reports.tables import cross_tables, question_tables
from consult.reports.tally import Breakdown, Tally
from consult.reports.wording import Wording
from tests.reports.building import row, rows, source
from tests.reports.households import FORM, LARGE, households
from tests.samples.questions import ask, choices, group, questionnaire

EN = Wording.of("en")
SIDES = choices(("a", "A"), ("b", "B"))


def repeat(key: str, *items: Any) -> Group:
    return replace(group(*items), key=key, is_repeat=True)


def tables(*versions: Questionnaire) -> dict[str, list[str]]:
    """The keys of the columns, by repeat; what every response has left out."""
    made = data_tables(merge(list(enumerate(versions, 1))), EN)
    return {
        "/".join(table.repeat.path) if table.repeat else "": [
            column.key for column in table.columns if table.repeat or column.asked or column.repeat
        ]
        for table in made
    }


def test_each_repeat_is_a_table_and_is_counted_where_it_stands() -> None:
    assert tables(FORM) == {
        "": ["area", "members", "people", "years", "wish"],
        "members": [
            "_response",
            "_number_members",
            *["name", "age", "goes", "work", "work/paid", "work/home", "schools"],
        ],
        "members/schools": ["_response", "_number_members", "_number_schools", "school"],
    }


def test_repeat_that_holds_only_a_repeat_is_a_table_too() -> None:
    form = questionnaire(repeat("outer", repeat("inner", ask("text", "t"))))
    assert tables(form) == {
        "": ["outer"],
        "outer": ["_response", "_number_outer", "inner"],
        "outer/inner": ["_response", "_number_outer", "_number_inner", "t"],
    }


def test_form_without_repeats_has_one_table() -> None:
    assert list(tables(questionnaire(ask("text")))) == [""]


def test_question_that_moved_into_a_repeat_is_two() -> None:
    old, new = questionnaire(ask("text", "t")), questionnaire(repeat("r", ask("text", "t")))
    assert tables(old, new) == {"": ["t@1", "r"], "r": ["_response", "_number_r", "t"]}


def test_versions_of_a_repeat_are_one_table_worded_as_the_newest() -> None:
    old = questionnaire(repeat("r", ask("text", "t"), ask("text", "gone")))
    new = questionnaire(replace(repeat("r", ask("text", "t")), label=FORM.title))
    (found,) = repeats_of(merge([(1, old), (2, new)]))
    assert (found.label, set(found.versions)) == (FORM.title, {1, 2})


def test_entries_are_numbered_from_the_outermost() -> None:
    _, schools = repeats_of(merge([(1, FORM)]))
    found = [(entry.numbers, dict(entry.answers)) for entry in rows_of(row(LARGE), schools)]
    assert found == [((2, 1), {"school": "Elm"}), ((2, 2), {"school": "=Oak"})]


def test_notes_of_an_answer_go_to_its_entry() -> None:
    members, _ = repeats_of(merge([(1, FORM)]))
    first, second = rows_of(households()[1], members)
    assert (first.translations, second.translations) == ({}, {"goes": {"en": "Music", "fr": "La musique"}})
    assert second.original_language == {"goes": "ar"}


@pytest.mark.parametrize("stored", [None, "x", 3, {"name": "A"}])
def test_what_is_no_list_has_no_entries(stored: Any) -> None:
    members, _ = repeats_of(merge([(1, FORM)]))
    assert list(rows_of(row({"members": stored}), members)) == []


def test_version_without_the_repeat_has_no_entries_and_no_number_of_them() -> None:
    old, new = (
        questionnaire(ask("select_multiple", "r", choices=SIDES)),
        questionnaire(repeat("r", ask("text"))),
    )
    asked = merge([(1, old), (2, new)])
    (found,) = repeats_of(asked)
    assert list(rows_of(row({"r": ["a", "b"]}, version=1), found)) == []
    counting = next(column for column in data_tables(asked, EN)[0].columns if column.repeat)
    assert [counting.cell(row({"r": ["a"]}, version=1)), counting.cell(row({}, version=2))] == [None, 0]


def tally_of(form: Questionnaire, *given: Row) -> Tally:
    tally = Tally(merge([(1, form)]))
    for each in given:
        tally.add(each)
    return tally


def test_questions_of_a_repeat_count_entries() -> None:
    tally = tally_of(FORM, *households())
    found = {table.asked.key: table for table in question_tables(tally)}
    assert {repeat.key: size for repeat, size in tally.entries.items()} == {"members": 4, "schools": 4}
    assert (found["age"].base, found["age"].missing, found["age"].behind) == (3, 1, 2)
    assert base_said(EN, found["age"]).line == "Answered: 3 of 4 entries of “Household member”."
    assert (found["area"].base, found["area"].missing) == (3, 0)


def test_nobody_answered_in_a_repeat_either() -> None:
    found = {table.asked.key: table for table in question_tables(tally_of(FORM, row({"area": "x"})))}
    assert base_said(EN, found["age"]).line == "Nobody has answered this question yet."


def test_small_groups_are_of_people_not_of_their_entries() -> None:
    form = questionnaire(repeat("r", ask("select_one", "s", choices=SIDES)))
    asked = merge([(1, form)])
    many = {"r": [{"s": "a"}] * 30}
    given = [row(many, place=1, language="fr"), row(many, place=2, language="ar")]
    given += [row({"r": [{"s": "b"}]}, place=place) for place in range(3, 23)]
    tally, breakdown = Tally(asked), Breakdown(asked, groups_of(asked, BY_LANGUAGE))
    for each in given:
        tally.add(each)
        breakdown.add(each)
    crossed = cross_tables(tally, breakdown, group_labels(EN, asked, BY_LANGUAGE, breakdown.groups), 10)
    assert [head.size for head in crossed.heads] == [None, None, None]
    (table,) = crossed.tables
    assert table.groups == (None, None, None)


def test_groups_are_of_responses() -> None:
    inside = {asked.key: can_break_down(asked) for asked in merge([(1, FORM)])}
    assert not inside["work"]


def test_summary_says_what_it_counts() -> None:
    document = summary_document(source(FORM, households()))
    assert [(each["repeat"], each["entries"]) for each in document["repeats"]] == [
        ("members", 4),
        ("members/schools", 4),
    ]
    found = {each["question"]: each for each in document["questions"]}
    assert (found["age"]["repeat"], found["age"]["responses"], found["age"]["answered"]) == ("members", 2, 3)
    assert "repeat" not in found["area"]


def test_results_page_says_what_it_counts() -> None:
    found = {each.key: each for each in results_of(source(FORM, households()), "en").results}
    assert (found["age"].counted, found["age"].base) == (
        "Entries",
        "Answered: 3 of 4 entries of “Household member”.",
    )


def test_entry_is_named_with_those_around_it() -> None:
    _, schools = repeats_of(merge([(1, FORM)]))
    assert place_said(EN, schools, (2, 1)).line == "Household member 2, Schools of … 1"


def unpacked(form: Questionnaire, *answers: dict[str, Any], words: str = CODES) -> dict[str, list[list[str]]]:
    packed = io.BytesIO()
    write_csv_archive(source(form, rows(*answers)), words, packed)
    with zipfile.ZipFile(packed) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_archive_has_a_file_for_each_repeat() -> None:
    found = unpacked(FORM, LARGE)
    assert list(found) == ["responses.csv", "members.csv", "schools.csv"]
    assert found["responses.csv"][1][9:] == ["North", "2", "2", "50", "A park"]
    assert [line[2:6] for line in found["members.csv"][1:]] == [
        ["Amal", "41", "", "paid home"],
        ["Binh", "9", "Reading", ""],
    ]
    assert [line[1:] for line in found["schools.csv"][1:]] == [["2", "1", "Elm"], ["2", "2", "'=Oak"]]
    assert len({line[0] for lines in found.values() for line in lines[1:]}) == 1


def test_files_of_the_archive_have_plain_names_that_differ() -> None:
    form = questionnaire(repeat("Responses", ask("text", "a")), repeat("über/alles", ask("text", "b")))
    assert list(unpacked(form, {})) == ["responses.csv", "Responses-2.csv", "über_alles.csv"]
