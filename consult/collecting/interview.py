"""An interview, page by page: asked in one language, understood in two; kept with every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask import session as browser
from markupsafe import Markup

from consult import http
from consult.accounts.access import actor
from consult.collecting.routes import Page, blueprint, flash_lost
from consult.collecting.sitting import Interview, identity, open_interview
from consult.collecting.words import read_words, words_beside
from consult.i18n import OFFICIAL_LANGUAGES, gettext, language
from consult.questionnaires.routing import Page as QuestionPage
from consult.questionnaires.routing import final_answers, next_page, pages, previous_page
from consult.responses.compiled import PageState, View, compiled_page
from consult.responses.page import ReadPage, read_page
from consult.responses.reading_back import read_back
from consult.responses.records import Draft, PageAnswers, Saving, Submitting
from consult.responses.service import discard_draft, save_page, submit_response

AUTOSAVE = "autosave"
"""Name of the field by which the page's script says that nobody pressed a button."""


class Incomplete(Exception):
    """Something is missing: nothing is sent."""


@blueprint.get("/collect/<survey>/<response>/go-on")
def go_on(survey: str, response: str) -> Page:
    """Where the interview was left."""
    interview = open_interview(survey, response)
    keys = [page.key for page in pages(interview.questionnaire)]
    wanted = interview.draft.goes_on_at
    return redirect(_url(interview, wanted if wanted in keys else keys[0]))


@blueprint.get("/collect/<survey>/<response>/page/<page>")
def page(survey: str, response: str, page: str) -> str:
    """One page of questions with what is stored of it."""
    interview = open_interview(survey, response)
    draft = interview.draft
    state = PageState(draft.answers, interview.evaluate(draft.answers), draft.unsaved)
    return _show(interview, interview.page(page), state, draft.original_language, draft.translations)


@blueprint.post("/collect/<survey>/<response>/page/<page>")
def save(survey: str, response: str, page: str) -> Page | Response:
    """Keep the page, whatever it says; go on when it is complete."""
    interview = open_interview(survey, response)
    of = interview.page(page)
    read = _read(interview, of)
    stays = AUTOSAVE in request.form or "switch" in request.form
    spoken, translations = read_words(of, request.form, read.answers, interview)
    following = next_page(interview.questionnaire, read.evaluation, of)
    goes_on = of if stays or not read.is_complete else following
    answers = PageAnswers(
        language=_language_after(interview),
        goes_on_at=goes_on.key if goes_on else None,
        asked=read.asked,
        answers=read.answers,
        unsaved=read.unsaved,
        original_language=spoken,
        translations=translations,
    )
    saving = save_page(http.database(), interview.draft.start, answers)
    if saving is not Saving.SAVED:
        return Response(status=409) if AUTOSAVE in request.form else _lost(survey)
    if AUTOSAVE in request.form:
        return Response(status=204)
    if "switch" in request.form:
        _choose_second()
        return redirect(_url(interview, of.key))
    if read.is_complete:
        return redirect(_url(interview, following.key if following else None))
    state = PageState(read.merged(interview.draft.answers), read.evaluation, read.unsaved, read.errors)
    return _show(interview, of, state, spoken, translations), 422


@blueprint.get("/collect/<survey>/<response>/review")
def review(survey: str, response: str) -> str:
    """All answers once more before they are sent."""
    return _review(open_interview(survey, response), with_obstacles=False)


@blueprint.post("/collect/<survey>/<response>/submit")
def submit(survey: str, response: str) -> Page:
    """Send the interview: exactly once, however often it is asked."""

    def finish(draft: Draft) -> Mapping[str, Any]:
        interview = open_interview(survey, response)
        back = _read_back(interview, interview.language)
        if back.obstacles(draft.unsaved, now=http.now(), seed=draft.start.seed):
            raise Incomplete
        return final_answers(
            interview.questionnaire,
            draft.answers,
            now=http.now(),
            language=draft.language,
            seed=draft.start.seed,
        )

    try:
        done = submit_response(http.database(), identity(response), finish, http.now().date(), actor().id)
    except Incomplete:
        return _review(open_interview(survey, response), with_obstacles=True), 422
    if done.outcome is Submitting.MISSING:
        abort(404)
    flash(gettext("The interview is stored. Thank you."))
    if "next" in request.form:
        return redirect(url_for(".new", survey=survey))
    return redirect(url_for(".survey", survey=survey))


