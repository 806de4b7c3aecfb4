"""A part of a larger form: what is assumed about the rest of it, once a person has said so.

Without that everything here stays an error. What was assumed is always said, at every place it concerns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from consult.expressions import Expression, Template
from consult.expressions.checks import names_in_logic
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.naming import step_names
from consult.questionnaires.xlsform.naming import NAME
from consult.questionnaires.xlsform.reach import ANYWHERE
from consult.questionnaires.xlsform.row_types import RowType, read_type
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.spelling import Spelling
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes
from consult.questions.question import Question

ASSUMED = ("assumed_question", "assumed_end", "assumed_nearest")
"""Codes of what was assumed, what matters most first."""
MOST_QUESTIONS = 300
"""Questions that are assumed; whoever needs more has the wrong file."""

_MAY_BE = frozenset(
    (
        *("expression_unknown_name", "expression_path", "group_not_closed", "group_mixed_up"),
        *("reference_ambiguous", "more_findings"),
    )
)


def may_be_assumed(findings: Iterable[Finding]) -> bool:
    """Whether it is worth reading the form again with assumptions: it has errors, none of another kind."""
    codes = {found.code for found in findings if found.severity == "error"}
    return bool(codes) and codes <= _MAY_BE


def assumptions(findings: Iterable[Finding]) -> list[Finding]:
    """What was assumed, among everything that was found."""
    return [found for found in findings if found.code in ASSUMED]


def close_groups(survey: Table, findings: list[Finding]) -> None:
    """Put an end to every group that has none: before that of the group around it, or after the last row."""
    rows: list[Row] = []
    opened: list[tuple[Record, RowType]] = []

    def end(count: int, number: int, outer: str = "") -> None:
        for record, type_ in reversed(opened[len(opened) - count :]):
            findings.append(_closed(record, outer))
            rows.append(_end_of(survey, type_, number))
        del opened[len(opened) - count :]

    for record in survey:
        type_ = read_type(record.code("type"))
        is_read = bool(record.text("type")) and not is_yes(record.text("disabled"))
        if is_read and type_.role == "end":
            meant = _meant(opened, type_)
            if meant is not None:
                end(len(opened) - 1 - meant, record.number, _name(opened[meant][0]))
            del opened[-1:]
        elif is_read and type_.role == "begin":
            opened.append((record, type_))
        rows.append(record.row)
    if opened:
        end(len(opened), rows[-1].number)
    survey.replace_rows(rows)


def _meant(opened: Sequence[tuple[Record, RowType]], end: RowType) -> int | None:
    """Which of the open groups an end belongs to: the innermost of its kind; None if there is none."""
    of_its_kind = (at for at in reversed(range(len(opened))) if opened[at][1].is_repeat == end.is_repeat)
    return next(of_its_kind, None)


def _end_of(survey: Table, type_: RowType, number: int) -> Row:
    return survey.changed(Row(number, {}), {"type": "end_repeat" if type_.is_repeat else "end_group"})


def _name(record: Record) -> str:
    return record.code("name") or f"group_{record.number}"


def _closed(record: Record, outer: str) -> Finding:
    name = _name(record)
    message = (
        _l(
            "The group “%(name)s” is never closed. It is taken to end with “%(outer)s”.",
            name=name,
            outer=outer,
        )
        if outer
        else _l("The group “%(name)s” is never closed. It is taken to end after the last row.", name=name)
    )
    remedy = _l("If it ends earlier, add a row of the type end_group or end_repeat there.")
    return warning("assumed_end", record.place("type"), message, remedy)


def assumed_questions(
    read: Iterable[tuple[Expression | Template, Place]],
    known: Collection[str],
    spelling: Spelling,
    findings: list[Finding],
) -> Mapping[str, Place]:
    """Names that questions of the rest of the form have, in their order, each with the first place of it."""
    assumed: dict[str, Place] = {}
    for expression, place in read:
        for name in sorted(set(_unknown(expression, known))):
            if name in assumed or (len(assumed) < MOST_QUESTIONS and NAME.fullmatch(name)):
                assumed.setdefault(name, place)
                findings.append(_not_in_form(name, place, spelling.candidates(name, known)))
    return assumed


def hidden_questions(names: Iterable[str]) -> tuple[Question, ...]:
    """What stands for them: nobody is asked, so they stay empty."""
    return tuple(Question(name, "hidden") for name in names)


def _unknown(expression: Expression | Template, known: Collection[str]) -> Iterator[str]:
    yield from (name for name in names_in_logic(expression) if name not in known)
    if isinstance(expression, Expression):
        yield from (name for name in step_names(expression) if name not in known and name not in ANYWHERE)


def _not_in_form(name: str, place: Place, candidates: Sequence[str]) -> Finding:
    near = get_close_matches(name, candidates, n=1, cutoff=0.6)
    message = _l(
        "No question is called “%(name)s”. An empty hidden question at the start stands in for it.",
        name=name,
    )
    remedy = (
        _l("Did you mean “${%(name)s}”? If not, replace it by the question of the larger form.", name=near[0])
        if near
        else _l("It stays empty until you replace it by the question of the larger form.")
    )
    return warning("assumed_question", place, message, remedy)
