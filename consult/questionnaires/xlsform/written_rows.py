"""A questionnaire → the cells of its workbook, as the reader wants them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from consult.expressions import Expression
from consult.i18n import Localized, language
from consult.questionnaires.data.sources import ITEMSETS
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.xlsform.logic import is_expression, literal
from consult.questionnaires.xlsform.repairs import clean_text
from consult.questionnaires.xlsform.sheets import MAX_CELL
from consult.questions import kind_of
from consult.questions.question import Question

Cells = dict[str, str]
"""Column header → text of one row."""

_WORDS = {"phone": "phonenumber", "dateTime": "dateTime"}


@dataclass(slots=True)
class WrittenRow:
    """One row of a sheet, what it was written for (None: a choice, the end of a group, the settings), and
    which of its columns are the author's own.
    """

    cells: Cells
    subject: Question | Group | None = None
    own: Collection[str] = ()


@dataclass(slots=True)
class WrittenForm:
    """The rows of every sheet below its header."""

    questionnaire: Questionnaire
    survey: list[WrittenRow]
    choices: list[WrittenRow]
    settings: list[WrittenRow]
    headers: Headers = field(repr=False)

    def sheets(self) -> dict[str, list[WrittenRow]]:
        return {"survey": self.survey, "choices": self.choices, "settings": self.settings}


class Headers:
    """Headers of translated columns: ``label::Français (fr)``, the default language first."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.languages = {code: f"{language(code).own_name} ({code})" for code in questionnaire.languages}

    def cells(self, column: str, texts: Localized) -> Cells:
        return {self.of(column, code): texts[code] for code in self.languages if code in texts}

    def others(self, column: str, texts: Localized) -> Cells:
        """As :meth:`cells`, without the default language."""
        return {self.of(column, code): texts[code] for code in [*self.languages][1:] if code in texts}

    def media(self, media: Mapping[str, Localized]) -> Cells:
        return {
            header: name
            for what, names in media.items()
            for header, name in self.cells(f"media::{what}", names).items()
        }

    def every(self, column: str) -> list[str]:
        return [self.of(column, code) for code in self.languages]

    def of(self, column: str, code: str) -> str:
        return f"{column}::{self.languages[code]}"


def write_rows(questionnaire: Questionnaire) -> WrittenForm:
    """Raises ValueError for a text longer than a cell can hold (32,767 characters)."""
    headers = Headers(questionnaire)
    form = WrittenForm(
        questionnaire,
        list(_survey(questionnaire.items, headers)),
        list(_choices(questionnaire, headers)),
        [WrittenRow(_settings(questionnaire, headers), own=questionnaire.settings)],
        headers,
    )
    for rows in form.sheets().values():
        for row in rows:
            row.cells = _filled(row.cells)
    return form


def _survey(items: Iterable[Question | Group], headers: Headers) -> Iterator[WrittenRow]:
    for item in items:
        if isinstance(item, Group):
            word = "repeat" if item.is_repeat else "group"
            yield WrittenRow(_group(item, headers) | {"type": f"begin_{word}"}, item, item.extra)
            yield from _survey(item.items, headers)
            yield WrittenRow({"type": f"end_{word}"})
        else:
            yield WrittenRow(_question(item, headers), item, item.extra)


def _group(group: Group, headers: Headers) -> Cells:
    return {**_shared(group, headers), "repeat_count": _source(group.repeat_count), **group.extra}


def _shared(item: Question | Group, headers: Headers) -> Cells:
    return {
        "name": item.key,
        **headers.cells("label", item.label),
        **headers.cells("hint", item.hint),
        **headers.media(item.media),
        "relevant": _source(item.relevant),
        "appearance": " ".join(item.appearance),
    }


def _question(question: Question, headers: Headers) -> Cells:
    shown = {name: value for name, value in question.parameters.items() if name != "type"}
    return {
        "type": _type(question),
        **_shared(question, headers),
        **headers.cells("guidance_hint", question.guidance),
        "required": _condition(question.required),
        **headers.cells("required_message", question.required_message),
        "constraint": _source(question.constraint),
        **headers.cells("constraint_message", question.constraint_message),
        "calculation": _source(question.calculation),
        "trigger": ", ".join(f"${{{key}}}" for key in question.trigger),
        "default": _default(question),
        "read_only": _condition(question.read_only),
        "choice_filter": _source(question.choice_filter),
        "parameters": " ".join(f"{name}={value}" for name, value in shown.items()),
        **question.extra,
    }


def _type(question: Question) -> str:
    if question.kind == "metadata":
        return question.parameters.get("type", "hidden")
    if question.entries_of:
        return f"select_one ${{{question.entries_of}}}"
    word = _WORDS.get(question.kind, kind_of(question).types[0])
    if question.source and not question.list_name and kind_of(question).has_choices:
        return f"{word} {question.source}" if word == "rank" else f"{word}_from_file {question.source}"
    if question.source == ITEMSETS and question.list_name:
        return f"{word}_external {question.list_name}"
    if not question.list_name or not kind_of(question).has_choices:
        return word
    return f"{word} {question.list_name} or_other" if question.has_other else f"{word} {question.list_name}"


def _choices(questionnaire: Questionnaire, headers: Headers) -> Iterator[WrittenRow]:
    for list_name, choices in questionnaire.choice_lists.items():
        for choice in choices:
            yield WrittenRow(
                {
                    "list_name": list_name,
                    "name": choice.key,
                    **headers.cells("label", choice.label),
                    **headers.media(choice.media),
                    "exclusive": "yes" if choice.is_exclusive else "",
                    **choice.attributes,
                },
                own=choice.attributes,
            )


def _settings(questionnaire: Questionnaire, headers: Headers) -> Cells:
    notice, title = questionnaire.notice, questionnaire.title
    return {
        # Other programs know one title only, in a column without a language.
        "form_title": title.get(questionnaire.default_language, ""),
        **headers.others("form_title", title),
        "form_id": questionnaire.key,
        "version": questionnaire.author_version,
        "default_language": headers.languages[questionnaire.default_language],
        "minutes": str(questionnaire.minutes or ""),
        **headers.cells("introduction", notice.introduction),
        **headers.cells("notice_authority", notice.authority),
        **headers.cells("notice_purpose", notice.purpose),
        **headers.cells("notice_contact", notice.contact),
        **questionnaire.settings,
    }


def _source(expression: Expression | None) -> str:
    return expression.source if expression else ""


def _condition(expression: Expression | None) -> str:
    return "yes" if expression and expression.source == "true()" else _source(expression)


def _default(question: Question) -> str:
    """A plain value where the reader makes the same expression of it, else the expression."""
    if question.default is None:
        return ""
    tree, source = question.default.tree, question.default.source
    if tree[0] == "s" and tree[1].strip() and not is_expression(tree[1], question.kind):
        plain = str(tree[1])
        return plain if literal(plain, question.kind) == source else source
    return source


def _filled(row: Mapping[str, str]) -> Cells:
    cells = {column: cleaned for column, text in row.items() if (cleaned := clean_text(text))}
    if any(len(text) > MAX_CELL for text in cells.values()):
        raise ValueError("a text is longer than a cell can hold")
    return cells
