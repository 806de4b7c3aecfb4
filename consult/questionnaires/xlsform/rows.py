"""One row of the sheet ``survey`` → a question, or what stands at the head of a group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from consult.expressions import Expression
from consult.i18n import Localized
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.attach import typed_instead
from consult.questionnaires.data.sources import ITEMSETS, UNREADABLE, SearchError, read_search
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform.appearances import appearance_findings
from consult.questionnaires.xlsform.choices import ChoiceLists
from consult.questionnaires.xlsform.fitted_parameters import takes_parameters
from consult.questionnaires.xlsform.logic import Logic
from consult.questionnaires.xlsform.row_types import METADATA, OTHER_METADATA, RowType
from consult.questionnaires.xlsform.tables import Record
from consult.questions import KINDS, kind_of
from consult.questions.attachment import ATTACHMENTS
from consult.questions.question import Choice, Question

LONGEST_PARAMETERS = 500
_PARAMETER = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)\s*=\s*([^\s;,=]+)")
_RANDOMIZED = re.compile(r"(?<![\w-])randomized(?![\w-])", re.IGNORECASE)
"""As SurveyCTO asks for choices in random order."""
_BETWEEN = re.compile(r"[\s;,]*")
_CALCULATED_UNSEEN = frozenset(
    ("text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge")
)
_ASKED_IF_LABELLED = {"phonenumber": "phone", "email": "email"}


class RowReader:
    """Makes questions and groups out of rows; findings go to ``findings``."""

    def __init__(self, lists: ChoiceLists, logic: Logic, findings: list[Finding], language: str) -> None:
        self._lists = lists
        self._logic = logic
        self._findings = findings
        self._language = language
        self._said: set[str] = set()

    def question(self, record: Record, type_: RowType, key: str) -> Question:
        """The question of this row, whatever is wrong with it."""
        logic, type_ = self._logic, self._with_its_file(record, type_)
        label, hint = logic.texts(record, "label"), logic.texts(record, "hint")
        kind = self._kind(record, type_.kind, is_labelled=bool(label or hint))
        source = self._source(record, type_, key)
        list_name, choices = self._list(record, type_, kind, source)
        # What no kind is named after keeps its word, so that it can be written back.
        parameters = self._parameters(record, kind) | ({"type": type_.kind} if kind == "metadata" else {})
        if kind == "range" and (labels := parameters.get("tick_labelset", "")) in self._lists.lists:
            list_name, choices = labels, self._lists.lists[labels]
        question = Question(
            key,
            kind,
            label,
            hint,
            logic.texts(record, "guidance_hint"),
            required=logic.condition(record, "required"),
            required_message=logic.texts(record, "required_message"),
            relevant=logic.expression(record, "relevant"),
            constraint=logic.expression(record, "constraint"),
            constraint_message=logic.texts(record, "constraint_message"),
            calculation=logic.expression(record, "calculation"),
            default=logic.default(record, kind),
            read_only=logic.condition(record, "read_only"),
            list_name=list_name,
            choices=choices,
            choice_filter=self._choice_filter(record, source, kind),
            has_other=type_.has_other,
            appearance=tuple(f"{type_.appearance} {record.text('appearance')}".split()),
            trigger=self._trigger(record),
            source=source,
            entries_of=self._logic.key(type_.list_name, record.place("type")) if kind == "entry" else "",
            parameters=parameters,
            media=record.media(),
            extra=record.own_columns() | self._unread(record, kind),
        )
        if type_.list_name and not type_.source and self._lists.is_answered_in_words(list_name):
            question = typed_instead(question)
        return self._checked(record, question)

    def group(self, record: Record, key: str, *, is_repeat: bool = False) -> Group:
        """The head of a group; its items come later."""
        return Group(
            key,
            self._logic.texts(record, "label"),
            self._logic.texts(record, "hint"),
            self._logic.expression(record, "relevant"),
            tuple(record.text("appearance").split()),
            is_repeat=is_repeat,
            repeat_count=self._logic.expression(record, "repeat_count") if is_repeat else None,
            media=record.media(),
            extra=record.own_columns(),
        )

    def _kind(self, record: Record, word: str, *, is_labelled: bool) -> str:
        if word in _ASKED_IF_LABELLED and is_labelled:
            return _ASKED_IF_LABELLED[word]
        if word not in METADATA | OTHER_METADATA:
            return word
        self._findings.append(
            warning(
                "metadata_empty",
                record.place("type"),
                _l("“%(type)s” stays empty: devices of respondents are not recorded.", type=word),
                _l("You need not do anything. The row may be deleted."),
            )
        )
        return word if word in METADATA else "metadata"

    def _with_its_file(self, record: Record, type_: RowType) -> RowType:
        """A name without an ending is a list of the sheet choices, else a CSV file."""
        name = type_.source
        if not name or name == ITEMSETS or PurePath(name).suffix:
            return type_
        meant = self._lists.meant(name, record.place("type"))
        if meant not in self._lists.lists:
            return replace(type_, source=f"{name}.csv")
        self._findings.append(
            warning(
                "file_is_list",
                record.place("type"),
                _l(
                    "“%(name)s” is no file but a list of the sheet choices: its choices are offered.",
                    name=meant,
                ),
                _l("Write select_one or select_multiple alone, without “from_file”."),
            )
        )
        return replace(type_, source="", list_name=meant)

    def _source(self, record: Record, type_: RowType, key: str) -> str:
        """The file that holds the choices, or the table that the row names."""
        if type_.kind in ATTACHMENTS:
            return f"{key}.{type_.kind[:3]}"
        try:
            searched = read_search(" ".join(record.text("appearance").split()))
        except SearchError:
            return UNREADABLE
        if searched is None:
            return type_.source
        if searched.condition is not None:
            self._logic.check_later(searched.condition, record.place("appearance"))
        return f"{searched.name}.csv"

    def _list(self, record: Record, type_: RowType, kind: str, source: str) -> tuple[str, tuple[Choice, ...]]:
        """The name of the list as it is in the sheet choices, and its choices."""
        if kind == "entry":
            return "", ()
        if not type_.list_name or source == ITEMSETS:
            return type_.list_name, ()
        place = record.place("type")
        name = self._lists.meant(type_.list_name, place)
        return name, self._lists.of(name, kind, place)

    def _choice_filter(self, record: Record, source: str, kind: str) -> Expression | None:
        expression = self._logic.expression(record, "choice_filter", is_filter=True)
        if expression is not None and not source and kind != "entry":
            self._lists.check_filter(expression.attributes, record.place("choice_filter"))
        return expression

    def _trigger(self, record: Record) -> tuple[str, ...]:
        """Whose change works the calculation out anew."""
        return self._logic.keys(record, "trigger")

    def _parameters(self, record: Record, kind: str) -> dict[str, str]:
        written = record.code("parameters")
        if not _is_readable(written):
            if not takes_parameters(kind):
                return {}
            self._findings.append(
                error(
                    "parameters_unreadable",
                    record.place("parameters"),
                    _l("“%(text)s” cannot be read as parameters.", text=written[:100]),
                    _l("Write them as name=value with spaces between, for example start=0 end=10 step=1."),
                )
            )
        found = {match[1].lower(): match[2] for match in _PARAMETER.finditer(written[:LONGEST_PARAMETERS])}
        if _RANDOMIZED.search(record.text("appearance")) and kind in KINDS and KINDS[kind].has_choices:
            found.setdefault("randomize", "true")
        place = record.place("parameters")
        if kind == "range":
            self._check_range(found, place)
        if "seed" in found:
            self._logic.parse(found["seed"], place)
        return found

    def _unread(self, record: Record, kind: str) -> dict[str, str]:
        """The cell as an unknown column would be kept, where the type has no parameters anyway."""
        written = record.code("parameters")
        if _is_readable(written) or takes_parameters(kind):
            return {}
        self._findings.append(
            warning(
                "parameters_unused",
                record.place("parameters"),
                _l(
                    "“%(text)s” cannot be read as parameters. This type has none, so it does nothing.",
                    text=written[:100],
                ),
                _l("You need not do anything, unless it belongs into another column."),
            )
        )
        return {"parameters": written}

    def _check_range(self, found: Mapping[str, str], place: Place) -> None:
        try:
            start, end, step = (
                float(found.get(name, usual))
                for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))
            )
            is_right = step != 0 and abs(end - start) < 10_000 * abs(step) and start != end
        except ValueError:
            is_right = False
        if not is_right:
            self._findings.append(
                error(
                    "range_unreadable",
                    place,
                    _l("The range has no proper start, end and step."),
                    _l("Write three numbers, for example start=0 end=10 step=1."),
                )
            )

    def _checked(self, record: Record, question: Question) -> Question:
        if question.kind == "calculate" and not record.text("calculation") and question.default is None:
            self._findings.append(
                error(
                    "calculation_missing",
                    record.place("calculation"),
                    _l("“%(name)s” has nothing to calculate.", name=question.key),
                    _l("Write an expression into the column calculation, or use the type hidden."),
                )
            )
        # A select that shows only the labels of its choices is the head of a grid.
        self._findings += appearance_findings(question, record.place("appearance"), self._said)
        is_head = bool(question.list_name) and "label" in question.appearance
        is_said = question.label or question.hint or question.media or is_head
        if is_said or not kind_of(question).is_shown:
            return question
        if question.calculation is not None and question.kind in _CALCULATED_UNSEEN:
            return replace(question, kind="calculate")  # with no text there is nothing to show
        shown = question.key.replace("_", " ").strip() or question.key
        self._findings.append(
            warning(
                "label_missing",
                record.place("label"),
                _l("“%(name)s” has no label, so its name is shown.", name=question.key),
                _l("Write what people will read into the column label."),
            )
        )
        return replace(question, label=Localized({self._language: shown}))


def _is_readable(parameters: str) -> bool:
    return len(parameters) <= LONGEST_PARAMETERS and bool(_BETWEEN.fullmatch(_PARAMETER.sub("", parameters)))
