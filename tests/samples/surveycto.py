"""A form with what SurveyCTO alone has: functions over the items of repeats, with conditions."""

from __future__ import annotations

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform

_IN_MEMBERS = (
    *("count-if(${members}, ${age} > ${limit})", "rank-index(index(), ${score})"),
    *("rank-index(position(..), ${age})", "sum-if(${score}, ${score} > 5) - ${age}", "index() * 2"),
)
_AFTER = (
    *("join-if(', ', ${name}, ${age} > ${limit})", "count-if(${members}, ${age} >= 18 and ${name} != '')"),
    *("sum-if(${score}, ${score} > 5)", "min-if(${score}, ${age} > 1)", "max-if(${score}, not(${age} = ''))"),
    *("count-if(${members}, ${score} = '')", "count-if(${members}, index() > 1)", "rank-index(1, ${score})"),
    *("rank-index(99, ${score})", "rank-index-if(2, ${score}, ${age} > 5)", "rank-index(${limit}, ${score})"),
    *("count-if(${members}, ${score})", "count-if(${members}, string-length(${name}))"),
    *("count-if(${kids}, ${kid_age} > ${age})", "sum-if(${kid_age}, ${kid_age} > 3)"),
    *(
        "count(indexed-repeat(${kids}, ${members}, 2))",
        "join('-', indexed-repeat(${kid_age}, ${members}, 1))",
    ),
)
_IN_VISITS = (
    *("rank-index(index(), ${score})", "count-if(${members}, ${age} > ${least})"),
    *("rank-index(${nth}, ${score})", "rank-index-if(index(), ${score}, ${age} > ${nth})"),
    *("index()", "count(${members}[position(.) > index()])"),
)
_IN_KIDS = ("rank-index(index(), ${kid_age})", "count-if(${kids}, ${kid_age} > 2)", "index(${members})")
_AFTER_KIDS = ("count-if(${kids}, ${kid_age} > ${age})", "rank-index(1, ${kid_age})", "empty(${age})")


def _calculated(prefix: str, sources: tuple[str, ...]) -> list[str]:
    return [f"calculate | {prefix}_{number} | | | | {source}" for number, source in enumerate(sources)]


_ROWS = (
    *("integer | limit | Limit", "begin_repeat | members | Members", "text | name | Name"),
    *("begin_group | about | About", "integer | age | Age", "integer | score | Score | ${age} != 3"),
    *("end_group", *_calculated("member", _IN_MEMBERS), "begin_repeat | kids | Children"),
    *("integer | kid_age | Age", *_calculated("kid", _IN_KIDS), "end_repeat"),
    *(*_calculated("family", _AFTER_KIDS), "end_repeat", *_calculated("all", _AFTER)),
    *("begin_repeat | visits | Visits | | 3", "integer | nth | Which?", "begin_group | details | Details"),
    *("integer | least | At least", *_calculated("visit", _IN_VISITS), "end_group", "end_repeat"),
)
_HEADER = "type | name | label::English (en) | relevant | repeat_count | calculation"


def over_repeats() -> Questionnaire:
    """Every such function, asked from outside and inside, from another repeat, in a repeat in a repeat."""
    sheet = "\n".join(["| survey |", *(f"| | {row} |" for row in (_HEADER, *_ROWS))])
    made = read_xlsform(f"{sheet}\n".encode(), "over-repeats.md").questionnaire
    assert made is not None
    return made
