"""What people write as “other” (``${city_other}``): the converter has the question, but no name for it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from itertools import takewhile

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Message
from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform.fitted_cells import LOGIC
from consult.questionnaires.xlsform.written_rows import WrittenForm, WrittenRow
from consult.questions.question import Question

_REFERENCE = re.compile(r"\$\{\s*([^{}$]*?)\s*\}")
Steps = tuple[str, ...]


def fit_other_references(form: WrittenForm, root: str) -> Iterator[tuple[int, Message]]:
    """Paths instead of references in expressions; in texts an ellipsis, with what to say of which row.

    ``root``: what the outermost element is called. The names of all rows are those that go out.
    """
    places = list(_places(form.survey, root))
    others = {
        f"{row.subject.key}_other": _other(row, steps, repeats)
        for row, steps, repeats in places
        if isinstance(row.subject, Question) and row.subject.has_other
    }
    if not others:
        return
    for number, (row, steps, _repeats) in enumerate(places, start=2):
        for column, text in list(row.cells.items()):
            if not any(f"{{{name}}}" in text.replace(" ", "") for name in others):
                continue
            if column in LOGIC:
                row.cells[column] = _with_paths(text, others, steps)
            else:
                row.cells[column] = _REFERENCE.sub(
                    lambda found: "…" if found[1] in others else found[0], text
                )
                key = row.subject.key if row.subject is not None else ""
                yield number, _l("“%(name)s” does not show there what was written as “other”.", name=key)


def _without(text: str, others: Container[str]) -> str:
    return _REFERENCE.sub(lambda found: "…" if found[1] in others else found[0], text)


def _places(rows: list[WrittenRow], root: str) -> Iterator[tuple[WrittenRow, Steps, int]]:
    """Every row with the names from the outermost element to its own, and how many lead to the innermost
    item around it (0: it stands in none)."""
    around: list[tuple[str, bool]] = [(root, False)]
    for row in rows:
        if row.subject is None and len(around) > 1:
            around.pop()
        name = row.cells.get("name", "")
        if isinstance(row.subject, Group):
            around.append((name, row.subject.is_repeat))
        steps = tuple(step for step, _ in around)
        inside = max((place for place, (_, is_repeat) in enumerate(around, 1) if is_repeat), default=0)
        yield row, steps if isinstance(row.subject, Group) else (*steps, name), inside


def _other(row: WrittenRow, steps: Steps, inside: int) -> tuple[Steps, int] | None:
    """Where the words stand; None where no “other” is offered there."""
    is_offered = row.cells.get("type", "").endswith(" or_other")
    return ((*steps[:-1], f"{steps[-1]}_other"), inside) if is_offered else None


def _with_paths(text: str, others: Mapping[str, tuple[Steps, int] | None], asker: Steps) -> str:
    def path(found: re.Match[str]) -> str:
        if found[1] not in others:
            return found[0]
        place = others[found[1]]
        return "''" if place is None else _path(*place, asker)

    return _REFERENCE.sub(path, text)


def _path(steps: Steps, inside: int, asker: Steps) -> str:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(steps, asker, strict=False)))
    if not inside or shared < inside:
        return f"/{'/'.join(steps)}"
    return "/".join(("current()", *[".."] * (len(asker) - shared), *steps[shared:]))
