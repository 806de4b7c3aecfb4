"""The variables of the coded files, described in every language: what a code book and DDI say of them. Pure.

A variable is a column of the coded CSV files (delimited.py): same names, same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import OFFICIAL_LANGUAGES, Localized
from consult.questionnaires.lint.exits import is_refusal
from consult.questions import Choice, kind_of
from consult.questions.number import scale_of
from consult.questions.rich_text import plain_text
from consult.reports.archives import table_file_name
from consult.reports.columns import ReportColumn, channel_names
from consult.reports.conditions import Conditions
from consult.reports.entries import DataTable, data_tables
from consult.reports.repeats import Repeat
from consult.reports.source import Source
from consult.reports.wording import Wording, left_open

Texts = Mapping[str, str]
"""Language (BCP 47) → text; only languages that have one."""


@dataclass(frozen=True, slots=True)
class Code:
    """``is_missing``: it stands for "I prefer not to answer"."""

    code: str
    labels: Texts
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A variable. ``question``: as it was put; ``hint``: what stood below it; ``asked_when``: under which
    condition, in words. ``scale``: lowest and highest number that could be given. ``is_joined``: all that was
    chosen, with spaces between, where each choice has a variable of its own too."""

    column: ReportColumn
    labels: Texts
    question: Texts
    hint: Texts
    asked_when: Texts
    codes: tuple[Code, ...]
    scale: tuple[str, str] | None
    is_joined: bool

    @property
    def versions(self) -> str:
        """Numbers of the versions of the form that have it; "" for what every response has."""
        of = self.column.asked or self.column.repeat
        return " ".join(map(str, sorted(of.versions))) if of else ""


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """``name``: without its ending; ``repeat`` None: of the responses."""

    name: str
    repeat: Repeat | None
    table: DataTable
    variables: tuple[Described, ...]


def spoken_in(source: Source) -> tuple[str, ...]:
    """Languages of the descriptions: the official ones, then all others of the form."""
    return tuple(dict.fromkeys((*OFFICIAL_LANGUAGES, *source.languages)))


def described_files(source: Source) -> tuple[DescribedFile, ...]:
    """In the order of the files."""
    spoken = spoken_in(source)
    wordings = {code: Wording((code,), source.fallback) for code in spoken}
    by_language = {
        code: data_tables(source.asked, wording, is_coded=True) for code, wording in wordings.items()
    }
    describer = _Describer(source, wordings)
    taken: set[str] = set()
    files = []
    for place, table in enumerate(by_language[source.fallback]):
        columns = {code: tables[place].columns for code, tables in by_language.items()}
        variables = tuple(
            describer.described({code: own[at] for code, own in columns.items()})
            for at in range(len(table.columns))
        )
        files.append(DescribedFile(table_file_name(table, taken), table.repeat, table, variables))
    return tuple(files)


class _Describer:
    def __init__(self, source: Source, wordings: Mapping[str, Wording]) -> None:
        self._fallback = source.fallback
        self._languages = source.languages
        self._wordings = wordings
        questions = {asked.question.key: asked.question for asked in reversed(source.asked)}
        self._conditions = {
            code: Conditions(questions, wordings[code]) for code in OFFICIAL_LANGUAGES if code in wordings
        }

    def described(self, columns: Mapping[str, ReportColumn]) -> Described:
        """``columns``: the same column in each language."""
        column = columns[self._fallback]
        asked = column.asked
        known = self._known(asked.question.label if asked else Localized())
        is_scale = asked is not None and asked.question.kind == "range" and column.type in _NUMBERS
        return Described(
            column=column,
            labels={code: columns[code].label.line for code in known},
            question=_plain(asked.question.label) if asked else {},
            hint=_plain(asked.question.hint) if asked else {},
            asked_when=self._asked_when(column),
            codes=tuple(self._codes(column)),
            scale=_scale(column) if is_scale else None,
            is_joined=asked is not None and _is_joined(column),
        )

    def _known(self, label: Localized) -> Sequence[str]:
        """Languages that have words of their own for it, not those of another language."""
        return [code for code in self._wordings if code in label] or list(OFFICIAL_LANGUAGES)

    def _asked_when(self, column: ReportColumn) -> Texts:
        if column.asked is None:
            return {}
        relevant = column.asked.question.relevant
        when = [*column.asked.conditions, *([relevant] if relevant else [])]
        found = {}
        for code, conditions in self._conditions.items():
            said = [each.line for each in map(conditions.said, when) if each]
            if said:
                found[code] = "; ".join(said)
        return found

    def _codes(self, column: ReportColumn) -> Iterator[Code]:
        if column.type == "flag":
            yield Code("1", self._said("Yes"))
            yield Code("0", self._said("No"))
        elif column.key == "_language":
            for language in self._languages:
                said = {
                    code: self._wordings[code].language_name(language).line for code in OFFICIAL_LANGUAGES
                }
                yield Code(language, said)
        elif column.key == "_channel":
            names = {code: channel_names(self._wordings[code]) for code in OFFICIAL_LANGUAGES}
            for channel in names["en"]:
                yield Code(channel, {code: by_code[channel].line for code, by_code in names.items()})
        elif column.asked is not None and column.type == "choice" and column.code is None:
            for choice in kind_of(column.asked.question).choices(column.asked.question):
                yield Code(choice.key, self._label(choice), is_refusal(choice))

    def _label(self, choice: Choice) -> Texts:
        return _plain(choice.label) or {self._fallback: choice.key}

    def _said(self, word: str) -> Texts:
        words = ((code, self._wordings[code]) for code in OFFICIAL_LANGUAGES)
        return {
            code: (w.pgettext("flag", "Yes") if word == "Yes" else w.pgettext("flag", "No")).line
            for code, w in words
        }


_NUMBERS = ("integer", "number")


def _plain(label: Localized) -> Texts:
    found = {code: left_open(plain_text(text)).strip() for code, text in label.items()}
    return {code: text for code, text in found.items() if text}


def _scale(column: ReportColumn) -> tuple[str, str] | None:
    if column.asked is None:
        return None
    scale = scale_of(column.asked.question)
    ends = sorted((scale.start, scale.end))
    return f"{ends[0]:f}", f"{ends[1]:f}"


def _is_joined(column: ReportColumn) -> bool:
    if column.asked is None or column.code is not None or column.type != "choice":
        return False
    question = column.asked.question
    return question.kind in ("select_multiple", "rank")
