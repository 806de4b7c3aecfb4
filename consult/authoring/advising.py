"""Office page: advice on a questionnaire, and the decision to leave something as it is."""

from __future__ import annotations

import re

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_date

from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.authoring import service
from consult.authoring.advice import LONGEST_REASON, advice_on, restore_remark, waive_remark
from consult.authoring.noted import notes_of
from consult.authoring.routes import Page, blueprint, named_survey
from consult.http import now, session
from consult.i18n import gettext

MOST_AT_ONCE = 40
"""Remarks that are decided together: the same about one text in each language."""

_NAME = re.compile("[0-9a-f]{64}")


@blueprint.get("/surveys/<survey>/advice")
def advice(survey: str) -> str:
    """What would make the questionnaire better for respondents."""
    of = named_survey(survey)
    questionnaire = service.draft_of(of) or abort(404)
    advised = advice_on(session(), of, questionnaire, g.lang)
    return render_template(
        "authoring/advice.html",
        survey=of,
        questionnaire=questionnaire,
        advised=advised,
        waived=[(one, format_date(one.waiver.decided_on)) for one in advised.waived if one.waiver],
        may_decide=actor().has_role(of.organisation_id, Role.STAFF),
        may_translate=actor().has_role(of.organisation_id, Role.STAFF, Role.TRANSLATOR),
        longest=LONGEST_REASON,
    )


@blueprint.get("/surveys/<survey>/notes")
def notes(survey: str) -> str:
    """What was repaired, assumed or left out when the file was read."""
    of = named_survey(survey)
    return render_template("authoring/notes.html", survey=of, notes=notes_of(of.notes, g.lang))


@blueprint.post("/surveys/<survey>/advice/decide")
def decide(survey: str) -> Page:
    """Let a remark stand, with a reason that is remembered, or show it again."""
    of, names = named_survey(survey), request.form.getlist("remark")
    if not 0 < len(names) <= MOST_AT_ONCE or not all(_NAME.fullmatch(name) for name in names):
        abort(404)
    reason = " ".join(request.form.get("reason", "").split())[:LONGEST_REASON]
    if request.form.get("do") == "restore":
        for name in names:
            restore_remark(session(), of, name)
        flash(gettext("The remark is shown again."))
    elif reason:
        for name in names:
            waive_remark(session(), of, name, reason=reason, by=actor().person, on=now().date())
        flash(gettext("The remark is put aside, with your reason."))
    else:
        flash(gettext("Say in a few words why it stays as it is."), "error")
    return redirect(url_for(".advice", survey=survey))
