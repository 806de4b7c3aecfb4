"""What the first page of the office shows of surveys: where each stands, and the next step."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import Session

from consult.accounts.actor import Actor
from consult.accounts.models import Role
from consult.accounts.work import Card
from consult.authoring.service import SurveyRow, draft_of, language_progress, survey_rows
from consult.http import page_language
from consult.i18n import gettext, language, ngettext
from consult.surveys.models import SurveyState


def cards(actor: Actor, session: Session) -> Iterator[Card]:
    """Staff: every survey. Translators: surveys whose texts are not complete."""
    rows = survey_rows(session, actor.organisations_as(Role.STAFF, Role.TRANSLATOR), page_language())
    for row in rows:
        if actor.has_role(row.survey.organisation_id, Role.STAFF):
            yield _survey_card(row)
        elif (card := _translation_card(row)) is not None:
            yield card
    if actor.organisations_as(Role.STAFF):
        yield Card(
            section=gettext("Surveys"),
            title=gettext("A new survey"),
            address=url_for("authoring.new"),
            step=gettext("Upload a questionnaire"),
            rank=60,
        )


def _survey_card(row: SurveyRow) -> Card:
    is_waiting = row.survey.state is SurveyState.DRAFT
    answers = ngettext("%(num)s response", "%(num)s responses", row.submitted)
    hoped = row.survey.target
    return Card(
        section=gettext("Surveys"),
        title=row.title,
        address=url_for("authoring.survey", survey=row.survey.slug),
        step=gettext("Finish and open it") if is_waiting else gettext("Look at it"),
        facts=(
            row.state,
            answers if hoped is None else gettext("%(answers)s of %(target)s", answers=answers, target=hoped),
        ),
        rank=10 if is_waiting else 30,
    )


def _translation_card(row: SurveyRow) -> Card | None:
    questionnaire = draft_of(row.survey)
    progress = language_progress(questionnaire) if questionnaire else []
    open_ones = [one for one in progress if not one.is_complete]
    return Card(
        section=gettext("Translations"),
        title=row.title,
        address=url_for("authoring.survey", survey=row.survey.slug),
        step=gettext("Translate"),
        facts=tuple(
            gettext(
                "%(language)s: %(done)s of %(total)s texts",
                language=language(one.code).own_name,
                done=one.done,
                total=one.total,
            )
            for one in open_ones
        )
        or (gettext("All languages are complete."),),
        rank=20 if open_ones else 70,
    )
