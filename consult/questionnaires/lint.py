"""What an author should look at before people are asked: nothing here keeps a questionnaire from use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from consult.expressions import Expression, Template
from consult.i18n import OFFICIAL_LANGUAGES, language
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.codes import unknown_codes
from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.routing import MOST_QUESTIONS_ON_A_PAGE, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.texts import Text, missing, texts
from consult.questions import kind_of
from consult.questions.question import Choice, Question

Locate = Callable[[str, str], Place]
"""(path of a text as in texts.py, or of what it belongs to; language) → where its author wrote it."""

_EXITS = frozenset(
    (
        *("prefer_not", "prefer_not_to_answer", "prefer_not_to_say", "no_answer", "pnta", "refused"),
        *("dont_know", "do_not_know", "dk", "not_applicable", "na", "none"),
    )
)


def nowhere(_path: str, _language: str) -> Place:
    """For questionnaires that do not come from a file."""
    return Place()


def lint(questionnaire: Questionnaire, locate: Locate = nowhere) -> list[Finding]:
    """All warnings, by subject."""
    found = [
        *_languages(questionnaire),
        *_translations(questionnaire, locate),
        *_notice(questionnaire, locate),
        *_pages(questionnaire, locate),
        *_lists(questionnaire, locate),
        *_codes(questionnaire, locate),
    ]
    for question in questionnaire.questions.values():
        found += _question(question, locate(f"question:{question.key}", ""))
    for group in _groups(questionnaire.items):
        found += _grid(group, locate(f"group:{group.key}", ""))
    return found


def _languages(questionnaire: Questionnaire) -> Iterator[Finding]:
    spoken = {code.split("-")[0] for code in questionnaire.languages}
    for code in OFFICIAL_LANGUAGES:
        if code not in spoken:
            yield warning(
                "official_language_missing",
                Place("survey"),
                _l("The form does not speak %(language)s.", language=language(code).own_name),
                _l("Add a column label::%(name)s (%(code)s).", name=language(code).own_name, code=code),
            )


def _translations(questionnaire: Questionnaire, locate: Locate) -> Iterator[Finding]:
    every = list(texts(questionnaire))
    for code in questionnaire.languages:
        lacking = missing(questionnaire, code)
        name = language(code).own_name
        if lacking and len(lacking) == len(every):
            yield warning(
                "language_empty",
                locate(lacking[0].path, code),
                _l("Nothing at all is written in %(language)s.", language=name),
                _l("Translate the texts, or delete the columns of this language."),
            )
            continue
        for text in lacking:
            yield warning(
                "translation_missing",
                locate(text.path, code),
                _l(
                    "The %(what)s of “%(place)s” is missing in %(language)s.",
                    what=text.what,
                    place=text.place or questionnaire.key,
                    language=name,
                ),
                _l("Translate it; until then another language is shown."),
            )
    for text in every:
        yield from _holes(text, locate)


def _holes(text: Text, locate: Locate) -> Iterator[Finding]:
    wanted = {code: Template.parse(written).references for code, written in text.texts.items()}
    every = frozenset().union(*wanted.values())
    for code, references in wanted.items():
        if references != every:
            yield warning(
                "reference_not_translated",
                locate(text.path, code),
                _l(
                    "“${%(name)s}” stands in other languages, but not in %(language)s.",
                    name=min(every - references),
                    language=language(code).own_name,
                ),
                _l("Put it into the translation too, or check that it is not needed."),
            )


def _notice(questionnaire: Questionnaire, locate: Locate) -> Iterator[Finding]:
    notice = questionnaire.notice
    missing_parts = (
        ("authority", notice.authority, _l("The privacy notice does not name the legal authority.")),
        ("purpose", notice.purpose, _l("The privacy notice does not say what the answers are used for.")),
        ("contact", notice.contact, _l("The privacy notice names nobody who answers questions.")),
    )
    for part, written, message in missing_parts:
        if not written:
            yield warning(
                f"notice_{part}_missing",
                locate(f"notice:{part}", questionnaire.default_language),
                message,
                _l("Write it into the column notice_%(part)s of the sheet settings.", part=part),
            )


def _pages(questionnaire: Questionnaire, locate: Locate) -> Iterator[Finding]:
    for page in pages(questionnaire):
        asked = [question for question in page.questions if kind_of(question).takes_answer]
        if len(asked) > MOST_QUESTIONS_ON_A_PAGE:
            yield warning(
                "page_long",
                locate(f"group:{page.group.key}" if page.group else f"question:{asked[0].key}", ""),
                _l("The page “%(page)s” asks %(count)s questions.", page=page.key, count=len(asked)),
                _l("Split it into groups of at most %(limit)s.", limit=MOST_QUESTIONS_ON_A_PAGE),
            )


def _lists(questionnaire: Questionnaire, locate: Locate) -> Iterator[Finding]:
    used = {question.list_name for question in questionnaire.questions.values()}
    for name, choices in questionnaire.choice_lists.items():
        if name not in used and choices:
            yield warning(
                "list_unused",
                locate(f"choice:{name}:{choices[0].key}", ""),
                _l("No question uses the list “%(name)s”.", name=name),
                _l("Delete it, or check the spelling in the column type."),
            )


def _codes(questionnaire: Questionnaire, locate: Locate) -> Iterator[Finding]:
    conditions: list[tuple[str, Question | None, Expression | None]]
    conditions = [(f"group:{group.key}", None, group.relevant) for group in _groups(questionnaire.items)]
    for question in questionnaire.questions.values():
        for condition in (question.relevant, question.constraint, question.required, question.calculation):
            conditions.append((f"question:{question.key}", question, condition))
    for path, own, condition in conditions:
        for problem in unknown_codes(condition, questionnaire, own) if condition else ():
            yield warning(problem.code, locate(path, ""), problem.message, problem.remedy)


def _question(question: Question, place: Place) -> Iterator[Finding]:
    if question.kind == "text" and question.required is not None and question.calculation is None:
        yield warning(
            "open_question_required",
            place,
            _l("The open question “%(name)s” must be answered.", name=question.key),
            _l("Make it voluntary: who has nothing to say writes anything, or leaves."),
        )
    for expression in (question.constraint, question.relevant, question.calculation):
        for pattern in _loose_patterns(expression):
            yield warning(
                "pattern_loose",
                place,
                _l("The pattern “%(pattern)s” must match the whole answer here.", pattern=pattern[:80]),
                _l("Begin it with ^ and end it with $, so that it means the same in every program."),
            )


def _loose_patterns(expression: Expression | None) -> Iterator[str]:
    waiting = [expression.tree] if expression else []
    while waiting:
        node = waiting.pop()
        if node[:2] == ["f", "regex"] and node[3][0] == "s":
            pattern = str(node[3][1])
            if not (pattern.startswith("^") and pattern.endswith("$")):
                yield pattern
        waiting.extend(part for part in node if isinstance(part, list))


def _grid(group: Group, place: Place) -> Iterator[Finding]:
    if "table-list" not in group.appearance:
        return
    rows = [item for item in group.items if isinstance(item, Question) and item.required is not None]
    if any(not any(_is_exit(choice) for choice in row.choices) for row in rows if row.choices):
        yield warning(
            "grid_without_exit",
            place,
            _l("The grid “%(name)s” must be answered, and no choice lets people out.", name=group.key),
            _l("Make the rows voluntary, or add “Prefer not to answer” with yes in the column exclusive."),
        )


def _is_exit(choice: Choice) -> bool:
    return choice.is_exclusive or choice.key.lower() in _EXITS


def _groups(items: tuple[Question | Group, ...]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from _groups(item.items)
