"""Whether those who answer online may send files: off until staff say so."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from consult.authoring.routes import blueprint, named_survey
from consult.i18n import gettext


@blueprint.post("/surveys/<survey>/files")
def files(survey: str) -> Redirect:
    """Switch it on or off; what was sent stays."""
    of = named_survey(survey)
    of.takes_files = request.form.get("taken") == "yes"
    if of.takes_files:
        flash(gettext("Those who answer online can send files now."))
    else:
        flash(gettext("Those who answer online can no longer send files. What was sent stays."))
    return redirect(url_for(".survey", survey=survey), 303)
