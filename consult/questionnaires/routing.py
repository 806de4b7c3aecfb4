"""What is asked next: the way through the pages.

What holds on a page is worked out in evaluation.py, what stands on one in paging.py; their names are here
too, for everyone who routes.
"""

from __future__ import annotations

from consult.questionnaires.answers import is_asked
from consult.questionnaires.dependencies import find_cycles
from consult.questionnaires.evaluation import (
    Evaluation,
    QuestionState,
    evaluate,
    evaluate_report,
    final_answers,
)
from consult.questionnaires.paging import MOST_QUESTIONS_ON_A_PAGE, Page, pages
from consult.questionnaires.specification import Questionnaire

__all__ = [
    "MOST_QUESTIONS_ON_A_PAGE",
    "Evaluation",
    "Page",
    "QuestionState",
    "evaluate",
    "evaluate_report",
    "final_answers",
    "find_cycles",
    "is_asked",
    "next_page",
    "pages",
    "previous_page",
]


def next_page(questionnaire: Questionnaire, evaluation: Evaluation, page: Page | None) -> Page | None:
    """The next page with something to ask after ``page`` (None: the first); None after the last."""
    start = 0 if page is None else page.index + 1
    return next((each for each in pages(questionnaire)[start:] if evaluation.page_relevant(each)), None)


def previous_page(questionnaire: Questionnaire, evaluation: Evaluation, page: Page | None) -> Page | None:
    """The page with something to ask before ``page`` (None: the last); None before the first."""
    every = pages(questionnaire)
    before = every if page is None else every[: page.index]
    return next((each for each in reversed(before) if evaluation.page_relevant(each)), None)
