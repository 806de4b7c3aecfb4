"""Office pages: the draft as respondents will see it, on a phone and on a desk, with its logic alive.

``preview`` shows the page in frames of two widths; ``preview_frame`` is what stands in them, drawn with the
style sheet of the public pages. A frame of this site may show it, and nothing else of the office.
"""

from __future__ import annotations

from flask import Response, abort, g, make_response, render_template, request, url_for
from flask_babel import force_locale

from consult.accounts.models import Organisation
from consult.authoring import service
from consult.authoring.frames import Frame, interface_of
from consult.authoring.rehearsal import REVIEW, START, Rehearsal, first_place, unsigned
from consult.authoring.routes import blueprint, named_survey
from consult.authoring.wording import short
from consult.http import CONTENT_SECURITY_POLICY, database, now, settings
from consult.i18n import LocalText, babel_code, gettext
from consult.questionnaires.conditions import Conditions
from consult.questionnaires.flow import flow_of
from consult.questionnaires.phrases import Phrase, filled
from consult.questionnaires.routing import Page, pages
from consult.questionnaires.specification import Questionnaire
from consult.surveys.service import survey_by_slug

WIDTHS = ("both", "phone", "desk")


@blueprint.get("/surveys/<survey>/preview/<code>/<page>")
def preview(survey: str, code: str, page: str) -> Response:
    """One page of the draft in frames as wide as a phone and as a screen."""
    of = named_survey(survey)
    questionnaire = service.draft_of(of) or abort(404)
    every = pages(questionnaire)
    shown = next((one for one in every if one.key == page), None)
    if code not in questionnaire.languages or (shown is None and page not in (START, REVIEW)):
        abort(404)
    width = request.args.get("width", "both")
    place = first_place(shown) if shown else page
    made = make_response(
        render_template(
            "authoring/preview.html",
            survey=of,
            questionnaire=questionnaire,
            code=code,
            page=page,
            shown=shown,
            pages=[(each.index + 1, each.key, _title(questionnaire, each)) for each in every],
            before=every[shown.index - 1].key if shown and shown.index else START,
            after=_after(every, shown, page),
            width=width if width in WIDTHS else "both",
            conditions=_conditions(questionnaire, shown) if shown else None,
            address=url_for(".preview_frame", survey=survey, code=code, place=place),
        )
    )
    made.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return made


@blueprint.route("/surveys/<survey>/preview/<code>/frame/<path:place>", methods=["GET", "POST"])
def preview_frame(survey: str, code: str, place: str) -> Response:
    """A page as its respondents see it. What is sent is read, and leads on; nothing of it is stored."""
    with database().read() as unit:  # also for what is sent: nobody waits for a rehearsal
        of = survey_by_slug(unit, survey) or abort(404)
        questionnaire = service.draft_to_ask(unit, of) or abort(404)
        owner = unit.get_one(Organisation, of.organisation_id).name
    if code not in questionnaire.languages:
        abort(404)
    answers = unsigned(request.form.get("rehearsed", ""), settings().secret_key)
    spoken = request.form.get("language", code)
    spoken = spoken if spoken in questionnaire.languages else code
    with force_locale(babel_code(interface_of(spoken))):
        frame = Frame(survey, owner, Rehearsal(questionnaire, spoken, answers, now()))
        made = frame.answered(place) if request.method == "POST" else frame.at(place)
    made.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    made.headers["X-Frame-Options"] = "SAMEORIGIN"
    return made


def _title(questionnaire: Questionnaire, page: Page) -> LocalText:
    title = page.title or (page.questions[0].label if page.questions else page.title)
    return short(title, g.lang, questionnaire.default_language, page.key)


def _after(every: tuple[Page, ...], shown: Page | None, page: str) -> str | None:
    if page == START:
        return every[0].key if every else REVIEW
    if shown is None:
        return None
    return every[shown.index + 1].key if shown.index + 1 < len(every) else REVIEW


def _conditions(questionnaire: Questionnaire, page: Page) -> Phrase | None:
    """Under which conditions the page is asked, in words; None where it always is."""
    holding = list(flow_of(questionnaire).conditions(page))
    words = Conditions(questionnaire.questions, g.lang, questionnaire.default_language)
    if not holding:
        return None
    return filled(gettext("People see this page only if %(condition)s"), {"condition": words.all_of(holding)})
