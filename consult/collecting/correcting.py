"""Own submitted entries: read again, corrected page by page until staff lock them; each state is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_date

from consult import http
from consult.accounts.access import actor
from consult.collecting.forms import ReasonForm
from consult.collecting.interview import found_html, questions_html
from consult.collecting.routes import Page, blueprint
from consult.collecting.sitting import Interview, identity, second_language
from consult.collecting.uploading import uploads
from consult.collecting.words import read_words
from consult.i18n import gettext
from consult.questionnaires.routing import Spot, final_answers
from consult.questionnaires.trails import address, document_at, notes_of
from consult.responses.compiled import PageState
from consult.responses.corrections import Correcting, Correction, correct_response
from consult.responses.entries import EntryContent, read_entry, revisions_of
from consult.responses.files import file_questions
from consult.responses.finding import FRAGMENT, searched_on, with_search
from consult.responses.items import spot_title
from consult.responses.models import ResponseState
from consult.responses.page import ReadPage, read_page
from consult.responses.places import with_item
from consult.responses.reading_back import read_back
from consult.responses.records import Draft, Start
from consult.surveys.service import published, survey_by_slug


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """A submitted entry of the signed-in collector, as an interview that can be shown again."""

    interview: Interview
    content: EntryContent

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.content.answers

    @property
    def id(self) -> uuid.UUID:
        return self.content.entry.id


@blueprint.get("/collect/<survey>/<response>/")
def entry(survey: str, response: str) -> str:
    """One entry, readable, with a way to correct each page and what was corrected before."""
    own = _own_entry(survey, response)
    interview = own.interview
    code = g.lang if g.lang in interview.questionnaire.languages else interview.language
    back = read_back(
        interview.questionnaire, own.answers, code, now=http.now(), seed=interview.draft.start.seed
    )
    with http.database().read() as reading:
        revisions = [
            {"day": format_date(revision.changed_at), "reason": revision.reason}
            for revision in revisions_of(reading, own.id)
        ]
    return render_template(
        "collecting/entry.html",
        interview=interview,
        entry=own.content.entry,
        sections=back.sections(),
        revisions=revisions,
    )


@blueprint.route("/collect/<survey>/<response>/correct/<place:page>", methods=["GET", "POST"])
def correct(survey: str, response: str, page: str) -> Page:
    """Change one page of a submitted entry, and say why."""
    own = _own_entry(survey, response)
    of = own.interview.spot(page)
    if of.page.kind == "list":
        abort(404)
    form = ReasonForm(request.form, data={"revision": str(own.content.entry.revision)})
    if request.method == "GET":
        evaluation = own.interview.evaluate(with_item(own.answers, of.trail)).at(of.trail)
        state = PageState(document_at(own.answers, of.trail), evaluation)
        notes = (own.content.original_language, own.content.translations)
        return _show(own, of, form, state, *(notes_of(each, of.trail) for each in notes))
    return _correct(own, of, form)


def _correct(own: OwnEntry, of: Spot, form: ReasonForm) -> Page:
    interview = own.interview
    how: dict[str, Any] = {
        "now": http.now(),
        "language": interview.language,
        "seed": interview.draft.start.seed,
    }
    sent = uploads(own.id, of.page, is_stored=True).sent
    read = read_page(interview.questionnaire, of.page, sent, own.answers, trail=of.trail, **how)
    before = notes_of(own.content.translations, of.trail)
    spoken, said = read_words(of.page, request.form, read.answers, interview, before)
    if key := searched_on(of.page, request.form, read, goes_on=True):
        read = with_search(of.page, request.form, read, key)
        searched = PageState(
            document_at(read.merged(own.answers), of.trail), read.evaluation, read.unsaved, read.errors
        )
        if FRAGMENT in request.form:
            return found_html(interview, of, key, searched)
        return _show(own, of, form, searched, spoken, said)
    merged = read.merged(own.answers)
    if not form.validate() or not read.is_complete:
        state = PageState(document_at(merged, of.trail), read.evaluation, read.unsaved, read.errors)
        return _show(own, of, form, state, spoken, said), 422
    correction = Correction(
        revision=int(form.revision.data or 0),
        reason=form.reason.data or "",
        language=interview.language,
        answers=final_answers(interview.questionnaire, merged, **how),
        original_language=_replaced(own.content.original_language, read, spoken),
        translations=_replaced(own.content.translations, read, said),
    )
    done = correct_response(http.database(), own.id, correction, by=actor().id, now=http.now())
    flash(_words_for(done))
    return redirect(url_for(".entry", survey=interview.survey.slug, response=own.id))


def _replaced(before: Mapping[str, Any], read: ReadPage, now: Mapping[str, Any]) -> dict[str, Any]:
    asked = {address(read.trail, key) for key in read.asked}
    kept = {written: value for written, value in before.items() if written not in asked}
    return kept | {address(read.trail, key): value for key, value in now.items()}


def _words_for(done: Correcting) -> str:
    words: dict[Correcting, str] = {
        Correcting.CORRECTED: gettext("The correction is stored. The earlier state is kept."),
        Correcting.UNCHANGED: gettext("Nothing was different, so nothing was changed."),
        Correcting.STALE: gettext("Somebody corrected this entry in the meantime. Look at it again first."),
        Correcting.LOCKED: gettext("This entry is locked. Ask your coordinator if it must change."),
        Correcting.MISSING: gettext("This entry is no longer there."),
    }
    return words[done]


def _own_entry(slug: str, response: str) -> OwnEntry:
    """404 for what is not a submitted entry of this collector in this survey."""
    with http.database().read() as reading:
        survey = survey_by_slug(reading, slug) or abort(404)
        content = read_entry(reading, identity(response), actor().id)
        if content is None or content.entry.survey_id != survey.id:
            abort(404)
        version = published(reading, content.entry.version_id)
    about = content.entry
    draft = Draft(
        start=Start(about.id, about.survey_id, about.version_id, about.started_on),
        state=ResponseState.SUBMITTED,
        language=about.language,
        goes_on_at=None,
        collected_on=about.collected_on,
        answers=content.answers,
        unsaved={},
        original_language=content.original_language,
        translations=content.translations,
    )
    second = second_language(version.questionnaire, about.language)
    return OwnEntry(Interview(survey, version, draft, second), content)


def _show(
    own: OwnEntry,
    of: Spot,
    form: ReasonForm,
    state: PageState,
    spoken: Mapping[str, Any],
    said: Mapping[str, Any],
) -> str:
    questions, problems = questions_html(own.interview, of, state, spoken, said)
    return render_template(
        "collecting/correct.html",
        interview=own.interview,
        entry=own.content.entry,
        has_files=bool(file_questions(of.page)),
        title=spot_title(own.interview.questionnaire, state.evaluation, of),
        form=form,
        questions=questions,
        problems=problems,
    )
