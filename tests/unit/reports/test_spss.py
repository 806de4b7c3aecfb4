"""SPSS files, read back by an independent reader (ReadStat, through pyreadstat)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.source import Source
from consult.reports.spss import spss_name, write_sav_archive, write_sav_file
from consult.reports.spss_file import Variable, write_sav
from tests.reports import households
from tests.reports.building import newcomers, rows, source
from tests.samples.questions import ask, choices, questionnaire

Read = tuple[dict[str, list[Any]], Any]


def read_bytes(content: bytes, folder: Path, **how: Any) -> Read:
    path = folder / "read.sav"
    path.write_bytes(content)
    columns, meta = pyreadstat.read_sav(str(path), output_format="dict", **how)
    return {name: list(values) for name, values in columns.items()}, meta


def read(of: Source, folder: Path, words: str = "en", **how: Any) -> Read:
    file = io.BytesIO()
    write_sav_file(of, words, file)
    return read_bytes(file.getvalue(), folder, **how)


def of(*questions: Any, answers: list[Mapping[str, Any]]) -> Source:
    return source(questionnaire(*questions), rows(*answers))


def test_answers_come_back_with_their_type(tmp_path: Path) -> None:
    asked = [ask(kind, kind) for kind in ("integer", "decimal", "date", "time", "text")]
    answered = {"integer": -7, "decimal": 2.5, "date": "1899-12-31", "time": "09:30", "text": "=1+1 é 𝒳"}
    found, _ = read(of(*asked, answers=[answered]), tmp_path)
    assert [found[each.key][0] for each in asked] == [
        -7,
        2.5,
        dt.date(1899, 12, 31),
        dt.time(9, 30),
        "=1+1 é 𝒳",
    ]


def test_unanswered_is_missing(tmp_path: Path) -> None:
    found, _ = read(of(ask("integer", "a"), ask("text", "b"), answers=[{}]), tmp_path)
    assert (found["a"], found["b"]) == ([None], [""])


@pytest.mark.parametrize("length", [1, 8, 9, 252, 253, 255, 256, 504, 505, 5_000, 32_767, 32_768, 70_000])
def test_text_of_any_length_is_whole(tmp_path: Path, length: int) -> None:
    text = ("añ字" * length)[:length]
    found, _ = read(of(ask("text", "story"), answers=[{}, {"story": text}]), tmp_path)
    assert "".join(values[1] for name, values in found.items() if name.startswith("story")) == text


def test_choice_is_a_number_with_its_label_in_the_language_asked_for(tmp_path: Path) -> None:
    made = source(newcomers(), rows({"status": "worker"}))
    found, meta = read(made, tmp_path, "fr")
    assert found["status"] == [2]
    assert meta.variable_value_labels["status"] == {1: "Citoyenneté", 2: "Travail temporaire"}
    assert meta.column_names_to_labels["status"] == "Quel est votre statut?"


def test_codes_that_are_numbers_stay_what_they_are(tmp_path: Path) -> None:
    listed = choices(("1", {"en": "Low"}), ("5", {"en": "High"}))
    made = of(ask("select_one", "level", choices=listed), answers=[{"level": "5"}])
    found, meta = read(made, tmp_path)
    assert found["level"] == [5]
    assert meta.variable_value_labels["level"] == {1: "Low", 5: "High"}


def test_each_of_several_choices_is_0_or_1(tmp_path: Path) -> None:
    found, meta = read(source(newcomers(), rows({"spoken": ["ar", "en"]}, {})), tmp_path)
    chosen = {name: values for name, values in found.items() if name.startswith("spoken")}
    assert [values[0] for values in chosen.values()][:3] == [1, 0, 1]
    assert [values[1] for values in chosen.values()][:3] == [None] * 3
    assert meta.variable_measure[next(iter(chosen))] == "nominal"


def test_preferring_not_to_answer_is_user_missing(tmp_path: Path) -> None:
    listed = choices(("yes", {"en": "Yes"}), ("pnta", {"en": "Prefer not to answer"}))
    made = of(ask("select_one", "ok", choices=listed), answers=[{"ok": "pnta"}, {"ok": "yes"}])
    _, meta = read(made, tmp_path, user_missing=True)
    assert meta.missing_ranges["ok"] == [{"lo": 2, "hi": 2}]


def test_answer_that_is_in_no_list_keeps_its_code(tmp_path: Path) -> None:
    found, meta = read(source(newcomers(), rows({"status": "gone"})), tmp_path)
    assert meta.variable_value_labels["status"][found["status"][0]] == "gone"


def test_entries_of_a_repeat_have_a_file_of_their_own(tmp_path: Path) -> None:
    file = io.BytesIO()
    write_sav_archive(source(households.FORM, households.households()), "en", file)
    with ZipFile(file) as archive:
        names = archive.namelist()
        found, _ = read_bytes(archive.read("members.sav"), tmp_path)
    assert names[:2] == ["responses.sav", "members.sav"]
    assert found["name"] == ["Amal", "Binh", "", "نور"]


def test_survey_without_responses_is_a_file_without_rows(tmp_path: Path) -> None:
    found, meta = read(source(newcomers()), tmp_path)
    assert meta.number_rows == 0
    assert found["status"] == []


@given(st.lists(st.text(min_size=1, max_size=80), max_size=8))
def test_names_are_such_as_spss_takes(keys: list[str]) -> None:
    taken: set[str] = set()
    names = [spss_name(key, taken) for key in keys]
    assert len({name.upper() for name in names}) == len(keys)
    assert all(name[0].isalpha() and len(name.encode()) <= 64 for name in names)


def test_words_of_the_language_of_spss_are_no_names() -> None:
    assert [spss_name(key, set()) for key in ("by", "NOT", "_language", "2nd", "age")] == [
        "q_by",
        "q_NOT",
        "meta_language",
        "q_2nd",
        "age",
    ]


@given(values=st.lists(st.none() | st.floats(-1e300, 1e300) | st.integers(-200, 300), max_size=30))
def test_every_number_comes_back(tmp_path_factory: pytest.TempPathFactory, values: list[Any]) -> None:
    file = io.BytesIO()
    write_sav(file, "T", [Variable("a", "", "number", "scale")], [[each] for each in values], len(values))
    found, _ = read_bytes(file.getvalue(), tmp_path_factory.mktemp("sav"))
    assert found["a"] == values
