"""The XForm of each version: worked out before the unit of work that publishes, kept with the version.

Working it out takes about a second, in which on SQLite nobody else could store an answer. So publishing
looks first (``draft_to_convert``), converts without holding anything (``work_out``), publishes, and keeps
what was made (``keep_xform``) if the draft is still the one that was looked at. A version without an XForm
is a version all the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.expressions.tables import Table
from consult.i18n import lazy_gettext as _l
from consult.questionnaires import xform
from consult.questionnaires.data.sources import ITEMSETS
from consult.questionnaires.document import digest, from_document
from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.specification import Questionnaire
from consult.surveys.files import tables_beside
from consult.surveys.models import Survey, Version, XForm


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to become version ``number``; ``digest`` of its document."""

    slug: str
    number: int
    digest: str
    questionnaire: Questionnaire
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Worked:
    """What the converter made of a draft: an XForm, or the reason (in its own words) why there is none."""

    draft: Draft
    made: xform.XForm | None = None
    refusal: str = ""

    @property
    def finding(self) -> Finding | None:
        """For staff, if there is no XForm."""
        if self.made is not None:
            return None
        return warning(
            "xform_refused",
            Place("survey"),
            _l("ODK Collect cannot be given this version: %(reason)s", reason=self.refusal),
            _l("People can answer it here all the same. Mend the form and publish it again to use Collect."),
        )


def draft_to_convert(session: DatabaseSession, survey: Survey) -> Draft | None:
    """The draft that publishing would make a version of and that has no XForm yet; None if there is none."""
    if survey.draft is None:
        return None
    found, current = digest(survey.draft), survey.current_version
    if current is not None and current.digest == found:
        return None if xform_of(session, current.id) else draft_of_version(session, current, survey.slug)
    last = session.scalar(sa.select(sa.func.max(Version.number)).where(Version.survey_id == survey.id)) or 0
    questionnaire = from_document(survey.draft)
    return Draft(survey.slug, last + 1, found, questionnaire, lists_beside(session, questionnaire))


def work_out(draft: Draft) -> Worked:
    """Make the XForm of a draft; takes about a second, and needs no database."""
    try:
        made = xform.make_xform(
            draft.questionnaire, form_id=draft.slug, version=str(draft.number), tables=draft.tables
        )
    except xform.XFormRefused as refusal:
        return Worked(draft, refusal=str(refusal))
    return Worked(draft, made)


def keep_xform(session: DatabaseSession, version: Version, worked: Worked) -> bool:
    """Keep what was made with the version it was made for; whether it was kept (once is enough)."""
    draft, made = worked.draft, worked.made
    if made is None or (draft.digest, draft.number) != (version.digest, version.number):
        return False
    if xform_of(session, version.id) is not None:
        return False
    session.add(XForm(version_id=version.id, xml=made.xml, itemsets=made.itemsets, md5=made.md5))
    session.flush()
    return True


def xform_of(session: DatabaseSession, version_id: uuid.UUID | None) -> XForm | None:
    """The XForm of a version, if it has one."""
    return None if version_id is None else session.get(XForm, version_id)


def has_xform(session: DatabaseSession, version_id: uuid.UUID | None) -> bool:
    """As :func:`xform_of`, without reading it."""
    wanted = sa.select(sa.exists().where(XForm.version_id == version_id))
    return version_id is not None and bool(session.scalar(wanted))


def draft_of_version(session: DatabaseSession, version: Version, slug: str) -> Draft:
    """What a published version was made of, for one that has no XForm yet."""
    questionnaire = from_document(version.specification)
    tables = lists_beside(session, questionnaire)
    return Draft(slug, version.number, version.digest, questionnaire, tables)


def lists_beside(session: DatabaseSession, questionnaire: Questionnaire) -> Mapping[str, Table]:
    """The file beside the form that is a sheet of its workbook (external_choices), if it has one."""
    files = {name: digest for name, digest in questionnaire.files.items() if name == ITEMSETS}
    return tables_beside(session, files)
