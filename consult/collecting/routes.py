"""Office pages of data collectors: my work, own entries of a survey, a new interview."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_date
from werkzeug.wrappers import Response as Redirect

from consult.accounts import work as work_of_rooms
from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.collecting import service
from consult.collecting.cards import cards
from consult.collecting.forms import CHANNELS, NewInterviewForm, options
from consult.collecting.uploading import allow_files
from consult.http import database, now, session
from consult.i18n import OFFICIAL_LANGUAGES, gettext, language
from consult.questionnaires.routing import pages
from consult.responses.models import Channel, ConsentManner
from consult.responses.records import Consent, Origin, Saving, Start
from consult.responses.service import start_response
from consult.surveys.models import Session, Survey
from consult.surveys.service import Published, survey_by_slug

blueprint = Blueprint("collecting", __name__, template_folder="templates")
blueprint.url_value_preprocessor(allow_files)
work_of_rooms.offer(blueprint, cards)

Page = str | Redirect | tuple[str, int]


@blueprint.get("/collect/")
def work() -> str:
    """The surveys this collector may collect for, how many are done, what is unfinished."""
    mine = actor().organisations_as(Role.COLLECTOR)
    return render_template(
        "collecting/work.html", tasks=service.tasks(session(), actor().person, mine, g.lang)
    )


@blueprint.get("/collect/<survey>/")
def survey(survey: str) -> str:
    """Own entries of one survey; ``?page=2``: older ones."""
    of = named_survey(survey)
    page = request.args.get("page", 1, int)
    return render_template(
        "collecting/survey.html",
        work=service.work_on(session(), of, actor().person, g.lang, page) or abort(404),
        survey=of,
        may_collect=service.may_collect(session(), of, actor().person),
        channels={Channel(code): label for code, label in CHANNELS},
        day=format_date,
    )


@blueprint.route("/collect/<survey>/new", methods=["GET", "POST"])
def new(survey: str) -> Page:
    """Language, channel, session, consent; then the first page."""
    with database().read() as reading:
        # A snapshot of its own: starting a response waits for its own turn to write.
        of = survey_by_slug(reading, survey) or abort(404)
        if not service.may_collect(reading, of, actor().person):
            return render_template("collecting/not_open.html", survey=of), 409
        version = service.current_version(reading, of)
        form = _form(version, service.sessions_of(reading, of))
    if request.method == "POST" and form.validate():
        return _start(of, version, form)
    page = render_template("collecting/new.html", survey=of, form=form, notices=_notices(version))
    return (page, 422) if request.method == "POST" else page


def named_survey(slug: str) -> Survey:
    """The survey of the address; access control has decided before that this person may see it."""
    return survey_by_slug(session(), slug) or abort(404)


def _form(version: Published, sessions: list[Session]) -> NewInterviewForm:
    form = NewInterviewForm(request.form)
    form.language.choices = options(
        (code, language(code).own_name) for code in version.questionnaire.languages
    )
    form.session.choices = options(
        [
            ("", gettext("No session")),
            *((str(one.id), f"{format_date(one.held_on)}, {one.place}") for one in sessions),
        ]
    )
    if request.method == "GET":
        form.response.data = str(uuid.uuid4())
        form.language.data = request.args.get("language")
    return form


def _start(of: Survey, version: Published, form: NewInterviewForm) -> Redirect:
    start = Start(
        response_id=uuid.UUID(form.response.data),
        survey_id=of.id,
        version_id=version.version_id,
        started_on=now().date(),
        consent=Consent(version.notice_digest, form.language.data, now().date(), ConsentManner.HEARD),
        origin=Origin(
            channel=Channel(form.channel.data),
            collector_id=actor().id,
            session_id=uuid.UUID(form.session.data) if form.session.data else None,
            form_number=form.form_number.data or None,
        ),
    )
    if start_response(database(), start, form.language.data) is Saving.OTHER:
        abort(404)
    first = pages(version.questionnaire)[0]  # the list, where a form begins with a repeat
    return redirect(url_for(".page", survey=of.slug, response=start.response_id, page=first.key))


def _notices(version: Published) -> list[dict[str, object]]:
    """The notice in every language of the survey, to be read aloud."""
    notice = version.questionnaire.notice
    parts = ("introduction", "authority", "purpose", "contact")
    return [
        {
            "language": language(code),
            "texts": [
                text for part in parts if (text := getattr(notice, part).pick(code, *OFFICIAL_LANGUAGES))
            ],
        }
        for code in version.questionnaire.languages
    ]


def flash_lost() -> None:
    """The same words whenever an interview is no longer there to be changed."""
    flash(gettext("This interview is not open any more. Look for it in your list."))
