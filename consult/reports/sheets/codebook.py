"""The sheet “Codebook”: what each column of the responses means, with its choices in every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult.i18n import Localized, language
from consult.questions import Column, kind_of
from consult.questions.choice import MOST_FLAGS
from consult.questions.rich_text import plain_text
from consult.reports.columns import ReportColumn, column_label, report_columns, response_columns
from consult.reports.conditions import Conditions
from consult.reports.entries import DataTable
from consult.reports.lines import Lines, Placed
from consult.reports.merging import Asked
from consult.reports.named import add_table, headers_of
from consult.reports.package import Package
from consult.reports.repeats import Repeat, repeat_of, repeat_said
from consult.reports.source import Source
from consult.reports.styles import CODE, LABEL, LABEL_HEAD, QUESTION_LABEL, Style
from consult.reports.wording import Said, Wording

_ALL_LABELS = 150.0
"""Characters that all languages have together."""


def add_codebook(
    package: Package, wording: Wording, source: Source, tables: Sequence[DataTable], name: Said
) -> None:
    """``tables``: the responses, and each repeat, whose sheets it explains."""
    spoken = _languages(wording, source)
    sheet = package.add_sheet(name.line)
    label = min(max(_ALL_LABELS / len(spoken), 26.0), 50.0)
    has_repeats = len(tables) > 1
    widths = (28.0, 16.0, 16.0, *[label] * len(spoken), 13.0, 34.0, 10.0, *([30.0] if has_repeats else []))
    heads = _heads(wording, spoken)
    if has_repeats:
        heads.append(wording.pgettext("codebook", "One for each entry of"))
    lines = Lines(package, sheet, widths)
    headers = headers_of((head.line, "") for head in heads)
    lines.add(*((head, LABEL_HEAD) for head in headers), height=32)
    sheet.page.freeze_panes = "B2"
    sheet.print_on_letter(landscape=True, repeated_rows="1:1")
    book = _Codebook(wording, source, tables, spoken)
    for row in (*book.response_rows(), *book.rows()):
        blank: list[Placed] = [(None, LABEL)] * (len(widths) - len(row))
        lines.add(*(cell or (None, LABEL) for cell in row), *blank)
    add_table(sheet, "Codebook", headers, 1, lines.next_row - 2)


def _languages(wording: Wording, source: Source) -> list[str]:
    """Those of the report first, then all others of the form."""
    first = [code for code in wording.languages if code in source.languages]
    return [*first, *(code for code in source.languages if code not in first)]


def _heads(w: Wording, spoken: Sequence[str]) -> list[Said]:
    return [
        w.pgettext("codebook", "Column"),
        w.pgettext("codebook", "Kind"),
        w.pgettext("codebook", "Code"),
        *(w.gettext("Label (%(language)s)", language=w.language_name(code)) for code in spoken),
        w.pgettext("codebook", "Required"),
        w.pgettext("codebook", "Asked when"),
        w.pgettext("codebook", "Versions"),
    ]


class _Codebook:
    """The rows of one codebook."""

    def __init__(
        self, wording: Wording, source: Source, tables: Sequence[DataTable], spoken: Sequence[str]
    ) -> None:
        self._wording = wording
        self._spoken = spoken
        self._fallback = source.fallback
        self._asked = source.asked
        self._tables = tables
        self._kinds = kind_names(wording)
        questions = {asked.question.key: asked.question for asked in reversed(source.every)}
        self._conditions = Conditions(questions, wording)

    def response_rows(self) -> Iterator[list[Placed | None]]:
        """What every response has besides its answers."""
        said = [
            {column.key: column.label.line for column in response_columns(Wording((code,), self._fallback))}
            for code in self._spoken
        ]
        for column in self._tables[0].columns:
            if column.asked is None and column.repeat is None:
                labels = [by_key.get(column.key) for by_key in said]
                yield [(column.key, CODE), None, None, *self._placed(labels, LABEL)]

    def rows(self) -> Iterator[list[Placed | None]]:
        """Every column of the questions, in the order of the sheets."""
        for table in self._tables:
            for column in table.columns:
                if column.repeat is not None:
                    yield self._repeat_row(column, table)
            for asked in self._asked:
                own = [column for column in table.columns if column.asked is asked]
                if own:
                    yield from self._question_rows(asked, own)

    def _repeat_row(self, column: ReportColumn, table: DataTable) -> list[Placed | None]:
        """A column that counts entries, or numbers them."""
        labels = [self._told(column, table, code) for code in self._spoken]
        versions = ", ".join(map(str, sorted(column.repeat.versions))) if column.repeat else ""
        return [
            (column.key, QUESTION_LABEL),
            (None, QUESTION_LABEL),
            (None, QUESTION_LABEL),
            *self._placed(labels, QUESTION_LABEL),
            (None, QUESTION_LABEL),
            (None, QUESTION_LABEL),
            (versions, QUESTION_LABEL),
            *self._of_entries(table.repeat),
        ]

    def _told(self, column: ReportColumn, table: DataTable, code: str) -> str | None:
        spoken = report_columns(self._asked, Wording((code,), self._fallback), of=table.repeat)
        return next((each.label.line for each in spoken if each.key == column.key), None)

    def _of_entries(self, repeat: Repeat | None) -> list[Placed]:
        if repeat is None:
            return []
        said = [
            repeat_said(self._wording, key, label)
            for key, label in zip(repeat.path, repeat.labels, strict=True)
        ]
        return [(" – ".join(each.line for each in said), QUESTION_LABEL)]

    def _question_rows(self, asked: Asked, own: Sequence[ReportColumn]) -> Iterator[list[Placed | None]]:
        yield self._question_row(asked, own[0])
        by_code = {column.code: column.key for column in own if column.code is not None}
        every = kind_of(asked.question).choices(asked.question)
        for choice in every[:MOST_FLAGS]:
            key = by_code.get(choice.key)
            yield [(key, CODE), None, (choice.key, LABEL), *self._labels(choice.label, LABEL)]
        if len(every) > MOST_FLAGS:
            yield [None, None, None, *self._placed(self._left_out(len(every)), LABEL)]
        others = (column for column in own[1:] if column.code is None)
        for column, spoken in ((column, _column_of(asked, column)) for column in others):
            labels = [
                column_label(asked, spoken, Wording((code,), self._fallback)).line for code in self._spoken
            ]
            yield [(column.key, CODE), None, None, *self._placed(labels, LABEL)]

    def _question_row(self, asked: Asked, column: ReportColumn) -> list[Placed | None]:
        question = asked.question
        required = self._conditions.said(question.required)
        when = [*asked.conditions, *([question.relevant] if question.relevant else [])]
        said = [found.block for found in map(self._conditions.said, when) if found]
        return [
            (column.key, QUESTION_LABEL),
            (self._kinds.get(question.kind, Said((question.kind,))).block, QUESTION_LABEL),
            (None, QUESTION_LABEL),
            *self._labels(question.label, QUESTION_LABEL),
            (required.block if required else None, QUESTION_LABEL),
            ("\n".join(said) or None, QUESTION_LABEL),
            (", ".join(map(str, sorted(asked.versions))), QUESTION_LABEL),
            *self._of_entries(repeat_of(asked)),
        ]

    def _left_out(self, count: int) -> list[str]:
        """What is said instead of the rest of a long list, in each language."""
        words = (Wording((code,), self._fallback) for code in self._spoken)
        return [
            w.gettext(
                "The list has %(count)s entries; the first %(shown)s are shown.",
                count=count,
                shown=MOST_FLAGS,
            ).line
            for w in words
        ]

    def _labels(self, label: Localized, style: Style) -> list[Placed]:
        """As it is in each language: a missing translation stays missing."""
        labels = [plain_text(label[code]) if code in label else None for code in self._spoken]
        return self._placed(labels, style)

    def _placed(self, labels: Sequence[str | None], style: Style) -> list[Placed]:
        return [
            (label, replace(style, direction=language(code).direction))
            for label, code in zip(labels, self._spoken, strict=True)
        ]


def _column_of(asked: Asked, column: ReportColumn) -> Column:
    """The kind's own column, which knows its label in every language."""
    own = kind_of(asked.question).columns(asked.question)
    others = [each for each in own if each.code == column.code and each.key != asked.question.key]
    part = column.key.removeprefix(asked.key)
    return next((each for each in others if each.key == asked.question.key + part), others[0])


