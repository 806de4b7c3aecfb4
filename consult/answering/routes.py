"""The public addresses: a table of contents. ``<lang>`` is any BCP 47 tag."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask
from flask.sansio.blueprints import BlueprintSetupState

from consult.answering import asking, finishing, landing, leaving, resuming, standing, start
from consult.answering.sessionless import Sessionless
from consult.answering.uploading import allow_files
from consult.compression import compress

blueprint = Blueprint("answering", __name__, template_folder="templates")

_ROUTES = (
    ("/", "index", landing.index, "GET"),
    ("/<language:lang>/", "open_now", landing.open_now, "GET"),
    ("/<language:lang>/<organisation>/", "organisation", landing.organisation, "GET"),
    ("/<language:lang>/s/<survey>/", "start", start.start, "GET"),
    ("/<language:lang>/s/<survey>/", "consent", start.consent, "POST"),
    ("/<language:lang>/s/<survey>/<place:page>", "page", asking.page, "GET"),
    ("/<language:lang>/s/<survey>/<place:page>", "answer", asking.answer, "POST"),
    ("/<language:lang>/s/<survey>/saved", "saved", resuming.saved, "GET"),
    ("/<language:lang>/s/<survey>/saved", "save", resuming.save, "POST"),
    ("/<language:lang>/s/<survey>/review", "review", finishing.review, "GET"),
    ("/<language:lang>/s/<survey>/review", "submit", finishing.submit, "POST"),
    ("/<language:lang>/s/<survey>/thanks", "thanks", finishing.thanks, "GET"),
    ("/<language:lang>/resume", "resume", resuming.resume, "GET"),
    ("/<language:lang>/resume", "find", resuming.find, "POST"),
    ("/<language:lang>/leave", "leave", leaving.leave, "GET"),
    ("/<language:lang>/leave", "clear", leaving.clear, "POST"),
)

for address, endpoint, view, method in _ROUTES:
    blueprint.add_url_rule(address, endpoint, view, methods=[method])


def _install(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    standing.install(app)
    app.session_interface = Sessionless()


blueprint.url_value_preprocessor(allow_files)
blueprint.after_request(compress)
blueprint.record_once(_install)
