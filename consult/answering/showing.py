"""How a page of questions looks: prepared bytes where nothing stands on it, filled pieces otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.wrappers import Response
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.notice import language_urls
from consult.answering.sitting import Sitting
from consult.answering.standing import standings
from consult.answering.visit import Entry
from consult.compression import Ready, is_wanted
from consult.expressions import Template
from consult.i18n import Localized, gettext
from consult.questionnaires.routing import Evaluation, Page, Spot, next_spot, pages
from consult.questionnaires.trails import document_at, notes_of
from consult.responses.compiled import Compiled, Holes, PageState, View, compiled_page
from consult.responses.files import file_questions, is_beyond_words
from consult.responses.finding import FRAGMENT, with_search
from consult.responses.items import spot_title
from consult.responses.items import told as told_of
from consult.responses.media import media_of
from consult.responses.page import ReadPage


def ready_page(entry: Entry, page: str) -> Response | None:
    """The page of somebody of whom nothing is stored, if it is known; asks the database nothing."""
    compiled = standings().lately(entry.survey, _place(entry, page))
    return _constant(compiled) if compiled is not None else None


def show_page(sitting: Sitting, current: Spot) -> Response | Redirect:
    """The page with what is stored; a page that does not concern this person leads to the next."""
    page, trail = current
    evaluation = sitting.inside(trail)
    if not evaluation.page_relevant(page, trail):
        onward = next_spot(sitting.questionnaire, evaluation, current)
        return redirect(sitting.url(onward), 303)
    compiled, room = _compiled(sitting, page), _head(sitting, current, evaluation)
    if not room and not trail and compiled.is_blank_for(sitting.answers, sitting.unsaved):
        standings().keep(sitting.entry.survey, _place(sitting.entry, page.key), compiled)
        return _constant(compiled)
    own = document_at(sitting.answers, trail)
    return Response(compiled.fill(PageState(own, evaluation, notes_of(sitting.unsaved, trail), room=room)))


def show_again(sitting: Sitting, current: Spot, read: ReadPage, summary: Markup | None = None) -> Response:
    """422: the page once more, with everything that was typed and what to do about it."""
    room: dict[str, str] = {"note": gettext("To correct:") + " ", **_head(sitting, current, read.evaluation)}
    errors: Mapping[str, Any] = read.errors
    if summary is not None:
        room["summary"], errors = summary, {}
    own = document_at(read.merged(sitting.answers), current.trail)
    state = PageState(own, read.evaluation, read.unsaved, errors, room)
    return Response(_compiled(sitting, current.page).fill(state), 422)


def show_found(sitting: Sitting, current: Spot, read: ReadPage, key: str) -> Response:
    """The page with what a search in a long list came to; for its script the choices alone."""
    searched = with_search(current.page, request.form, read, key)
    own = document_at(searched.merged(sitting.answers), current.trail)
    room = _head(sitting, current, searched.evaluation)
    state = PageState(own, searched.evaluation, searched.unsaved, room=room)
    compiled = _compiled(sitting, current.page)
    return Response(compiled.found(key, state) if FRAGMENT in request.form else compiled.fill(state))


def _head(sitting: Sitting, current: Spot, evaluation: Evaluation) -> Mapping[str, str]:
    """The head of a page, where it names answers or an item; empty where it does not."""
    questionnaire = sitting.questionnaire
    told = {name: told_of(questionnaire, evaluation, text) for name, text in _personal(sitting, current.page)}
    return told | ({"heading": spot_title(questionnaire, evaluation, current)} if current.trail else {})


def _personal(sitting: Sitting, page: Page) -> Iterator[tuple[str, Localized]]:
    texts = {"heading": page.title, "hint": page.group.hint if page.group else Localized()}
    for name, text in texts.items():
        if Template.parse(sitting.local(text)).references or (name == "heading" and page.repeats):
            yield name, text


def _constant(compiled: Compiled) -> Response:
    """A page on which nothing stands: bytes that are the same for everyone."""
    http.allow_devices(compiled.devices)
    return Ready(compiled.compressed) if is_wanted() else Response(compiled.content)


def _compiled(sitting: Sitting, current: Page) -> Compiled:
    questionnaire, asker = sitting.questionnaire, sitting.standing.asker
    view = View(
        language=g.lang,
        interface=http.interface_language(),
        # The frame names who asks and where things are.
        room=f"answering {request.script_root} {asker.slug} {asker.name}",
    )

    def render(holes: Holes) -> str:
        head = {name: getattr(holes, name) for name, _text in _personal(sitting, current)}
        return render_template("answering/page.html", holes=holes, **_frame(sitting, current) | head)

    compiled = compiled_page(
        current_app.jinja_env,
        sitting.asked.digest,
        questionnaire,
        current,
        view,
        render,
        now=http.now(),
        media_of=media_of(),
    )
    http.allow_devices(compiled.devices)
    return compiled


def _frame(sitting: Sitting, current: Page) -> dict[str, Any]:
    """What stands around the questions: the same for everyone who answers this version."""
    questionnaire, survey = sitting.questionnaire, sitting.entry.survey
    title = sitting.local(questionnaire.title)
    return {
        "asker": sitting.standing.asker,
        "urls": language_urls("answering.page", questionnaire, survey=survey, page=current.key),
        "title": title,
        "heading": sitting.local(current.title) or title,
        "hint": sitting.local(current.group.hint) if current.group else None,
        "number": current.index + 1,
        "total": len(pages(questionnaire)),
        "has_files": bool(file_questions(current)),
        "is_beyond_words": is_beyond_words(current),
        "help_url": url_for("answering.start", survey=survey, _anchor="help"),
    }


def _place(entry: Entry, page: str) -> tuple[object, ...]:
    return entry.version, page, g.lang, request.script_root
