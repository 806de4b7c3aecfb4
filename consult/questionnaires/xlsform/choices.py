"""The sheet ``choices`` → choice lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from consult.expressions import Template
from consult.i18n import Localized
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.xlsform.logic import Logic
from consult.questionnaires.xlsform.spelling import Spelling
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes
from consult.questions.question import Choice

MAX_OFFERED = 100_000
_LONGEST_NAME = 40
_SEVERAL = frozenset(("select_multiple", "rank"))


class ChoiceLists:
    """All lists of a form, and what the survey asks of them."""

    def __init__(
        self,
        table: Table | None,
        logic: Logic,
        spelling: Spelling,
        findings: list[Finding],
        language: str,
        *,
        may_repeat: bool = False,
    ) -> None:
        self._language = language
        self._may_repeat = may_repeat
        self._gathered: dict[str, dict[str, list[Choice]]] = {}
        self._ordered: dict[str, list[Choice]] = {}
        self._by_folded: dict[str, list[str]] = {}
        self._offered = 0
        self.places: dict[str, Place] = {}
        self.attributes: frozenset[str] = frozenset()
        self._findings = findings
        self._logic = logic
        self._spelling = spelling
        self._unnamed: dict[str, list[Place]] = {}
        self._reported: set[tuple[str, str]] = set()
        # A sheet without a row holds no list: only a question that wants one is wrong.
        self._is_readable = table is None or not len(table) or table.require("list_name", "name")
        if table is not None and self._is_readable:
            self.attributes = frozenset(column.header for column in table.columns if not column.name)
            for record in table:
                self._add(record)
        # One tuple a list, shared by all its questions.
        self.lists = {name: tuple(choices) for name, choices in self._ordered.items()}

    def meant(self, list_name: str, place: Place) -> str:
        """The list of this name, or the only one that differs from it in capitals, spaces and dashes."""
        if not list_name or list_name in self.lists:
            return list_name
        if not self._by_folded:
            for name in self.lists:
                self._by_folded.setdefault(_folded(name), []).append(name)
        alike = self._by_folded.get(_folded(list_name), [])
        if len(alike) != 1:
            return list_name
        self._findings.append(
            warning(
                "list_name_varies",
                place,
                _l("The list “%(name)s” is called “%(list)s” in choices.", name=list_name, list=alike[0]),
                _l("Write the name in the same way in both sheets."),
            )
        )
        return alike[0]

    def of(self, list_name: str, kind: str, place: Place) -> tuple[Choice, ...]:
        """The choices for a question at ``place``; what is wrong with the list is reported once."""
        if not self._is_readable:
            return ()
        if list_name not in self.lists:
            self._report_missing(list_name, place)
            return ()
        self._check_use(list_name, kind)
        self._offered += len(self.lists[list_name])
        if self._offered > MAX_OFFERED:
            self._report_too_many(place)
            return ()
        return self.lists[list_name]

    def check_filter(self, names: Iterable[str], place: Place) -> None:
        """Report names in a choice filter that no column of the sheet choices has."""
        for name in sorted(set(names) - self.attributes - {"name", "label", "list_name"}):
            near = self._spelling.near(name, self.attributes)
            if near:
                message = _l("The sheet choices has no column “%(name)s”.", name=name)
                remedy = _l("Did you mean “%(name)s”?", name=near)
                self._findings.append(error("choice_column_missing", place, message, remedy))
                continue
            message = _l(
                "The sheet choices has no column “%(name)s”: it is empty for every choice.", name=name
            )
            remedy = _l("Add the column, or write ${%(name)s} for an answer.", name=name)
            self._findings.append(warning("choice_column_missing", place, message, remedy))

    def _add(self, record: Record) -> None:
        if record.is_empty():
            return
        name, key = record.code("list_name"), record.code("name")
        if not name and not key:
            return  # a remark or a rule between lists
        label = self._logic.texts(record, "label")
        if name and not key and label:
            key = self._made_up(record, name)
        if not name or not key:
            self._report_half(record, "list_name" if not name else "name")
            return
        choice = Choice(
            key,
            label or Localized({self._language: _as_label(key)}),
            record.own_columns(),
            is_exclusive=is_yes(record.text("exclusive")),
            media=record.media(),
        )
        same = self._gathered.setdefault(name, {}).setdefault(key, [])
        if same and not self._may_stand_beside(record, name, same, choice):
            if all(_reads_alike(first, choice) for first in same):
                return
            choice = replace(choice, key=self._free(name, key))
            self._report_renamed(record, name, key, choice.key)
            key = choice.key
            same = self._gathered[name].setdefault(key, [])
        same.append(choice)
        self._ordered.setdefault(name, []).append(choice)
        self.places.setdefault(f"choice:{name}:{key}", record.place("name"))
        if not label:
            self._unnamed.setdefault(name, []).append(record.place("label"))

    def _check_use(self, list_name: str, kind: str) -> None:
        if (list_name, "label") not in self._reported:
            self._reported.add((list_name, "label"))
            for place in self._unnamed.get(list_name, ()):
                self._findings.append(
                    warning(
                        "choice_without_label",
                        place,
                        _l("The choice has no label, so its name is shown."),
                        _l("Write what people will read into the column label."),
                    )
                )
        if kind in _SEVERAL and (list_name, "spaces") not in self._reported:
            self._reported.add((list_name, "spaces"))
            for key in self._gathered[list_name]:
                if " " in key:
                    self._findings.append(
                        error(
                            "choice_name_spaces",
                            self.places[f"choice:{list_name}:{key}"],
                            _l("The name “%(name)s” has spaces, and several can be chosen.", name=key),
                            _l("Write _ instead of spaces in the column name."),
                        )
                    )

    def is_answered_in_words(self, list_name: str) -> bool:
        """Whether a list is missing as a file may be missing: until it is there, people write their answer.

        Where there is no list at all, it is the sheet that was forgotten.
        """
        return bool(self.lists) and self._is_readable and list_name not in self.lists

    def _report_missing(self, list_name: str, place: Place) -> None:
        message = _l("The sheet choices has no list “%(name)s”.", name=list_name)
        if not self.lists:
            remedy = _l("Add its choices to the sheet choices, with this name in the column list_name.")
            self._findings.append(error("list_missing", place, message, remedy))
            return
        near = self._spelling.near(list_name, self.lists)
        self._findings.append(
            warning(
                "list_missing",
                place,
                message,
                _l("Did you mean “%(name)s”? As it is, people answer in their own words.", name=near)
                if near
                else _l("Add its choices to the sheet choices. As it is, people answer in their own words."),
            )
        )

    def _report_too_many(self, place: Place) -> None:
        if (name := ("", "offered")) not in self._reported:
            self._reported.add(name)
            self._findings.append(
                error(
                    "too_many_choices",
                    place,
                    _l("All questions together offer more than %(limit)s choices.", limit=MAX_OFFERED),
                    _l("Ask in steps, for example for the region first, or let people type."),
                )
            )

    def _report_half(self, record: Record, missing: str) -> None:
        message = _l("The choice has nothing in the column “%(column)s”.", column=missing)
        remedy = _l("Fill it in if it belongs to a list; it was left out.")
        self._findings.append(warning("choice_incomplete", record.place(missing), message, remedy))

    def _may_stand_beside(self, record: Record, list_name: str, same: list[Choice], second: Choice) -> bool:
        """Whether a further choice of one name is kept: as another row for choice filters."""
        place = record.place("name")
        message = _l("The list “%(list)s” has the name “%(name)s” twice.", list=list_name, name=second.key)
        is_alike = all(_reads_alike(first, second) for first in same)
        if is_alike and any(second.attributes.items() <= first.attributes.items() for first in same):
            remedy = _l("Delete one of the two rows; the second was left out.")
            self._findings.append(warning("choice_repeated", place, message, remedy))
            return False
        tells_apart = any(_differs(first, second) for first in same)
        if is_alike or self._may_repeat or tells_apart:
            remedy = _l(
                "You need not do anything: a choice filter tells them apart. Reports count them as one."
            )
            self._findings.append(warning("choice_shares_name", place, message, remedy))
            return True
        return False

    def _free(self, list_name: str, key: str) -> str:
        taken, number = self._gathered[list_name], 2
        while f"{key}_{number}" in taken:
            number += 1
        return f"{key}_{number}"

    def _made_up(self, record: Record, list_name: str) -> str:
        """A name for a choice that has a label only."""
        plain = re.sub(r"\W+", "_", record.any_text("label")[:_LONGEST_NAME].lower()).strip("_") or "choice"
        key = plain if plain not in self._gathered.get(list_name, {}) else self._free(list_name, plain)
        self._findings.append(
            warning(
                "choice_name_made_up",
                record.place("name"),
                _l("The choice has no name; it is called “%(name)s”.", name=key),
                _l("Write a name: it stays the same when the words change."),
            )
        )
        return key

    def _report_renamed(self, record: Record, list_name: str, key: str, new: str) -> None:
        self._findings.append(
            warning(
                "choice_renamed",
                record.place("name"),
                _l(
                    "The list “%(list)s” has the name “%(key)s” twice; this one is called “%(name)s”.",
                    list=list_name,
                    key=key,
                    name=new,
                ),
                _l("Give every choice of a list its own name. Conditions with this name mean the first one."),
            )
        )


def _differs(first: Choice, second: Choice) -> bool:
    """Whether a column for filters tells two choices of one name apart."""
    both = first.attributes.keys() | second.attributes.keys()
    return any(first.attributes.get(name, "") != second.attributes.get(name, "") for name in both)


def _as_label(key: str) -> str:
    """A code shown for want of a label; it is no text in which an answer stands."""
    return key.replace("$", "") if Template.parse(key).references else key


def _reads_alike(first: Choice, second: Choice) -> bool:
    """Whether people read the same in every language that both have."""
    both = first.label.keys() & second.label.keys()
    return all(_folded(first.label[code]) == _folded(second.label[code]) for code in both)


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()
