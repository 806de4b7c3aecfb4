"""Where an expression reaches beyond the questions of its form: findings."""

from __future__ import annotations

from collections.abc import Iterator, Set

from consult.expressions import Expression
from consult.expressions.functions.dialects import OF_DEVICES
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Message, Place, error, warning
from consult.questionnaires.naming import step_names
from consult.questions.appearance import is_appearance

ANYWHERE = frozenset(("node()", "*", "data"))
"""Steps that lead somewhere in every form; ``data`` is what the outermost element is called."""


def reach(
    expression: Expression, place: Place, known_names: Set[str], *, may_name_columns: bool
) -> Iterator[Finding]:
    """What is wrong with an expression at ``place``, given the names of all questions and groups."""
    if expression.attributes and not may_name_columns:
        yield _bare(expression.attributes, place, known_names)
    silent = sorted(expression.functions & set(OF_DEVICES))
    if silent:
        yield warning(
            "expression_of_device",
            place,
            _l("“%(name)s” is always empty here: nothing is recorded of devices.", name=silent[0]),
            _l("Ask for what you need to know, or leave it out."),
        )
    strange = sorted(set(step_names(expression)) - known_names - ANYWHERE)
    if strange:
        yield error(
            "expression_path",
            place,
            _l("The path goes through “%(name)s”, which is nowhere in the form.", name=strange[0]),
            _l("Refer to questions as ${name}."),
        )


def _bare(names: Set[str], place: Place, known_names: Set[str]) -> Finding:
    """A bare name is a path that leads nowhere, which ODK reads as empty, and forms that run there have some.
    The name of a question can only be a slip."""
    if meant := sorted(names & known_names):
        message = _l("“%(name)s” stands alone in the expression.", name=meant[0])
        return error("expression_bare_name", place, message, _as_reference(meant[0]))
    name = min(names)
    remedy = (
        _l("This is an appearance: move it to the column appearance.")
        if is_appearance(name)
        else _as_reference(name)
    )
    message = _l("“%(name)s” stands alone in the expression and is read as empty.", name=name)
    return warning("expression_bare_name", place, message, remedy)


def _as_reference(name: str) -> Message:
    return _l("Write ${%(name)s} for the answer to a question, '%(name)s' for a code.", name=name)
