"""What the summary tells, block by block, before it becomes a document or a page."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from consult.i18n import Localized
from consult.reports.quoting import quoted
from consult.reports.source import Answered, Cleared, Selection, Source
from consult.reports.story import tell
from consult.reports.story_blocks import Heading, Quotation, Table, Words
from consult.reports.wording import Wording
from tests.reports.building import newcomers, row, rows, source
from tests.samples.questions import ask, choices, group, questionnaire

ENGLISH = Wording.of("en")
HOMES = questionnaire(
    group(
        ask(
            "select_one",
            "home",
            "Where do you live?",
            choices=choices(("a", "House"), ("b", "Flat"), ("c", "Room"), ("d", "Tent")),
        ),
        key="living",
        label="Your home",
    ),
    ask("text", "change", "What should change?"),
)
OWNERS = questionnaire(
    ask("select_one", "own", "Is it yours?", choices=choices(("yes", "Yes"), ("no", "No")))
)
OWNED = [{"own": "yes"}] * 40 + [{"own": "no"}] * 3
QUOTE = Cleared("change", "ar", Localized({"ar": "حافلات", "en": "Buses"}))
NOTHING = "Nothing is shown: too few people answered, or the numbers would tell too much about a few people."


def told(of: Source, words: str = "en", whole: Source | None = None) -> list[str]:
    """Headings with their level, sentences, tables as their rows."""
    lines = []
    for block in tell(of, Wording.of(words), whole).blocks:
        if isinstance(block, Heading):
            lines.append(f"{'#' * block.level} {block.number or ''}{block.said.line}")
        elif isinstance(block, Words):
            lines.append(block.said.line)
        elif isinstance(block, Table):
            lines += [" | ".join(cell.line for cell in row) for row in block.rows]
        else:
            lines.append(f"“{block.text}” {block.note or ''}")
    return lines


def homes(**counts: int) -> list[dict[str, str]]:
    return [{"home": code, "change": "x"} for code, count in counts.items() for _ in range(count)]


def answered(number: int = 60, **given: object) -> Source:
    """Two thirds live in houses, one third in flats."""
    return source(HOMES, rows(*homes(a=number * 2 // 3, b=number - number * 2 // 3)), **given)


def below(lines: list[str], heading: str) -> list[str]:
    """What stands under a heading, up to the next one."""
    rest = lines[lines.index(heading) + 1 :]
    end = next((place for place, line in enumerate(rest) if line.startswith("#")), len(rest))
    return rest[:end]


def test_summary_has_its_parts_in_order() -> None:
    parts = [line for line in told(answered()) if line.startswith("# ")]
    assert parts == ["# Who was heard", "# Key numbers", "# What people said", "# Method"]


def test_key_numbers_are_the_most_frequent_answers() -> None:
    assert "1. Where do you live? | House | 67%" in told(answered())


def test_findings_stand_below_their_section() -> None:
    lines = told(answered())
    place = lines.index("## Your home")
    assert lines[place + 1 : place + 8] == [
        "### 1Where do you live?",
        "Most frequent answer: “House” (67%), then “Flat” (33%).",
        "Answered: 60 of 60.",
        "House | 40 | 67%",
        "Flat | 20 | 33%",
        "Room | 0 | 0%",
        "Tent | 0 | 0%",
    ]


def test_levels_of_headings_leave_nothing_out() -> None:
    levels = [block.level for block in tell(answered(), ENGLISH).blocks if isinstance(block, Heading)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_small_answers_are_put_together() -> None:
    lines = below(told(source(HOMES, rows(*homes(a=40, b=20, c=9, d=3)))), "### 1Where do you live?")
    assert lines[2:] == ["House | 40 | 55%", "Flat | 20 | 28%", "Room / Tent | 12 | 17%"]


def test_of_a_long_list_the_most_frequent_answers_are_told_and_the_rest_as_one() -> None:
    codes = [f"t{number:02}" for number in range(20)]
    form = questionnaire(ask("select_one", "town", "Which town?", choices=choices(*codes)))
    given = [{"town": code} for place, code in enumerate(codes) for _ in range(30 - place)]
    lines = below(told(source(form, rows(*given))), "## 1Which town?")[2:]
    assert lines[0] == "T00 | 30 | 7%"
    assert lines[14:] == ["T14 | 16 | 4%", "Other answers | 65 | 16%"]


def test_order_of_a_long_list_tells_nothing_of_what_has_no_number() -> None:
    codes = [f"t{number:02}" for number in range(20)]
    form = questionnaire(ask("select_multiple", "towns", "Which towns?", choices=choices(*codes)))
    counts = {"t00": 3, "t01": 5, "t02": 40, "t03": 50}
    given = [{"towns": [code]} for code, count in counts.items() for _ in range(count)]
    lines = below(told(source(form, rows(*given))), "## 1Which towns?")
    assert [line.split(" | ")[0] for line in lines[2:6]] == ["T03", "T02", "T00", "T01"]


def test_what_cannot_be_put_together_is_not_shown_nor_what_would_tell_it() -> None:
    lines = below(told(source(OWNERS, rows(*OWNED))), "## 1Is it yours?")
    assert lines == ["Answered: 43 of 43.", "Yes | Not shown | –", "No | Not shown | –"]


def test_what_is_not_shown_is_not_said_in_words_either() -> None:
    lines = told(source(OWNERS, rows(*OWNED)))
    assert not any("Most frequent" in line or "Key numbers" in line for line in lines)
    assert not any("93" in line for line in lines)


def test_question_that_few_answered_is_neither_told_nor_quoted() -> None:
    few = [*[{"home": "a"}] * 20, {"change": "x"}]
    lines = told(source(HOMES, rows(*few), cleared=(QUOTE,)))
    assert below(lines, "## 2What should change?") == [NOTHING]


def test_sensitive_question_needs_more_people() -> None:
    lines = told(answered(15, sensitive=frozenset(("home",))))
    assert below(lines, "### 1Where do you live?") == [NOTHING]


def test_channels_and_languages_of_a_few_are_not_counted_in_the_method() -> None:
    few = [*rows(*homes(a=40)), *rows(*homes(a=30), language="fr"), *rows(*homes(a=3), language="ar")]
    lines = told(source(HOMES, few))
    assert "They were given in these languages: English (40), Arabic / French (33)." in lines


def test_survey_of_few_responses_tells_nothing() -> None:
    assert len(told(answered(9))) == 1


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
    assert shown == {"French": ("Not shown", None), "English": ("Not shown", None)}


def ages(*given: int) -> Source:
    form = questionnaire(ask("integer", "age", "How old are you?"))
    return source(form, rows(*({"age": age} for age in given)))


def test_number_that_one_person_alone_gave_is_not_told() -> None:
    lines = told(ages(*(20 + place % 30 for place in range(60)), 97))
    assert "Median | 35" in lines
    assert any(line.startswith("40 and up | 21") for line in lines)
    assert not any(line.startswith(("Smallest", "Largest")) or "97" in line for line in lines)


def test_mean_does_not_tell_what_was_put_together() -> None:
    """Twelve gave 1 or 2: with the mean, everybody could work out how many gave 1."""
    lines = told(ages(*[1] * 3, *[2] * 9, *[3] * 40, *[4] * 40))
    assert "Up to 2 | 12 | 13%" in lines
    assert "Mean and median are not shown: they would tell small numbers." in lines
    assert not any(line.startswith(("Mean |", "Median |", "The middle answer")) for line in lines)


def test_no_single_day_is_told() -> None:
    form = questionnaire(ask("date", "born", "When were you born?"))
    days = [f"19{60 + place}-0{place % 9 + 1}-17" for place in range(12)]
    lines = below(told(source(form, rows(*({"born": day} for day in days)))), "## 1When were you born?")
    assert lines == ["Answered: 12 of 12.", "What each person answered stays inside the organisation."]


def quoting(language: str, number: int, words: str = "en", **given: object) -> list[str]:
    """Sixty answers in English, some in another language; and what stands under the quoted question."""
    given_rows = [*rows(*homes(a=60)), *rows(*homes(a=number), language=language)]
    return below(told(source(HOMES, given_rows, cleared=(QUOTE,), **given), words), "## 2What should change?")


def test_quotes_stand_under_their_question() -> None:
    assert quoting("ar", 20)[2:] == ["In people’s own words:", "“Buses” Translated from Arabic"]


def test_quote_in_a_language_of_a_few_does_not_name_it() -> None:
    assert quoting("ar", 4)[2:] == ["In people’s own words:", "“Buses” Translated"]


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
        for each in quoted(Wording.of(words), QUOTE, ["ar"])
    ]
    assert found == shown


def test_quote_that_only_speaks_the_language_of_a_few_is_left_out() -> None:
    assert list(quoted(Wording.of("so"), QUOTE, [])) == []


def test_bilingual_report_quotes_in_both() -> None:
    quote = Cleared("change", "fr", Localized({"fr": "Des autobus", "en": "Buses"}))
    found = list(quoted(Wording.of("both"), quote, ["fr"]))
    assert [(each.text, each.note is None) for each in found] == [("Buses", False), ("Des autobus", True)]
    assert all(isinstance(each, Quotation) for each in found)


def by_language() -> tuple[Source, Source]:
    """All responses, and those in French: of the others, three live in rooms, as twelve of these do."""
    french = [
        row(each, place=place, language="fr", collector="Omar")
        for place, each in enumerate(homes(a=30, b=20, c=12))
    ]
    english = [row(each, place=place + 100) for place, each in enumerate(homes(a=40, b=30, c=3))]
    whole = source(HOMES, [*french, *english], cleared=(QUOTE,))
    selection = Selection(language="fr")
    return whole, source(HOMES, french, cleared=(QUOTE,), total=whole.total, selection=selection)


def test_selection_does_not_tell_of_those_that_were_not_selected() -> None:
    whole, french = by_language()
    assert "Room | 15 | 11%" in told(whole)
    lines = below(told(french, whole=whole), "### 1Where do you live?")
    assert "House | 30 | 48%" in lines
    assert not any(line.startswith("Room |") and "12" in line for line in lines)


def test_selection_has_no_quotes_unless_it_is_a_period() -> None:
    whole, french = by_language()
    period = Selection(since=dt.date(2026, 3, 1))
    assert not any("Buses" in line for line in told(french, whole=whole))
    assert any("Buses" in line for line in told(_selected(french, period), whole=whole))


def test_selection_by_an_answer_of_a_few_tells_nothing() -> None:
    """Twelve in rooms are enough, but for a sensitive question: how many are selected would tell it."""
    whole, french = by_language()
    rooms = Selection(answered=(Answered("home", "c"),))
    assert len(told(_selected(french, rooms, frozenset(("home",))), whole=whole)) == 1


def test_who_asked_is_not_named() -> None:
    whole, french = by_language()
    lines = told(_selected(french, Selection(collector="Omar")), whole=whole)
    assert any("collected by one data collector" in line for line in lines)
    assert not any("Omar" in line for line in lines)


def test_selection_needs_the_whole() -> None:
    with pytest.raises(ValueError, match="light of all responses"):
        tell(by_language()[1], ENGLISH)


def _selected(of: Source, selection: Selection, sensitive: frozenset[str] = frozenset()) -> Source:
    listed = list(of.rows())
    return source(HOMES, listed, cleared=of.cleared, total=of.total, selection=selection, sensitive=sensitive)
