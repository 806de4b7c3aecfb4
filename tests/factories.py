"""One minimal valid row per model. Every factory adds to the session, flushes, and gives the row.

Whatever a test does not name is filled in; what a row cannot live without (a survey its organisation)
is made on the way. ``changes`` are columns.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import uuid
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Invitation, Membership, Organisation, OrganisationKind, Person, Role
from consult.db import Base
from consult.i18n import Localized
from consult.reports.cleared_models import QuoteDecision, QuoteState
from consult.reports.files import Order
from consult.reports.jobs_models import Job, JobPerson
from consult.reports.order_documents import document_of
from consult.responses.models import (
    Channel,
    Response,
    ResponseFile,
    ResponseState,
    ResumeCode,
    Revision,
)
from consult.surveys.editions import Edition
from consult.surveys.models import Assignment, GroupTarget, Session, Survey, SurveyState, Version

Row = TypeVar("Row", bound=Base)

NOW = dt.datetime(2026, 3, 5, 15, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
_NUMBERS = itertools.count(1)


def make_organisation(session: DatabaseSession, **changes: Any) -> Organisation:
    number = next(_NUMBERS)
    return _add(
        session,
        Organisation,
        changes,
        slug=f"lip-{number}",
        kind=OrganisationKind.LIP,
        name=Localized({"en": f"Partnership {number}", "fr": f"Partenariat {number}"}),
    )


def make_person(session: DatabaseSession, **changes: Any) -> Person:
    number = next(_NUMBERS)
    return _add(
        session, Person, changes, email=f"person-{number}@example.org", fs_uniquifier=uuid.uuid4().hex
    )


def make_membership(session: DatabaseSession, **changes: Any) -> Membership:
    changes.setdefault("person_id", _id(changes, "person") or make_person(session).id)
    changes.setdefault("organisation_id", _id(changes, "organisation") or make_organisation(session).id)
    return _add(session, Membership, changes, role=Role.COLLECTOR)


def make_invitation(session: DatabaseSession, **changes: Any) -> Invitation:
    changes.setdefault("organisation_id", _id(changes, "organisation") or make_organisation(session).id)
    return _add(
        session,
        Invitation,
        changes,
        token_hash=uuid.uuid4().hex,
        email=f"invited-{next(_NUMBERS)}@example.org",
        roles=["collector"],
        expires_at=NOW + dt.timedelta(days=7),
    )


def make_survey(session: DatabaseSession, **changes: Any) -> Survey:
    """A survey without a version, not open."""
    changes.setdefault("organisation_id", _id(changes, "organisation") or make_organisation(session).id)
    number = next(_NUMBERS)
    return _add(
        session,
        Survey,
        changes,
        slug=f"survey-{number}",
        title=Localized({"en": f"Survey {number}", "fr": f"Sondage {number}"}),
    )


def make_version(session: DatabaseSession, **changes: Any) -> Version:
    """A published version of ``survey`` with ``specification`` (each a minimal one unless named)."""
    survey_id = changes.setdefault("survey_id", _id(changes, "survey") or make_survey(session).id)
    document = changes.setdefault("specification", {"key": "minimal", "languages": ["en"], "items": []})
    numbers = sa.select(sa.func.count()).select_from(Version).where(Version.survey_id == survey_id)
    written = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    return _add(
        session,
        Version,
        changes,
        number=session.scalars(numbers).one() + 1,
        digest=hashlib.sha256(written).hexdigest(),
        notice_digest=hashlib.sha256(b"{}").hexdigest(),
        published_at=NOW,
    )


def make_open_survey(session: DatabaseSession, specification: Any = None, **changes: Any) -> Survey:
    """A survey that takes answers; ``specification``: the document of its only version."""
    survey = make_survey(session, **changes)
    with_document = {} if specification is None else {"specification": specification}
    survey.current_version_id = make_version(session, survey=survey, **with_document).id
    survey.state = SurveyState.OPEN
    survey.opened_on = TODAY
    session.flush()
    session.refresh(survey)
    return survey


def make_session(session: DatabaseSession, **changes: Any) -> Session:
    changes.setdefault("survey_id", _id(changes, "survey") or make_open_survey(session).id)
    return _add(session, Session, changes, place="Public library", held_on=TODAY, language="en")


def make_assignment(session: DatabaseSession, **changes: Any) -> Assignment:
    changes.setdefault("survey_id", _id(changes, "survey") or make_open_survey(session).id)
    changes.setdefault("person_id", _id(changes, "person") or make_person(session).id)
    return _add(session, Assignment, changes)


def make_response(session: DatabaseSession, **changes: Any) -> Response:
    """A submitted online response to ``survey``; ``state=ResponseState.DRAFT`` for an unfinished one."""
    if "survey_id" not in changes:
        survey = changes.pop("survey", None) or make_open_survey(session)
        changes |= {"survey_id": survey.id, "version_id": survey.current_version_id}
    state = changes["state"] = ResponseState(changes.get("state", ResponseState.SUBMITTED))
    return _add(
        session,
        Response,
        changes,
        id=uuid.uuid4(),
        channel=Channel.ONLINE,
        language="en",
        started_on=TODAY,
        collected_on=TODAY if state is ResponseState.SUBMITTED else None,
    )


def make_revision(session: DatabaseSession, **changes: Any) -> Revision:
    changes.setdefault("response_id", _id(changes, "response") or make_response(session).id)
    return _add(session, Revision, changes, number=1, content={}, changed_at=NOW, reason="Misheard.")


def make_resume_code(session: DatabaseSession, **changes: Any) -> ResumeCode:
    draft = ResponseState.DRAFT
    changes.setdefault("response_id", _id(changes, "response") or make_response(session, state=draft).id)
    return _add(session, ResumeCode, changes, code_hash=uuid.uuid4().hex, expires_on=TODAY)


def make_response_file(session: DatabaseSession, **changes: Any) -> ResponseFile:
    changes.setdefault("response_id", _id(changes, "response") or make_response(session).id)
    return _add(session, ResponseFile, changes, digest="a" * 64, type="image/jpeg", size=1)


def make_job(session: DatabaseSession, **changes: Any) -> Job:
    """A file that waits to be made; ``person``: whose list it is on."""
    changes.setdefault("survey_id", _id(changes, "survey") or make_open_survey(session).id)
    person_id = _id(changes, "person")
    content = document_of(Order("s", "csv", "en"))
    now = dt.datetime.now(dt.UTC)
    when = {"made_on": TODAY, "ordered_at": now, "heard_at": now, "expires_at": now + dt.timedelta(days=1)}
    job = _add(session, Job, changes, stamp=uuid.uuid4().hex, content=content, **when)
    if person_id is not None:
        _add(session, JobPerson, {}, job_id=job.id, person_id=person_id)
    return job


def make_quote_decision(session: DatabaseSession, **changes: Any) -> QuoteDecision:
    """An open answer that somebody proposed to quote."""
    response = changes.pop("response", None) or make_response(session)
    changes.setdefault("decided_by_id", _id(changes, "person") or make_person(session).id)
    about = {"survey_id": response.survey_id, "response_id": response.id, "question": "word", "place": "word"}
    said = {"language": "en", "texts": Localized({"en": "More buses."}), "digest": "0" * 64}
    decided = {"number": 1, "state": QuoteState.PROPOSED, "decided_at": NOW}
    return _add(session, QuoteDecision, changes, **about, **said, **decided)


def make_group_target(session: DatabaseSession, **changes: Any) -> GroupTarget:
    changes.setdefault("survey_id", _id(changes, "survey") or make_open_survey(session).id)
    return _add(session, GroupTarget, changes, by="_language", code="fr", target=50)


def make_edition(session: DatabaseSession, **changes: Any) -> Edition:
    """Published results without any table."""
    changes.setdefault("survey_id", _id(changes, "survey") or make_open_survey(session).id)
    changes.setdefault("published_by_id", _id(changes, "person") or make_person(session).id)
    when = {"made_on": TODAY, "published_at": NOW}
    choice: dict[str, Any] = {"questions": [], "sensitive": [], "by": []}
    what = {"title": Localized({}), "choice": choice, "document": _NOTHING_PUBLISHED}
    return _add(session, Edition, changes, number=1, threshold=10, **when, **what)


_NOTHING_PUBLISHED = {
    "format": 1,
    "survey": "s",
    "languages": ["en"],
    "fallback": "en",
    "made_on": TODAY.isoformat(),
    "title": {"en": "Newcomers"},
    "edition_title": {},
    "comment": {},
    "organisation": {"en": "Ashbrook"},
    "opened_on": None,
    "closed_on": None,
    "responses": 60,
    "threshold": 10,
    "sensitive_threshold": 10,
    "groups": [],
    "questions": [],
    "notes": {"shown": 0, "hidden": 0, "merged": []},
}


def _id(changes: dict[str, Any], name: str) -> uuid.UUID | None:
    """Takes ``survey=row`` out of the changes, for ``survey_id``."""
    row = changes.pop(name, None)
    return None if row is None else row.id


def _add(session: DatabaseSession, model: type[Row], changes: dict[str, Any], **defaults: Any) -> Row:
    row = model(**{**defaults, **changes})
    session.add(row)
    session.flush()
    return row
