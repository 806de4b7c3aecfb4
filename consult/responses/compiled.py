"""A page of questions as HTML, rendered once and filled for each person.

A published version never changes, so its page is rendered by Jinja once per version, page, language and
audience, with marks where something can stand, and cut at them. Filling copies the pieces and joins them.
A page on which nothing stands is one constant string, kept as bytes and compressed beforehand.

    compiled = compiled_page(environment, digest, questionnaire, page, view, render, now=now)
    compiled.is_blank_for(answers, unsaved)  →  compiled.content, compiled.compressed (gzip)
    compiled.fill(PageState(answers, evaluation, unsaved, errors, room))  →  str
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from consult.i18n import language
from consult.questionnaires.routing import Page, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.questions import kind_of, messages
from consult.responses.compiled_blocks import blocks_of, groups_of, targets_of
from consult.responses.compiled_cache import PageCache
from consult.responses.compiled_document import Compiled, Problem
from consult.responses.compiled_fill import PageState, Setting, Slots, slots_of, told
from consult.responses.compiled_logic import Logic, is_filtered_live, logic_of
from consult.responses.compiled_marks import Marks, Piece
from consult.responses.compiled_media import MediaOf, Served, nothing
from consult.responses.compiled_near import is_place
from consult.responses.compiled_views import View
from consult.responses.compiled_watch import watch_of

__all__ = [
    "Compiled",
    "Holes",
    "MediaOf",
    "PageCache",
    "PageState",
    "Problem",
    "Render",
    "Served",
    "View",
    "compile_page",
    "compiled_page",
]


_BLANK_LINES = re.compile(r"\n\s*\n")


class Holes:
    """What a room's template writes: ``holes.questions``, ``holes.summary``, and holes of its own by name.

    Its own ones are filled from ``PageState.room`` and empty otherwise: ``{{ holes.saved }}``.
    """

    def __init__(self, marks: Marks, questions: Markup) -> None:
        self._marks = marks
        self.questions = questions

    def __getattr__(self, name: str) -> Markup:
        return self._marks.hole("room", name)


Render = Callable[[Holes], str]
"""Gives the whole document around the questions; nothing in it may depend on who looks."""


def only_questions(holes: Holes) -> str:
    """No document around: for a room that frames the questions itself."""
    return str(holes.questions)


def compile_page(
    environment: Environment,
    questionnaire: Questionnaire,
    page: Page,
    view: View,
    render: Render = only_questions,
    *,
    now: datetime,
    media_of: MediaOf = nothing,
) -> Compiled:
    """Render a page once. ``environment`` speaks the interface's language while this runs."""
    context = _context(view)
    marks = Marks()
    blocks = blocks_of(questionnaire, page, view, marks, media_of)
    logic = logic_of(questionnaire, page, view.language)
    questions = environment.get_template("questions/page.html").render(
        blocks=blocks,
        logic=_logic_html(environment, logic, marks),
        has_extras=any(kind_of(question).has_extras(question) for question in page.questions),
        has_places=any(is_place(question) for question in page.questions),
        **context,
    )
    html = Markup(_BLANK_LINES.sub("\n", questions))  # noqa: S704 - rendered by an escaping template
    piece = marks.cut(render(Holes(marks, html)))
    compiled = Compiled(
        page,
        _setting(environment, questionnaire, page, view, context),
        piece,
        _slots(page, piece, view, logic),
        dict(targets_of(blocks)),
        logic,
        watch_of(questionnaire, page),
        dict(groups_of(blocks)),
        lambda problems: str(_module(environment, "macros/page.html", context).error_summary(problems)),
    )
    if page.repeats:
        return compiled  # an item is always somebody's: there is no blank page
    nobody = evaluate(questionnaire, {}, now=now, language=view.language)
    content = compiled.fill(PageState({}, nobody)).encode()
    return replace(compiled, content=content, compressed=gzip.compress(content, 9, mtime=0))


def _context(view: View) -> dict[str, Any]:
    return {
        "page_language": language(view.language),
        "interface_language": language(view.interface),
        "language_named": language,
    }


def _slots(page: Page, piece: Piece, view: View, logic: Logic) -> tuple[Slots, ...]:
    on_page = {question.key for question in page.questions}
    filtered = {
        question.key
        for question in page.questions
        if "f" in logic.questions.get(question.key, {}) and is_filtered_live(question, on_page)
    }
    return tuple(
        slots_of(question, piece, view, shows_all_choices=question.key in filtered)
        for question in page.questions
    )


def _setting(
    environment: Environment, questionnaire: Questionnaire, page: Page, view: View, context: dict[str, Any]
) -> Setting:
    module = _module(environment, "macros/question.html", context)
    marks = Marks()
    problem = marks.cut(str(module.problem(marks.hole("id"), marks.hole("message")))).parts
    # Where everything is free, nothing needs to be said; where something is not, each question says which.
    is_mixed = any(question.required is not None for question in page.questions)
    return Setting(
        questionnaire,
        view,
        _NECESSITY.format(told(messages.REQUIRED_MARK, view)),
        _NECESSITY.format(told(messages.OPTIONAL_MARK, view)) if is_mixed else "",
        (problem[0], problem[2], problem[4]),
    )


_NECESSITY = Markup(' <span class="soft need">{}</span>')


def _module(environment: Environment, template: str, context: dict[str, Any]) -> Any:
    return environment.get_template(template).make_module(context)


def _logic_html(environment: Environment, logic: Logic, marks: Marks) -> Markup:
    if not logic.questions:
        return Markup()
    before, after = logic.json()
    data = Markup(before) + marks.hole("earlier") + Markup(after)  # noqa: S704 - escaped by json_in_html
    template = environment.get_template("questions/logic.html")
    html = template.render(data=data, has_rare_functions=logic.has_rare_functions)
    return Markup(html)  # noqa: S704 - rendered by an escaping template


_PAGES = PageCache()


def compiled_page(
    environment: Environment,
    digest: str,
    questionnaire: Questionnaire,
    page: Page,
    view: View,
    render: Render = only_questions,
    *,
    now: datetime,
    media_of: MediaOf = nothing,
) -> Compiled:
    """The page of a published version (``digest``), compiled on first use and kept while it is used."""
    return _PAGES.get(
        (digest, page.key, view),
        lambda: compile_page(environment, questionnaire, page, view, render, now=now, media_of=media_of),
    )
