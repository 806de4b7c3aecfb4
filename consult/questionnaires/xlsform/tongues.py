"""Which languages a form speaks, and in which language its unmarked columns are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consult.i18n import OFFICIAL_LANGUAGES, language
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
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
    for table in tables:
        _read_marked(table, findings)
    named = list(dict.fromkeys(column.language for _, column in _translated(tables) if column.language))
    default = language_of(written_default) if written_default else None
    if written_default and default is None:
        findings.append(_unknown(written_default, place))
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


def _read_marked(table: Table, findings: list[Finding]) -> None:
    for column in table.columns:
        if column.is_translated and column.tongue:
            column.language = language_of(column.tongue) or ""
            # An empty column of a template ("language1") says nothing in any language.
            if not column.language and any(column.number in cells for cells in table.cells()):
                findings.append(
                    _unknown(column.tongue, Place(table.name, table.header_row, letter(column.number)))
                )


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


def _unknown(tongue: str, place: Place) -> Finding:
    return error(
        "language_unknown",
        place,
        _l("It is not clear which language “%(text)s” is.", text=tongue),
        _l("Add the code of the language in brackets, for example Français (fr)."),
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
