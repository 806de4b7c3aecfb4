"""The summary as one JSON document: the numbers of the report, for other programs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from consult.reports.breakdowns import group_labels
from consult.reports.counting import broken_down, counted
from consult.reports.source import Source
from consult.reports.statistics import Statistics
from consult.reports.tables import CrossTables, QuestionTable, cross_tables, question_tables
from consult.reports.tally import Group
from consult.reports.wording import Wording


def summary_document(source: Source, by: str | None = None) -> dict[str, Any]:
    """Counts per question and choice, as in the report. ``by``: see breakdowns.py; a group that is too small
    to be shown is None. In a repeat entries are counted. Raises KeyError for what nothing can be broken down
    by."""
    tally, groups = broken_down(source, by) if by else (counted(source), None)
    document: dict[str, Any] = {
        "survey": source.slug,
        "responses": tally.responses,
        "languages": dict(tally.languages.most_common()),
        "channels": dict(tally.channels.most_common()),
    }
    if tally.entries:
        document["repeats"] = [
            {"repeat": "/".join(repeat.path), "label": dict(repeat.label), "entries": entries}
            for repeat, entries in tally.entries.items()
        ]
    if groups is None or by is None:
        return {**document, "questions": [_question(table) for table in question_tables(tally)]}
    wording = Wording((source.fallback,), source.fallback)
    labels = group_labels(wording, source.asked, by, groups.sizes)
    crossed = cross_tables(tally, groups, labels, source.threshold)
    return {
        **document,
        "by": by,
        "threshold": source.threshold,
        "groups": [
            {"code": _code(head.code), "label": dict(head.label), "responses": head.size}
            for head in crossed.heads
        ],
        "questions": list(_crossed(crossed)),
    }


def _code(group: Group) -> str | list[str | None] | None:
    return list(group) if isinstance(group, tuple) else group


def _crossed(crossed: CrossTables) -> Sequence[dict[str, Any]]:
    return [
        {
            **_question(table.whole),
            "groups": [None if part is None else _numbers(part) for part in table.groups],
        }
        for table in crossed.tables
    ]


def _question(table: QuestionTable) -> dict[str, Any]:
    question = table.asked.question
    return {
        "question": table.asked.key,
        "kind": question.kind,
        "label": dict(question.label),
        **({"repeat": "/".join(table.asked.path), "responses": table.behind} if table.asked.repeats else {}),
        **_numbers(table),
    }


def _numbers(table: QuestionTable) -> dict[str, Any]:
    document: dict[str, Any] = {"answered": table.base, "missing": table.missing}
    if table.lines:
        document["choices"] = [
            {"code": line.code, "label": dict(line.label), "count": line.count, "share": line.share}
            for line in table.lines
        ]
    if table.asked.question.has_other:
        document["other_texts"] = table.other_texts
    if table.statistics is not None:
        document["statistics"] = _statistics(table.statistics)
    if table.ranks:
        document["ranks"] = [
            {
                "code": line.code,
                "label": dict(line.label),
                "count": line.count,
                "mean": line.mean,
                "first": line.first,
            }
            for line in table.ranks
        ]
    if table.earliest is not None and table.latest is not None:
        document["earliest"] = table.earliest.isoformat()
        document["latest"] = table.latest.isoformat()
    return document


def _statistics(found: Statistics) -> dict[str, Any]:
    return {
        "n": found.n,
        "mean": found.mean,
        "standard_deviation": found.deviation,
        "minimum": found.least,
        "quartile_1": found.quartile_1,
        "median": found.median,
        "quartile_3": found.quartile_3,
        "maximum": found.most,
    }
