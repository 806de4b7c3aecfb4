"""The form of a page: one field a question, one chain of rules for all of them.

Rules depend on what holds with the values that were just sent (relevant, required, offered, allowed), so
the evaluation is given to the form between reading and validating.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from consult.i18n import Localized, LocalText
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.routing import Evaluation, Page, QuestionState
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of, messages
from consult.questions.field import AnswerField, AnswerMeta
from consult.questions.kind import Message
from consult.responses.page_text import with_answers

MOST_IDLE = 32
"""Forms of one page that wait for the next request: as many as a process answers at once."""

PREFIX = "q-"
"""Of every input's name: a question may be called ``language``, and so may a button."""


class PageForm(BaseForm):
    """A page's fields by question key. Take one with :func:`page_form`."""

    evaluation: Evaluation
    """Only while it validates."""
    meta: AnswerMeta

    def __init__(self, questionnaire: Questionnaire, page: Page) -> None:
        super().__init__(_fields_of(page), prefix=PREFIX, meta=AnswerMeta())
        self.questionnaire = questionnaire
        self.answer_fields = [field for field in self._fields.values() if isinstance(field, AnswerField)]
        """In the order of the page."""

    @property
    def language(self) -> str:
        """The page's."""
        return self.meta.language

    def read(self, sent: Any, *, language: str, now: datetime) -> None:
        """Take what was sent; whatever was in the form before is gone."""
        self.meta.language, self.meta.now = language, now
        self.process(sent)

    def validate_with(self, evaluation: Evaluation) -> bool:
        """Validate every field once, given what holds with the values sent."""
        self.evaluation = evaluation
        return bool(self.validate())

    def forget(self) -> None:
        """Nobody's answers wait in memory for the next request."""
        self.__dict__.pop("evaluation", None)
        for field in self.answer_fields:
            field.forget()


@contextmanager
def page_form(questionnaire: Questionnaire, page: Page) -> Iterator[PageForm]:
    """A form of this page for one request.

    Making the fields costs more than validating them: forms are kept with the (immutable) questionnaire and
    lent to one request at a time.
    """
    kept: dict[str, deque[PageForm]] = questionnaire.__dict__.setdefault("_page_forms", {})
    idle = kept.setdefault(page.key, deque(maxlen=MOST_IDLE))
    try:
        form = idle.pop()
    except IndexError:
        form = PageForm(questionnaire, page)
    yield form
    form.forget()
    idle.append(form)


def _fields_of(page: Page) -> Mapping[str, Any]:
    return {
        question.key: AnswerField(question, kind_of(question), validators=RULES)
        for question in page.questions
        if kind_of(question).takes_answer and not is_header(question)
    }


def is_header(question: Question) -> bool:
    """Whether it only shows the choices' labels above a table (appearance ``label``): nobody answers it."""
    return "label" in question.appearance and kind_of(question).has_choices


def only_if_asked(form: PageForm, field: AnswerField) -> None:
    """What is not shown or cannot be changed is not validated."""
    state = _state(form, field)
    if not state.relevant or state.read_only:
        field.errors = []
        raise StopValidation


def readable(_form: PageForm, field: AnswerField) -> None:
    """One fault at a time: what could not be read is not judged further."""
    if field.errors:
        raise StopValidation


def answered(form: PageForm, field: AnswerField) -> None:
    """Required is required; an unanswered question has no other rule."""
    if field.question.key in field.data:
        return
    if not is_missing(_state(form, field)):
        raise StopValidation
    raise StopValidation(required_message(field.question, form.language))


def offered(form: PageForm, field: AnswerField) -> None:
    """Only choices that are on offer, given the other answers."""
    state = _state(form, field)
    if not is_offered(state, field.data[field.question.key]):
        raise StopValidation(not_offered_message(field.question, state))


def allowed(form: PageForm, field: AnswerField) -> None:
    """The author's constraint."""
    if _state(form, field).constraint_ok is False:
        message = constraint_message(field.question, form.language, form.questionnaire, form.evaluation)
        raise StopValidation(message)


RULES = (only_if_asked, readable, answered, offered, allowed)


def is_offered(state: QuestionState, value: Any) -> bool:
    """Whether every code of a coded value is among the choices offered."""
    if state.choices is None:
        return True
    return set(value if isinstance(value, list) else (value,)) <= set(state.choices)


def not_offered_message(question: Question, state: QuestionState) -> Message:
    """What to say where a choice of the list is not among those that the other answers leave."""
    condition = filter_of(question)
    if condition is None or not condition.references:
        return messages.UNKNOWN_CHOICE
    return messages.NO_LONGER_OFFERED if state.choices else messages.NOT_YET_OFFERED


def is_missing(state: QuestionState) -> bool:
    """Whether an answer is asked for: where nothing can be chosen, nobody is held up."""
    return state.required and state.choices != ()


def required_message(question: Question, language: str) -> Message:
    """The author's sentence, where it is in the page's language; else the standard one for the kind."""
    own = _in(question.required_message, language)
    if own is not None:
        return own
    if question.kind == "acknowledge":
        return messages.REQUIRED_TICK
    return messages.REQUIRED_CHOICE if kind_of(question).has_choices else messages.REQUIRED


def constraint_message(
    question: Question, language: str, questionnaire: Questionnaire, evaluation: Evaluation
) -> Message:
    """The author's sentence in whichever language it has: it knows what is wrong; else the standard one."""
    own = question.constraint_message.pick(language, questionnaire.default_language)
    if not own:
        return messages.CONSTRAINT
    return LocalText(with_answers(own, questionnaire, evaluation, own.language), own.language)


def _in(texts: Localized, language: str) -> LocalText | None:
    found = texts.pick(language)
    return found if found and found.language.split("-")[0] == language.split("-")[0] else None


def _state(form: PageForm, field: AnswerField) -> QuestionState:
    return form.evaluation.states[field.question.key]
