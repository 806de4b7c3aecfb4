"""The pages for authors name everything that the code knows: types, columns, parameters, words, functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from consult.expressions.signatures import OVER_ITEMS, SIGNATURES
from consult.questionnaires.xlsform import columns
from consult.questionnaires.xlsform.row_types import KNOWN_TYPES
from consult.questions import KINDS
from consult.questions.appearance import CALENDARS, NEEDLESS, SHOWN

DOCS = Path(__file__).parents[2] / "docs"
FORM, LOGIC = ((DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("xlsform", "logic"))
SAID = re.compile(r"`([^`\n]+)`")


def named(*pages: str) -> set[str]:
    """Everything that stands between backticks, whole and word by word."""
    found = {text for page in pages for text in SAID.findall(page)}
    return found | {word for text in found for word in re.split(r"[\s(=]+", text)}


def missing(wanted: Iterable[str], *pages: str) -> list[str]:
    known = {word.lower() for word in named(*pages)}
    return sorted(word for word in wanted if word.lower() not in known)


def test_every_kind_of_question_is_named() -> None:
    """By at least one of its words; what devices fill in has words of its own in the table."""
    unnamed = [
        kind.name
        for kind in KINDS.values()
        if kind.name not in ("entry", "metadata") and len(missing(kind.types, FORM)) == len(kind.types)
    ]
    assert unnamed == []
    assert "select_one ${name}" in named(FORM)


@pytest.mark.parametrize("sheet", ["SURVEY", "CHOICES", "SETTINGS"])
def test_every_column_is_named(sheet: str) -> None:
    assert missing(set(getattr(columns, sheet).values()), FORM) == []


def test_every_appearance_that_means_something_is_named() -> None:
    assert missing(SHOWN | CALENDARS, FORM) == []


def test_words_that_pass_in_silence_are_named() -> None:
    assert missing(NEEDLESS, FORM) == []


def test_every_function_is_named() -> None:
    assert missing(SIGNATURES.keys() | OVER_ITEMS.keys(), FORM, LOGIC) == []


def test_nothing_is_promised_that_no_reader_knows() -> None:
    """Functions of the table in logic.md are all in the code, or said in others when a form is read."""
    table = LOGIC.partition("## Functions")[2].partition("What is not obvious")[0]
    promised = {word for text in SAID.findall(table) for word in text.split()}
    assert promised - SIGNATURES.keys() - OVER_ITEMS.keys() == {"relevant"}


def test_selects_and_blocks_are_named() -> None:
    wanted = {"select_one", "select_multiple", "rank", "begin_group", "end_group", "select_one_external"}
    wanted |= {"begin_score", "score__row", "begin_rank", "rank__level", "begin_kobomatrix", "end_kobomatrix"}
    assert wanted <= set(KNOWN_TYPES)
    assert missing(wanted | {"begin_repeat", "select_one_from_file"}, FORM) == []
