"""An edition as a workbook: a sheet of tables with charts, one for each grouping, one of notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from consult.reports.edition_reading import (
    Document,
    Groups,
    Question,
    comment_of,
    heard_said,
    made_on,
    organisation_of,
    own_title,
    questions_of,
    rule_said,
    title_of,
)
from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.sheets.blocks import Block, Chart, percent_style
from consult.reports.sheets.stack import SCALE, WIDTHS, Stack
from consult.reports.styles import (
    COUNT,
    HEAD,
    HEAD_END,
    NAME,
    NOTE,
    QUESTION,
    SECTION,
    SUBTITLE,
    TEXT,
    TITLE,
    TOTAL,
    TOTAL_COUNT,
)
from consult.reports.wording import Said, Wording

_LABEL, _GROUP, _TITLE_COLUMNS = 44.0, 14.0, 5


def write_edition_workbook(document: Document, w: Wording, file: IO[bytes]) -> None:
    """Write the workbook."""
    package = Package(
        title=title_of(w, document).line,
        creator=organisation_of(w, document).line,
        language=w.office_tag,
        direction=w.direction,
        is_mixed=w.is_mixed,
        made_at=dt.datetime.combine(made_on(document), dt.time(), dt.UTC),
    )
    questions = list(questions_of(w, document))
    _add_tables(package, w, document, questions)
    for group in document["groups"]:
        _add_groups(package, w, document, questions, group["key"])
    _add_notes(package, w, document)
    package.save(file)


def _add_tables(package: Package, w: Wording, document: Document, questions: Sequence[Question]) -> None:
    sheet = package.add_sheet(w.pgettext("sheet", "Results").line)
    lines = Lines(package, sheet, WIDTHS)
    lines.add_across(title_of(w, document).line, TITLE, len(WIDTHS))
    parts = [organisation_of(w, document).line, w.date(made_on(document)).line]
    if (own := own_title(w, document)) is not None:
        parts.insert(0, own.line)
    lines.add_across(" · ".join(parts), SUBTITLE, len(WIDTHS))
    for said in list(rule_said(w, document))[:2]:
        lines.add_across(said.block, NOTE, len(WIDTHS))
    lines.skip()
    sheet.page.freeze_panes = f"A{lines.next_row}"
    sheet.print_on_letter(scale=SCALE, repeated_rows="1:1")
    stack = Stack(package, sheet, lines, w)
    for question in questions:
        first, *others = dict.fromkeys(question.title)
        numbered = f"{question.number}. {first}" if question.number else first
        stack.add([numbered, *others], _block(w, question), question.section or None)


def _block(w: Wording, question: Question) -> Block:
    block, style = Block(question.base), percent_style(w)
    heads = (w.pgettext("table", "Answer"), w.pgettext("table", "People"), w.pgettext("table", "Percentage"))
    block.rows.append(((heads[0].block, HEAD), *((head.block, HEAD_END) for head in heads[1:])))
    words = replace(COUNT, format="General")
    none = w.gettext("Not shown").line
    for line in question.lines:
        count: Placed = (none, words) if line.count is None else (line.count, COUNT)
        block.rows.append(((line.label.line, NAME), count, (line.share, style)))
    if question.answered is not None:
        answered = w.pgettext("table", "Answered").block
        block.rows.append(((answered, TOTAL), (question.answered, TOTAL_COUNT), (None, TOTAL_COUNT)))
    if any(line.share is not None for line in question.lines):
        block.chart = Chart(
            rows=(1, len(question.lines)),
            column="C",
            names=[line.label.line for line in question.lines],
            numbers=[line.share or 0.0 for line in question.lines],
            number_format=style.format,
        )
    return block


def _add_groups(
    package: Package, w: Wording, document: Document, questions: Sequence[Question], by: str
) -> None:
    found = [(each, _named(each, document, by)) for each in questions]
    tables = [(question, groups) for question, groups in found if groups is not None]
    if not tables:
        return
    title, heads = tables[0][1].title, tables[0][1].heads
    sheet = package.add_sheet(title.line)
    lines = Lines(package, sheet, (_LABEL, *[_GROUP] * max(len(heads), _TITLE_COLUMNS - 1)))
    lines.add_across(title_of(w, document).line, TITLE, _TITLE_COLUMNS)
    lines.add_across(w.gettext("By: %(question)s", question=title).line, SUBTITLE, _TITLE_COLUMNS)
    lines.skip()
    first = lines.add((title.block, HEAD), *((head.block, HEAD_END) for head in heads))
    sheet.page.freeze_panes = f"B{first + 1}"
    sheet.print_on_letter(landscape=True, repeated_rows=f"{first}:{first}")
    for question, groups in tables:
        _add_question(lines, w, question, groups)


def _named(question: Question, document: Document, by: str) -> Groups | None:
    written = next(each for each in document["questions"] if each["key"] == question.key)
    pairs = zip(written["by"], question.groups, strict=True)
    return next((groups for cross, groups in pairs if cross["group"] == by), None)


def _add_question(lines: Lines, w: Wording, question: Question, groups: Groups) -> None:
    number = f"{question.number}. " if question.number else ""
    lines.add_across(number + question.title.block, QUESTION, _TITLE_COLUMNS)
    style, none = percent_style(w), w.gettext("Not shown").line
    words = replace(COUNT, format="General")
    answered: list[Placed] = [(none, words) if count is None else (count, COUNT) for count in groups.answered]
    lines.add((w.pgettext("table", "Answered").line, NAME), *answered)
    for label, shares, _ in groups.rows:
        given: list[Placed] = [
            ("·", replace(style, format="General")) if share is None else (share, style) for share in shares
        ]
        lines.add((label.line, NAME), *given)
    lines.skip()


def _add_notes(package: Package, w: Wording, document: Document) -> None:
    """One sentence a row; English and French side by side where both are wanted."""
    sheet = package.add_sheet(w.pgettext("sheet", "Notes").line)
    columns = len(w.languages)
    lines = Lines(package, sheet, [62.0 if w.is_bilingual else 96.0] * columns)
    lines.add_across(w.pgettext("sheet", "Notes").line, TITLE, columns)
    comment = comment_of(w, document)
    sections: list[tuple[Said, list[Said]]] = [
        (w.gettext("Who was heard"), list(heard_said(w, document))),
        (w.gettext("How people are protected"), list(rule_said(w, document))),
    ]
    if comment is not None:
        sections.insert(0, (w.gettext("Comment"), [comment]))
    for title, sentences in sections:
        lines.skip()
        lines.add(*((text, SECTION) for text in title))
        for said in sentences:
            lines.add(*((text, TEXT) for text in said))
    sheet.print_on_letter(landscape=w.is_bilingual)
