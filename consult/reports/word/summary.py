"""The summary in Word: who was heard, what they said by section, and how the answers came about.

    write_summary(source, Wording.of("fr"), file)

What it says is told by story.py. Tables, charts and headings are Word's own, so that staff can shorten and
rewrite it.
"""

from __future__ import annotations

from functools import singledispatchmethod
from itertools import zip_longest
from pathlib import Path
from typing import IO

from consult.reports.source import Source
from consult.reports.story import tell
from consult.reports.story_blocks import Heading, Quotation, Story, Table, Words
from consult.reports.word.chart_part import Charts
from consult.reports.word.paper import WIDTH, Paper
from consult.reports.wording import Wording


def write_summary(
    source: Source, wording: Wording, file: Path | IO[bytes], whole: Source | None = None
) -> None:
    """Write the document. ``whole``: as tell() needs it of a selection."""
    summary = _Summary(source, wording, tell(source, wording, whole))
    summary.paper.document.save(str(file) if isinstance(file, Path) else file)


class _Summary:
    def __init__(self, source: Source, wording: Wording, story: Story) -> None:
        self._percent = '0"\u00a0"%' if wording.has_spaced_percent else "0%"
        self.paper = Paper(
            title=story.title.line,
            author=wording.text(source.organisation).line,
            language=wording.office_tag,
            direction=wording.direction,
            made_on=source.made_on,
        )
        self._charts = Charts(self.paper.document, WIDTH, is_mirrored=wording.direction == "rtl")
        self.paper.title(story.title.line, " · ".join(each.line for each in story.under))
        self._leads = False
        for block, after in zip_longest(story.blocks, story.blocks[1:]):
            self._leads = isinstance(after, Words) and after.is_note  # to a table: it stays on its page
            self._put(block)

    @singledispatchmethod
    def _put(self, block: object) -> None:
        raise TypeError(block)

    @_put.register
    def _(self, block: Heading) -> None:
        number = f"{block.number}. " if block.number else ""
        self.paper.heading(f"{number}{block.said.line}", block.level)

    @_put.register
    def _(self, block: Words) -> None:
        if block.is_note:
            self.paper.note(block.said.line)
            return
        for text in dict.fromkeys(block.said):
            self.paper.say(text, keeps_with_next=self._leads)

    @_put.register
    def _(self, block: Table) -> None:
        rows = [[cell.line for cell in row] for row in block.rows]
        head = [cell.line for cell in block.head]
        self.paper.table(head, rows, words=block.words, keeps_with_next=bool(block.bars))
        if block.bars and block.about:
            names, shares = [label.line for label, _ in block.bars], [share for _, share in block.bars]
            self._charts.add(names, shares, self._percent, block.about.line)

    @_put.register
    def _(self, block: Quotation) -> None:
        self.paper.quote(block.text, block.language, block.note.line if block.note else "")
