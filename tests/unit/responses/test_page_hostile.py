"""Whatever arrives, a page is read: never an exception, never a value that its kind would refuse."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from consult.questions import kind_of
from consult.responses.page import read_page
from consult.responses.page_checks import check_answers
from tests.samples.questions import NOW, ask, choices, one_page

ABC = choices("a", "b", none="None")
QUESTIONNAIRE, PAGE = one_page(
    ask("text", "text", required="${integer} > 5"),
    ask("email", "email"),
    ask("phone", "phone"),
    ask("integer", "integer", constraint=". < 100"),
    ask("decimal", "decimal"),
    ask("range", "range", parameters={"start": "0", "end": "1", "step": "0.25"}),
    ask("date", "date"),
    ask("time", "time"),
    ask("dateTime", "moment"),
    ask("select_one", "one", choices=ABC, has_other=True, choice_filter="name != 'b' or ${integer} > 5"),
    ask("select_multiple", "many", choices=ABC, has_other=True),
    ask("rank", "rank", choices=ABC, relevant="${acknowledge} = 'OK'"),
    ask("acknowledge", "acknowledge"),
)
NAMES = [f"q-{question.key}" for question in PAGE.questions]
NAMES += [
    "q-one/other",
    "q-many/other",
    "q-rank/a",
    "q-rank/b",
    "q-rank/none",
    "live",
    "q-",
    "q-/",
    "language",
]
LIKELY = [
    "",
    "1",
    "2",
    "3",
    "0.25",
    "٣",
    "a",
    "b",
    "none",
    "other",
    "OK",
    "2026-03-05",
    "9:30",
    "2026-03-05 9:30",
    "a@b.ca",
]
VALUES = st.one_of(
    st.sampled_from(LIKELY), st.text(max_size=40), st.text(alphabet="0123456789٠١٢,.-: /ap", max_size=20)
)
FORMS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=25)
LANGUAGES = st.sampled_from(["en", "fr", "ar", "es", "zh-Hans", "ti"])


@settings(max_examples=300, deadline=None)
@given(form=FORMS, language=LANGUAGES)
def test_any_form_is_read_and_what_comes_out_is_right(form: list[tuple[str, str]], language: str) -> None:
    read = read_page(QUESTIONNAIRE, PAGE, MultiDict(form), {}, now=NOW, language=language)
    for key, value in read.answers.items():
        question = QUESTIONNAIRE.questions.get(key)
        assert question is None or kind_of(question).problem(question, value) is None
    assert read.answers.keys() <= read.asked
    json.dumps(dict(read.unsaved))
    if not read.errors:
        again = check_answers(QUESTIONNAIRE, read.answers, now=NOW, language=language)
        assert [key for key in again if key not in read.revealed] == []


@settings(max_examples=100, deadline=None)
@given(form=FORMS)
def test_a_fault_always_has_a_sentence_and_what_was_typed(form: list[tuple[str, str]]) -> None:
    read = read_page(QUESTIONNAIRE, PAGE, MultiDict(form), {}, now=NOW, language="fr")
    assert all(str(message).strip() for message in read.errors.values())
    typed = {name for name, value in form if value.strip()}
    for key in read.errors:
        if any(name == f"q-{key}" or name.startswith(f"q-{key}/") for name in typed):
            assert key in read.unsaved


def test_a_very_long_form_is_read_in_no_time() -> None:
    form = MultiDict([("q-many", "a")] * 2_000 + [("q-date", "9" * 200_000), ("q-moment", "1 " * 100_000)])
    read = read_page(QUESTIONNAIRE, PAGE, form, {}, now=NOW, language="en")
    assert read.answers["many"] == ["a"]
    assert set(read.errors) == {"date", "moment"}
