"""The summary as a workbook: the tables and charts that the document for Word has, for readers outside.

    write_tables(source, Wording.of("fr"), file)

It says what story.py tells and nothing else, so that no number in it is another one, and none is shown that
is hidden in the document. The workbook with every response (workbook.py) stays inside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from openpyxl.utils import get_column_letter

from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.sheets.blocks import Block, Chart, percent_style
from consult.reports.sheets.stack import SCALE, WIDTHS, Stack
from consult.reports.source import Source
from consult.reports.story import tell
from consult.reports.story_blocks import Block as Told
from consult.reports.story_blocks import Figure, Heading, Quotation, Share, Story, Table, Words
from consult.reports.styles import COUNT, HEAD, HEAD_END, NAME, NUMBER, SECTION, SUBTITLE, TEXT, TITLE, Style
from consult.reports.wording import Said, Wording


def write_tables(
    source: Source, wording: Wording, file: Path | IO[bytes], whole: Source | None = None
) -> None:
    """Write the workbook. ``whole``: as tell() needs it of a selection."""
    story = tell(source, wording, whole)
    package = Package(
        title=story.title.line,
        creator=wording.text(source.organisation).line,
        language=wording.office_tag,
        direction=wording.direction,
        is_mixed=wording.is_mixed,
        made_at=dt.datetime.combine(source.made_on, dt.time(), dt.UTC),
    )
    method = _begin_of_method(story.blocks)
    _add_results(package, wording, story, story.blocks[:method])
    _add_method(package, wording, story.blocks[method:])
    package.save(file)


@dataclass(slots=True)
class _Part:
    """What stands under one heading: its tables one under the other."""

    section: Said | None
    titles: tuple[str, ...]
    base: Said | None = None
    tables: list[Table] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)


def _begin_of_method(blocks: Sequence[Told]) -> int:
    """The place of the last chapter; the end where there is none."""
    places = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    return places[-1] if places else len(blocks)


def _add_results(package: Package, w: Wording, story: Story, blocks: Sequence[Told]) -> None:
    sheet = package.add_sheet(w.pgettext("sheet", "Results").line)
    lines = Lines(package, sheet, WIDTHS)
    lines.add_across(story.title.line, TITLE, len(WIDTHS))
    lines.add_across(" · ".join(each.line for each in story.under), SUBTITLE, len(WIDTHS))
    lines.skip()
    sheet.page.freeze_panes = f"A{lines.next_row}"
    sheet.print_on_letter(scale=SCALE, repeated_rows="1:1")
    stack = Stack(package, sheet, lines, w)
    for part in _parts(w, blocks):
        stack.add(part.titles, _block(w, part), part.section)


def _parts(w: Wording, blocks: Sequence[Told]) -> Iterator[_Part]:
    """A heading above another one is a section; every other one begins a part."""
    part, section = _Part(None, ()), None
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            if part.tables or part.notes or part.base:
                yield part
            is_section = block.level == 1 or isinstance(after, Heading)
            section = block.said if is_section else section
            part = _Part(section, () if is_section else tuple(_titles(block)))
        elif isinstance(block, Table):
            part.tables.append(block)
        elif isinstance(block, Quotation):
            text = block.text if block.note is None else f"{block.text} ({block.note.line})"
            part.notes.append(Said(f"“{text}”" for _ in w.languages))
        elif block.is_note and part.base is None and not part.tables:
            part.base = block.said
        else:
            part.notes.append(block.said)
    if part.tables or part.notes or part.base:
        yield part


def _titles(heading: Heading) -> Iterator[str]:
    number = f"{heading.number}. " if heading.number else ""
    first, *others = dict.fromkeys(heading.said)
    yield f"{number}{first}"
    yield from others


def _block(w: Wording, part: _Part) -> Block:
    block = Block(part.base or Said("" for _ in w.languages), notes=part.notes)
    for table in part.tables:
        first = len(block.rows)
        words = ": ".join(each.line for each in table.head[: table.words])
        heads = [(each.block or None, HEAD_END) for each in table.head[table.words :]]
        block.rows.append(((words, HEAD), *heads))
        for row, figures in zip(table.rows, table.figures, strict=True):
            label = ": ".join(each.line for each in row[: table.words])
            block.rows.append(
                ((label, NAME), *(_placed(w, each, place) for place, each in enumerate(figures)))
            )
        if block.chart is None and table.bars:
            block.chart = _chart(w, table, first + 1)
    return block


def _placed(w: Wording, figure: Figure, place: int) -> Placed:
    """``place`` of the column among the numbers: that something is not shown is said in the first."""
    if figure is None:
        return (w.gettext("Not shown").line if place == 0 else None, replace(COUNT, format="General"))
    if isinstance(figure, Share):
        return float(figure), percent_style(w)
    style: Style = COUNT if isinstance(figure, int) else NUMBER
    return (figure if isinstance(figure, int) else round(figure, 2), style)


def _chart(w: Wording, table: Table, first: int) -> Chart:
    return Chart(
        rows=(first, first + len(table.rows) - 1),
        column=get_column_letter(len(table.head) - table.words + 1),
        names=[": ".join(each.line for each in row[: table.words]) for row in table.rows],
        numbers=[share or 0.0 for share in table.shares],
        number_format=percent_style(w).format,
    )


def _add_method(package: Package, w: Wording, blocks: Sequence[Told]) -> None:
    """One sentence a row; English and French side by side where both are wanted."""
    if not blocks:
        return
    sheet = package.add_sheet(w.pgettext("sheet", "Method").line)
    columns = len(w.languages)
    lines = Lines(package, sheet, [62.0 if w.is_bilingual else 96.0] * columns)
    lines.add_across(w.pgettext("sheet", "Method").line, TITLE, columns)
    for block in blocks[1:]:
        if isinstance(block, Heading):
            lines.skip()
            lines.add(*((text, SECTION) for text in block.said))
        elif isinstance(block, Words):
            lines.add(*((text, TEXT) for text in block.said))
    sheet.print_on_letter(landscape=w.is_bilingual)
