"""Logic that does something else than its author meant."""

from __future__ import annotations

from collections.abc import Iterator

from consult.expressions import Expression, Template
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.codes import unknown_codes
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.lint.remark import Remark, groups
from consult.questionnaires.naming import names_in
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import texts
from consult.questions.question import Question


def unused_lists(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Lists of choices that no question offers."""
    used = {question.list_name for question in questionnaire.questions.values()}
    for name, choices in questionnaire.choice_lists.items():
        if name not in used and choices:
            yield Remark(
                "list_unused",
                f"choice:{name}:{choices[0].key}",
                _l("No question uses the list “%(name)s”.", name=name),
                _l("Delete it, or check the spelling in the column type."),
            )


def empty_values(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Hidden questions that are named somewhere, and that nothing ever fills."""
    hidden = [each for each in questionnaire.questions.values() if each.kind == "hidden"]
    empty = [each.key for each in hidden if each.default is None and each.calculation is None]
    named = _named(questionnaire) if empty else frozenset()
    for key in empty:
        if key in named:
            yield Remark(
                "hidden_empty",
                f"question:{key}",
                _l(
                    "“%(name)s” is hidden and nothing in the form fills it: it is always empty.",
                    name=key,
                ),
                _l("Give it a default or a calculation, or put a question in its place."),
            )


def _named(questionnaire: Questionnaire) -> frozenset[str]:
    """What logic and texts name."""
    logic: list[Expression | None] = []
    for group in groups(questionnaire.items):
        logic += (group.relevant, group.repeat_count)
    for one in questionnaire.questions.values():
        logic += (one.relevant, one.constraint, one.required, one.calculation, one.default, one.read_only)
        logic.append(filter_of(one))
    said = (written for text in texts(questionnaire) for written in text.texts.values())
    named = frozenset[str]().union(*(names_in(expression) for expression in logic))
    return named.union(*(Template.parse(written).references for written in said))


def codes(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Comparisons with codes that no choice has."""
    conditions: list[tuple[str, Question | None, Expression | None]]
    conditions = [(f"group:{group.key}", None, group.relevant) for group in groups(questionnaire.items)]
    for question in questionnaire.questions.values():
        for condition in (question.relevant, question.constraint, question.required, question.calculation):
            conditions.append((f"question:{question.key}", question, condition))
    for path, own, condition in conditions:
        for problem in unknown_codes(condition, questionnaire, own) if condition else ():
            yield Remark(problem.code, path, problem.message, problem.remedy)


def patterns(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Patterns that match the whole answer here and a part of it in Enketo."""
    for question in questionnaire.questions.values():
        for expression in (question.constraint, question.relevant, question.calculation):
            for pattern in _loose_patterns(expression):
                yield Remark(
                    "pattern_loose",
                    f"question:{question.key}",
                    _l("The pattern “%(pattern)s” must match the whole answer here.", pattern=pattern[:80]),
                    _l("Begin it with ^ and end it with $, so that it means the same in every program."),
                )


def _loose_patterns(expression: Expression | None) -> Iterator[str]:
    waiting = [expression.tree] if expression else []
    while waiting:
        node = waiting.pop()
        if node[:2] == ["f", "regex"] and node[3][0] == "s":
            pattern = str(node[3][1])
            if not (pattern.startswith("^") and pattern.endswith("$")):
                yield pattern
        waiting.extend(part for part in node if isinstance(part, list))
