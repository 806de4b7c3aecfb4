"""An edition as CSV: one number a line, with everything that says what it is a number of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

from consult.reports.delimited import guarded
from consult.reports.edition_reading import Document, Question, made_on, questions_of
from consult.reports.wording import Said, Wording

HEAD = (
    *("question_key", "question", "group_by", "group", "answer"),
    *("count", "answered", "percentage", "counted_on"),
)


def write_csv(document: Document, w: Wording, file: IO[bytes]) -> None:
    """UTF-8 with a byte order mark. Where nothing is shown, the number is empty."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    day = made_on(document).isoformat()
    for question in questions_of(w, document):
        for row in _rows(w, question):
            writer.writerow([*(guarded(each) if isinstance(each, str) else each for each in row), day])
    text.detach()


def _rows(w: Wording, question: Question) -> Iterator[tuple[str | int | None, ...]]:
    everybody = w.pgettext("group", "Everybody").line
    for line in question.lines:
        yield _row(question, "", everybody, line.label, line.count, question.answered, line.share)
    for groups in question.groups:
        for place, head in enumerate(groups.heads):
            for label, shares, counts in groups.rows:
                given = counts[place], groups.answered[place], shares[place]
                yield _row(question, groups.title.line, head.line, label, *given)


def _row(
    question: Question,
    by: str,
    group: str,
    label: Said,
    count: int | None,
    base: int | None,
    share: float | None,
) -> tuple[str | int | None, ...]:
    percentage = None if share is None else round(share * 100)
    return question.key, question.title.line, by, group, label.line, count, base, percentage
