"""What those who read results find under "my work"."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import Session

from consult.accounts.actor import Actor
from consult.accounts.models import Role
from consult.accounts.work import Card
from consult.http import page_language
from consult.i18n import gettext, ngettext
from consult.responses.reading import count_submitted
from consult.surveys.service import surveys_of


def cards(actor: Actor, session: Session) -> Iterator[Card]:
    """One card per survey that has answers, for analysts; staff come to results from their survey."""
    for survey in surveys_of(session, actor.organisations_as(Role.ANALYST)):
        number = count_submitted(session, survey.id)
        if number:
            yield Card(
                section=gettext("Results"),
                title=survey.title.pick(page_language()),
                address=url_for("reports.results", survey=survey.slug),
                step=gettext("See and download the results"),
                facts=(ngettext("%(num)d response", "%(num)d responses", number),),
                rank=60,
            )
