"""A sheet with its header understood: rows whose cells are asked for by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import Localized
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.xlsform.columns import MEDIA, Column, likely, read_header
from consult.questionnaires.xlsform.headers import header_index
from consult.questionnaires.xlsform.repairs import clean_code, clean_text, mend_holes
from consult.questionnaires.xlsform.sheets import Row, Sheet, letter


class Table:
    """One sheet, read as ``role`` (survey, choices, settings). Columns are known by name and language;
    findings about cells go to ``findings``.
    """

    def __init__(
        self,
        role: str,
        sheet: Sheet,
        aliases: Mapping[str, str],
        findings: list[Finding],
        *,
        has_media: bool = True,
    ) -> None:
        self.name = sheet.name
        self.is_survey = role == "survey"
        self.findings = findings
        above = header_index(sheet, role, aliases)
        self._remarks = sheet.rows[:above]
        first, *self._rows = sheet.rows[above:] or [Row(1, {})]
        self.header_row = first.number
        self.columns = [
            read_header(number, text, aliases, has_media=has_media)
            for number, text in sorted(first.cells.items())
        ]
        self._aliases = aliases
        self._keep_second_names()
        self._named: dict[str, list[Column]] = {}
        for column in sorted(self.columns, key=lambda column: not column.is_named_by_kobo):
            self._named.setdefault(column.name, []).append(column)
        self._numbered = {column.number: column for column in self.columns}
        for row, number in sheet.faults:
            faulty = self._numbered.get(number)
            if faulty is not None and faulty.name:
                self._report_fault(Place(sheet.name, row, letter(number)))

    def _keep_second_names(self) -> None:
        """Beside a column ``name``, another called ``value`` is the author's own, not the old spelling."""
        exact = {column.name for column in self.columns if column.header == column.name}
        for column in self.columns:
            is_old = column.header != column.name and not column.is_named_by_kobo
            if column.name in exact and is_old and not column.is_translated:
                column.name = ""

    def _report_fault(self, place: Place) -> None:
        self.findings.append(
            error(
                "cell_error",
                place,
                _l("The cell shows an error instead of a value."),
                _l("Correct its formula, or type the text itself."),
            )
        )

    def __iter__(self) -> Iterator[Record]:
        return (Record(self, row) for row in self._rows)

    def cells(self) -> Iterator[Mapping[int, str]]:
        """The cells of every row below the header, as they were written."""
        return (row.cells for row in self._rows)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows below the header."""
        return self._rows

    def replace_rows(self, rows: Sequence[Row]) -> None:
        """Read these rows instead: what was repaired as a whole."""
        self._rows = list(rows)

    def ensure(self, name: str, language: str = "") -> Column:
        """The column of this name (in this language, if it is translated), an empty one if there was none."""
        for column in self.named(name):
            if column.language == language:
                return column
        made = Column(max(self._numbered, default=0) + 1, name, name, language=language)
        self.columns.append(made)
        self._named.setdefault(name, []).append(made)
        self._numbered[made.number] = made
        return made

    def changed(self, row: Row, texts: Mapping[str, str]) -> Row:
        """The row with other texts in columns that are not translated (name → text); they must be there.

        Of several columns of one name only the first keeps a text.
        """
        cells = dict(row.cells)
        for name, text in texts.items():
            for column in self.named(name):
                cells.pop(column.number, None)
            if text:
                cells[self.named(name)[0].number] = text
        return Row(row.number, cells)

    def __len__(self) -> int:
        return len(self._rows)

    def named(self, name: str) -> list[Column]:
        """The columns of this name, in all languages; with an empty name the author's own."""
        return self._named.get(name, [])

    def column(self, number: int) -> Column | None:
        return self._numbered.get(number)

    def has(self, name: str) -> bool:
        return name in self._named

    def place(self, name: str, row: int | None = None, language: str = "") -> Place:
        """Where the column ``name`` (in ``language``, if it is translated) meets a row."""
        named = self.named(name)
        spoken = [column for column in named if column.language == language] or named
        return Place(self.name, row or self.header_row, letter(spoken[0].number) if spoken else "")

    def cell_place(self, name: str, row: int | None, language: str) -> Place:
        """As :meth:`place`, but without a column where no column is in this very language."""
        number = next((c.number for c in self.named(name) if c.language == language), 0)
        return Place(self.name, row, letter(number))

    def require(self, *names: str) -> bool:
        """Whether all these columns are there; each that is not becomes a finding."""
        missing = [name for name in names if not self.has(name)]
        for name in missing:
            self.findings.append(
                error(
                    "column_missing",
                    Place(self.name, self.header_row),
                    _l("The column “%(column)s” is missing.", column=name),
                    _l("Write the names of the columns into the first row of the sheet."),
                )
            )
        return not missing

    def report_header(self) -> None:
        """Warn of rows above, and of the author's own columns that look like one of the standard's."""
        for row in self._remarks:
            self.findings.append(
                warning(
                    "row_above_header",
                    Place(self.name, row.number),
                    _l("The row stands above the names of the columns, so it was taken as a remark."),
                    _l("You need not do anything."),
                )
            )
        for column in self.columns:
            meant = None if column.name else likely(column.header, self._aliases)
            if meant and not self.has(meant):
                self.findings.append(
                    warning(
                        "column_unknown",
                        Place(self.name, self.header_row, letter(column.number)),
                        _l("The column “%(column)s” is not known, so it does nothing.", column=column.header),
                        _l("Did you mean “%(column)s”?", column=meant),
                    )
                )


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table."""

    table: Table
    row: Row

    @property
    def number(self) -> int:
        return self.row.number

    def place(self, name: str = "", language: str = "") -> Place:
        return self.table.place(name, self.number, language) if name else Place(self.table.name, self.number)

    def text(self, name: str, language: str = "") -> str:
        """The cell's text, as people read it; the first that is filled when several columns mean the same."""
        filled: list[tuple[Column, str]] = []
        for column in self.table.named(name):
            if column.language == language and column.number in self.row.cells:
                value = clean_text(self.row.cells[column.number])
                if value:
                    filled.append((column, value))
        if not filled:
            return ""
        for column, value in filled[1:]:
            if value != filled[0][1]:
                self._warn_of_second(filled[0][0], column)
        return filled[0][1]

    def code(self, name: str) -> str:
        """The cell's text as a name, type or number: without what cannot be seen (with a warning)."""
        value = self.text(name)
        cleaned = clean_code(value)
        if cleaned != value:
            self.table.findings.append(
                warning(
                    "characters_repaired",
                    self.place(name),
                    _l("Invisible characters or special spaces in “%(text)s” were taken out.", text=cleaned),
                    _l("Type the text again, without copying it from another program."),
                )
            )
        return cleaned

    def texts(self, name: str) -> Localized:
        """A translated cell in all its languages."""
        languages = {column.language for column in self.table.named(name)}
        return Localized(
            {language: mend_holes(self.text(name, language)) for language in sorted(languages) if language}
        )

    def any_text(self, name: str) -> str:
        """A translated cell in the first language that has one."""
        columns = self.table.named(name)
        texts = (clean_text(self.row.cells.get(column.number, "")) for column in columns)
        return next((text for text in texts if text), "")

    def is_empty(self) -> bool:
        return not any(clean_code(cell) for cell in self.row.cells.values())

    def media(self) -> dict[str, Localized]:
        """The files that this row shows or plays: one of MEDIA → name, per language."""
        named = {what: self.texts(f"media::{what}") for what in MEDIA if self.table.has(f"media::{what}")}
        return {what: names for what, names in named.items() if names}

    def own_columns(self) -> dict[str, str]:
        """What stands in columns that are not the standard's, by their header."""
        own: dict[str, str] = {}
        for number, cell in self.row.cells.items():
            column = self.table.column(number)
            if column is not None and not column.name and (value := clean_text(cell)):
                own.setdefault(column.header, value)
        return own

    def _warn_of_second(self, first: Column, second: Column) -> None:
        self.table.findings.append(
            warning(
                "column_twice",
                Place(self.table.name, self.number, letter(second.number)),
                _l(
                    "“%(first)s” and “%(second)s” mean the same, but differ here; the first was read.",
                    first=first.header,
                    second=second.header,
                ),
                _l("Delete one of the two columns."),
            )
        )
