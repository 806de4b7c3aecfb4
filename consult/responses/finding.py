"""A search in a long list: asked by its button (or by Enter), answered with the same page.

Nothing is stored and nothing is judged: everything that was typed stands on the page again.
"""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from consult.questionnaires.routing import Page
from consult.questions import Question
from consult.questions.kind import OTHER
from consult.questions.long_lists import FIND, FOUND, LONGEST_SEARCH, is_long
from consult.responses.page import ReadPage
from consult.responses.page_form import PREFIX

FRAGMENT = "fragment"
"""Name of the input by which the page's script says that it wants the choices alone."""


def searched_on(page: Page, sent: MultiDict[str, str], read: ReadPage, *, goes_on: bool) -> str:
    """Key of the question whose list is searched; "" when something else was meant.

    Enter in the search presses the page's first button, the one that ``goes_on``: a search that was typed,
    but not made yet, for a question that is not answered, is what was meant then.
    """
    long = {question.key: question for question in page.questions if is_long(question)}
    if not long:
        return ""
    if (wanted := sent.get(FIND, "")) in long:
        return wanted
    if not goes_on:
        return ""
    return next((key for key, question in long.items() if _is_waiting(question, sent, read)), "")


def with_search(page: Page, sent: MultiDict[str, str], read: ReadPage, key: str) -> ReadPage:
    """The page as it is shown with what was found for ``key``: what was typed, without faults."""
    again = dict(read.unsaved)
    for question in page.questions:
        if is_long(question) and (question.key == key or sent.get(f"{PREFIX}{question.key}/{FIND}")):
            again[question.key] = _typed(question, sent)
    return replace(read, unsaved=again, errors={}, revealed=())


def _is_waiting(question: Question, sent: MultiDict[str, str], read: ReadPage) -> bool:
    name = f"{PREFIX}{question.key}"
    searched = sent.get(f"{name}/{FIND}", "").strip()
    is_new = bool(searched) and searched != sent.get(f"{name}/{FOUND}", "").strip()
    return is_new and question.key not in read.answers and read.evaluation.states[question.key].relevant


def _typed(question: Question, sent: MultiDict[str, str]) -> dict[str, object]:
    name = f"{PREFIX}{question.key}"
    details = {FIND: sent.get(f"{name}/{FIND}", "")[:LONGEST_SEARCH]}
    if question.has_other:
        details[OTHER] = sent.get(f"{name}/{OTHER}", "")
    return {"texts": sent.getlist(name), "details": details}
