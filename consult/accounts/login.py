"""What an office application needs so that people can sign in to it."""

from __future__ import annotations

from flask import Flask, abort, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response

from consult.accounts import layout, security
from consult.accounts.access import visitor
from consult.accounts.destination import HOME
from consult.http import preferred_language
from consult.i18n import OFFICIAL_LANGUAGES


def install(app: Flask) -> None:
    """Form tokens on every unsafe route, Flask-Security, the door ``/``, what every office page shows."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long interview is no reason to lose it
        # We send no referrer; where a request comes from is checked by its Origin (consult/http.py).
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(app)
    app.before_request(_refuse_nul)
    app.register_error_handler(CSRFError, _form_too_old)
    security.install(app)
    app.add_url_rule("/", "start", _start)
    app.context_processor(layout.values)


def _start() -> Response:
    """The door: to the first page, in the language of the person or of the browser."""
    found = visitor()
    code = found.person.language if found else preferred_language(OFFICIAL_LANGUAGES)
    return redirect(url_for(HOME, lang=code), 303)


def _refuse_nul() -> None:
    """Nobody types a NUL, and PostgreSQL cannot store one: neither in a name nor in anything else."""
    if any("\0" in value for values in request.form.listvalues() for value in values):
        abort(400)


def _form_too_old(_error: CSRFError) -> Response:
    """A form that this session did not get: from before signing in, from another site, or tampered with."""
    return make_response(render_template("accounts/form_too_old.html"), 400)
