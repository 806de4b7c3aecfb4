"""What a report is to contain: which questions, broken down by what, marked, weighted. Pure.

What was chosen once may be gone later: a question whose key was changed, one that became another kind. That
never stops a report: it is made of the rest, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult.questions import kind_of
from consult.reports.breakdowns import groups_of
from consult.reports.merging import Asked
from consult.reports.source import Source
from consult.reports.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Contents:
    """``questions``: keys (see merging.py), in any order; none: all. ``breakdowns``: by what (see
    breakdowns.py), a sheet for each. ``name``: what people call this report."""

    questions: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    has_marks: bool = False
    is_weighted: bool = False
    name: str = ""


WHOLE = Contents()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a report will contain. ``gone``: keys of questions and breakdowns that the survey no longer has;
    ``gone_breakdowns``: only these; ``retired``: questions that its newest version no longer asks."""

    source: Source
    breakdowns: tuple[str, ...]
    gone: tuple[str, ...] = ()
    gone_breakdowns: tuple[str, ...] = ()
    retired: tuple[Asked, ...] = ()

    def remarks(self, w: Wording) -> Iterator[Said]:
        """What a reader must know of it."""
        if self.gone:
            yield w.gettext(
                "This survey has no longer what this report was to contain: %(keys)s. All the rest is here.",
                keys=", ".join(self.gone),
            )
        if self.retired:
            labels = [w.text(asked.question.label, asked.key) for asked in self.retired]
            yield w.gettext(
                "The newest version of the form no longer asks: %(questions)s. Here are the earlier answers.",
                questions=Said("; ".join(each) for each in zip(*labels, strict=True)),
            )


def plan_of(source: Source, contents: Contents) -> Plan:
    """Questions stay in the order of the questionnaire."""
    asked, every = source.asked, source.every
    gone: list[str] = []
    if contents.questions:
        wanted = frozenset(contents.questions)
        asked = tuple(each for each in every if each.key in wanted)
        known = {each.key for each in every}
        gone = [key for key in contents.questions if key not in known]
        source = replace(source, asked=asked, survey_asked=every)
    breakdowns = tuple(dict.fromkeys(by for by in contents.breakdowns if _can_be(every, by)))
    lost = tuple(by for by in contents.breakdowns if by not in breakdowns)
    newest = max((version.number for version in source.versions), default=0)
    retired = tuple(
        each
        for each in asked
        if contents.questions and newest not in each.versions and kind_of(each.question).takes_answer
    )
    return Plan(source, breakdowns, tuple(dict.fromkeys((*gone, *lost))), lost, retired)


def _can_be(asked: Sequence[Asked], by: str) -> bool:
    try:
        groups_of(asked, by)
    except KeyError:
        return False
    return True
