"""The profile of a survey: kept, replaced, taken away."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.reports.analysis.profiles import Profile, profile_document, profile_of
from consult.reports.profiles_models import ProfileUpload


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """With the day it was uploaded."""

    profile: Profile
    uploaded_on: dt.date


def profile_kept(session: Session, survey_id: uuid.UUID) -> KeptProfile | None:
    found = session.get(ProfileUpload, survey_id)
    return None if found is None else KeptProfile(profile_of(found.content), found.uploaded_on)


def keep_profile(
    session: Session, survey_id: uuid.UUID, profile: Profile, *, by: uuid.UUID, on: dt.date
) -> None:
    """In place of an earlier one."""
    upload = session.get(ProfileUpload, survey_id) or ProfileUpload(survey_id=survey_id)
    upload.content = profile_document(profile)
    upload.uploaded_on, upload.uploaded_by_id = on, by
    session.add(upload)


def remove_profile(session: Session, survey_id: uuid.UUID) -> None:
    """Nothing to remove is fine."""
    found = session.get(ProfileUpload, survey_id)
    if found is not None:
        session.delete(found)
