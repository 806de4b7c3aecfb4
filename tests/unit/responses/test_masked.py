"""What is typed unseen is not read back either."""

from __future__ import annotations

from consult.responses.reading_back import MASKED, read_back
from tests.samples.questions import NOW, ask, one_page


def read_again(answers: dict[str, str]) -> list[str]:
    made, _page = one_page(ask("text", "secret", appearance="masked"), ask("text", "open"))
    back = read_back(made, answers, "en", now=NOW, seed=0)
    return [line.answer for section in back.sections() for line in section.lines]


def test_masked_answer_is_not_read_back() -> None:
    assert read_again({"secret": "12345", "open": "words"}) == [MASKED, "words"]


def test_masked_question_without_an_answer_is_empty() -> None:
    assert read_again({}) == ["", ""]
