"""The XForm that the converter of the field makes of our export."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook

from consult.i18n import Localized
from consult.questionnaires import xform
from consult.questionnaires.xform import XForm, XFormRefused, convert_workbook, make_xform
from tests.unit.questionnaires.small_forms import questionnaire, settings, survey

FORM = questionnaire(
    survey("text | a | A") + settings("form_id | submission_url", "mine | https://x.example/")
)


def test_xform_bears_the_name_and_number_of_the_version() -> None:
    made = make_xform(FORM, form_id="welcome", version="7")
    head = [node.attrib for node in ElementTree.fromstring(made.xml).iter() if node.get("version") == "7"]
    assert [node["id"] for node in head] == ["welcome"]


def test_answers_are_sent_to_nobody_else() -> None:
    assert "x.example" not in make_xform(FORM, form_id="welcome", version="1").xml


def test_hash_is_that_of_the_bytes() -> None:
    assert XForm("é").md5 == "66ddcd97cfdeabb2f6fb8a999b4bc76f"
    assert XForm("").md5 == "d41d8cd98f00b204e9800998ecf8427e"


def test_converter_says_what_it_refuses() -> None:
    stream = BytesIO()
    Workbook().save(stream)
    with pytest.raises(XFormRefused, match="survey"):
        convert_workbook(stream.getvalue())


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(XFormRefused):
        convert_workbook(b"not a workbook")


def test_text_that_no_cell_holds_is_refused() -> None:
    question = replace(FORM.questions["a"], label=Localized({"en": "x" * 40_000}))
    with pytest.raises(XFormRefused, match="longer"):
        make_xform(replace(FORM, items=(question,)), form_id="long", version="1")


@pytest.mark.parametrize(
    "problem",
    [
        subprocess.TimeoutExpired("python", 90),
        subprocess.CalledProcessError(-9, "python"),
        FileNotFoundError("python"),
    ],
    ids=["too slow", "ended by the kernel", "not there"],
)
def test_converter_that_does_not_finish_refuses(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise problem

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(XFormRefused, match="did not finish"):
        xform.convert_workbook(b"")
