"""What stands under a question in the summary: the rows of its table, its notes, and what its chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from consult.questions import kind_of
from consult.questions.kind import Cell
from consult.reports.cells import Worked, fits
from consult.reports.heard import Heard
from consult.reports.lines import Placed
from consult.reports.phrases import base_said, class_said, counted_said, figures_of
from consult.reports.sheets.names import open_answers_name
from consult.reports.shown import class_shares, line_shares, shares_adding_up
from consult.reports.styles import (
    COUNT,
    DECIMAL,
    HEAD,
    HEAD_END,
    MOMENTS,
    NAME,
    NUMBER,
    PERCENT,
    PERCENT_SPACED,
    TOTAL,
    TOTAL_COUNT,
    Style,
)
from consult.reports.tables import QuestionTable, RankLine, Share
from consult.reports.wording import Said, Wording

MOST_LINES = 40
"""Choices that are all listed, in the questionnaire's order; of a longer list only what was chosen."""

MOST_BARS = 25


@dataclass(frozen=True, slots=True)
class Chart:
    """``rows``: the first and the last of a block's rows that it shows; ``column`` of the numbers."""

    rows: tuple[int, int]
    column: str
    names: Sequence[str]
    numbers: Sequence[float]
    number_format: str


@dataclass(slots=True)
class Block:
    """``base``: of whom the table is. ``named``: its first rows that have a name: head and lines, without
    totals. ``places``: numbers of the rows once they are on the sheet."""

    base: Said
    rows: list[tuple[Placed | None, ...]] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    chart: Chart | None = None
    named: int = 0
    places: list[int] = field(default_factory=list)


def block_of(w: Wording, table: QuestionTable) -> Block:
    """The block of any question that can be summed up."""
    block = Block(base_said(w, table))
    if table.summary == "choices":
        _add_choices(block, w, table)
    elif table.summary == "numbers":
        _add_numbers(block, w, table)
    elif table.summary == "ranks":
        _add_ranks(block, w, table)
    elif table.summary == "dates":
        _add_dates(block, w, table)
    elif table.base:
        block.notes.append(
            w.gettext("The answers stand on the sheet “%(sheet)s”.", sheet=open_answers_name(w))
        )
    if not table.base:
        block.chart = None
    return block


def block_of_heard(w: Wording, heard: Heard) -> Block:
    """Responses by what each of them has."""
    block = Block(Said("" for _ in w.languages))
    heads = (
        w.pgettext("table", "Group"),
        w.pgettext("table", "Responses"),
        w.pgettext("table", "Percentage"),
    )
    block.rows.append(_heads(*heads))
    shares = shares_adding_up([count for _, count in heard.lines])
    rows: list[tuple[Cell, int, float | None]] = [
        (said.line, count, share) for (said, count), share in zip(heard.lines, shares, strict=True)
    ]
    _add_shares(block, w, rows, heard.total, is_whole=True)
    block.chart = _chart(w, [(str(name), share) for name, _, share in rows], 1, "C")
    return block


def percent_style(w: Wording) -> Style:
    return PERCENT_SPACED if w.has_spaced_percent else PERCENT


def _heads(*heads: Said) -> tuple[Placed, ...]:
    return ((heads[0].block, HEAD), *((head.block, HEAD_END) for head in heads[1:]))


def _add_choices(block: Block, w: Wording, table: QuestionTable) -> None:
    is_long = len(table.lines) > MOST_LINES
    lines = table.chosen if is_long else table.lines
    block.rows.append(
        _heads(
            w.pgettext("table", "Answer"),
            counted_said(w, table),
            w.pgettext("table", "Percentage"),
        )
    )
    shares = line_shares(table)
    rows = [(_label(w, line), line.count, shares[line.code]) for line in lines]
    _add_shares(block, w, rows, table.base, is_whole=not table.is_multiple)
    if is_long:
        unchosen = len(table.lines) - len(lines)
        block.notes.append(
            w.ngettext(
                "The most frequent answer first. %(num)s choice that nobody chose is left out.",
                "The most frequent answer first. %(num)s choices that nobody chose are left out.",
                unchosen,
            )
        )
    if table.other_texts:
        block.notes.append(
            w.ngettext(
                "%(num)s person wrote what “other” is: see the sheet “%(sheet)s”.",
                "%(num)s people wrote what “other” is: see the sheet “%(sheet)s”.",
                table.other_texts,
                sheet=open_answers_name(w),
            )
        )
    block.chart = _chart(w, [(_label(w, line), shares[line.code]) for line in lines], 1, "C")


