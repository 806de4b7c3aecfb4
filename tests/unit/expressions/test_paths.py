"""Lists of nodes: paths, predicates, aggregates (repeats will be such lists)."""

from __future__ import annotations

from typing import Any

import pytest

from consult.expressions import Context, Expression, number, text, truth
from tests.conformance.documents import at, read

HOUSEHOLD = read(
    """<data><town>London</town>
    <member><name>Amal</name><age>42</age></member>
    <member><name>Noor</name><age>9</age></member>
    <member><name>Sami</name><age/></member></data>"""
)


def value(source: str, place: str = "/*[0]") -> Any:
    node = at(HOUSEHOLD, place)
    return Expression.parse(source).evaluate(Context(node=node, own=[node]))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("string(town)", ""),  # a bare name is a column of a choice, not a child
        ("string(./town)", "London"),
        ("string(/data/town)", "London"),
        ("string(//name)", "Amal"),
        ("count(/data/member)", 3.0),
        ("count(//age)", 3.0),
        ("count(/data/*)", 4.0),
        ("count(//nobody)", 0.0),
        ("count-non-empty(//age)", 2.0),
        ("sum(//member[position() < 3]/age)", 51.0),
        ("sum(//nobody)", 0.0),
        ("max(//member[./age != '']/age)", 42.0),
        ("min(//member/age)", 9.0),
        ("join(', ', //name)", "Amal, Noor, Sami"),
        ("string(//member[2]/name)", "Noor"),
        ("string(//member[last()]/name)", "Sami"),
        ("string((//name)[2])", "Noor"),
        ("string(//member[./age > 18]/name)", "Amal"),
        ("string(//name[. = 'Noor']/../age)", "9"),
        ("//age = 9", True),
        ("//age != 9", True),
        ("//age > 50", False),
        ("//age < 10 and //age > 40", True),
        ("//name = //town", False),
        ("//nobody = ''", True),
        ("'' = //nobody", True),
        ("//nobody != 'x'", True),
        ("//nobody = 0", False),
        ("//nobody = false()", True),
        ("//nobody = //noone", True),
        ("//nobody < 5", False),
        ("if(//member[3]/age, 'y', 'n')", "n"),
        ("if(//member[2]/age, 'y', 'n')", "y"),
        ("boolean(//nobody)", False),
        ("not(//nobody)", True),
        ("count(//name | //age | //name)", 6.0),
        ("string(//age/ancestor::member/name)", "Amal"),
        ("count(/data/descendant::age)", 3.0),
        ("local-name(/data/*[1])", "town"),
        ("name(//nobody)", ""),
        ("position(//member[3])", 3.0),
        ("string(//member[count(current()/member) = 3]/name)", "Amal"),
        ("'' + 1", "NaN"),
        ("//town + 1", "NaN"),
    ],
)
def test_path_comes_to(source: str, expected: Any) -> None:
    got = value(source)
    assert str(got) == "nan" if expected == "NaN" else got == expected


def test_paths_begin_where_the_question_is() -> None:
    assert value("string(../name)", "/*[0]/*[2]/*[1]") == "Noor"
    assert value("position(..)", "/*[0]/*[2]/*[1]") == 2.0
    assert value(". > 8", "/*[0]/*[2]/*[1]") is True


def test_without_a_document_every_path_is_empty() -> None:
    for source in ("/data/town", "../town", "//town", "current()", "./town"):
        assert Expression.parse(source).evaluate(Context()) == []


def test_list_counts_as_its_first_node() -> None:
    names = value("//name")
    assert (text(names), truth(names), truth([]), text([])) == ("Amal", True, False, "")
    assert number(value("//age")) == 42
