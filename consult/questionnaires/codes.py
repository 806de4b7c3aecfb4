"""Codes in conditions that no choice has: the commonest slip in skip logic, and a silent one."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from consult.expressions import Expression, Problem
from consult.expressions.parser import Tree, walk
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of


def unknown_codes(
    expression: Expression, questionnaire: Questionnaire, own: Question | None = None
) -> Iterator[Problem]:
    """Warnings: a code that is compared with a question but is none of its choices.

    ``own`` is the question whose ``.`` the expression means.
    """
    for asked, code in _compared(expression.tree):
        question = own if asked == ["."] else questionnaire.questions.get(asked[1])
        if question is None or not kind_of(question).has_choices:
            continue
        codes = [choice.key for choice in kind_of(question).choices(question)]
        if not codes or code.strip() in codes:
            continue
        near = get_close_matches(code, codes, n=1, cutoff=0.5)
        yield Problem(
            "unknown_code",
            _l("“%(code)s” is no choice of “%(name)s”.", code=code, name=question.key),
            _l("Did you mean “%(code)s”?", code=near[0]) if near else _l("Check the list of choices."),
            max(expression.source.find(code), 0),
            "warning",
        )


def _compared(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """(the question's node, the code) of every ``selected(q, 'code')`` and ``q = 'code'``."""
    for node in walk(tree):
        if node[0] in ("=", "!="):
            sides = (node[1], node[2])
        elif node[:2] == ["f", "selected"]:
            sides = (node[2], node[3])
        else:
            continue
        for asked, code in (sides, sides[::-1]):
            is_code = code[0] in ("s", "n") and code[1] != ""
            if asked[0] in ("v", ".") and is_code:
                yield asked, str(code[1])
