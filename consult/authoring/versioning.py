"""Office page: what was published when, and what the draft would change of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, g, render_template
from flask_babel import format_date
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person
from consult.authoring import service
from consult.authoring.routes import blueprint, named_survey
from consult.authoring.wording import short
from consult.http import session
from consult.i18n import LocalText
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.changes import Aspect, Changes, Item, changes_between
from consult.questionnaires.document import digest, from_document
from consult.questionnaires.findings import Message
from consult.surveys.models import Survey, Version
from consult.surveys.xforms import has_xform

MOST_SHOWN = 50
"""Items of one list that are named."""

ASPECTS: Mapping[Aspect, Message] = {
    "kind": _l("kind of question"),
    "words": _l("words"),
    "choices": _l("choices"),
    "condition": _l("when it is asked"),
    "required": _l("whether it must be answered"),
    "constraint": _l("which answers are allowed"),
    "calculation": _l("calculation or prefilled answer"),
    "looks": _l("how it looks"),
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One line of the list of versions."""

    number: int
    day: str
    by: str
    is_current: bool
    has_xform: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A question or group that differs: what it is called, in which respects, how many choices are gone."""

    title: LocalText
    aspects: tuple[Message, ...] = ()
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What the draft changes, ready to be shown: each list cut to what fits on a page."""

    changes: Changes
    added: list[Named]
    removed: list[Named]
    changed: list[Named]


@blueprint.get("/surveys/<survey>/versions")
def versions(survey: str) -> str:
    """Every published version, the latest first."""
    of = named_survey(survey)
    if of.draft is None and of.current_version is None:
        abort(404)
    return render_template(
        "authoring/versions.html", survey=of, rows=_rows(session(), of), difference=_difference(of)
    )


def _rows(database: DatabaseSession, survey: Survey) -> list[VersionRow]:
    wanted = (Version.id, Version.number, Version.published_at, Person.name, Person.email)
    found = database.execute(
        sa.select(*wanted)
        .outerjoin(Person, Version.published_by_id == Person.id)
        .where(Version.survey_id == survey.id)
        .order_by(Version.number.desc())
    )
    return [
        VersionRow(
            number,
            format_date(published_at),
            name or email or "",
            version_id == survey.current_version_id,
            has_xform(database, version_id),
        )
        for version_id, number, published_at, name, email in found
    ]


def _difference(survey: Survey) -> Difference | None:
    """None where there is nothing to compare, or nothing differs."""
    current, draft = survey.current_version, service.draft_of(survey)
    if current is None or draft is None or survey.draft is None or digest(survey.draft) == current.digest:
        return None
    changes = changes_between(from_document(current.specification), draft)

    def named(item: Item) -> LocalText:
        return short(item.label, g.lang, draft.default_language, item.key)

    return Difference(
        changes,
        [Named(named(item)) for item in changes.added[:MOST_SHOWN]],
        [Named(named(item)) for item in changes.removed[:MOST_SHOWN]],
        [
            Named(named(one.item), tuple(ASPECTS[aspect] for aspect in one.aspects), len(one.lost))
            for one in changes.changed[:MOST_SHOWN]
        ],
    )
