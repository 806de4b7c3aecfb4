"""What staff do to a survey before and while it runs. Questionnaires are checked elsewhere; this stores."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Membership, Person, Role
from consult.authoring.advice import OpenRemarks, open_remarks
from consult.authoring.noted import Counts, counts_of
from consult.i18n import LocalText, language_name
from consult.questionnaires.document import digest, from_document, to_document
from consult.questionnaires.findings import Finding
from consult.questionnaires.routing import Page, pages
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import missing, texts
from consult.questionnaires.without_files import takes_files
from consult.questionnaires.xlsform.beside import missing_files
from consult.responses.models import Response, ResponseState
from consult.surveys.files import Kept, loaded
from consult.surveys.models import STATE_NAMES, Assignment, Session, Survey, SurveyState
from consult.surveys.service import survey_by_slug, surveys_of
from consult.surveys.xforms import has_xform

OFFERED = (
    *("en", "fr", "am", "ar", "bn", "ckb", "es", "fa", "fil", "gu", "hi", "ht", "ko", "ku", "my", "ne", "pa"),
    *("pl", "prs", "ps", "pt", "ro", "ru", "rw", "so", "sq", "sr", "sw", "ta", "ti", "tr", "uk", "ur", "vi"),
    *("yue", "zh-Hans", "zh-Hant"),
)
"""Languages whose names are suggested; any other can be typed."""


@dataclass(frozen=True, slots=True)
class LanguageProgress:
    """How far a questionnaire is translated into one language."""

    code: str
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One line of the list of surveys."""

    survey: Survey
    title: LocalText
    state: str
    submitted: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What staff see of one survey at a glance."""

    survey: Survey
    questionnaire: Questionnaire | None
    pages: tuple[Page, ...]
    progress: list[LanguageProgress]
    missing_files: Sequence[Finding]
    remarks: OpenRemarks
    notes: Counts
    submitted: int
    drafts: int
    has_unpublished_changes: bool
    has_xform: bool

    @property
    def asks_for_files(self) -> bool:
        """Whether it is a question at all if files are taken online."""
        return self.questionnaire is not None and takes_files(self.questionnaire)


def survey_rows(
    session: DatabaseSession, organisation_ids: Sequence[uuid.UUID], language: str
) -> list[SurveyRow]:
    """The surveys of these organisations with their counts, open ones first, then by title."""
    found = surveys_of(session, list(organisation_ids))
    counts = response_counts(session, [survey.id for survey in found])
    rows = [
        SurveyRow(
            survey,
            survey.title.pick(language),
            str(STATE_NAMES[survey.state]),
            counts.get(survey.id, {}).get(ResponseState.SUBMITTED, 0),
            counts.get(survey.id, {}).get(ResponseState.DRAFT, 0),
        )
        for survey in found
    ]
    return sorted(rows, key=lambda row: (row.survey.state is not SurveyState.OPEN, row.title.casefold()))


def draft_of(survey: Survey) -> Questionnaire | None:
    """The questionnaire being worked on: the draft, else what is published."""
    if survey.draft is not None:
        return from_document(survey.draft)
    return from_document(survey.current_version.specification) if survey.current_version else None


def draft_to_ask(session: DatabaseSession, survey: Survey) -> Questionnaire | None:
    """As :func:`draft_of`, with what lies beside it: for showing, not for keeping."""
    published = survey.current_version.specification if survey.current_version else None
    document = survey.draft or published
    return loaded(session, document) if document is not None else None


def draft_files(session: DatabaseSession, slug: str) -> Mapping[str, bytes]:
    """The files beside the questionnaire being worked on, by name; read when somebody looks at them."""
    survey = survey_by_slug(session, slug)
    if survey is None:
        return {}
    published = survey.current_version.specification if survey.current_version else None
    return Kept(session, survey.draft or published)


def save_draft(session: DatabaseSession, survey: Survey, questionnaire: Questionnaire) -> None:
    """Keep a changed questionnaire as the draft; what is published stays as it is."""
    survey.draft = to_document(questionnaire)
    survey.title = questionnaire.title
    session.flush()


def survey_overview(session: DatabaseSession, survey: Survey) -> Overview:
    """Gather what the survey's page shows."""
    questionnaire = draft_of(survey)
    counts = response_counts(session, [survey.id]).get(survey.id, {})
    current = survey.current_version
    return Overview(
        survey=survey,
        questionnaire=questionnaire,
        pages=pages(questionnaire) if questionnaire else (),
        progress=language_progress(questionnaire) if questionnaire else [],
        missing_files=missing_files(questionnaire) if questionnaire else [],
        remarks=open_remarks(session, survey, questionnaire) if questionnaire else OpenRemarks(0, ()),
        notes=counts_of(survey.notes),
        submitted=counts.get(ResponseState.SUBMITTED, 0),
        drafts=counts.get(ResponseState.DRAFT, 0),
        has_unpublished_changes=survey.draft is not None
        and (current is None or current.digest != digest(survey.draft)),
        has_xform=has_xform(session, survey.current_version_id),
    )


