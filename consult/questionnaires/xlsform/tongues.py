"""Which languages a form speaks, and in which language its unmarked columns are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consult.i18n import OFFICIAL_LANGUAGES, language
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.language_names import language_of
from consult.questionnaires.xlsform.columns import Column
from consult.questionnaires.xlsform.sheets import letter
from consult.questionnaires.xlsform.tables import Table


def give_languages(
    tables: Sequence[Table], written_default: str, place: Place, findings: list[Finding]
) -> tuple[str, ...]:
    """Give every translated column its language; returns the form's languages, the default first.

    ``written_default`` is what the settings call the default language (at ``place``); unmarked columns
    are in it, else in the language that is named first.
    """
    unknown = _Unknown(findings)
    for table in tables:
        _read_marked(table, unknown)
    named = list(dict.fromkeys(column.language for _, column in _translated(tables) if column.language))
    default = unknown.code(written_default, place) if written_default else None
    unmarked = [(table, column) for table, column in _translated(tables) if not column.tongue]
    if default is None:
        default = named[0] if named else OFFICIAL_LANGUAGES[0]
        if any(_says_otherwise(table, column, default) for table, column in unmarked):
            default = next(code for code in (*OFFICIAL_LANGUAGES, "und") if code not in named)
        if unmarked and default not in named:
            findings.append(_unsaid(*unmarked[0], default))
    for _, column in unmarked:
        column.language = default
    used = named if not unmarked else [default, *named]
    return tuple(dict.fromkeys(code for code in (default, *used) if code in used or not used))


def _translated(tables: Iterable[Table]) -> list[tuple[Table, Column]]:
    return [(table, column) for table in tables for column in table.columns if column.is_translated]


class _Unknown:
    """Languages that nobody knows by what an author calls them: each gets a code for private use."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings
        self._codes: dict[str, str] = {}

    def code(self, tongue: str, place: Place) -> str:
        """The code of this language, with a warning where it had to be made up."""
        if known := language_of(tongue):
            return known
        word = " ".join(tongue.split()).casefold()
        code = self._codes.setdefault(word, f"qa{chr(ord('a') + len(self._codes) % 26)}")
        self._findings.append(
            warning(
                "language_unknown",
                place,
                _l(
                    "It is not clear which language “%(text)s” is; it is kept as %(code)s.",
                    text=tongue,
                    code=code,
                ),
                _l("Add the code of the language in brackets, for example Français (fr)."),
            )
        )
        return code


def _read_marked(table: Table, unknown: _Unknown) -> None:
    for column in table.columns:
        # An empty column of a template ("language1") says nothing in any language.
        if not column.is_translated or not column.tongue:
            continue
        if language_of(column.tongue) or any(column.number in cells for cells in table.cells()):
            place = Place(table.name, table.header_row, letter(column.number))
            column.language = unknown.code(column.tongue, place)


def _says_otherwise(table: Table, column: Column, language: str) -> bool:
    """Whether the unmarked column stands beside another text of the same kind in ``language``."""
    marked = [
        other.number
        for other in table.columns
        if other.name == column.name and other.tongue and other.language == language
    ]
    return any(
        cells.get(column.number, other) != other
        for cells in table.cells()
        for number in marked
        if (other := cells.get(number))
    )


def _unsaid(table: Table, column: Column, assumed: str) -> Finding:
    return warning(
        "language_not_said",
        Place(table.name, table.header_row, letter(column.number)),
        _l(
            "No language is given for “%(column)s”; %(language)s was assumed.",
            column=column.header,
            language=language(assumed).own_name,
        ),
        _l("Name the column label::English (en) or label::Français (fr), or set default_language."),
    )