def _add_shares(
    block: Block,
    w: Wording,
    rows: Sequence[tuple[Cell, int, float | None]],
    base: int,
    *,
    is_whole: bool,
) -> None:
    """Lines of a table and what they are shares of, to calculate with. ``is_whole``: they add up; then the
    shares are those that are shown (see shown.py)."""
    style = percent_style(w)
    can_calculate = base > 0 and all(fits(str(label)) for label, _, _ in rows)
    for place, (label, count, share) in enumerate(rows):
        shown = _worked(len(rows) - place, count, base, share or 0.0) if can_calculate else share
        block.rows.append(((label, NAME), (count, COUNT), (shown, style)))
    block.named = len(block.rows)
    if not base:
        return
    total = Worked(lambda row: f"SUM(B{row - len(rows)}:B{row - 1})/B{row}", 1.0)
    whole = total if is_whole and can_calculate else None
    answered = w.pgettext("table", "Answered")
    block.rows.append(
        ((answered.block, TOTAL), (base, TOTAL_COUNT), (whole, replace(TOTAL_COUNT, format=style.format)))
    )


def _worked(left: int, count: int, base: int, share: float) -> Worked:
    """The count before it, of the base so many rows below; rounded, and what makes the column add up to 100,
    where the share that is shown is another one."""
    if share == count / base:
        return Worked(lambda row: f"B{row}/B${row + left}", share)
    sign = "+" if share > count / base else "-"
    return Worked(lambda row: f"ROUND(B{row}/B${row + left},2){sign}0.01", share)


def _label(w: Wording, line: Share | RankLine) -> str:
    return w.text(line.label, line.code).line


def _chart(w: Wording, bars: Sequence[tuple[str, float | None]], first: int, column: str) -> Chart | None:
    """Of the lines from block row ``first`` on; as many as stay readable."""
    shown = bars[:MOST_BARS] if len(bars) > MOST_LINES else bars
    if not shown:
        return None
    return Chart(
        rows=(first, first + len(shown) - 1),
        column=column,
        names=[name for name, _ in shown],
        numbers=[share or 0 for _, share in shown],
        number_format=percent_style(w).format,
    )


def _add_numbers(block: Block, w: Wording, table: QuestionTable) -> None:
    found = table.statistics
    if found is None:
        return
    block.rows.append(
        _heads(w.pgettext("table", "Answer"), counted_said(w, table), w.pgettext("table", "Percentage"))
    )
    names = [class_said(w, each).line for each in table.classes]
    shares = class_shares(table)
    bars = list(zip(names, shares, strict=True))
    # A class of one number is that number: a cell that can be calculated with.
    rows: list[tuple[Cell, int, float | None]] = [
        (each.low if each.is_single else name, each.count, share)
        for each, name, share in zip(table.classes, names, shares, strict=True)
    ]
    _add_shares(block, w, rows, found.n, is_whole=True)
    block.chart = _chart(w, bars, 1, "C")
    block.rows.append(_heads(w.pgettext("table", "Statistics"), Said(("",)), Said(("",))))
    for figure in figures_of(w, found):
        style = DECIMAL if figure.is_worked_out else NUMBER
        block.rows.append(((figure.term.line, NAME), (figure.value, style), (None, NAME)))


def _add_ranks(block: Block, w: Wording, table: QuestionTable) -> None:
    block.rows.append(
        _heads(
            w.pgettext("table", "Item"),
            w.pgettext("table", "Mean place"),
            w.pgettext("table", "Put first"),
        )
    )
    for line in table.ranks:
        block.rows.append(
            ((_label(w, line), NAME), (line.mean, DECIMAL), (line.first_share, percent_style(w)))
        )
    block.named = len(block.rows)
    block.notes.append(w.gettext("The best mean place first; 1 is the first place."))
    block.chart = _chart(w, [(_label(w, line), line.first_share) for line in table.ranks], 1, "C")


def _add_dates(block: Block, w: Wording, table: QuestionTable) -> None:
    if table.earliest is None or table.latest is None:
        return
    style = MOMENTS[kind_of(table.asked.question).columns(table.asked.question)[0].type]
    for term, value in ((w.gettext("Earliest"), table.earliest), (w.gettext("Latest"), table.latest)):
        block.rows.append(((term.line, NAME), (value, style)))
    block.named = len(block.rows)
