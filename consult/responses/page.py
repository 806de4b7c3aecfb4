"""A page that was sent: from the form to coded answers, in one pass.

    read = read_page(questionnaire, page, request.form, stored, now=now, language=g.lang, seed=seed)
    read.errors      question key → sentence, in the order of the page
    read.answers     what is valid, to be stored; read.asked says what it replaces; read.unsaved is the rest

The author's conditions are evaluated once with the values just sent (and what is stored of other pages).
What is not relevant then is not validated, and what was answered there before stays in the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.routing import Evaluation, Page, QuestionState, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.trails import Trail, document_at, with_answered, with_document
from consult.questions.field import AnswerField
from consult.questions.kind import Given, Message
from consult.questions.text import showable
from consult.responses.page_form import PageForm, page_form
from consult.responses.script_reach import beyond_script
from consult.responses.triggers import set_off, set_off_further, with_worked_out

LIVE = "live"
"""Name of the input by which the page's script says that it shows and hides at once."""

Unsaved = Mapping[str, Mapping[str, Any]]
"""Question key → what was typed: ``{"texts": […], "details": {…}}``; JSON."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a page brought.

    ``answers`` coded values by answer key, of what is valid; None where a question with a default was left
    empty (it is not filled in again). ``asked``: answer keys that were decided here; what stood under them
    before is replaced. ``unsaved``: what was typed and is not valid. ``errors``: sentences by question key.
    ``revealed``: questions that these answers have made relevant, or given their first choices, unanswered,
    which the person could not see (without script): show the page again. ``evaluation`` holds for the values
    sent; of a page inside a repeat it is seen from the item at ``trail``, whose keys all the others are.
    """

    answers: Mapping[str, Any]
    asked: frozenset[str]
    unsaved: Unsaved
    errors: Mapping[str, Message]
    revealed: tuple[str, ...]
    evaluation: Evaluation
    trail: Trail = ()

    @property
    def is_complete(self) -> bool:
        """Nothing to correct, and nothing that should be shown first."""
        return not self.errors and not self.revealed

    def merged(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """All answers of the draft after this page."""
        return with_answered(stored, self.trail, self.asked, self.answers)


def read_page(
    questionnaire: Questionnaire,
    page: Page,
    sent: MultiDict[str, str],
    stored: Mapping[str, Any],
    *,
    now: datetime,
    language: str,
    seed: int = 0,
    trail: Trail = (),
) -> ReadPage:
    """Read and validate one page. ``stored``: all coded answers of the draft, this page's included.

    ``now`` is aware (its zone is the one of date-time answers); ``language`` the page's; ``seed`` the
    response's. ``trail``: the item of a repeat that the page is asked about; it need not be there yet.
    """
    own = document_at(stored, trail)
    with page_form(questionnaire, page) as form:
        form.read(sent, language=language, now=now)

        def evaluated(values: Mapping[str, Any]) -> Evaluation:
            everything = with_document(stored, trail, values) if trail else values
            return evaluate(questionnaire, everything, now=now, language=language, seed=seed).at(trail)

        values, evaluation = _evaluated(form, page, own, evaluated)
        form.validate_with(evaluation)
        answers, asked, unsaved = _sorted_out(form, evaluation)
        answers, asked = with_worked_out(questionnaire, page, values, evaluation, answers, asked)
        errors = {field.question.key: field.errors[0] for field in form.answer_fields if field.errors}
        revealed: tuple[str, ...] = ()
        shown = _unanswered(form, evaluation)
        if LIVE in sent and shown:
            unseen = beyond_script(questionnaire, page)
            shown = [key for key in shown if key in unseen]
        if shown and _can_reveal(questionnaire, page):
            before = evaluated(own)
            revealed = tuple(key for key in shown if _is_new(before.states[key], evaluation.states[key]))
    for key in revealed:
        errors.pop(key, None)
    return ReadPage(answers, asked, unsaved, errors, revealed, evaluation, trail)


def _evaluated(
    form: PageForm,
    page: Page,
    stored: Mapping[str, Any],
    evaluated: Callable[[Mapping[str, Any]], Evaluation],
) -> tuple[dict[str, Any], Evaluation]:
    """The values sent, and what holds with them. What may not be changed is judged by what is stored."""
    values = dict(stored)
    locked = [field for field in form.answer_fields if field.question.read_only is not None]
    for field in form.answer_fields:
        if field not in locked:
            _put_in(values, field)
    evaluation = _set_off(form, page, values, stored, evaluated)
    open_after_all = [field for field in locked if not evaluation.states[field.question.key].read_only]
    if not open_after_all:
        return values, evaluation
    for field in open_after_all:
        _put_in(values, field)
    return values, _set_off(form, page, values, stored, evaluated)


def _set_off(
    form: PageForm,
    page: Page,
    values: dict[str, Any],
    stored: Mapping[str, Any],
    evaluated: Callable[[Mapping[str, Any]], Evaluation],
) -> Evaluation:
    """What holds with the values, and with all that they set off."""
    set_off(form.questionnaire, page, values, stored)
    evaluation = evaluated(values)
    while set_off_further(form.questionnaire, page, values, stored, evaluation):
        evaluation = evaluated(values)
    return evaluation


def typed_again(unsaved: Mapping[str, Any]) -> Given:
    """What was typed, from one entry of ``unsaved``, as a page can show it."""
    texts = tuple(showable(text) for text in unsaved.get("texts", ()))
    return Given(texts, {name: showable(text) for name, text in unsaved.get("details", {}).items()})


def _sorted_out(
    form: PageForm, evaluation: Evaluation
) -> tuple[dict[str, Any], frozenset[str], dict[str, dict[str, Any]]]:
    answers: dict[str, Any] = {}
    asked: set[str] = set()
    unsaved: dict[str, dict[str, Any]] = {}
    for field in form.answer_fields:
        key, state = field.question.key, evaluation.states[field.question.key]
        if state.read_only or not (state.relevant or field.data):
            continue
        asked.update(field.kind.keys(field.question))
        if not field.errors:
            answers.update(field.data)
            _leave_empty(answers, field)
        elif any(field.given.texts) or any(field.given.details.values()):
            unsaved[key] = {"texts": list(field.given.texts), "details": dict(field.given.details)}
    return answers, frozenset(asked), unsaved


def _put_in(values: dict[str, Any], field: AnswerField) -> None:
    for key in field.kind.keys(field.question):
        values.pop(key, None)
    values.update(field.data)
    _leave_empty(values, field)


def _leave_empty(values: dict[str, Any], field: AnswerField) -> None:
    """An emptied default stays empty: None tells the evaluation that it was seen."""
    is_filled_in = field.question.default is not None or bool(field.question.trigger)
    if is_filled_in and field.question.key not in field.data:
        values[field.question.key] = None


def _can_reveal(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether what is relevant or offered on the page can depend on what is answered on it."""
    kept: dict[str, bool] = questionnaire.__dict__.setdefault("_can_reveal", {})
    if page.key not in kept:
        kept[page.key] = any(
            question.relevant is not None or filter_of(question) is not None for question in page.questions
        ) or (page.group is not None and any(hasattr(item, "items") for item in page.group.items))
    return kept[page.key]


def _is_new(before: QuestionState, now: QuestionState) -> bool:
    """Whether these answers have brought a question up, or the first choices of one that had none."""
    return not before.relevant or (before.choices == () and bool(now.choices))


def _unanswered(form: PageForm, evaluation: Evaluation) -> list[str]:
    return [
        field.question.key
        for field in form.answer_fields
        if evaluation.states[field.question.key].relevant and not field.data and not field.process_errors
    ]
