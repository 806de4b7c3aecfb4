"""How much a file of data may hold, and what is said when it holds more or cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Message

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELL = 32_767
"""Characters; what a spreadsheet allows in one cell."""

MAX_CELLS = 2_000_000
"""Rows times columns: what is kept in memory while the form is answered."""


class UnreadableData(Exception):
    """The file cannot be used: ``message`` says why, ``remedy`` what to do; ``code`` is for programs."""

    def __init__(self, code: str, message: Message, remedy: Message) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.remedy = remedy


def too_large() -> UnreadableData:
    """For a file that is longer, or unpacks to more, than a list beside a form can be."""
    return UnreadableData(
        "file_too_large",
        _l(
            "The file is too large: at most %(megabytes)s MB can be used.",
            megabytes=MAX_BYTES // 1024 // 1024,
        ),
        _l("Leave out the rows and columns that the form does not use."),
    )


def not_a_table(reason: Message) -> UnreadableData:
    """For a file that is not what its name says."""
    return UnreadableData(
        "file_unreadable",
        reason,
        _l("Save it again from your spreadsheet program as CSV (UTF-8), and upload it again."),
    )


def checked_columns(columns: Sequence[str]) -> Sequence[str]:
    """Raises UnreadableData for too many columns, or none with a name."""
    if len(columns) > MAX_COLUMNS:
        raise UnreadableData(
            "file_too_large",
            _l("The file has more than %(limit)s columns.", limit=MAX_COLUMNS),
            _l("Leave out the columns that the form does not use."),
        )
    if not any(columns):
        raise not_a_table(_l("The file has no names of columns in its first row."))
    return columns


def checked_rows(rows: Iterable[Sequence[str | None]], columns: int) -> Iterator[Sequence[str | None]]:
    """The rows as they come. Raises UnreadableData beyond the limits."""
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS or number * columns > MAX_CELLS:
            raise UnreadableData(
                "file_too_large",
                _l("The file has too many rows: the limit is reached at row %(row)s.", row=number),
                _l("Leave out the rows that the form does not use."),
            )
        if any(len(cell) > MAX_CELL for cell in row if cell is not None):
            raise UnreadableData(
                "file_unreadable",
                _l("Row %(row)s has a cell of more than %(limit)s characters.", row=number, limit=MAX_CELL),
                _l("Shorten it."),
            )
        yield row
