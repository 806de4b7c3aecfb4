"""What the first page of the office shows a data collector: surveys to collect for, what is unfinished."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import Session

from consult.accounts.actor import Actor
from consult.accounts.models import Role
from consult.accounts.work import Card
from consult.collecting.service import Task, tasks
from consult.http import page_language
from consult.i18n import gettext, ngettext


def cards(actor: Actor, session: Session) -> Iterator[Card]:
    """One card a survey; the one with unfinished interviews first."""
    mine = actor.organisations_as(Role.COLLECTOR)
    if not mine:
        return
    for task in tasks(session, actor.person, mine, page_language()):
        yield Card(
            section=gettext("Interviews"),
            title=task.title,
            address=url_for("collecting.survey", survey=task.survey.slug),
            step=gettext("Go on collecting") if task.done or task.drafts else gettext("Begin collecting"),
            facts=tuple(_facts(task)),
            rank=0 if task.drafts else 5,
        )


def _facts(task: Task) -> Iterator[str]:
    if task.target is None:
        yield ngettext("%(num)s interview done", "%(num)s interviews done", task.done)
    else:
        yield gettext("%(done)s of %(target)s interviews done", done=task.done, target=task.target)
    if task.drafts:
        yield ngettext("%(num)s unfinished", "%(num)s unfinished", task.drafts)
