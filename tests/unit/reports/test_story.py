"""What the summary tells, block by block, before it becomes a document or a page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from consult.i18n import Localized
from consult.reports.source import Cleared, Source
from consult.reports.story import Heading, Quotation, Table, Words, quoted, tell
from consult.reports.wording import Wording
from tests.reports.building import newcomers, rows, source
from tests.samples.questions import ask, choices, group, questionnaire

ENGLISH = Wording.of("en")
HOMES = questionnaire(
    group(
        ask("select_one", "home", "Where do you live?", choices=choices(("a", "House"), ("b", "Flat"))),
        key="living",
        label="Your home",
    ),
    ask("text", "change", "What should change?"),
)
QUOTE = Cleared("change", "ar", Localized({"ar": "حافلات", "en": "Buses"}))


def told(of: Source, words: str = "en") -> list[str]:
    """Headings with their level, sentences, tables as their rows."""
    lines = []
    for block in tell(of, Wording.of(words)).blocks:
        if isinstance(block, Heading):
            lines.append(f"{'#' * block.level} {block.number or ''}{block.said.line}")
        elif isinstance(block, Words):
            lines.append(block.said.line)
        elif isinstance(block, Table):
            lines += [" | ".join(cell.line for cell in row) for row in block.rows]
        else:
            lines.append(f"“{block.text}” {block.note or ''}")
    return lines


def answered(number: int = 12, **given: object) -> Source:
    answers = [{"home": "a" if place % 3 else "b", "change": "x"} for place in range(number)]
    return source(HOMES, rows(*answers), **given)


def test_summary_has_its_parts_in_order() -> None:
    parts = [line for line in told(answered()) if line.startswith("# ")]
    assert parts == ["# Who was heard", "# Key numbers", "# What people said", "# Method"]


def test_key_numbers_are_the_most_frequent_answers() -> None:
    lines = told(answered())
    assert "1. Where do you live? | House | 67%" in lines


def test_findings_stand_below_their_section() -> None:
    lines = told(answered())
    place = lines.index("## Your home")
    assert lines[place + 1 : place + 6] == [
        "### 1Where do you live?",
        "Most frequent answer: “House” (67%), then “Flat” (33%).",
        "Answered: 12 of 12.",
        "House | 8 | 67%",
        "Flat | 4 | 33%",
    ]


def test_levels_of_headings_leave_nothing_out() -> None:
    levels = [block.level for block in tell(answered(), ENGLISH).blocks if isinstance(block, Heading)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_quotes_stand_under_their_question() -> None:
    lines = told(answered(cleared=(QUOTE,)))
    place = lines.index("## 2What should change?")
    assert lines[place + 3 : place + 5] == ["In people’s own words:", "“Buses” Translated from Arabic"]


def test_question_that_few_answered_is_not_quoted() -> None:
    few = [*[{"home": "a"}] * 20, {"change": "x"}]
    lines = told(source(HOMES, rows(*few), cleared=(QUOTE,)))
    assert "Fewer than 10 people answered this question; their answers are not shown." in lines
    assert not any("Buses" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("en", [("Buses", "en", "Translated from Arabic")]),
        ("ar", [("حافلات", "ar", None)]),
        ("so", [("حافلات", "ar", "Arabic")]),
    ],
)
def test_quote_is_in_the_language_of_the_report_or_says_which(words: str, shown: object) -> None:
    found = [
        (each.text, each.language, each.note.line if each.note else None)
        for each in quoted(Wording.of(words), QUOTE)
    ]
    assert found == shown


def test_bilingual_report_quotes_in_both() -> None:
    quote = Cleared("change", "fr", Localized({"fr": "Des autobus", "en": "Buses"}))
    found = list(quoted(Wording.of("both"), quote))
    assert [(each.text, each.note is None) for each in found] == [("Buses", False), ("Des autobus", True)]
    assert all(isinstance(each, Quotation) for each in found)


def test_selection_that_is_too_small_tells_nothing() -> None:
    lines = told(answered(9, total=60, cleared=(QUOTE,)))
    assert len(lines) == 1
    assert "nothing is summed up" in lines[0]


def test_survey_without_responses_says_so() -> None:
    assert told(source(newcomers())) == ["There is no response yet."]


def test_small_groups_have_neither_number_nor_bar() -> None:
    few = [*rows(*[{"home": "a"}] * 20), *rows(*[{"home": "a"}] * 3, language="fr")]
    tables = [block for block in tell(source(HOMES, few), ENGLISH).blocks if isinstance(block, Table)]
    by_language = tables[0]
    shown = {
        row[0].line: (row[1].line, share)
        for row, share in zip(by_language.rows, by_language.shares, strict=True)
    }
    assert shown["French"] == ("Not shown", None)
    assert shown["English"] == ("Not shown", None)


def test_number_that_one_person_alone_gave_is_not_told() -> None:
    form = questionnaire(ask("integer", "age", "How old are you?"))
    lines = told(source(form, rows(*({"age": 20 + place} for place in range(12)), {"age": 97})))
    assert "Median | 26" in lines
    assert not any(line.startswith(("Smallest", "Largest")) or line.endswith("| 97") for line in lines)


def test_first_and_last_day_are_told_by_their_month() -> None:
    form = questionnaire(ask("date", "born", "When were you born?"))
    days = [f"19{60 + place}-0{place % 9 + 1}-17" for place in range(12)]
    lines = told(source(form, rows(*({"born": day} for day in days))))
    assert "The answers lie between January 1960 and March 1971." in lines
    assert not any("17" in line for line in lines if "Born" in line or "answers lie" in line)
