"""Open answers, one by one: looked at, proposed for quoting, cleared, withdrawn.

What somebody wrote is never in an address: an answer is named by its question, response and entry.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_datetime
from werkzeug.wrappers import Response

from consult.accounts.access import actor
from consult.accounts.models import Person, Role
from consult.http import now, session, settings
from consult.i18n import Localized, LocalText, gettext, language_name
from consult.reports.cleared import Decision, Stale, decide, history_of, is_changed
from consult.reports.cleared_forms import ClearForm, QuoteForm, filled, with_promise
from consult.reports.cleared_models import QuoteDecision, QuoteState
from consult.reports.cleared_pages import ALL, SHOWN, counted, shown_page, translated
from consult.reports.queries import source_of
from consult.reports.repeats import place_said, repeat_of
from consult.reports.routes import blueprint, named_survey
from consult.reports.spoken import OpenQuestion, Spoken, open_questions, spoken_of
from consult.reports.wording import Wording
from consult.surveys.models import Survey

_ADDRESS = "/reports/<survey>/quotes/<question>/<uuid:response>/<entry>"
_LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Named:
    """The answer that an address names, and what was decided of it, the newest first."""

    survey: Survey
    question: OpenQuestion
    spoken: Spoken
    history: tuple[QuoteDecision, ...]

    @property
    def held(self) -> QuoteDecision | None:
        return self.history[0] if self.history else None

    @property
    def is_changed(self) -> bool:
        return self.held is not None and is_changed(self.held, self.spoken.text)

    @property
    def is_cleared(self) -> bool:
        held = self.held
        return held is not None and held.state is QuoteState.CLEARED and not self.is_changed


@blueprint.get("/reports/<survey>/quotes/")
def quotes(survey: str) -> str:
    """The questions that people answered in their own words."""
    of = named_survey(survey)
    rows = counted(session(), of, _questions(of))
    return render_template("reports/quotes.html", survey=of, rows=rows)


@blueprint.get("/reports/<survey>/quotes/<question>/")
def quote_list(survey: str, question: str) -> str:
    """What was answered to one question, page by page."""
    of = named_survey(survey)
    asked = _question(of, question)
    show = request.args.get("show", ALL)
    page = request.args.get("page", 1, type=int)
    if show not in SHOWN or not 1 <= page <= _LAST_PAGE:
        abort(404)
    found = shown_page(session(), of, asked, show, page)
    return render_template(
        "reports/quote_list.html",
        survey=of,
        questions=_questions(of),
        question=asked,
        show=show,
        page=page,
        found=found,
        entry_of=lambda spoken: _entry(asked, spoken),
        spoken_name=_spoken_name,
    )


@blueprint.get(_ADDRESS)
def quote(survey: str, question: str, response: uuid.UUID, entry: str) -> str:
    """One answer, with the wording to be used."""
    named = _named(survey, question, response, entry)
    held = named.held
    texts = held.texts if held else {**named.spoken.translations, named.spoken.language: named.spoken.text}
    kind = ClearForm if _may_clear(named.survey) else QuoteForm
    number = held.number if held else 0
    return _page(named, filled(kind, texts, named.spoken.language, number))


@blueprint.post(f"{_ADDRESS}/propose")
def propose_quote(survey: str, question: str, response: uuid.UUID, entry: str) -> Response | tuple[str, int]:
    """Say that it could be quoted, in these words."""
    named, form = _named(survey, question, response, entry), QuoteForm(request.form)
    if named.is_cleared:
        flash(gettext("It is cleared already. Staff can change its wording."))
        return _back(named)
    if not form.validate():
        return _page(named, form), 422
    return _decided(named, form, QuoteState.PROPOSED, gettext("It is proposed. Staff decide about it."))


@blueprint.post(f"{_ADDRESS}/clear")
def clear_quote(survey: str, question: str, response: uuid.UUID, entry: str) -> Response | tuple[str, int]:
    """It may be quoted in these words."""
    named, form = _named(survey, question, response, entry), ClearForm(request.form)
    if not form.validate():
        return _page(named, form), 422
    return _decided(named, form, QuoteState.CLEARED, gettext("It may be quoted, and stands in the summary."))


@blueprint.post(f"{_ADDRESS}/withdraw")
def withdraw_quote(survey: str, question: str, response: uuid.UUID, entry: str) -> Response | tuple[str, int]:
    """It may not be quoted any more, or is not going to be."""
    named = _named(survey, question, response, entry)
    if named.held is None or named.held.state is QuoteState.WITHDRAWN:
        return _back(named)
    number = request.form.get("number", 0, type=int)
    form = filled(QuoteForm, named.held.texts, named.spoken.language, number)
    return _decided(named, form, QuoteState.WITHDRAWN, gettext("It is withdrawn, and in no new summary."))


def _decided(named: Named, form: QuoteForm, state: QuoteState, said: str) -> Response | tuple[str, int]:
    texts = form.texts(named.spoken.language)
    if state is QuoteState.WITHDRAWN and named.held is not None:
        texts = named.held.texts
    decision = Decision(state, texts, form.number.data or 0)
    try:
        decide(
            session(), named.survey.id, named.question.key, named.spoken, decision, by=actor().id, now=now()
        )
    except Stale:
        form.form_errors.append(
            gettext("Somebody decided about this answer meanwhile. See below what, and decide again.")
        )
        form.number.data = named.held.number if named.held else 0
        form.number.raw_data = None
        return _page(named, form), 409
    flash(said)
    return _back(named)


def _back(named: Named) -> Response:
    return redirect(url_for("reports.quote_list", survey=named.survey.slug, question=named.question.key), 303)


def _page(named: Named, form: QuoteForm) -> str:
    names = {each.decided_by_id for each in named.history}
    people = session().query(Person).where(Person.id.in_(names))
    may_clear = _may_clear(named.survey)
    return render_template(
        "reports/quote.html",
        survey=named.survey,
        question=named.question,
        named=named,
        text=LocalText(named.spoken.text, named.spoken.language),
        translations=translated(named.spoken),
        entry=_entry(named.question, named.spoken),
        form=with_promise(form) if may_clear else form,
        may_clear=may_clear,
        may_propose=actor().has_role(named.survey.organisation_id, Role.ANALYST, Role.STAFF),
        history=[(each, _when(each), _wordings(each.texts)) for each in named.history],
        spoken_name=_spoken_name,
        people={person.id: person.name or person.email for person in people},
    )


def _spoken_name(code: str) -> str:
    return language_name(code, g.lang)


def _wordings(texts: Localized) -> list[LocalText]:
    return [LocalText(text, code) for code, text in texts.items()]


def _when(decision: QuoteDecision) -> str:
    at: str = format_datetime(decision.decided_at.astimezone(settings().time_zone), "medium", rebase=False)
    return at


def _entry(question: OpenQuestion, spoken: Spoken) -> str:
    repeat = repeat_of(question.asked)
    if repeat is None:
        return ""
    return place_said(Wording((g.lang,)), repeat, spoken.numbers).line


def _named(slug: str, key: str, response: uuid.UUID, entry: str) -> Named:
    of = named_survey(slug)
    question = _question(of, key)
    answers = spoken_of(session(), of, question, response)
    spoken = next((each for each in answers if each.entry == entry), None) or abort(404)
    return Named(of, question, spoken, tuple(history_of(session(), (spoken.response_id, spoken.place))))


def _question(of: Survey, key: str) -> OpenQuestion:
    return next((each for each in _questions(of) if each.key == key), None) or abort(404)


def _questions(of: Survey) -> tuple[OpenQuestion, ...]:
    source = source_of(session(), of, secret_key=settings().secret_key, made_on=now().date())
    return open_questions(source.asked, Wording((g.lang,), source.fallback))


def _may_clear(of: Survey) -> bool:
    return actor().has_role(of.organisation_id, Role.STAFF)
