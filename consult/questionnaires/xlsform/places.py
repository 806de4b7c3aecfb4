"""Where in a workbook a text stands, or would stand if it were written."""

from __future__ import annotations

from collections.abc import Mapping

from consult.questionnaires.findings import Place
from consult.questionnaires.xlsform.tables import Table

_COLUMNS = {"guidance": "guidance_hint", "title": "form_title"}
_SHEETS = {"question": "survey", "group": "survey", "choice": "choices"}


class Places:
    """``rows``: path of a question, group or choice → its row."""

    def __init__(self, tables: Mapping[str, Table], rows: Mapping[str, Place]) -> None:
        self._tables = tables
        self.rows = rows

    def cell(self, path: str, column: str) -> Place:
        """Where the row of a question, group or choice meets a column, or its name where there is none."""
        found = self.rows.get(path, Place("survey"))
        table = self._tables.get(_SHEETS[path.partition(":")[0]])
        return table.place(column, found.row) if table is not None and table.has(column) else found

    def locate(self, path: str, language: str) -> Place:
        """Place of a text (see texts.py), or of the question, group or choice itself."""
        kind, _, rest = path.partition(":")
        if kind not in _SHEETS:
            column = _COLUMNS.get(kind, f"notice_{rest}" if rest != "introduction" else rest)
            return self._cell("settings", column, self._settings_row(), language)
        if kind == "choice":
            found = self.rows.get(path, Place("choices"))
            return self._cell("choices", "label", found.row, language) if language else found
        what = path.rsplit(":", 1)[1] if path.count(":") > 1 else ""
        found = self.rows.get(path.removesuffix(f":{what}") if what else path, Place("survey"))
        return self._cell("survey", _COLUMNS.get(what, what), found.row, language) if what else found

    def _settings_row(self) -> int | None:
        table = self._tables.get("settings")
        return next((record.number for record in table or () if not record.is_empty()), None)

    def _cell(self, sheet: str, column: str, row: int | None, language: str) -> Place:
        table = self._tables.get(sheet)
        if table is None:
            return Place(sheet)
        return table.cell_place(column, row, language)
