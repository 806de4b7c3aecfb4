"""A page of questions: shown, sent, shown again in another language; nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.compression import Ready, is_wanted
from consult.answering.notice import language_urls
from consult.answering.resuming import to_code
from consult.answering.sitting import Sitting, give_receipt, send_to_start, sit_down
from consult.answering.standing import standings
from consult.answering.visit import Entry, read_visit, remember
from consult.expressions import Template
from consult.i18n import Localized, gettext
from consult.questionnaires.routing import Page, next_page, pages, previous_page
from consult.responses.compiled import Compiled, Holes, PageState, View, compiled_page
from consult.responses.page import ReadPage, read_page
from consult.responses.records import PageAnswers, Saving
from consult.responses.service import save_page

_REVIEW = "review"
"""In the address of a page that was opened from the review: it leads back there."""


def page(survey: str, page: str) -> Response | Redirect:
    """The page, with what stands on it."""
    entry = read_visit().entry(survey)
    if entry and not entry.is_stored:
        # Nothing of this person is in the database: nothing there needs to be asked.
        ready = standings().lately(survey, _place(entry, page))
        if ready is not None:
            return _constant(ready)
    sitting = sit_down(survey)
    return _shown(sitting, sitting.page(page))


def answer(survey: str, page: str) -> Response | Redirect:
    """Keep what was sent, then go where the pressed button leads."""
    sitting = sit_down(survey)
    current = sitting.page(page)
    read = read_page(
        sitting.questionnaire,
        current,
        request.form,
        sitting.answers,
        now=http.now(),
        language=g.lang,
        seed=sitting.seed,
    )
    action = "language" if "language" in request.form else request.form.get("go", "next")
    onward = _onward(sitting, current, read, action)
    if sitting.draft or read.answers or read.unsaved or action in ("next", "save"):
        saving = _save(sitting, read, onward)
        if saving is Saving.SUBMITTED:
            return give_receipt(sitting.visit, survey, sitting.entry.response)
        if saving is Saving.OTHER:
            send_to_start(sitting.visit.without(survey), survey)
        sitting = sitting.kept()
    reply = _reply(sitting, current, read, action, onward)
    remember(reply, sitting.visit)
    return reply


def _onward(sitting: Sitting, current: Page, read: ReadPage, action: str) -> Page | None:
    """The page on which the person goes on; None for the review."""
    questionnaire = sitting.questionnaire
    if action == "back":
        return previous_page(questionnaire, read.evaluation, current) or current
    if action != "next" or not read.is_complete:
        return current
    following = next_page(questionnaire, read.evaluation, current)
    if _REVIEW not in request.args:
        return following
    # Back to the review, but for pages that this answer has brought up.
    while following and sitting.evaluation.page_relevant(following):
        following = next_page(questionnaire, read.evaluation, following)
    return following


def _save(sitting: Sitting, read: ReadPage, onward: Page | None) -> Saving:
    goes_on_at = onward.key if onward else None
    page = PageAnswers(g.lang, goes_on_at, read.asked, read.answers, read.unsaved)
    return save_page(http.database(), sitting.start, page, is_first=sitting.draft is None)


def _reply(
    sitting: Sitting, current: Page, read: ReadPage, action: str, onward: Page | None
) -> Response | Redirect:
    survey = sitting.entry.survey
    if action == "language":
        return _in_other_language(sitting, current)
    if action == "save":
        return to_code(sitting)
    if action == "leave":
        return redirect(url_for("answering.leave"), 303)
    if action == "back" and onward is current:
        return redirect(url_for("answering.start", survey=survey), 303)
    if action == "next" and read.errors:
        return _corrected(sitting, current, read)
    anchor = f"q-{read.revealed[0]}" if action == "next" and read.revealed else None
    return redirect(sitting.url(onward, review=request.args.get(_REVIEW), _anchor=anchor), 303)


def _in_other_language(sitting: Sitting, current: Page) -> Redirect:
    wanted = request.form["language"]
    lang = wanted if wanted in sitting.questionnaire.languages else g.lang
    anchors = {f"q-{question.key}" for question in current.questions}
    anchor = request.form.get("at")
    return redirect(
        sitting.url(
            current,
            lang=lang,
            review=request.args.get(_REVIEW),
            _anchor=anchor if anchor in anchors else None,
        ),
        303,
    )


def _shown(sitting: Sitting, current: Page) -> Response | Redirect:
    evaluation = sitting.evaluation
    if not evaluation.page_relevant(current):
        onward = next_page(sitting.questionnaire, evaluation, current)
        return redirect(sitting.url(onward), 303)
    compiled, room = _compiled(sitting, current), _head(sitting, current)
    if not room and compiled.is_blank_for(sitting.answers, sitting.unsaved):
        standings().keep(sitting.entry.survey, _place(sitting.entry, current.key), compiled)
        return _constant(compiled)
    return Response(compiled.fill(PageState(sitting.answers, evaluation, sitting.unsaved, room=room)))


def _corrected(sitting: Sitting, current: Page, read: ReadPage) -> Response:
    """The page once more, with everything that was typed and what to do about it."""
    room = {"note": gettext("To correct:") + " ", **_head(sitting, current)}
    state = PageState(read.merged(sitting.answers), read.evaluation, read.unsaved, read.errors, room)
    return Response(_compiled(sitting, current).fill(state), 422)


def _head(sitting: Sitting, current: Page) -> dict[str, str]:
    """The head of a page, where it names answers; empty where it does not."""
    texts = {"heading": current.title, "hint": current.group.hint if current.group else Localized()}
    return {
        name: sitting.told(text)
        for name, text in texts.items()
        if Template.parse(sitting.local(text)).references
    }


def _constant(compiled: Compiled) -> Response:
    """A page on which nothing stands: bytes that are the same for everyone."""
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
        head = {name: getattr(holes, name) for name in _head(sitting, current)}
        return render_template("answering/page.html", holes=holes, **_frame(sitting, current) | head)

    return compiled_page(
        current_app.jinja_env, sitting.asked.digest, questionnaire, current, view, render, now=http.now()
    )


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
        "help_url": url_for("answering.start", survey=survey, _anchor="help"),
    }


def _place(entry: Entry, page: str) -> tuple[object, ...]:
    return entry.version, page, g.lang, request.script_root
