"""Error pages: what went wrong, in words that say what to do, in the language of the address."""

from __future__ import annotations

import secrets
import traceback
from types import TracebackType

from flask import Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from consult.db import StorageUnavailable
from consult.i18n import INTERFACE_LANGUAGES, lazy_gettext

_ERRORS = {
    400: (
        lazy_gettext("This request cannot be understood"),
        lazy_gettext("Nothing was saved. Go back, load the page again and try once more."),
    ),
    403: (
        lazy_gettext("You may not open this page"),
        lazy_gettext(
            "Your role does not include it. Ask an administrator of your organisation if you need it."
        ),
    ),
    404: (
        lazy_gettext("Page not found"),
        lazy_gettext("Check the address, or start again from the first page."),
    ),
    405: (
        lazy_gettext("This page cannot be used that way"),
        lazy_gettext("Nothing was saved. Start again from the first page."),
    ),
    410: (lazy_gettext("This page is no longer here"), lazy_gettext("Start again from the first page.")),
    413: (
        lazy_gettext("This is too large"),
        lazy_gettext("Nothing was saved. Send a smaller file or a shorter text."),
    ),
    429: (lazy_gettext("Too many attempts"), lazy_gettext("Wait a few minutes, then try again.")),
    500: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext("What you saved before is safe. Go back and try again in a moment."),
    ),
    503: (
        lazy_gettext("We cannot store anything right now"),
        lazy_gettext("What you saved before is safe. Keep this page open and try again in a few minutes."),
    ),
}


class Application(Flask):
    """Flask, that logs where an error happened and of which kind it is: its message may quote an answer,
    and an address may be somebody's link."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]
    ) -> None:
        parts, error = [], exc_info[1]
        while error is not None:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or error.__context__
        self.logger.error("exception at endpoint %s\n%s", request.endpoint, "\n".join(parts))


def install(app: Flask) -> None:
    """Answer every error of ``app`` with a page."""
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(StorageUnavailable, storage_unavailable)


def error_page(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    _language_of_address()
    title, remedy = _ERRORS.get(code, _ERRORS[400 if code < 500 else 500])
    if isinstance(error, SecurityError):
        # A host that is not ours: no address can be made that would lead anywhere.
        return make_response(f"{title}\n", code, {"Content-Type": "text/plain; charset=utf-8"})
    if isinstance(error, InternalServerError):
        reference = secrets.token_hex(4)
        current_app.logger.error("error %s at endpoint %s", reference, request.endpoint)
    page = make_response(render_template("errors/error.html", title=title, remedy=remedy, code=code), code)
    if code in (429, 503):
        page.headers["Retry-After"] = "60"
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            page.headers[name] = value
    return page


def storage_unavailable(_error: StorageUnavailable | None = None) -> Response:
    """A 503 that says when to try again."""
    return error_page(_Unavailable())


class _Unavailable(HTTPException):
    code = 503


def _language_of_address() -> None:
    """An address that matches no route still says its language in its first part."""
    first = request.path.strip("/").split("/")[0]
    if "lang" not in g and first in INTERFACE_LANGUAGES:
        g.lang = first
