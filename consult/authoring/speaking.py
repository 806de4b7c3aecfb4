"""Office page: languages of a questionnaire, added to the draft and, while nothing is written, taken away."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, g, redirect, request, url_for

from consult.authoring import service
from consult.authoring.routes import Page, blueprint, named_survey
from consult.http import session
from consult.i18n import gettext, language, language_name
from consult.questionnaires.language_names import language_of
from consult.questionnaires.texts import translate

LONGEST_NAME = 60


@blueprint.post("/surveys/<survey>/languages/add")
def add_language(survey: str) -> Page:
    """Begin to translate into one more language."""
    of = named_survey(survey)
    questionnaire = service.draft_of(of) or abort(404)
    written = " ".join(request.form.get("language", "").split())[:LONGEST_NAME]
    code = language_of(written) if written else None
    if code is None:
        flash(gettext("Write the name of a language, for example French, Tigrinya or 中文."), "error")
    elif code in questionnaire.languages:
        flash(gettext("The questionnaire has this language already."), "error")
    else:
        service.save_draft(session(), of, translate(questionnaire, code, {}))
        said = language_name(code, g.lang)
        flash(gettext("%(language)s is in the draft. Translate here, a part at a time.", language=said))
        return redirect(url_for(".translation", survey=survey, code=code), 303)
    return redirect(url_for(".survey", survey=survey), 303)


@blueprint.post("/surveys/<survey>/languages/<code>/remove")
def remove_language(survey: str, code: str) -> Page:
    """Take away a language in which nothing is written."""
    of = named_survey(survey)
    questionnaire = service.draft_of(of) or abort(404)
    if code not in questionnaire.languages:
        abort(404)
    if service.is_unwritten(questionnaire, code):
        kept = tuple(other for other in questionnaire.languages if other != code)
        service.save_draft(session(), of, replace(questionnaire, languages=kept))
        flash(gettext("%(language)s is no longer in the draft.", language=language(code).own_name))
    else:
        flash(gettext("Something is written in this language, so it stays."), "error")
    return redirect(url_for(".survey", survey=survey), 303)