@blueprint.post("/collect/<survey>/<response>/discard")
def discard(survey: str, response: str) -> Page:
    """The person withdrew, or the interview was a mistake: nothing of it stays."""
    interview = open_interview(survey, response)
    if not discard_draft(http.database(), interview.id, actor().id):
        return _lost(survey)
    flash(gettext("The unfinished interview is deleted."))
    return redirect(url_for(".survey", survey=survey))


def _read(interview: Interview, of: QuestionPage) -> ReadPage:
    return read_page(
        interview.questionnaire,
        of,
        request.form,
        interview.draft.answers,
        now=http.now(),
        language=interview.language,
        seed=interview.draft.start.seed,
    )


def _language_after(interview: Interview) -> str:
    """The language of the interview from now on: the collector may change it in the middle."""
    wanted = request.form.get("interview_language", "") if "switch" in request.form else ""
    return wanted if wanted in interview.questionnaire.languages else interview.language


def _choose_second() -> None:
    wanted = request.form.get("second_language", "")
    if wanted in (*OFFICIAL_LANGUAGES, "none"):
        browser["second"] = wanted


def _lost(survey: str) -> Page:
    flash_lost()
    return redirect(url_for(".survey", survey=survey))


def _url(interview: Interview, key: str | None) -> str:
    """The address of a page of questions; of the review after the last."""
    if key is None:
        return url_for(".review", survey=interview.survey.slug, response=interview.id)
    return url_for(".page", survey=interview.survey.slug, response=interview.id, page=key)


def questions_html(
    interview: Interview,
    of: QuestionPage,
    state: PageState,
    spoken: Mapping[str, Any],
    said: Mapping[str, Any],
) -> tuple[Markup, tuple[Any, ...]]:
    """The page's questions in two languages, filled; and what to correct."""
    view = View(
        language=interview.language,
        interface=g.lang,
        room="collecting",
        second=interview.second,
        is_numbered=True,
        is_private=True,
        extras=True,
    )
    compiled = compiled_page(
        current_app.jinja_env,
        interview.version.digest,
        interview.questionnaire,
        of,
        view,
        now=http.now(),
    )
    beside = words_beside(of, interview, spoken, said)
    filled = PageState(state.answers, state.evaluation, state.unsaved, state.errors, beside)
    return Markup(compiled.fill(filled)), compiled.problems(state)  # noqa: S704  (compiled from our templates)


def _show(
    interview: Interview,
    of: QuestionPage,
    state: PageState,
    spoken: Mapping[str, Any],
    said: Mapping[str, Any],
) -> str:
    questions, problems = questions_html(interview, of, state, spoken, said)
    before = previous_page(interview.questionnaire, state.evaluation, of)
    return render_template(
        "collecting/page.html",
        interview=interview,
        of=of,
        title=of.title.pick(interview.language, interview.questionnaire.default_language),
        total=len(pages(interview.questionnaire)),
        questions=questions,
        problems=problems,
        back_url=_url(interview, before.key) if before else None,
        spoken=[language(code) for code in interview.questionnaire.languages],
        seconds=[language(code) for code in OFFICIAL_LANGUAGES if code in interview.questionnaire.languages],
    )


def _read_back(interview: Interview, code: str) -> Any:
    draft = interview.draft
    return read_back(interview.questionnaire, draft.answers, code, now=http.now(), seed=draft.start.seed)


def _review(interview: Interview, *, with_obstacles: bool) -> str:
    """In the office's language where the questionnaire has it: the collector checks, the person has left."""
    code = g.lang if g.lang in interview.questionnaire.languages else interview.language
    back = _read_back(interview, code)
    draft = interview.draft
    obstacles = back.obstacles(draft.unsaved, now=http.now(), seed=draft.start.seed) if with_obstacles else ()
    evaluation = interview.evaluate(draft.answers)
    last = previous_page(interview.questionnaire, evaluation, None)
    return render_template(
        "collecting/review.html",
        interview=interview,
        sections=back.sections(),
        obstacles=obstacles,
        back_url=_url(interview, last.key if last else None),
    )
