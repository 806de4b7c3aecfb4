"""From the database to what reports are made of. Starts no write."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person
from consult.i18n import Localized
from consult.questionnaires.lint.answering import sensitive_subject
from consult.questions import kind_of
from consult.reports.cleared import cleared_quotes
from consult.reports.columns import Row
from consult.reports.derived import Columns
from consult.reports.guard import gives_few_away
from consult.reports.merging import Asked, merge
from consult.reports.source import Answered, Selection, Source, VersionNote
from consult.responses.counting import conditions_of, count_together
from consult.responses.reading import EVERY, Filters, count_submitted, read_responses
from consult.responses.rows import RESPONSE
from consult.surveys.editions import newest_choice
from consult.surveys.models import Session, Survey
from consult.surveys.service import Published, published

Counting = Callable[
    [DatabaseSession, uuid.UUID, Sequence[Asked], Mapping[uuid.UUID, int], Filters], Columns | None
]
"""Opens the columns of a survey (see derived.py)."""
NO_NAMES: Mapping[uuid.UUID, str] = MappingProxyType({})


def source_of(
    session: DatabaseSession,
    survey: Survey,
    *,
    secret_key: str,
    made_on: dt.date,
    filters: Filters = EVERY,
    counting: Counting | None = None,
) -> Source:
    """Everything a report of ``survey`` needs, on the snapshot of ``session``; rows while that is open.
    ``counting``: with columns to count from, where there are many responses. Raises Preparing."""
    found = (published(session, version.id) for version in survey.versions)
    versions = sorted(found, key=lambda version: version.number)
    asked = merge([(each.number, each.questionnaire) for each in versions])
    numbers = {each.version_id: each.number for each in versions}
    columns = counting(session, survey.id, asked, numbers, filters) if counting else None
    names = collector_names(session, survey) if columns is None else columns.collectors()
    organisation = survey.organisation
    languages = dict.fromkeys(code for each in reversed(versions) for code in each.questionnaire.languages)
    return Source(
        slug=survey.slug,
        title=survey.title,
        organisation=organisation.name,
        languages=tuple(languages) or (organisation.default_language,),
        fallback=organisation.default_language,
        opened_on=survey.opened_on,
        closed_on=survey.closed_on,
        versions=_notes(survey, versions),
        asked=asked,
        rows=_Rows(session, survey, secret_key, filters, versions, names),
        total=count_submitted(session, survey.id) if columns is None else columns.total,
        threshold=organisation.small_group_threshold,
        made_on=made_on,
        selection=selection_of(filters, names, session_names(session, survey, filters), asked),
        gives_away=_gives_away(session, survey, filters, columns),
        cleared=cleared_quotes(session, survey, filters, asked),
        columns=columns,
        sensitive=_sensitive(session, survey, asked),
    )


def _sensitive(session: DatabaseSession, survey: Survey, asked: Sequence[Asked]) -> frozenset[str]:
    """As staff ticked it for the newest edition; of questions that stand in none, what looks sensitive."""
    choice = newest_choice(session, survey.id) or {"questions": (), "sensitive": ()}
    looks = (each.key for each in asked if sensitive_subject(each.question) is not None)
    return frozenset(choice["sensitive"]).union(key for key in looks if key not in choice["questions"])


def _notes(survey: Survey, versions: Sequence[Published]) -> tuple[VersionNote, ...]:
    published_on = {version.id: version.published_at.date() for version in survey.versions}
    return tuple(
        VersionNote(each.number, published_on[each.version_id], each.questionnaire.notice)
        for each in versions
    )


@dataclass(frozen=True)
class _Rows:
    """Reads the responses anew each time it is called."""

    session: DatabaseSession
    survey: Survey
    secret_key: str
    filters: Filters
    versions: Sequence[Published]
    names: Mapping[uuid.UUID, str]

    def __call__(self) -> Iterator[Row]:
        places = _sessions(self.session, self.survey)
        numbers = {version.version_id: version.number for version in self.versions}
        for stored in read_responses(self.session, self.survey.id, self.secret_key, self.filters):
            place = places.get(stored.session_id) if stored.session_id else None
            yield Row(
                id=stored.id,
                version=numbers[stored.version_id],
                language=stored.language,
                channel=stored.channel.value,
                collected_on=stored.collected_on,
                session_on=place.held_on if place else None,
                session_place=place.place if place else None,
                collector=self.names.get(stored.collector_id) if stored.collector_id else None,
                form_number=stored.form_number,
                answers=stored.answers,
                original_language=stored.original_language,
                translations=stored.translations,
            )


def collector_names(session: DatabaseSession, survey: Survey) -> dict[uuid.UUID, str]:
    """Who collected responses of ``survey``, in the order of their names."""
    return people_of(
        session, sa.select(RESPONSE.c.collector_id).where(RESPONSE.c.survey_id == survey.id).distinct()
    )


def people_of(
    session: DatabaseSession, ids: Collection[uuid.UUID] | sa.Select[tuple[uuid.UUID | None]]
) -> dict[uuid.UUID, str]:
    """What they are called, in the order of their names."""
    people = session.execute(sa.select(Person.id, Person.name, Person.email).where(Person.id.in_(ids)))
    names = {person.id: person.name or person.email for person in people}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def sizes_of_sessions(session: DatabaseSession, survey: Survey) -> dict[uuid.UUID, int | None]:
    """How many took part in each session of ``survey``, where that is known."""
    return {key: each.participants for key, each in _sessions(session, survey).items()}


def _sessions(session: DatabaseSession, survey: Survey) -> dict[uuid.UUID, Session]:
    found = session.scalars(sa.select(Session).where(Session.survey_id == survey.id))
    return {each.id: each for each in found}


def _gives_away(session: DatabaseSession, survey: Survey, filters: Filters, columns: Columns | None) -> bool:
    """Of one condition, the numbers of responses say it by themselves (see guard.py)."""
    if len(conditions_of(filters)) < 2:
        return False
    together = columns.together() if columns else count_together(session, survey.id, filters)
    return gives_few_away(together, survey.organisation.small_group_threshold)


def asked_of(session: DatabaseSession, survey: Survey) -> tuple[Asked, ...]:
    """What was asked in all versions of ``survey``."""
    found = (published(session, version.id) for version in survey.versions)
    return merge([(each.number, each.questionnaire) for each in found])


def session_names(
    session: DatabaseSession, survey: Survey, filters: Filters | None = None
) -> dict[uuid.UUID, str]:
    """Day and place of the sessions of ``survey``, the latest first; of those that ``filters`` name."""
    if filters is not None and not filters.session_ids:
        return {}
    found = sorted(_sessions(session, survey).values(), key=lambda each: (each.held_on, each.place))
    return {each.id: f"{each.held_on.isoformat()} {each.place}" for each in reversed(found)}


def selection_of(
    filters: Filters,
    names: Mapping[uuid.UUID, str],
    places: Mapping[uuid.UUID, str] = NO_NAMES,
    asked: Sequence[Asked] = (),
) -> Selection:
    """What a report says of ``filters``; ``names`` of collectors, ``places`` of sessions. Of answers to what
    is not among ``asked`` it says the codes."""
    collector = next(iter(filters.collector_ids), None)
    place = next(iter(filters.session_ids), None)
    channel = next(iter(filters.channels), None)
    return Selection(
        language=next(iter(filters.languages), None),
        channel=channel.value if channel else None,
        collector=names.get(collector) if collector else None,
        session=places.get(place) if place else None,
        since=filters.collected_from,
        until=filters.collected_until,
        answered=tuple(_answered(asked, key, code) for key, code in filters.answered),
    )


def _answered(asked: Sequence[Asked], key: str, code: str) -> Answered:
    question = next((each.question for each in asked if each.question.key == key), None)
    if question is None:
        return Answered(key, code)
    choice = next((each for each in kind_of(question).choices(question) if each.key == code), None)
    return Answered(key, code, question.label, choice.label if choice else Localized())
