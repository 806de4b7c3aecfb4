"""Whatever stands in the cells, and whatever the bytes are: a questionnaire or findings, no exception."""

from __future__ import annotations

import csv
from io import StringIO

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consult.questionnaires.document import from_document, to_document
from consult.questionnaires.xlsform import Reading, read_xlsform, write_xlsform
from tests.samples.old_workbooks import old_workbook, open_document
from tests.samples.workbooks import workbook

UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck))

TYPES = (
    *("text", "integer", "note", "calculate", "range", "date", "rank l", "select_one l", "select_multiple l"),
    *("select_one l or_other", "select_one ${a}", "select_one_from_file a.csv", "begin_group", "begin group"),
    *("begin_repeat", "begin loop over l", "end_group", "end_repeat", "end loop", "end", "geopoint", "image"),
    *(
        "set form title",
        "caseid",
        "type",
        "Which type of question",
        "include",
        "select_one_external l",
        "audit",
    ),
)
WORDS = (
    *(
        "a",
        "b",
        "a b",
        "${a}",
        "${ b }",
        "${",
        "$ {a}",
        "{a}$",
        "‏${a}",
        "yes",
        "TRUE",
        "1",
        "0.5",
        "-",
        "=",
        "'",
    ),
    *("${a} = 1", "${a} = ‘x’", ". > 5 &gt; 1", "count(${a})", "position(..)", "../a", "selected(${a}, 'x')"),
    *(
        "search('a')",
        "start=0 end=5 step=1",
        "randomize=true",
        "a.png",
        "l",
        "other",
        "\x00",
        "\ud83d",
        "نص ${a}",
    ),
    *(
        "pulldata('a', 'b', 'c', ${a})",
        "instance('l')/root/item[name = ${a}]/label",
        "once(random())",
        "((((",
        "🙂",
    ),
)
HEADERS = (
    *(
        "type",
        "name",
        "label",
        "label::English (en)",
        "label:Français (fr)",
        "hint::xx yy",
        "relevant",
        "constraint",
    ),
    *(
        "calculation",
        "default",
        "required",
        "read_only",
        "appearance",
        "choice_filter",
        "parameters",
        "trigger",
    ),
    *(
        "repeat_count",
        "jr:count",
        "media::image",
        "image",
        "bind:jr:constraintMsg",
        "list_name",
        "value",
        "disabled",
    ),
    *(
        "exclusive",
        "form_id",
        "form_title",
        "default_language",
        "allow_choice_duplicates",
        "minutes",
        "",
        "::",
        "x y",
    ),
)
CELL = st.one_of(st.sampled_from(WORDS), st.sampled_from(TYPES), st.text(max_size=12), st.just(""))


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, list[list[str]]]]:
    """Sheets of garbage that look enough like a form to come far."""
    made = []
    for name, needed in (
        ("survey", ["type", "name", "label"]),
        ("choices", ["list_name", "name"]),
        ("settings", []),
    ):
        header = [*needed, *draw(st.lists(st.sampled_from(HEADERS), max_size=5))]
        header = draw(st.permutations(header)) if draw(st.integers(0, 9)) == 0 else header
        rows = draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=8))
        if name == "survey":
            for row in rows:
                row[0] = draw(st.sampled_from(TYPES))
        made.append((name, [header, *rows]))
    return made


def as_csv(sheets: list[tuple[str, list[list[str]]]]) -> bytes:
    written = StringIO()
    writer = csv.writer(written)
    for name, rows in sheets:
        writer.writerows([[name], *(["", *row] for row in rows)])
    return written.getvalue().encode("utf-8", "replace")


def check(reading: Reading) -> None:
    """What holds for every reading."""
    assert reading.findings or reading.questionnaire is not None
    is_wrong = any(found.severity == "error" for found in reading.findings)
    assert (reading.questionnaire is None) == is_wrong
    for found in reading.findings:
        assert str(found.message)
        assert str(found.remedy)


@settings(UNHURRIED, max_examples=150)
@given(tables())
def test_garbage_in_cells_is_answered_with_findings(sheets: list[tuple[str, list[list[str]]]]) -> None:
    reading = read_xlsform(as_csv(sheets), "form.csv")
    check(reading)
    if reading.questionnaire is not None:
        assert from_document(to_document(reading.questionnaire)) == reading.questionnaire


@settings(UNHURRIED, max_examples=60)
@given(tables())
def test_what_came_out_of_garbage_is_read_again_as_the_same(
    sheets: list[tuple[str, list[list[str]]]],
) -> None:
    made = read_xlsform(as_csv(sheets), "form.csv").questionnaire
    if made is not None:
        again = read_xlsform(write_xlsform(made), "form.xlsx")
        assert again.questionnaire is not None, [(found.code, found.row) for found in again.findings]
        assert again.questionnaire.questions.keys() == made.questions.keys()


@settings(UNHURRIED, max_examples=80)
@given(
    st.binary(max_size=400),
    st.sampled_from(["form.xlsx", "form.xls", "form.csv", "form.md", "form", "f.zip"]),
)
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "form.xls")
@example(b"PK\x03\x04", "form.xlsx")
@example(b"type,name\n\xff", "form.csv")
def test_any_bytes_are_answered_with_findings(data: bytes, filename: str) -> None:
    check(read_xlsform(data, filename))


FORM = [["type", "name", "label::en"], ["select_one l", "a", "A"], ["text", "b", "B"]]
FILES = (workbook(), old_workbook(survey=FORM), open_document(survey=FORM))


@settings(UNHURRIED, max_examples=60)
@given(st.sampled_from(range(3)), st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=12))
def test_damaged_workbooks_are_answered_with_findings(which: int, changes: list[tuple[int, int]]) -> None:
    data = bytearray(FILES[which])
    for place, byte in changes:
        data[place % len(data)] = byte
    check(read_xlsform(bytes(data), "form.xlsx"))
