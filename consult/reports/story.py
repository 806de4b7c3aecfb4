"""What a summary tells, block by block: who was heard, key numbers, what was said, how it came about. Pure.

    story = tell(source, Wording.of("fr"))

The document for Word (word/) and the page for printing (print_routes.py) are made of the same blocks, so that
they say the same. Both go to readers outside as they are: small numbers are protected (outward.py), what one
person answered is not told (the largest number, the first day), and of people's own words there are only
those that were cleared for quoting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consult.reports.breakdowns import BY_LANGUAGE, BY_MONTH, group_labels, names_of_breakdowns
from consult.reports.counting import counted
from consult.reports.method import Outside, method_said
from consult.reports.outward import Told
from consult.reports.phrases import base_said, counted_said, figures_of
from consult.reports.quoting import are_quoted, quoted
from consult.reports.source import Source
from consult.reports.spreads import HEARD
from consult.reports.story_blocks import Block, Heading, Share, Story, Table, Words
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import Tally
from consult.reports.told_figures import finding_told, tells_statistics
from consult.reports.told_lines import ToldTable, told_groups, told_table
from consult.reports.told_source import limits_of, told_of_source
from consult.reports.wording import Said, Wording

MOST_KEY_NUMBERS = 8


def tell(source: Source, wording: Wording, whole: Source | None = None) -> Story:
    """The whole summary. ``whole``: the source of all responses, where ``source`` is of a selection: what is
    told of that has to fit to what is told of all. Raises ValueError without it."""
    if source.selection and whole is None:
        raise ValueError("a selection is protected in the light of all responses")
    # All questions, whichever are told: so that two summaries of the same responses hide the same.
    tally = counted(replace(source, asked=source.every))
    of_all = tally
    if source.selection and whole is not None:
        of_all = counted(replace(whole, asked=whole.every))
    return Story(
        wording.text(source.title, source.slug),
        (wording.text(source.organisation), wording.date(source.made_on)),
        tuple(_Teller(source, wording, tally, of_all).blocks()),
    )


class _Teller:
    def __init__(self, source: Source, wording: Wording, tally: Tally, of_all: Tally) -> None:
        self._source = source
        self._w = wording
        self._tally = tally
        self._of_all = {table.asked.key: table for table in question_tables(of_all)}
        self._tallies = {each.of.key: each for each in tally.questions}
        self._limits = limits_of(source)
        self._told = told_of_source(source, tally, of_all)
        self._heard = dict(self._groups())

    def blocks(self) -> Iterator[Block]:
        if self._told is None:
            yield Words(self._nothing())
            return
        asked = {each.key for each in self._source.asked}
        tables = [table for table in question_tables(self._tally) if table.asked.key in asked]
        told = {table.asked.key: self._told_of(self._told, table) for table in tables}
        yield from self._who_was_heard()
        yield from self._key_numbers(tables, told)
        yield from self._findings(tables, told)
        yield from self._method()

    def _nothing(self) -> Said:
        if not self._tally.responses and not self._source.selection:
            return self._w.gettext("There is no response yet.")
        return self._w.gettext(
            "Fewer than %(threshold)s responses, or fewer than that left out: nothing is summed up, "
            "so that nobody can be recognised.",
            threshold=self._source.threshold,
        )

    def _told_of(self, told: Told, table: QuestionTable) -> ToldTable | None:
        if table.asked.repeats or not table.base:
            return None
        return told_table(self._w, told, self._of_all[table.asked.key])

    def _groups(self) -> Iterator[tuple[str, ToldTable]]:
        """Who was heard; nothing by which all are in one group that the selection names."""
        w, told = self._w, self._told
        if told is None:
            return
        for by in HEARD:
            codes = told.spreads[by].codes
            found = group_labels(w, self._source.every, by, [code or None for code in codes])
            labels = {str(code or ""): w.text(label, str(code or "")) for code, label in found.items()}
            table = told_groups(w, told, by, labels, self._tally.responses)
            lines = tuple(line for line in table.lines if line.count != 0)
            is_told = not self._source.selection or any(line.count for line in lines)
            if is_told and (by != BY_MONTH or len(lines) > 1):
                yield by, replace(table, lines=lines)

    def _who_was_heard(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.gettext("Who was heard"), 1)
        yield Words(w.ngettext("%(num)s response", "%(num)s responses", self._tally.responses))
        head = (
            w.pgettext("table", "Group"),
            w.pgettext("table", "Responses"),
            w.pgettext("table", "Percentage"),
        )
        for by, table in self._heard.items():
            title = names_of_breakdowns(w)[by]
            yield Heading(title, 2)
            yield self._table(head, table, title)
            yield from self._joined(table)

    def _table(self, head: tuple[Said, ...], table: ToldTable, title: Said) -> Table:
        w, none = self._w, self._w.gettext("Not shown")
        rows = tuple(
            (line.label, none if line.count is None else w.number(line.count), w.percent(line.share))
            for line in table.lines
        )
        shares = tuple(line.share for line in table.lines)
        figures = tuple((line.count, _share(line.share)) for line in table.lines)
        return Table(head, rows, figures, shares=shares, about=self._about(title))

    def _joined(self, table: ToldTable) -> Iterator[Words]:
        """The names that have no place in a line."""
        w = self._w
        for line in table.lines:
            if line.joined:
                names = Said("; ".join(each) for each in zip(*line.joined, strict=True))
                yield Words(w.gettext("“%(name)s” are: %(answers)s.", name=line.label, answers=names))

    def _key_numbers(
        self, tables: Sequence[QuestionTable], told: Mapping[str, ToldTable | None]
    ) -> Iterator[Block]:
        """Of the first questions of choices, what most people answered, where no line without a number can
        be more frequent."""
        w = self._w
        pairs = [(table, told[table.asked.key]) for table in tables if table.summary == "choices"]
        fit = [(table, of) for table, of in pairs if of and of.shown and of.is_surely_first]
        if not (fit := fit[:MOST_KEY_NUMBERS]):
            return
        yield Heading(w.gettext("Key numbers"), 1)
        yield Words(w.gettext("What was answered most often; percentages are of those who answered."), True)
        head = (
            w.pgettext("table", "Question"),
            w.gettext("Most frequent answer"),
            w.pgettext("table", "Percentage"),
        )
        rows = tuple(
            (_numbered(w, table), of.shown[0].label, w.percent(of.shown[0].share)) for table, of in fit
        )
        shares = tuple(of.shown[0].share for _, of in fit)
        figures = tuple((_share(share),) for share in shares)
        yield Table(head, rows, figures, words=2, shares=shares, about=self._about(w.gettext("Key numbers")))

    def _findings(
        self, tables: Sequence[QuestionTable], told: Mapping[str, ToldTable | None]
    ) -> Iterator[Block]:
        w = self._w
        yield Heading(w.gettext("What people said"), 1)
        section: tuple[object, ...] = ()
        for table in tables:
            if table.asked.section != section:
                section = table.asked.section
                if section:
                    names = [w.text(label) for label in table.asked.section]
                    yield Heading(Said(" – ".join(each) for each in zip(*names, strict=True)), 2)
            label = w.text(table.asked.question.label, table.asked.key)
            yield Heading(label, 3 if table.asked.section else 2, table.asked.number)
            of = told[table.asked.key]
            if of is not None:
                yield from self._question(table, of, label)
            else:
                yield from self._untold(table)

    def _untold(self, table: QuestionTable) -> Iterator[Block]:
        """Of a question that is asked several times of one person, no number is one of people."""
        w = self._w
        if not table.base:
            yield Words(base_said(w, table), is_note=True)
        elif table.asked.repeats and self._is_of_many(table):
            yield Words(base_said(w, table), is_note=True)
            yield Words(
                w.gettext(
                    "This was asked several times of one person: what was answered how often stays inside "
                    "the organisation."
                )
            )
            yield from self._quotes(table)
        else:
            yield Words(
                w.gettext(
                    "Nothing is shown: too few people answered, or the numbers would tell too much about a "
                    "few people."
                )
            )

    def _is_of_many(self, table: QuestionTable) -> bool:
        limit = self._limits.of(table.asked.key)
        others = self._of_all[table.asked.key].behind - table.behind
        return table.behind >= limit and not 0 < others < limit

    def _question(self, table: QuestionTable, told: ToldTable, label: Said) -> Iterator[Block]:
        w, key, limit = self._w, table.asked.key, self._limits.of(table.asked.key)
        classes, tally = self._of_all[key].classes, self._tallies[key]
        has_statistics = table.statistics is not None and tells_statistics(told, classes, tally, limit)
        finding = finding_told(w, told, table, limit, has_statistics=has_statistics)
        if finding is not None:
            yield Words(finding)
        yield Words(base_said(w, table), is_note=True)
        if told.lines:
            head = (w.pgettext("table", "Answer"), counted_said(w, table), w.pgettext("table", "Percentage"))
            yield self._table(head, told, label)
        yield from self._joined(told)
        yield from self._more(table, told, has_statistics=has_statistics)
        yield from self._quotes(table)

    def _more(self, table: QuestionTable, told: ToldTable, *, has_statistics: bool) -> Iterator[Block]:
        w = self._w
        if told.others:
            yield Words(
                w.ngettext(
                    "The most frequent answers; %(num)s further answer is left out.",
                    "The most frequent answers; %(num)s further answers are left out.",
                    told.others,
                )
            )
        if table.ranks:
            yield Words(w.gettext("Counted is how often each was put first."))
        if table.statistics is not None and has_statistics:
            head = (w.pgettext("table", "Statistics"), Said("" for _ in w.languages))
            figures = [each for each in figures_of(w, table.statistics) if not each.is_of_one]
            rows = tuple((each.term, w.figure(each.value)) for each in figures)
            yield Table(head, rows, tuple((each.value,) for each in figures))
        elif table.statistics is not None:
            yield Words(w.gettext("Mean and median are not shown: they would tell small numbers."))
        if table.summary in ("texts", "dates"):
            yield Words(w.gettext("What each person answered stays inside the organisation."))

    def _quotes(self, table: QuestionTable) -> Iterator[Block]:
        w = self._w
        own = [each for each in self._source.cleared if each.key == table.asked.key]
        found = [block for each in own for block in quoted(w, each, self._named_languages())]
        if found and are_quoted(self._source.selection):
            yield Words(w.gettext("In people’s own words:"), is_note=True)
            yield from found

    def _named_languages(self) -> frozenset[str]:
        """Languages in which enough people answered that one of them is not pointed to."""
        told = self._told.lines(BY_LANGUAGE) if self._told else ()
        return frozenset(line.codes[0] for line in told if line.count and len(line.codes) == 1)

    def _method(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.pgettext("sheet", "Method"), 1)
        outside = Outside(self._heard, self._limits)
        for title, sentences in method_said(w, self._source, self._tally, outside=outside):
            yield Heading(title, 2)
            yield from (Words(said) for said in sentences)

    def _about(self, title: Said) -> Said:
        return self._w.gettext("Bar chart: %(question)s", question=title)


def _share(share: float | None) -> Share | None:
    return None if share is None else Share(share)


def _numbered(w: Wording, table: QuestionTable) -> Said:
    label = w.text(table.asked.question.label, table.asked.key)
    number = table.asked.number
    return Said(f"{number}. {each}" for each in label) if number else label
