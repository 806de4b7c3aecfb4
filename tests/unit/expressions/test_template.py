"""Answers inside sentences."""

from __future__ import annotations

import pytest

from consult.expressions import Context, Template

CONTEXT = Context({"name": "Amal", "n": 3.0, "html": "<b>&</b>"})


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Thank you, ${name}!", "Thank you, Amal!"),
        ("${name}${n}", "Amal3"),
        ("شكراً ${\u200fname\u200f}", "شكراً Amal"),
        ("$\u200e{name}", "Amal"),
        ("${ name }", "Amal"),
        ("${nobody}.", "."),
        ("No hole", "No hole"),
        ("It costs $5 {about}", "It costs $5 {about}"),
        ("${not a name}", "${not a name}"),
        ("${html}", "<b>&</b>"),
    ],
)
def test_shows_answers_in_their_places(source: str, shown: str) -> None:
    assert Template.parse(source).render(CONTEXT) == shown


def test_knows_which_questions_it_reads() -> None:
    assert Template.parse("${a} and ${b} and ${a}").references == {"a", "b"}


def test_pieces_are_texts_and_keys_in_turn() -> None:
    assert Template.parse("Hi ${a}.").pieces == ("Hi ", "a", ".")
    assert Template.parse("Hi").pieces == ("Hi",)
