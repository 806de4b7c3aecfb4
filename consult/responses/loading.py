"""Responses from a file: each line judged like what somebody types, stored once, told apart.

Loading the same file again changes nothing: what is there with the same content is a duplicate, what is
there with other content a conflict. A line that cannot be taken keeps no other line from being taken.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from consult.db import Database
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.routing import Evaluation, Trail, evaluate, final_answers
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.trails import address, document_at
from consult.questions.kind import Message
from consult.responses.ndjson import Line, LineRefused, read_line, read_lines
from consult.responses.page_checks import check_answers
from consult.responses.records import Finished, Origin, Start, Storing, seed_of
from consult.responses.service import known_contents, store_responses
from consult.surveys.models import Version
from consult.surveys.service import Published, published

T = TypeVar("T")

BATCH = 200
"""Lines to a commit."""

NOT_ASKED = _l("This question is not asked when the other answers are as they are.")
CONFLICT = _l("There is a response with this id and other content. Nothing was changed.")
NULL_ANSWER = _l("A question that was not answered is left out, not null.")


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a line was not taken. ``line`` from 1; ``question`` its key where it is about one."""

    line: int
    question: str | None
    reason: Message


@dataclass(slots=True)
class Loaded:
    """What became of a file's lines."""

    accepted: int = 0
    duplicate: int = 0
    rejected: list[Rejection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Destination:
    """The survey that is answered, and the zone in which its days begin and end."""

    survey_id: uuid.UUID
    time_zone: ZoneInfo


def load_responses(
    database: Database,
    destination: Destination,
    file: IO[bytes],
    on_progress: Callable[[int], None] = lambda _bytes: None,
) -> Loaded:
    """Store what the file brings. ``on_progress`` is told how many bytes were read, after each batch."""
    versions = _versions(database, destination)
    loaded = Loaded()
    for batch in _batches(read_lines(file), BATCH):
        _load(database, destination, versions, batch, loaded)
        on_progress(sum(len(raw) + 1 for _number, raw in batch))
    loaded.rejected.sort(key=lambda rejection: rejection.line)
    return loaded


def _versions(database: Database, destination: Destination) -> Mapping[int, Published]:
    with database.read() as session:
        found = session.scalars(sa.select(Version.id).where(Version.survey_id == destination.survey_id))
        every = [published(session, version_id) for version_id in found]
    return {version.number: version for version in every}


def _load(
    database: Database,
    destination: Destination,
    versions: Mapping[int, Published],
    batch: Iterable[tuple[int, bytes]],
    loaded: Loaded,
) -> None:
    lines = list(_well_formed(batch, loaded))
    with database.read() as session:
        contents = known_contents(session, [line.id for _number, line in lines])
    new: list[tuple[int, Finished]] = []
    for number, line in lines:
        try:
            finished = _as_it_stands(line, destination, versions)
            if finished.digest in contents.get(line.id, ()):
                loaded.duplicate += 1
            else:
                new.append((number, _judged(line, finished, destination, versions[line.version])))
        except LineRefused as refused:
            loaded.rejected.append(Rejection(number, refused.question, refused.reason))
    outcomes = store_responses(database, [finished for _number, finished in new]) if new else []
    for (number, _finished), outcome in zip(new, outcomes, strict=True):
        if outcome is Storing.CONFLICT:
            loaded.rejected.append(Rejection(number, None, CONFLICT))
        else:
            loaded.accepted += outcome is Storing.NEW
            loaded.duplicate += outcome is Storing.DUPLICATE


def _well_formed(batch: Iterable[tuple[int, bytes]], loaded: Loaded) -> Iterator[tuple[int, Line]]:
    for number, raw in batch:
        try:
            yield number, read_line(raw)
        except LineRefused as refused:
            loaded.rejected.append(Rejection(number, refused.question, refused.reason))


def _as_it_stands(line: Line, destination: Destination, versions: Mapping[int, Published]) -> Finished:
    version = versions.get(line.version)
    if version is None:
        raise LineRefused(_l("The survey has no version %(version)s.", version=line.version))
    start = Start(
        line.id, destination.survey_id, version.version_id, line.collected_on, origin=Origin(line.channel)
    )
    return Finished(
        start, line.language, line.collected_on, line.answers, line.original_language, line.translations
    )


def _judged(line: Line, finished: Finished, destination: Destination, version: Published) -> Finished:
    """The line's answers as they are stored. Raises LineRefused with the first thing that is wrong."""
    questionnaire = version.questionnaire
    # Judged as on the day: at noon, since no time of day is known.
    noon = dt.datetime.combine(line.collected_on, dt.time(12), destination.time_zone)
    given: Mapping[str, Any] = {"now": noon, "language": line.language, "seed": seed_of(line.id)}
    for key in _nulls(line.answers, ""):
        raise LineRefused(NULL_ANSWER, key)
    for key, message in check_answers(questionnaire, line.answers, **given, is_final=True).items():
        raise LineRefused(message, key)
    _refuse_unasked(questionnaire, line, given)
    answers = final_answers(questionnaire, line.answers, **given, is_final=True)
    return Finished(
        finished.start,
        line.language,
        line.collected_on,
        answers,
        line.original_language,
        line.translations,
    )


def _refuse_unasked(questionnaire: Questionnaire, line: Line, given: Mapping[str, Any]) -> None:
    evaluation = evaluate(questionnaire, line.answers, **given, is_final=True)
    for asked in evaluation.every():
        if not asked.state.relevant and asked.key in document_at(line.answers, asked.trail):
            raise LineRefused(NOT_ASKED, asked.address)
    for key in _items_not_asked(evaluation, line.answers, ()):
        raise LineRefused(NOT_ASKED, key)


def _items_not_asked(evaluation: Evaluation, document: Mapping[str, Any], trail: Trail) -> Iterator[str]:
    """Addresses of items beyond those that the other answers make room for."""
    for key, value in document.items():
        if not isinstance(value, list) or key not in evaluation.plan.repeats:
            continue
        size = evaluation.items(key, trail)
        if len(value) > size:
            yield address((*trail, (key, size)))
        for place, item in enumerate(value[:size]):
            yield from _items_not_asked(evaluation, item, (*trail, (key, place)))


def _nulls(document: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for key, value in document.items():
        if value is None:
            yield f"{prefix}{key}"
        elif isinstance(value, list):
            for number, item in enumerate(value, 1):
                if isinstance(item, Mapping):
                    yield from _nulls(item, f"{prefix}{key}[{number}]/")


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
