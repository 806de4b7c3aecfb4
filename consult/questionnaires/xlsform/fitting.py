"""An exported form as the field's reference converter (pyxform) takes it, so that KoboToolbox and ODK do.

Cells change in place; what they said before is kept on a sheet of its own (see kept.py). What nobody but us
can do with the form becomes a warning, so that whoever exports it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.sources import ITEMSETS
from consult.questionnaires.findings import Finding, Message, Place, warning
from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform.columns import MEDIA
from consult.questionnaires.xlsform.fitted_cells import fit_logic, fit_question
from consult.questionnaires.xlsform.fitted_columns import fit_own_columns
from consult.questionnaires.xlsform.fitted_other import fit_other_references
from consult.questionnaires.xlsform.fitted_parameters import fit_parameters
from consult.questionnaires.xlsform.fitted_paths import rename_steps
from consult.questionnaires.xlsform.written_rows import Cells, WrittenForm, WrittenRow
from consult.questions import kind_of
from consult.questions.question import Question

_RESERVED = "meta"
_AUDIT = "audit"
_ROOT = "data"
"""What the converter calls the whole form, unless the settings have a name for it."""


def fit(form: WrittenForm, *, has_itemsets: bool = False) -> list[Finding]:
    """Change the cells of a form so that other programs take it; what they cannot do, as warnings.

    ``has_itemsets``: whether the workbook has the sheet external_choices.
    """
    remarks: list[Finding] = []
    fit_own_columns(form, remarks)
    _fit_media(form)
    for number, (row, items) in enumerate(_with_items(form.survey), start=2):
        place = Place("survey", number)
        if row.subject is not None:
            remarks += [_left_out(place, message) for message in fit_logic(row.cells, row.subject, items)]
        if isinstance(row.subject, Question):
            _fit_label(form, row.cells, row.subject)
            if row.subject.source == ITEMSETS and not has_itemsets:
                row.cells["type"] = "text"
                remarks.append(_left_out(place, _l("“%(name)s” is typed there.", name=row.subject.key)))
            for message in (*fit_question(row.cells, row.subject), *fit_parameters(row.cells, row.subject)):
                remarks.append(_left_out(place, message))
    _fit_audits(form)
    _fit_triggers(form)
    _fit_tables(form, remarks)
    _fit_names(form)
    _fit_lists(form)
    remarks += _silent_groups(form)
    _fit_settings(form, remarks)
    root = form.settings[0].cells.get("name", _ROOT)
    for number, message in fit_other_references(form, root):
        remarks.append(_left_out(Place("survey", number), message))
    return remarks


def _with_items(rows: Sequence[WrittenRow]) -> Iterator[tuple[WrittenRow, list[tuple[str, int]]]]:
    """Every row with the repeats around it, innermost first: how many elements up the item of each is."""
    around: list[Group] = []
    for row in rows:
        if row.subject is None:
            del around[-1:]
        if isinstance(row.subject, Group):
            around.append(row.subject)
        own = 0 if isinstance(row.subject, Group) else 1
        counted = enumerate(reversed(around), start=own)
        yield row, [(group.key, up) for up, group in counted if group.is_repeat]


def _fit_label(form: WrittenForm, cells: Cells, question: Question) -> None:
    """A question without any text, such as the head of a grid, is refused: it gets a dash."""
    if question.list_name and not (question.label or question.hint):
        cells[form.headers.of("label", form.questionnaire.default_language)] = "–"


def _fit_tables(form: WrittenForm, remarks: list[Finding]) -> None:
    """A table-list must hold questions of one list, unfiltered; what else does becomes a plain page."""
    for number, row in enumerate(form.survey):
        words = row.cells.get("appearance", "").split()
        if not isinstance(row.subject, Group) or "table-list" not in words:
            continue
        asked = list(_asked_at_once(form.survey[number + 1 :]))
        lists = {question.list_name for question in asked if question.list_name or question.source}
        if len(lists) > 1 or any(question.choice_filter or question.source for question in asked):
            fitted = ["field-list" if word == "table-list" else word for word in words]
            row.cells["appearance"] = " ".join(dict.fromkeys(fitted))
            remarks.append(
                _left_out(
                    Place("survey", number + 2),
                    _l("“%(name)s” is shown as a page of questions, not as a table.", name=row.subject.key),
                )
            )


def _fit_media(form: WrittenForm) -> None:
    """A picture in one language is one in the default language: else Collect does not open the form.

    A large picture is refused without the small one that leads to it: it leads to itself, as it does here.
    """
    small, large = form.headers.every("media::image"), form.headers.every("media::big-image")
    for row in (*form.survey, *form.choices):
        if not any(header in row.cells for header in small):
            named = zip(small, large, strict=True)
            row.cells |= {own: row.cells[other] for own, other in named if other in row.cells}
    for what in MEDIA:
        default, *others = form.headers.every(f"media::{what}")
        for row in (*form.survey, *form.choices):
            shown = next((row.cells[header] for header in others if header in row.cells), "")
            if shown:
                row.cells.setdefault(default, shown)


def _fit_audits(form: WrittenForm) -> None:
    """A form has one audit, called so, which nothing can refer to; every other one is a hidden question."""
    audits = [row for row in form.survey if row.cells.get("type") == _AUDIT]
    texts = "\n".join(text for rows in form.sheets().values() for row in rows for text in row.cells.values())
    for row in audits:
        is_free = row is audits[0] and f"${{{row.cells['name']}}}" not in texts
        row.cells |= {"name": _AUDIT} if is_free else {"type": "hidden", "parameters": ""}


def _fit_triggers(form: WrittenForm) -> None:
    """Only what is asked can trigger a calculation there; here it follows all answers in it anyway."""
    for row in form.survey:
        if isinstance(row.subject, Question) and row.subject.trigger:
            known = form.questionnaire.questions
            asked = [key for key in row.subject.trigger if key in known and kind_of(known[key]).is_shown]
            row.cells["trigger"] = ", ".join(f"${{{key}}}" for key in asked)


def _asked_at_once(rows: Sequence[WrittenRow]) -> Iterator[Question]:
    for row in rows:
        if row.subject is None:
            return
        if isinstance(row.subject, Question):
            yield row.subject


def _silent_groups(form: WrittenForm) -> Iterator[Finding]:
    """Groups that ask nothing (they only calculate): ODK Validate takes no such form."""
    for number, row in enumerate(form.survey, start=2):
        group = row.subject
        if (
            isinstance(group, Group)
            and not group.is_repeat
            and not any(_is_asked(item) for item in group.items)
        ):
            yield warning(
                "group_asks_nothing",
                Place("survey", number),
                _l("The group “%(name)s” asks nothing; ODK Validate refuses that.", name=group.key),
                _l("Take its rows out of the group, or put a note into it."),
            )


def _is_asked(item: Question | Group) -> bool:
    return isinstance(item, Group) or kind_of(item).is_shown


def _fit_names(form: WrittenForm) -> None:
    """A name that is reserved, or that a group shares with a question, becomes another one."""
    keys = {row.subject.key for row in form.survey if row.subject}
    questions = {row.subject.key for row in form.survey if isinstance(row.subject, Question)}
    for row in form.survey:
        if row.subject is None:
            continue
        key = row.subject.key
        if key == _RESERVED or (isinstance(row.subject, Group) and key in questions):
            row.cells["name"] = _free_name(key, keys)
            rename_steps(form.survey, key, row.cells["name"], is_group=isinstance(row.subject, Group))
            if key not in questions or isinstance(row.subject, Question):
                _replace_references(form, key, row.cells["name"])


def _fit_lists(form: WrittenForm) -> None:
    """A list that is called as a file of choices (places, places.geojson) becomes another one."""
    questions = [row.subject for row in form.survey if isinstance(row.subject, Question)]
    files = {PurePath(each.source).stem for each in questions if each.source and each.source != ITEMSETS}
    lists = {row.cells.get("list_name", "") for row in form.choices}
    names = {name: _free_name(name, lists) for name in sorted(lists & files)}
    for row in form.choices if names else ():
        row.cells["list_name"] = names.get(row.cells["list_name"], row.cells["list_name"])
    for row in form.survey if names else ():
        if isinstance(row.subject, Question) and row.subject.list_name in names:
            words = row.cells["type"].split(" ")
            row.cells["type"] = " ".join(names.get(word, word) for word in words)


def _free_name(key: str, taken: set[str]) -> str:
    number = 2
    while (name := f"{key}_{number}") in taken:
        number += 1
    taken.add(name)
    return name


def _replace_references(form: WrittenForm, key: str, name: str) -> None:
    reference = re.compile(rf"\$\{{\s*((?:last-saved#)?){re.escape(key)}\s*\}}")
    for rows in form.sheets().values():
        for row in rows:
            row.cells = {
                column: reference.sub(lambda found: f"${{{found[1]}{name}}}", text)
                for column, text in row.cells.items()
            }


def _fit_settings(form: WrittenForm, remarks: list[Finding]) -> None:
    cells = form.settings[0].cells
    for header in form.headers.every("form_title"):
        cells.pop(header, None)
    cells.setdefault("form_title", form.questionnaire.title.pick(form.questionnaire.default_language))
    names = {row.cells.get("name", "") for row in form.survey}
    if _ROOT in names and "name" not in cells:
        cells["name"] = _free_name(_ROOT, names)
    if any("\n" in text for row in form.survey for text in row.cells.values()):
        cells.setdefault("clean_text_values", "no")  # else lines run together
    if any(len(rows) != len({row.key for row in rows}) for rows in form.questionnaire.choice_lists.values()):
        cells["allow_choice_duplicates"] = "yes"  # rows that a choice filter tells apart
    if any(column.startswith(("notice_", "introduction")) for column in cells):
        message = _l("The introduction and the privacy notice are not shown by ODK and KoboToolbox.")
        remarks.append(
            warning("left_out_for_others", Place("settings"), message, _l("Put them into a note at the top."))
        )


def _left_out(place: Place, message: Message) -> Finding:
    return warning(
        "left_out_for_others",
        place,
        message,
        _l("It is kept on the sheet consult, and comes back when the form is imported here."),
    )
