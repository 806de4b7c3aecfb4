"""Expressions and references in a form: read where they stand, checked when all names are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from consult.expressions import Expression, ExpressionError, Template, check_expression, normalise
from consult.i18n import Localized
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.xlsform.assuming import assumed_questions
from consult.questionnaires.xlsform.over_repeats import OverRepeats
from consult.questionnaires.xlsform.reach import reach
from consult.questionnaires.xlsform.repairs import (
    LAST_SAVED,
    close_holes,
    mend_expression,
    mend_holes,
    unglued,
    without_last_saved,
    without_no_references,
)
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.spelling import Spelling
from consult.questionnaires.xlsform.tables import Record
from consult.questionnaires.xlsform.yes_no import NO, YES

MAX_CHARACTERS = 600_000
"""Of all expressions of a form together; five times the largest known form."""
_WORDS = {"true": "true()", "yes": "true()", "false": "false()", "no": "false()"}
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_NUMERIC = frozenset(("integer", "decimal", "range"))
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{2}:[0-9]{2}.*")


@dataclass(frozen=True, slots=True)
class _Read:
    expression: Expression | Template
    place: Place
    may_name_columns: bool = False


class Logic:
    """Gathers every expression and template of a form; findings go to ``findings``.

    ``over_repeats`` is set as soon as every row has its name.
    """

    def __init__(self, spelling: Spelling, findings: list[Finding]) -> None:
        self.over_repeats: OverRepeats | None = None
        self._spelling = spelling
        self._findings = findings
        self._read: list[_Read] = []
        self._characters = 0
        self._said_too_much = False

    def expression(self, record: Record, column: str, *, is_filter: bool = False) -> Expression | None:
        """The cell as an expression; ``None`` if it is empty or cannot be read (then with a finding)."""
        source = record.text(column)
        place = record.place(column)
        if not is_filter:  # also how a spreadsheet stores a ticked cell; ODK reads them so
            source = _WORDS.get(source.lower(), source)
        return self.parse(source, place, record.row, is_filter=is_filter) if source else None

    def condition(self, record: Record, column: str) -> Expression | None:
        """A cell that says yes, no, or under which condition; ``None`` for no."""
        source = record.text(column)
        if source.lower() in NO:
            return None
        if source.lower() in YES:
            return Expression.parse("true()")
        return self.expression(record, column)

    def default(self, record: Record, kind: str) -> Expression | None:
        """A cell of the column ``default``: a plain value, or an expression if it can only be one."""
        written = record.text("default")
        if not written:
            return None
        if is_expression(written, kind):
            return self.parse(written, record.place("default"), record.row)
        return Expression.parse(literal(written, kind))

    def texts(self, record: Record, column: str) -> Localized:
        """A translated cell whose ``${…}`` will be checked."""
        written = record.texts(column)
        texts = Localized(
            {
                language: self._mended(text, record.place(column, language))
                for language, text in written.items()
            }
        )
        for language, text in texts.items():
            self._template(text, record.place(column, language))
        return texts

    def keys(self, record: Record, column: str) -> tuple[str, ...]:
        """The questions that a cell names as ``${a}, ${b}``; with a finding if it says anything else."""
        written = record.text(column)
        if not written:
            return ()
        template = Template.parse(mend_holes(written))
        self._read.append(_Read(template, record.place(column)))
        if "".join(template.pieces[::2]).strip(" ,;\n") or not template.references:
            self._findings.append(_no_reference(written, record.place(column)))
        return tuple(dict.fromkeys(template.pieces[1::2]))

    def key(self, written: str, place: Place) -> str:
        """The question that ``${name}`` names; "" with a finding if it says anything else."""
        template = Template.parse(mend_holes(written))
        if template.pieces[::2] != ("", "") or len(template.pieces) != 3:
            self._findings.append(_no_reference(written, place))
            return ""
        self._read.append(_Read(template, place))
        return template.pieces[1]

    def parse(
        self, source: str, place: Place, row: Row | None = None, *, is_filter: bool = False
    ) -> Expression | None:
        """Read an expression and keep it for :meth:`check`. ``row``: of the sheet survey, where it stands."""
        self._characters += len(source)
        if self._characters > MAX_CHARACTERS:
            self._report_too_much(place)
            return None
        mended, repairs = mend_expression(source)
        repaired, notes = normalise(mended)
        for note in (*repairs, *notes):
            remedy = _l("Switch off automatic correction and type the expression again.")
            self._findings.append(warning("expression_repaired", place, note, remedy))
        try:
            expression = Expression.parse(self._in_standard(repaired.strip(), row, place))
        except ExpressionError as problem:
            self._findings.append(error(f"expression_{problem.code}", place, problem.message, problem.remedy))
            return None
        self._read.append(_Read(expression, place, is_filter))
        return expression

    def _in_standard(self, source: str, row: Row | None, place: Place) -> str:
        """Without functions that one product has for itself, as far as the standard can say the same."""
        if self.over_repeats is None:
            return source
        said = self.over_repeats.said(source, row)
        for name in said.instead_of:
            message = _l("“%(name)s” of SurveyCTO was written in functions of the standard.", name=name)
            remedy = _l("You need not do anything.")
            self._findings.append(warning("expression_in_standard", place, message, remedy))
        return said.source

    def check_later(self, expression: Expression, place: Place) -> None:
        """Keep an expression that was read elsewhere for :meth:`check`; it may name columns of a file."""
        self._read.append(_Read(expression, place, may_name_columns=True))

    def assumed(self, known_names: Set[str]) -> Mapping[str, Place]:
        """The questions that are missing, assumed to stand elsewhere, each with the first place of it."""
        read = ((each.expression, each.place) for each in self._read)
        return assumed_questions(read, known_names, self._spelling, self._findings)

    def check(self, known_names: Set[str]) -> None:
        """Report what names no question, and what reaches beyond questions."""
        for read in self._read:
            if not read.expression.references <= known_names:
                self._check_names(read, known_names)
            if isinstance(read.expression, Expression):
                self._findings += reach(
                    read.expression, read.place, known_names, may_name_columns=read.may_name_columns
                )

    def _mended(self, text: str, place: Place) -> str:
        if "\u00a0" in text and (parted := unglued(text)) != text:
            message = _l("No-break spaces between words were read as spaces, so that lines can break.")
            remedy = _l("You need not do anything. They come from a text that was pasted.")
            self._findings.append(warning("text_repaired", place, message, remedy))
            text = parted
        if "${" not in text:
            return text
        kept = without_last_saved(text)
        if kept != text:
            self._findings.append(warning("text_repaired", place, LAST_SAVED, _l("Take the reference out.")))
        remedy = _l("Write it as ${name}, with the name of a question between the braces.")
        closed = close_holes(kept)
        if closed != kept:
            message = _l("A reference in this text had no closing brace; it was read as if it had.")
            self._findings.append(warning("text_repaired", place, message, remedy))
        shown = without_no_references(closed)
        if shown != closed:
            message = _l("A reference in this text names nothing that can be asked, so it is shown as words.")
            self._findings.append(warning("reference_broken", place, message, remedy))
        return shown

    def _template(self, text: str, place: Place) -> None:
        if "${" not in text:
            return
        self._read.append(_Read(Template.parse(text), place))

    def _report_too_much(self, place: Place) -> None:
        if not self._said_too_much:
            self._said_too_much = True
            self._findings.append(
                error(
                    "expressions_too_long",
                    place,
                    _l(
                        "The expressions of the form are longer than %(limit)s characters.",
                        limit=MAX_CHARACTERS,
                    ),
                    _l("Split the form, or calculate once and refer to the result."),
                )
            )

    def _check_names(self, read: _Read, known_names: Set[str]) -> None:
        unknown = read.expression.references - known_names
        likely = {name for word in unknown for name in self._spelling.candidates(word, known_names)}
        candidates = likely | (read.expression.references & known_names)
        for problem in check_expression(read.expression, candidates):
            self._findings.append(
                error(f"expression_{problem.code}", read.place, problem.message, problem.remedy)
            )


def _no_reference(written: str, place: Place) -> Finding:
    return error(
        "references_unreadable",
        place,
        _l("“%(text)s” names no questions.", text=written[:100]),
        _l("Write ${name}, with commas between several."),
    )


def is_expression(written: str, kind: str) -> bool:
    """Whether a default can only be meant as an expression: it refers, calls, calculates or is quoted."""
    if (kind in _NUMERIC and _NUMBER.fullmatch(written)) or _DATED.fullmatch(written):
        return False
    if "${" in written:
        return True
    try:
        tree = Expression.parse(normalise(written)[0]).tree
    except ExpressionError:
        return False
    if tree[0] == "s":
        return True
    return any(node[0] == "f" for node in _nodes(tree)) or (kind in _NUMERIC and tree[0] not in ("a", "p"))


def literal(value: str, kind: str) -> str:
    """A plain value as the source of an expression."""
    if kind in _NUMERIC and _NUMBER.fullmatch(value):
        return value
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    pieces = "', \"'\", '".join(value.split("'"))
    return f"concat('{pieces}')"


def _nodes(tree: list[object]) -> Iterator[list[object]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part in node if isinstance(part, list))
