"""A sheet of known numbers → a profile, or what is wrong with it: rows of question, category, number, source.

An Excel workbook or CSV, within the limits of an uploaded questionnaire. A sheet with one error gives no
profile at all. A row without a number is passed over: nobody has to know everything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, errors, warning
from consult.questionnaires.xlsform.archive import Archive
from consult.questionnaires.xlsform.plain_tables import decode, read_csv
from consult.questionnaires.xlsform.sheets import Row, Sheet, Unreadable, letter
from consult.questionnaires.xlsform.workbook import read_workbook
from consult.reports.analysis.bands import band_of
from consult.reports.analysis.profiles import MOST_TARGETS, Profile, Target
from consult.reports.merging import Asked
from consult.reports.profile_terms import Term, folded, is_asked_otherwise, term_named

HEADERS: Mapping[str, frozenset[str]] = {
    "question": frozenset(("question",)),
    "category": frozenset(("category", "categorie", "code")),
    "number": frozenset(("number", "nombre", "share", "part", "count", "effectif", "number or share")),
    "source": frozenset(("source",)),
}
"""Column → what may stand above it, as folded() writes it. Other columns are passed over."""

_HEAD_WITHIN = 10
_MOST_FINDINGS = 50
_LONGEST_NOTE = 300
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """``profile``: None where there is an error among the findings."""

    profile: Profile | None
    findings: tuple[Finding, ...]


def read_profile(data: bytes, filename: str, terms: Sequence[Term], asked: Sequence[Asked]) -> ProfileReading:
    """``filename`` says only whether it is a workbook."""
    try:
        sheets = _sheets(data, filename)
    except Unreadable as refused:
        return ProfileReading(None, (refused.finding,))
    found = next((head for sheet in sheets if (head := _head(sheet)) is not None), None)
    if found is None:
        return ProfileReading(None, (_no_table(),))
    targets = _Targets(found[0], found[1], terms, asked)
    for row in found[2]:
        targets.add(row)
    profile = targets.finished()
    kept = tuple(targets.findings[:_MOST_FINDINGS])
    return ProfileReading(None if errors(kept) else profile, kept)


def _sheets(data: bytes, filename: str) -> list[Sheet]:
    if data.startswith(b"PK") or filename.lower().endswith((".xlsx", ".xlsm")):
        return read_workbook(Archive(data), lambda _name: True).sheets
    text, _ = decode(data)
    return [read_csv(text, "1")[0]]


def _head(sheet: Sheet) -> tuple[str, dict[str, int], list[Row]] | None:
    """Name of the sheet, column numbers, and the rows below the row that names them."""
    for place, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
        columns = {
            name: column
            for column, text in sorted(row.cells.items(), reverse=True)
            for name, words in HEADERS.items()
            if folded(text) in words
        }
        if {"question", "category", "number"} <= columns.keys():
            return sheet.name, columns, sheet.rows[place + 1 :]
    return None


def number_written(written: str) -> float | None:
    """``1234``, ``1 234``, ``1,234``, ``12,5 %``: as people in English and French write it; None for
    anything else."""
    text = re.sub(r"\s", "", written)
    is_percent, text = text.endswith("%"), text.removesuffix("%")
    if _GROUPED.fullmatch(text) and not is_percent:
        text = text.replace(",", "")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d{1,2})?", text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


@dataclass
class _Targets:
    """Collects the rows by question. ``seen``: question → code → number; in ``notes`` where they are from."""

    sheet: str
    columns: Mapping[str, int]
    terms: Sequence[Term]
    asked: Sequence[Asked]
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, dict[str, float]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    first: dict[str, Place] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        written = {name: row.cells.get(column, "").strip() for name, column in self.columns.items()}
        if not written["number"] or not (written["question"] or written["category"]):
            return
        term = term_named(self.terms, written["question"])
        if term is None:
            self.findings.append(self._unknown_question(written["question"], self._at(row, "question")))
            return
        code = term.code_named(written["category"])
        number = number_written(written["number"])
        if code is None:
            self.findings.append(_unknown_category(term, written["category"], self._at(row, "category")))
        if number is None or number < 0:
            self.findings.append(_no_number(written["number"], self._at(row, "number")))
        if code is not None and number is not None and number >= 0:
            self._keep(term, code, number, written.get("source", ""), row)

    def _keep(self, term: Term, code: str, number: float, note: str, row: Row) -> None:
        numbers = self.seen.setdefault(term.by, {})
        self.first.setdefault(term.by, self._at(row, "question"))
        place = self._at(row, "category")
        if code in numbers or (term.is_numbers and _overlaps(code, numbers)):
            self.findings.append(_twice(code, place))
        elif number == 0:
            self.findings.append(_zero(self._at(row, "number")))
        else:
            numbers[code] = number
        notes = self.notes.setdefault(term.by, [])
        if note and note not in notes:
            notes.append(note)

    def finished(self) -> Profile:
        """What was read; to be used where there is no error."""
        for by, numbers in self.seen.items():
            if len(numbers) < 2:
                self.findings.append(_one_category(self.first[by]))
        if not self.seen and not self.findings:
            self.findings.append(_empty(self.sheet))
        if len(self.seen) > MOST_TARGETS:
            self.findings.append(_too_many(Place(self.sheet)))
        notes = {by: "; ".join(self.notes.get(by, ()))[:_LONGEST_NOTE] for by in self.seen}
        return Profile(tuple(Target(by, numbers, notes[by]) for by, numbers in self.seen.items()))

    def _at(self, row: Row, name: str) -> Place:
        return Place(self.sheet, row.number, letter(self.columns[name]))

    def _unknown_question(self, written: str, place: Place) -> Finding:
        if is_asked_otherwise(self.asked, written):
            return error(
                "profile_question_unfit",
                place,
                _l("Everybody must have one answer to the question “%(question)s”.", question=written),
                _l("Use a question with one choice, or one of numbers."),
            )
        return error(
            "profile_question_unknown",
            place,
            _l("“%(question)s” is not a question of this survey.", question=written),
            _l("Write its key or its wording as in the template."),
        )


def _overlaps(code: str, others: Mapping[str, float]) -> bool:
    band = band_of(code)
    return band is not None and any(other and band.overlaps(other) for other in map(band_of, others))


def _no_table() -> Finding:
    return error(
        "profile_no_table",
        Place(),
        _l("There is no row with the columns question, category and number."),
        _l("Download the template, fill in the numbers and upload it."),
    )


def _empty(sheet: str) -> Finding:
    return error(
        "profile_empty",
        Place(sheet),
        _l("There is no number in the sheet."),
        _l("Fill in what is known of at least one question."),
    )


def _unknown_category(term: Term, written: str, place: Place) -> Finding:
    remedy = (
        _l("Write it like 2016-2020 or 65+.")
        if term.is_numbers
        else _l("Write a code or a label of the question as in the template.")
    )
    message = _l(
        "“%(category)s” is not an answer to the question “%(question)s”.", category=written, question=term.by
    )
    return error("profile_category_unknown", place, message, remedy)


def _no_number(written: str, place: Place) -> Finding:
    return error(
        "profile_number",
        place,
        _l("“%(text)s” is not a number of 0 or more.", text=written),
        _l("Write how many people there are, or their share of all."),
    )


def _twice(code: str, place: Place) -> Finding:
    return error(
        "profile_category_twice",
        place,
        _l("“%(category)s” is in another row already, or overlaps with one.", category=code),
        _l("Put all its people into one row."),
    )


def _one_category(place: Place) -> Finding:
    return error(
        "profile_one_category",
        place,
        _l("This question has a number for fewer than two answers."),
        _l("Fill in the others too, or leave the question out: one number by itself is no share."),
    )


def _too_many(place: Place) -> Finding:
    return error(
        "profile_too_many",
        place,
        _l("The sheet has numbers for more than %(most)s questions.", most=MOST_TARGETS),
        _l("Keep those that matter most: with more, weights hang on very few people."),
    )


def _zero(place: Place) -> Finding:
    return warning(
        "profile_zero",
        place,
        _l("A category with nobody in it is left out."),
        _l("Check whether the number is right."),
    )
