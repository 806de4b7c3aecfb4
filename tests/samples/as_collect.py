"""Forms about what JavaRosa alone can tell: lists with empty cells, and values that triggers set."""

from __future__ import annotations

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform

_LISTS = """
| survey | type | name | label | choice_filter | calculation |
| | text | x | Region | | |
| | integer | n | People | | |
| | select_one towns | by_text | Town | region = ${x} | |
| | select_one towns | by_number | Town | people = ${n} | |
| | select_one towns | by_order | Town | people > ${n} | |
| | select_one towns | other_than | Town | region != ${x} | |
| | select_one towns | by_no_column | Town | nothing = ${x} | |
| | select_one towns | none_said | Town | region = '' and not(people) | |
| | select_one towns | another | Town | name != ${by_text} | |
| | select_one towns | either | Town | region = ${x} or ${x} = '' | |
"""
_TOWNS = """
| choices | list_name | name | label | region | people |
| | towns | t1 | One | a | 5 |
| | towns | t2 | Two | 0 | 12 |
| | towns | t3 | Three | | |
| | towns | t4 | Four | yes | 5 |
| | towns | t5 | Five | | 0 |
"""
_TOWN = "instance('towns')/root/item"
_ABOUT_LISTS = (
    *(f"count({_TOWN}[{condition}])" for condition in ("region = ${x}", "region != ${x}", "region = ''")),
    *(f"count({_TOWN}[{condition}])" for condition in ("people = ${n}", "people < ${n}", "not(people = 5)")),
    *(f"count({_TOWN}[{condition}])" for condition in ("nothing = ${x}", "nothing = ''", "not(people)")),
    *(f"count({_TOWN}[{condition}])" for condition in ("region = ${x} and people = 5", "count(region) = 0")),
    *(
        f"count({_TOWN}/region)",
        f"count({_TOWN}/people)",
        f"sum({_TOWN}/people)",
        f"join(',', {_TOWN}/region)",
    ),
    *(f"min({_TOWN}/people)", f"max({_TOWN}/people)", f"count({_TOWN}/nothing)"),
    *(
        f"{_TOWN}[name = ${{x}}]/region = ''",
        f"{_TOWN}[name = 't3']/nothing = ''",
        f"{_TOWN}[name = ${{x}}]/label",
    ),
    *(f"if({_TOWN}[name = 't3']/people, 'y', 'n')", f"if({_TOWN}[name = 't1']/people, 'y', 'n')"),
    *(
        f"{_TOWN}[name = 't3']/people + 1",
        f"{_TOWN}[name = 't3']/people != ''",
        f"not({_TOWN}[name = ${{x}}]/region)",
    ),
)
_TRIGGERS = """
| survey | type | name | label | calculation | relevant | trigger | default |
| | text | x | Town | | | | |
| | integer | n | People | | | | |
| | calculate | moves | | ${moves} + 1 | | ${x} | 0 |
| | calculate | both | | ${both} + 1 | | ${x}, ${n} | 5 |
| | calculate | all | | concat(${all}, ${x}) | | ${x} | |
| | calculate | late | | ${n} + ${moves} | | ${n} | |
| | calculate | dot | | . + 1 | | ${n} | 3 |
| | integer | beds | Beds | coalesce(${beds}, 0) + ${n} | | ${n} | |
| | text | gone | Street | | | ${n} | here |
| | calculate | chain | | ${chain} + 1 | | ${beds} | 1 |
| | text | why | Why | | ${moves} = 1 | | |
| | calculate | after | | ${moves} * 2 + ${both} | | | |
| | calculate | status | | if(${x} = 'a', 2, ${status}) | | ${x} | 7 |
"""


def lists_with_gaps() -> Questionnaire:
    """Choices without a value in a column, asked about in filters and calculations."""
    calculated = "\n".join(
        f"| | calculate | c{place} | | | {source} |" for place, source in enumerate(_ABOUT_LISTS)
    )
    return _read(_LISTS.lstrip() + calculated + "\n" + _TOWNS)


def triggers() -> Questionnaire:
    """Calculations that are set off, most of which read what they came to before."""
    return _read(_TRIGGERS)


def _read(form: str) -> Questionnaire:
    reading = read_xlsform(form.encode(), "form.md")
    assert reading.questionnaire is not None, [str(found.message) for found in reading.findings]
    return reading.questionnaire
