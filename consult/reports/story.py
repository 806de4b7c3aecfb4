"""What a summary tells, block by block: who was heard, key numbers, what was said, how it came about. Pure.

    story = tell(source, Wording.of("fr"))

The document for Word (word/) and the page for printing (print_routes.py) are made of the same blocks, so that
they say the same. Everything in it is for readers outside: no answers of single people but those that were
cleared for quoting, no questions that few answered, no small groups of respondents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.reports.findings import finding_said
from consult.reports.guard import hidden_groups
from consult.reports.heard import Heard, who_was_heard
from consult.reports.method import method_said
from consult.reports.phrases import base_said, class_said, counted_said, figures_of
from consult.reports.shown import class_shares, line_shares, shares_adding_up
from consult.reports.source import Cleared, Source
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording

MOST_LINES = 15
"""Answers of one question that are listed; of more, the most frequent."""

MOST_KEY_NUMBERS = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """``number`` of the question, 0 for none."""

    said: Said
    level: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """``is_note``: what stands above a table and belongs to it."""

    said: Said
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``words``: how many of the first columns are words; the others are numbers. ``shares``: what its chart
    shows of each row, 0 to 1, None for nothing; ``about``: what that is, for people who cannot see it."""

    head: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]
    words: int = 1
    shares: tuple[float | None, ...] = ()
    about: Said | None = None

    @property
    def bars(self) -> tuple[tuple[Said, float], ...]:
        """Label and length."""
        pairs = zip(self.rows, self.shares, strict=True) if self.shares else ()
        return tuple((row[self.words - 1], share) for row, share in pairs if share is not None)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one person, cleared for use. ``language``: BCP 47, in which ``text`` is; ``note``: of which
    language it is a translation, or in which language it stands, where readers cannot know."""

    text: str
    language: str
    note: Said | None = None


Block = Heading | Words | Table | Quotation


@dataclass(frozen=True, slots=True)
class Story:
    """``under``: what stands below the title."""

    title: Said
    under: tuple[Said, ...]
    blocks: tuple[Block, ...]


def tell(source: Source, wording: Wording) -> Story:
    """The whole summary, from one pass over the responses."""
    tally = Tally(source.asked)
    for row in source.rows():
        tally.add(row)
    return Story(
        wording.text(source.title, source.slug),
        (wording.text(source.organisation), wording.date(source.made_on)),
        tuple(_Teller(source, wording, tally).blocks()),
    )


class _Teller:
    def __init__(self, source: Source, wording: Wording, tally: Tally) -> None:
        self._source = source
        self._w = wording
        self._tally = tally

    def blocks(self) -> Iterator[Block]:
        source, tally = self._source, self._tally
        if source.hides(tally.responses) or not tally.responses:
            yield Words(self._nothing())
            return
        tables = question_tables(tally)
        yield from self._heard()
        yield from self._key_numbers(tables)
        yield from self._findings(tables)
        yield from self._method()

    def _nothing(self) -> Said:
        if not self._tally.responses:
            return self._w.gettext("There is no response yet.")
        return self._w.gettext(
            "Fewer than %(threshold)s responses, or fewer than that left out: nothing is summed up, "
            "so that nobody can be recognised.",
            threshold=self._source.threshold,
        )

    def _heard(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.gettext("Who was heard"), 1)
        yield Words(w.ngettext("%(num)s response", "%(num)s responses", self._tally.responses))
        for heard in list(who_was_heard(w, self._source.asked, self._tally))[:3]:  # no names, no places
            yield Heading(heard.title, 2)
            yield self._groups(heard)

    def _groups(self, heard: Heard) -> Table:
        """Groups that are too small to be shown have no number; nor what would give it away."""
        w, threshold = self._w, self._source.threshold
        small = hidden_groups({place: count for place, (_, count) in enumerate(heard.lines)}, threshold)
        few, dash = w.gettext("Not shown"), w.percent(None)
        head = (
            w.pgettext("table", "Group"),
            w.pgettext("table", "Responses"),
            w.pgettext("table", "Percentage"),
        )
        exact = shares_adding_up([count for _, count in heard.lines])
        shares = tuple(None if place in small else share for place, share in enumerate(exact))
        rows = tuple(
            (label, few, dash) if share is None else (label, w.number(count), w.percent(share))
            for (label, count), share in zip(heard.lines, shares, strict=True)
        )
        return Table(head, rows, shares=shares, about=self._about(heard.title))

    def _key_numbers(self, tables: Sequence[QuestionTable]) -> Iterator[Block]:
        """Of the first questions of choices, what most people answered."""
        w = self._w
        told = [table for table in tables if table.chosen and not self._is_small(table)][:MOST_KEY_NUMBERS]
        if not told:
            return
        yield Heading(w.gettext("Key numbers"), 1)
        yield Words(w.gettext("What was answered most often; percentages are of those who answered."), True)
        head = (
            w.pgettext("table", "Question"),
            w.gettext("Most frequent answer"),
            w.pgettext("table", "Percentage"),
        )
        firsts = [(table, table.chosen[0]) for table in told]
        shares = tuple(line_shares(table)[first.code] for table, first in firsts)
        rows = tuple(
            (_numbered(w, table), w.text(first.label, first.code), w.percent(share))
            for (table, first), share in zip(firsts, shares, strict=True)
        )
        yield Table(head, rows, words=2, shares=shares, about=self._about(w.gettext("Key numbers")))

    def _findings(self, tables: Sequence[QuestionTable]) -> Iterator[Block]:
        w = self._w
        yield Heading(w.gettext("What people said"), 1)
        section: tuple[object, ...] = ()
        for table in tables:
            if table.asked.section != section:
                section = table.asked.section
                if section:
                    names = [w.text(label) for label in table.asked.section]
                    yield Heading(Said(" – ".join(each) for each in zip(*names, strict=True)), 2)
            yield from self._question(table)

    def _question(self, table: QuestionTable) -> Iterator[Block]:
        w = self._w
        label = w.text(table.asked.question.label, table.asked.key)
        yield Heading(label, 3 if table.asked.section else 2, table.asked.number)
        if self._is_small(table):
            yield Words(
                w.gettext(
                    "Fewer than %(threshold)s people answered this question; their answers are not shown.",
                    threshold=self._source.threshold,
                )
            )
            return
        if (finding := finding_said(w, table)) is not None:
            yield Words(finding)
        yield Words(base_said(w, table), is_note=True)
        if rows := tuple(self._rows(table)):
            head = (w.pgettext("table", "Answer"), counted_said(w, table), w.pgettext("table", "Percentage"))
            cells = tuple((label, w.number(count), w.percent(share)) for label, count, share in rows)
            shares = tuple(share or 0.0 for _, _, share in rows)
            yield Table(head, cells, shares=shares, about=self._about(label))
        yield from self._more(table)
        yield from self._quotes(table)

    def _is_small(self, table: QuestionTable) -> bool:
        return 0 < table.behind < self._source.threshold

    def _rows(self, table: QuestionTable) -> Iterator[tuple[Said, int, float | None]]:
        w = self._w
        if not table.base:
            return
        shares = table.lines if len(table.lines) <= MOST_LINES else table.chosen[:MOST_LINES]
        shown = line_shares(table)
        for line in shares:
            yield w.text(line.label, line.code), line.count, shown[line.code]
        for each, share in zip(table.classes, class_shares(table), strict=True):
            yield class_said(w, each), each.count, share
        for rank in table.ranks:
            yield w.text(rank.label, rank.code), rank.first, rank.first_share

    def _more(self, table: QuestionTable) -> Iterator[Block]:
        w = self._w
        left = len([line for line in table.lines if line.count]) - MOST_LINES
        if len(table.lines) > MOST_LINES and left > 0:
            yield Words(
                w.ngettext(
                    "The most frequent answers; %(num)s further answer is in the Excel report.",
                    "The most frequent answers; %(num)s further answers are in the Excel report.",
                    left,
                )
            )
        if table.ranks:
            yield Words(w.gettext("Counted is how often each was put first."))
        if table.statistics is not None:
            head = (w.pgettext("table", "Statistics"), Said("" for _ in w.languages))
            figures = [each for each in figures_of(w, table.statistics) if not each.is_of_one]
            yield Table(head, tuple((each.term, w.figure(each.value)) for each in figures))
        if table.summary == "texts" and table.base:
            yield Words(w.gettext("What people wrote stands in the Excel report."))

    def _quotes(self, table: QuestionTable) -> Iterator[Block]:
        w = self._w
        own = [each for each in self._source.cleared if each.key == table.asked.key]
        if own:
            yield Words(w.gettext("In people’s own words:"), is_note=True)
        for each in own:
            yield from quoted(w, each)

    def _method(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.pgettext("sheet", "Method"), 1)
        for title, sentences in method_said(w, self._source, self._tally):
            yield Heading(title, 2)
            yield from (Words(said) for said in sentences)

    def _about(self, title: Said) -> Said:
        return self._w.gettext("Bar chart: %(question)s", question=title)


def quoted(w: Wording, cleared: Cleared) -> Iterator[Quotation]:
    """A cleared answer in the languages of a report: its own words where they are in one of them, else a
    translation that says so, else its own words with the name of their language."""
    known = [code for code in w.languages if code in cleared.texts]
    for code in known:
        note = None
        if code != cleared.language:
            note = w.gettext("Translated from %(language)s", language=w.language_name(cleared.language))
        yield Quotation(cleared.texts[code], code, note)
    if not known and cleared.language in cleared.texts:
        yield Quotation(cleared.texts[cleared.language], cleared.language, w.language_name(cleared.language))


def _numbered(w: Wording, table: QuestionTable) -> Said:
    label = w.text(table.asked.question.label, table.asked.key)
    number = table.asked.number
    return Said(f"{number}. {each}" for each in label) if number else label
