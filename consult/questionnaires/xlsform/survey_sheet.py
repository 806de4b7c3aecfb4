"""The sheet ``survey`` → questions in their groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform.naming import NAME
from consult.questionnaires.xlsform.row_types import (
    METADATA,
    OTHER_METADATA,
    RowType,
    meant_type,
    needs_list,
    read_type,
)
from consult.questionnaires.xlsform.rows import RowReader
from consult.questionnaires.xlsform.spelling import Spelling
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes
from consult.questions.question import Question

MAX_DEPTH = 12
MAX_ROWS = 5_000
_FILLED_BY_DEVICE = METADATA | OTHER_METADATA


@dataclass(slots=True)
class _Block:
    """A group that is open while its rows are read."""

    head: Group
    place: Place
    is_repeat: bool = False
    items: list[Question | Group] = field(default_factory=list)


class SurveyReader:
    """Reads all rows, whatever is wrong with some of them; ``items`` and ``places`` are the outcome."""

    def __init__(self, rows: RowReader, spelling: Spelling, findings: list[Finding]) -> None:
        self._rows = rows
        self._spelling = spelling
        self._findings = findings
        self._stack: list[_Block] = [_Block(Group(""), Place())]
        self._questions: dict[str, Place] = {}
        self._groups: dict[str, Place] = {}
        self.names: dict[str, None] = {}
        self.groups: dict[str, None] = {}
        self.settings: dict[str, str] = {}
        self.places: dict[str, Place] = {}

    def read(self, table: Table) -> tuple[Question | Group, ...]:
        if len(table) > MAX_ROWS:
            self._findings.append(_too_long(table))
        for record in islice(table, MAX_ROWS):
            if not record.is_empty():
                self._read_row(record)
            if len(self._stack) > MAX_DEPTH:
                self._findings.append(_too_deep(record))
                break
        for block in reversed(self._stack[1:]):
            self._findings.append(
                error(
                    "group_not_closed",
                    block.place,
                    _l("The group “%(name)s” is never closed.", name=block.head.key),
                    _l("Add a row of the type end_group after its last question."),
                )
            )
            self._close()
        self._check_others(self._stack[0].items)
        return tuple(self._stack[0].items)

    def _read_row(self, record: Record) -> None:
        written = record.code("type")
        if not written:
            self._report_untyped(record)
            return
        if is_yes(record.text("disabled")):
            self._findings.append(
                warning(
                    "row_disabled",
                    record.place("disabled"),
                    _l("The row is switched off and was left out."),
                    _l("Empty the cell to use it."),
                )
            )
            return
        type_ = read_type(written)
        if type_.role == "begin":
            self._open(record, type_)
        elif type_.role == "end":
            self._end(record, type_)
        elif type_.role == "question":
            self._add_question(record, type_)
        elif type_.role == "setting":
            self.settings[type_.kind] = record.text("name") or record.any_text("label")
        else:
            self._report_type(record, written, type_)

    def _open(self, record: Record, type_: RowType) -> None:
        key = self._name(record, f"group_{record.number}", self._groups)
        if type_.is_loop:
            self._findings.append(
                error(
                    "loop_without_list",
                    record.place("type"),
                    _l("The loop names no list that is in the sheet choices."),
                    _l("Write begin loop over, then the name of a list; or use a repeat."),
                )
            )
        self.groups[key] = None
        self.places[f"group:{key}"] = record.place("name")
        head = self._rows.group(record, key, is_repeat=type_.is_repeat)
        self._stack.append(_Block(head, record.place("type"), type_.is_repeat))

    def _end(self, record: Record, type_: RowType) -> None:
        if len(self._stack) == 1:
            self._findings.append(
                error(
                    "group_not_open",
                    record.place("type"),
                    _l("Nothing is open that could end here."),
                    _l("Delete this row, or add the row that begins the group."),
                )
            )
            return
        if self._stack[-1].is_repeat != type_.is_repeat:
            self._findings.append(
                error(
                    "group_mixed_up",
                    record.place("type"),
                    _l("“%(name)s” begins as one thing and ends as another.", name=self._stack[-1].head.key),
                    _l("A group ends with end_group, a repeat with end_repeat."),
                )
            )
        self._close()

    def _close(self) -> None:
        block = self._stack.pop()
        self._stack[-1].items.append(replace(block.head, items=tuple(block.items)))

    def _add_question(self, record: Record, type_: RowType) -> None:
        own = type_.kind if type_.kind in _FILLED_BY_DEVICE else ""
        fallback = f"note_{record.number}" if type_.kind == "note" else own
        key = self._name(record, fallback, self._questions)
        question = self._rows.question(record, type_, key)
        if key and key not in self.names:
            self.names[key] = None
            self.places[f"question:{key}"] = record.place("name")
            self._stack[-1].items.append(question)

    def _name(self, record: Record, fallback: str, taken: dict[str, Place]) -> str:
        """The row's name; ``fallback`` with a warning if it has none; empty if it cannot be used."""
        name = record.code("name")
        place = record.place("name")
        if not name and fallback:
            if fallback not in _FILLED_BY_DEVICE:
                remedy = _l("Write a name: it stays the same when rows move.")
                message = _l("The row has no name; it is called “%(name)s”.", name=fallback)
                self._findings.append(warning("name_made_up", place, message, remedy))
            name = fallback
        if not name:
            remedy = _l("Write a short name into the column name, for example arrival_year.")
            self._findings.append(error("name_missing", place, _l("The question has no name."), remedy))
            return ""
        if not NAME.fullmatch(name):
            self._findings.append(
                error(
                    "name_unusable",
                    place,
                    _l("“%(name)s” cannot be a name.", name=name),
                    _l("Begin with a letter, then use letters, digits, _ and - only, without spaces."),
                )
            )
        if name in taken:
            self._findings.append(
                error(
                    "name_duplicate",
                    place,
                    _l("The name “%(name)s” stands in row %(row)s already.", name=name, row=taken[name].row),
                    _l("Give every question its own name."),
                )
            )
        taken.setdefault(name, place)
        return name

    def _check_others(self, items: Iterable[Question | Group]) -> None:
        """The text of "other, please specify" is stored under a name that must be free."""
        for item in items:
            if isinstance(item, Group):
                self._check_others(item.items)
            elif item.has_other and (other := f"{item.key}_other") in self._questions:
                self._findings.append(
                    error(
                        "name_duplicate",
                        self._questions[other],
                        _l("“%(name)s” is where or_other of “%(key)s” is kept.", name=other, key=item.key),
                        _l("Leave out or_other, or give this question another name."),
                    )
                )
            elif item.has_other:
                self.names[f"{item.key}_other"] = None

    def _report_untyped(self, record: Record) -> None:
        if record.text("name") or record.texts("label"):
            self._findings.append(
                error(
                    "type_missing",
                    record.place("type"),
                    _l("The row has no type."),
                    _l("Write a type, for example text, or empty the row."),
                )
            )
            return
        self._findings.append(
            warning(
                "row_without_type",
                record.place(),
                _l("The row has no type, so it was taken as a remark."),
                _l("You need not do anything."),
            )
        )

    def _report_type(self, record: Record, written: str, type_: RowType) -> None:
        place = record.place("type")
        if name := record.code("name"):
            self.names[name] = None  # what refers to it is not wrong as well
        if type_.role == "refused":
            code, message = type_.refusal
            remedy = _l("Take the row out, or ask in another way.")
            self._findings.append(error(code, place, message, remedy))
            return
        if needs_list(written):
            self._findings.append(_list_not_named(place, written))
            return
        meant = meant_type(written, self._spelling)
        self._findings.append(
            error(
                "type_unknown",
                place,
                _l("There is no type “%(type)s”.", type=written[:100]),
                _l("Did you mean “%(type)s”?", type=meant)
                if meant
                else _l("Write a type of the XLSForm standard, for example text or select_one."),
            )
        )


def _list_not_named(place: Place, written: str) -> Finding:
    return error(
        "list_not_named",
        place,
        _l("After “%(type)s” the name of a list of choices is missing.", type=written),
        _l("Write it after the type, for example select_one yes_no for the list yes_no."),
    )


def _too_deep(record: Record) -> Finding:
    return error(
        "groups_too_deep",
        record.place("type"),
        _l(
            "Groups stand more than %(limit)s deep in each other; the rest was not read.", limit=MAX_DEPTH - 1
        ),
        _l("Leave out the groups that hold nothing but another group."),
    )


def _too_long(table: Table) -> Finding:
    return error(
        "too_many_rows",
        Place(table.name),
        _l("The sheet survey has more than %(limit)s rows; the rest was not read.", limit=MAX_ROWS),
        _l("Split the form, or delete the rows that do not belong to it."),
    )
