"""Every page of the office that can be opened, for whom it is there, and the few routes that show none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts.credentials import person_by_email
from consult.accounts.invitations import invite_person
from consult.accounts.models import Role
from consult.accounts.resets import offer_reset
from consult.accounts.service import organisation_by_slug
from consult.db import Database
from consult.responses.models import Response, ResponseState
from consult.surveys.service import survey_by_slug
from tests.browser.published import publish
from tests.factories import make_job
from tests.live import Live

ADMIN = "joan@ashbrook.example"
STAFF = "priya@ashbrook.example"
ANALYST = "marc@ashbrook.example"
TRANSLATOR = "hana@ashbrook.example"
COLLECTOR = "amal@ashbrook.example"
NOBODY = ""
"""Without having signed in."""

Places = Mapping[str, Mapping[str, str]]
"""Whose → endpoint → path below ``/office/<lang>``."""

_SURVEY = "/surveys/immigrant-survey"
_RESULTS = "/reports/immigrant-survey"
_COLLECT = "/collect/immigrant-survey"
_PEOPLE = "/organisations/ashbrook/people"

NO_PAGE = {
    "answering.saved": "shown right after saving only",
    "authoring.download": "a file",
    "authoring.xform": "a file",
    "collecting.go_on": "leads on",
    "healthz": "one word",
    "medium": "a file",
    "readyz": "one word",
    "reports.archive": "a file",
    "publishing.file": "a file",
    "reports.definition_file": "a file",
    "reports.download": "a file",
    "reports.edition_draft_file": "a file",
    "reports.job_file": "a file",
    "reports.own_entries": "a file",
    "reports.profile_template": "a file",
    "reports.pulse": "for scripts",
    "reports.sent_file": "a file",
    "start": "leads on",
    "static": "a file",
}


def places(live: Live) -> Places:
    """What the office has for each of these people in the example."""
    database = Database(live.settings.database_url)
    with database.write() as session:
        token, reset = _links(session, live)
        hana, draft, entry = _names(session)
        job = _job(session)
        quoted = _with_an_open_answer(session)
        survey, priya = survey_by_slug(session, "immigrant-survey"), person_by_email(session, STAFF)
    assert survey is not None
    assert priya is not None
    made, saved = publish(database, live, survey, priya)
    database.dispose()
    return {
        NOBODY: {
            "accounts.login": "/login",
            "accounts.forgotten": "/forgotten",
            "accounts.invitation": f"/invitation/{token}",
            "accounts.reset": f"/reset/{reset}",
        },
        ADMIN: {
            "accounts.account": "/account",
            "accounts.confirm": "/confirm",
            "accounts.logout": "/logout",
            "accounts.password": "/account/password",
            "accounts.second_factor": "/account/second-factor",
            "organisations.work": "/",
            "organisations.organisations": "/organisations/",
            "organisations.settings": "/organisations/ashbrook/settings",
            "organisations.people": f"{_PEOPLE}/",
            "organisations.invite": f"{_PEOPLE}/invite",
            "organisations.person": f"{_PEOPLE}/{hana}",
        },
        STAFF: {
            "organisations.work": "/",
            "authoring.survey_list": "/surveys/",
            "authoring.new": "/surveys/new",
            "authoring.survey": f"{_SURVEY}/",
            "authoring.upload": f"{_SURVEY}/form",
            "authoring.preview": f"{_SURVEY}/preview/ar/home",
            "authoring.preview_frame": f"{_SURVEY}/preview/ar/frame/home",
            "authoring.advice": f"{_SURVEY}/advice",
            "authoring.notes": f"{_SURVEY}/notes",
            "authoring.versions": f"{_SURVEY}/versions",
            "authoring.flow": f"{_SURVEY}/flow",
            "authoring.notice": f"{_SURVEY}/notice/ar",
            "authoring.sessions": f"{_SURVEY}/sessions",
            "authoring.collectors": f"{_SURVEY}/collectors",
            "authoring.poster": f"{_SURVEY}/poster/ar",
            "reports.profile": f"{_RESULTS}/profile",
            "reports.downloads": f"{_RESULTS}/downloads/",
            "reports.my_downloads": "/downloads/",
            "reports.job": f"{_RESULTS}/jobs/{job}/",
            "reports.quotes": f"{_RESULTS}/quotes/",
            "reports.quote_list": f"{_RESULTS}/quotes/one_change/",
            "reports.quote": f"{_RESULTS}/quotes/one_change/{quoted}/0",
            "reports.targets": f"{_RESULTS}/targets",
            "reports.editions": f"{_RESULTS}/editions/",
            "reports.new_edition": f"{_RESULTS}/editions/new",
            "reports.edition_draft": f"{_RESULTS}/editions/draft/{made}/",
            "reports.edition": f"{_RESULTS}/editions/1/",
            "reports.definitions": f"{_RESULTS}/my-reports/",
            "reports.new_definition": f"{_RESULTS}/my-reports/new",
            "reports.definition": f"{_RESULTS}/my-reports/{saved}/",
            "reports.remove_definition_page": f"{_RESULTS}/my-reports/{saved}/remove",
        },
        ANALYST: {
            "organisations.work": "/",
            "reports.survey_list": "/reports/",
            "reports.results": f"{_RESULTS}/?by=_language&answered=gender:woman",
            "reports.progress": f"{_RESULTS}/progress",
            "reports.compare": f"{_RESULTS}/compare?by=gender&first=woman&marks=y",
            "reports.sent_files": f"{_RESULTS}/files/",
            "reports.missing": f"{_RESULTS}/who-is-missing",
            "reports.weighted": f"{_RESULTS}/weighted",
            "reports.trends": f"{_RESULTS}/trends?per=month",
            "reports.printed": f"{_RESULTS}/print?words=both",
        },
        TRANSLATOR: {"authoring.translation": f"{_SURVEY}/translate/ar"},
        COLLECTOR: {
            "organisations.work": "/",
            "collecting.work": "/collect/",
            "collecting.survey": f"{_COLLECT}/",
            "collecting.new": f"{_COLLECT}/new",
            "collecting.page": f"{_COLLECT}/{draft}/page/looking_ahead",
            "collecting.review": f"{_COLLECT}/{draft}/review",
            "collecting.entry": f"{_COLLECT}/{entry}/",
            "collecting.correct": f"{_COLLECT}/{entry}/correct/home",
        },
    }


def _links(session: Session, live: Live) -> tuple[str, str]:
    organisation = organisation_by_slug(session, "ashbrook")
    lucia = person_by_email(session, "lucia@ashbrook.example")
    assert organisation is not None
    assert lucia is not None
    key, now = live.settings.secret_key, dt.datetime.now(dt.UTC)
    email, roles = "new@ashbrook.example", [Role.STAFF]
    token = invite_person(session, key, organisation, email, roles=roles, language="en", by=None, now=now)
    return token, offer_reset(session, key, lucia.id, now)


def _names(session: Session) -> tuple[str, str, str]:
    hana, amal = person_by_email(session, TRANSLATOR), person_by_email(session, COLLECTOR)
    assert hana is not None
    assert amal is not None
    own = sa.select(Response.id).where(Response.collector_id == amal.id)
    draft = session.scalars(own.where(Response.state == ResponseState.DRAFT)).first()
    entry = session.scalars(own.where(Response.state == ResponseState.SUBMITTED)).first()
    return str(hana.id), str(draft), str(entry)


def _job(session: Session) -> str:
    """A file that waits, on the list of staff."""
    priya = person_by_email(session, STAFF)
    assert priya is not None
    return str(make_job(session, survey=survey_by_slug(session, "immigrant-survey"), person=priya).id)


def _with_an_open_answer(session: Session) -> str:
    submitted = sa.select(Response.id).where(Response.state == ResponseState.SUBMITTED)
    answered = submitted.where(Response.answers["one_change"].as_string().is_not(None))
    return str(session.scalars(answered).first())
