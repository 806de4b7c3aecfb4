"""Files beside a form: which it needs, whether they are there, and whether they hold what it wants of them.

A file that is missing is a warning: forms travel without their lists, and the form can be looked at and
tried without them (its question is answered in people's own words until then). A file that is there and
cannot be used is an error: somebody meant it to be used.
"""

from __future__ import annotations

import csv
import hashlib
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import PurePosixPath

from consult.expressions.tables import Table as Data
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data import UnreadableData, is_table, read_table
from consult.questionnaires.data.limits import MAX_BYTES
from consult.questionnaires.data.needs import Need, needs_of
from consult.questionnaires.data.sources import ITEMSETS, MovingSearch, SearchError, search_of
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform.places import Places
from consult.questionnaires.xlsform.sheets import Sheet
from consult.questionnaires.xlsform.spelling import Spelling

EXTERNAL_CHOICES = "external_choices"
NO_FILES: Mapping[str, bytes] = {}


@dataclass(slots=True)
class Beside:
    """What was found: ``contents`` by the name that the form uses, ``tables`` of those that hold data."""

    contents: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, Data] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def named_in(self, questionnaire: Questionnaire) -> Questionnaire:
        """The questionnaire with the hash of every file it uses."""
        files = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(self.contents.items())}
        return replace(questionnaire, files=files) if files else questionnaire


def look_beside(questionnaire: Questionnaire, places: Places, given: Mapping[str, bytes]) -> Beside:
    """Take what the form needs out of ``given`` (name → content), and say what is wrong with it."""
    found, spelling = Beside(), Spelling()
    checked: set[tuple[str, str]] = set()
    for need in needs_of(questionnaire):
        place = places.cell(need.place, need.column)
        name = PurePosixPath(need.name).name
        if name != need.name or name.startswith("."):
            found.findings.append(_unusable(need, place))
            continue
        if name not in found.contents and ("", name) not in checked:
            checked.add(("", name))
            _take(found, need, place, given)
        if name in found.tables:
            for column in sorted(need.wanted):
                if column not in found.tables[name] and (column, name) not in checked:
                    checked.add((column, name))
                    found.findings.append(_no_column(name, column, place, found.tables[name], spelling))
    found.findings += _unreadable_searches(questionnaire, places)
    return found


def external_choices(sheet: Sheet) -> bytes:
    """The sheet external_choices as the file that ODK makes of it."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    numbers = sorted(sheet.rows[0].cells) if sheet.rows else []
    for place, row in enumerate(sheet.rows):
        cells = [row.cells.get(number, "").strip() for number in numbers]
        if not any(cells):
            continue  # spaces in a row between lists
        writer.writerow([_plain_header(cell) for cell in cells] if place == 0 else cells)
    return stream.getvalue().encode()


def bring_files(
    questionnaire: Questionnaire, given: Mapping[str, bytes], before: Mapping[str, bytes]
) -> Beside:
    """What a questionnaire needs, out of files that come alone now and those it has (``before``)."""
    found = look_beside(questionnaire, Places({}, {}), ChainMap(given, before))  # type: ignore[arg-type]
    found.findings = [*found.findings, *unused(given, found.contents)]
    return found


def named_files(questionnaire: Questionnaire) -> frozenset[str]:
    """The name of every file that the form uses."""
    return frozenset(need.name for need in needs_of(questionnaire))


def missing_files(questionnaire: Questionnaire) -> list[Finding]:
    """A warning for each file that the form uses and that was never given."""
    found = {need.name: need for need in needs_of(questionnaire) if need.name not in questionnaire.files}
    return [_missing(need, Place("survey")) for need in found.values()]


def unused(given: Mapping[str, bytes], used: Mapping[str, bytes]) -> Iterator[Finding]:
    """What was uploaded and is not needed: usually a name that is spelt differently."""
    known = {name.lower() for name in used}
    for name in given:
        if name.lower() not in known:
            yield warning(
                "file_unused",
                Place(),
                _l("The form does not use the file “%(name)s”.", name=name),
                _l("If it should, write its name into the form exactly as the file is called."),
            )


def _take(found: Beside, need: Need, place: Place, given: Mapping[str, bytes]) -> None:
    name = need.name
    data = given.get(name)
    if data is None:
        near = next((other for other in given if other.lower() == name.lower()), None)
        data = given[near] if near is not None else None
    if data is None:
        found.findings.append(_missing(need, place))
        return
    if need.what == "media" or not is_table(name):
        if len(data) > MAX_BYTES:
            found.findings.append(_too_large(name, place))
        found.contents[name] = data
        return
    try:
        found.tables[name] = read_table(name, data)
        found.contents[name] = data
    except UnreadableData as problem:
        message = _l("%(name)s: %(reason)s", name=name, reason=problem.message)
        found.findings.append(error(problem.code, place, message, problem.remedy))


def _unreadable_searches(questionnaire: Questionnaire, places: Places) -> Iterator[Finding]:
    for question in questionnaire.questions.values():
        try:
            search_of(question)
        except MovingSearch:
            yield warning(
                "search_moving",
                places.cell(f"question:{question.key}", "appearance"),
                _l("Which list is searched depends on an answer, which cannot be kept."),
                _l("People type this answer. To let them choose, name the file: search('file', …)."),
            )
        except SearchError:
            yield error(
                "search_unreadable",
                places.cell(f"question:{question.key}", "appearance"),
                _l("The search in the column appearance cannot be read."),
                _l("Write it as search('file'), or search('file', 'contains', 'column', ${question})."),
            )


def _plain_header(header: str) -> str:
    plain = header.lower().replace(" ", "_")
    return plain if plain in ("list_name", "name", "label") else header


def _missing(need: Need, place: Place) -> Finding:
    name = need.name
    if name == ITEMSETS and need.what == "list":
        return warning(
            "external_choices_missing",
            place,
            _l("The form has no sheet external_choices. Until it has, people type this answer."),
            _l("Add the sheet with the columns list_name, name and label, or upload itemsets.csv."),
        )
    if need.what == "list":
        remedy = _l("Upload it together with the form. Until then people type this answer.")
    elif need.what == "table":
        remedy = _l("Upload it together with the form. Until then what is looked up in it is empty.")
    else:
        remedy = _l("Upload it together with the form. Until then nothing is shown in its place.")
    return warning(
        "file_missing", place, _l("The file “%(name)s” is not beside the form.", name=name), remedy
    )


def _too_large(name: str, place: Place) -> Finding:
    limit = MAX_BYTES // 1024 // 1024
    return error(
        "file_too_large",
        place,
        _l("The file “%(name)s” is larger than %(megabytes)s MB.", name=name, megabytes=limit),
        _l("Make it smaller: pictures for a page need no more than 1,000 pixels in width."),
    )


def _unusable(need: Need, place: Place) -> Finding:
    return error(
        "file_name_unusable",
        place,
        _l("“%(name)s” cannot be the name of a file beside the form.", name=need.name[:100]),
        _l("Write the name alone, without folders."),
    )


def _no_column(name: str, column: str, place: Place, table: Data, spelling: Spelling) -> Finding:
    near = spelling.near(column, table.columns)
    return error(
        "file_column_missing",
        place,
        _l("The file “%(name)s” has no column “%(column)s”.", name=name, column=column),
        _l("Did you mean “%(name)s”?", name=near)
        if near
        else _l("Add the column to the file, or write another name."),
    )
