"""What an office application needs so that people can sign in to it."""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask_wtf.csrf import CSRFProtect
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
    security.install(app)
    app.add_url_rule("/", "start", _start)
    app.context_processor(layout.values)


def _start() -> Response:
    """The door: to the first page, in the language of the person or of the browser."""
    found = visitor()
    code = found.person.language if found else preferred_language(OFFICIAL_LANGUAGES)
    return redirect(url_for(HOME, lang=code), 303)
