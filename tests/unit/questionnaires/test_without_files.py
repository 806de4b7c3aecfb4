"""Where files are not taken, their questions are read and left out; everything else stays as it is."""

from __future__ import annotations

from consult.questionnaires.routing import evaluate, final_answers
from consult.questionnaires.without_files import takes_files, without_files
from consult.questions import kind_of
from tests.samples.questions import NOW, ask, group, questionnaire

FORM = questionnaire(
    group(
        group(ask("image", "photo", required="true()"), key="inner"),
        ask("text", "words", required="true()", relevant="${photo} = ''"),
        key="outer",
    )
)


def test_questions_for_files_are_neither_required_nor_open() -> None:
    closed = without_files(FORM)
    state = evaluate(closed, {}, now=NOW, language="en").states["photo"]

    assert (state.relevant, bool(state.required), bool(state.read_only)) == (True, False, True)
    assert kind_of(closed.questions["photo"]).partial(closed.questions["photo"]).endswith("not_online.html")


def test_other_questions_stay() -> None:
    closed = without_files(FORM)

    assert closed.questions["words"] == FORM.questions["words"]
    assert final_answers(closed, {"words": "yes"}, now=NOW, language="en") == {"words": "yes"}


def test_it_is_made_once_and_not_at_all_where_no_file_is_asked_for() -> None:
    plain = questionnaire(ask("text"))

    assert without_files(FORM) is without_files(FORM)
    assert without_files(plain) is plain
    assert (takes_files(FORM), takes_files(plain)) == (True, False)