def kind_names(w: Wording) -> dict[str, Said]:
    """Kinds of questions, in words, by their name."""
    return {
        "text": w.pgettext("kind of question", "Text"),
        "email": w.pgettext("kind of question", "E-mail address"),
        "phone": w.pgettext("kind of question", "Telephone number"),
        "integer": w.pgettext("kind of question", "Whole number"),
        "decimal": w.pgettext("kind of question", "Number"),
        "range": w.pgettext("kind of question", "Scale"),
        "date": w.pgettext("kind of question", "Date"),
        "time": w.pgettext("kind of question", "Time"),
        "dateTime": w.pgettext("kind of question", "Date and time"),
        "select_one": w.pgettext("kind of question", "One choice"),
        "select_multiple": w.pgettext("kind of question", "Several choices"),
        "entry": w.pgettext("kind of question", "Choice among entries"),
        "rank": w.pgettext("kind of question", "Ranking"),
        "acknowledge": w.pgettext("kind of question", "Box to tick"),
        "geopoint": w.pgettext("kind of question", "Place"),
        "geotrace": w.pgettext("kind of question", "Line on the ground"),
        "geoshape": w.pgettext("kind of question", "Area on the ground"),
        "barcode": w.pgettext("kind of question", "Bar code"),
        "image": w.pgettext("kind of question", "Picture"),
        "audio": w.pgettext("kind of question", "Sound"),
        "video": w.pgettext("kind of question", "Film"),
        "file": w.pgettext("kind of question", "File"),
        "calculate": w.pgettext("kind of question", "Calculated"),
        "hidden": w.pgettext("kind of question", "Constant"),
    }