def response_counts(
    session: DatabaseSession, survey_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, dict[ResponseState, int]]:
    """Responses per survey and state."""
    rows = session.execute(
        sa.select(Response.survey_id, Response.state, sa.func.count())
        .where(Response.survey_id.in_(survey_ids))
        .group_by(Response.survey_id, Response.state)
    )
    found: dict[uuid.UUID, dict[ResponseState, int]] = {}
    for survey_id, state, count in rows:
        found.setdefault(survey_id, {})[state] = count
    return found


def language_progress(questionnaire: Questionnaire) -> list[LanguageProgress]:
    """For each language of the questionnaire, how many of its texts exist."""
    total = sum(1 for _ in texts(questionnaire))
    return [
        LanguageProgress(code, total - len(missing(questionnaire, code)), total)
        for code in questionnaire.languages
    ]


def languages_to_add(questionnaire: Questionnaire, within: str) -> list[str]:
    """Names of languages that a questionnaire could be translated into, in the language of the office."""
    spoken = {code.split("-")[0] for code in questionnaire.languages} | set(questionnaire.languages)
    return sorted(language_name(code, within) for code in OFFERED if code not in spoken)


def is_unwritten(questionnaire: Questionnaire, code: str) -> bool:
    """Whether a language can be taken away and nothing is lost with it: the first one never."""
    if code not in questionnaire.languages or code == questionnaire.default_language:
        return False
    return not any(code in text.texts for text in texts(questionnaire))


def add_session(session: DatabaseSession, survey: Survey, values: Mapping[str, object]) -> Session:
    """Record a community consultation that answers can be tied to."""
    made = Session(survey_id=survey.id, **values)
    session.add(made)
    session.flush()
    return made


def sessions_of(session: DatabaseSession, survey: Survey) -> list[Session]:
    """The sessions of a survey, latest first."""
    return list(
        session.scalars(
            sa.select(Session)
            .where(Session.survey_id == survey.id)
            .order_by(Session.held_on.desc(), Session.place)
        )
    )


def collectors_of(session: DatabaseSession, survey: Survey) -> list[tuple[Person, Assignment | None]]:
    """Every collector of the survey's organisation with their assignment to it, by name."""
    people = session.scalars(
        sa.select(Person)
        .join(Membership)
        .where(Membership.organisation_id == survey.organisation_id, Membership.role == Role.COLLECTOR)
        .order_by(Person.name, Person.email)
    )
    assigned = {
        assignment.person_id: assignment
        for assignment in session.scalars(sa.select(Assignment).where(Assignment.survey_id == survey.id))
    }
    return [(person, assigned.get(person.id)) for person in people]


def assign_collectors(
    session: DatabaseSession, survey: Survey, targets: Mapping[uuid.UUID, int | None]
) -> None:
    """Set who collects for a survey (person → target or ``None``); nobody means every collector may."""
    session.execute(sa.delete(Assignment).where(Assignment.survey_id == survey.id))
    session.add_all(
        Assignment(survey_id=survey.id, person_id=person, target=target) for person, target in targets.items()
    )
    session.flush()
