"""Publishing an edition that was looked at, and withdrawing one."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.i18n import Localized
from consult.reports.edition_making import made_file, read_made
from consult.surveys.editions import (
    Edition,
    EditionFile,
    EditionMemory,
    EditionWithdrawal,
    editions_of,
    file_names,
)
from consult.surveys.models import Survey


class NotToBePublished(Exception):
    """It is not an edition, but the reason why there is none."""


class Overtaken(Exception):
    """Another edition came out after this one was made, which does not take it into account."""


def publish_edition(
    session: Session, survey_id: uuid.UUID, made_on: dt.date, path: Path, *, by: uuid.UUID, at: dt.datetime
) -> Edition:
    """``path``: what :func:`write_edition` wrote on the day ``made_on``. In a unit of work that writes.

    Raises FileNotFoundError, NotToBePublished, Overtaken.
    """
    # On PostgreSQL two people may publish at one moment: the second one waits here, and sees the first one's.
    session.execute(sa.select(Survey.id).where(Survey.id == survey_id).with_for_update())
    made = read_made(path, with_memory=True)
    if made.document is None or made.memory is None:
        raise NotToBePublished(made.problem)
    known = tuple(each.number for each in editions_of(session, survey_id))
    if known != made.earlier:
        raise Overtaken
    edition = Edition(
        id=uuid.uuid4(),
        survey_id=survey_id,
        number=max(known, default=0) + 1,
        made_on=made_on,
        published_at=at,
        published_by_id=by,
        title=Localized(made.document["edition_title"]),
        threshold=made.document["threshold"],
        choice=made.choice,
        document=made.document,
    )
    session.add(edition)
    session.flush()
    session.add(EditionMemory(edition_id=edition.id, content=made.memory))
    session.add_all(
        EditionFile(edition_id=edition.id, name=name, content=made_file(path, name)) for name in file_names()
    )
    session.flush()
    return edition


def withdraw_edition(session: Session, edition: Edition, *, by: uuid.UUID, at: dt.datetime) -> None:
    """No longer offered; it counts as known to the public from now on too. Once is enough."""
    if session.get(EditionWithdrawal, edition.id) is None:
        session.add(EditionWithdrawal(edition_id=edition.id, withdrawn_at=at, withdrawn_by_id=by))
        session.flush()
