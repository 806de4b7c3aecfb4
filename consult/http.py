"""What every request goes through: language, unit of work, limits, headers, health."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, Response, abort, current_app, g, request
from flask_babel import Babel
from jinja2 import pass_context
from jinja2.runtime import Context
from sqlalchemy.orm import Session

from consult import addresses, error_pages
from consult.db import Database, StorageUnavailable
from consult.files import file_stores
from consult.i18n import (
    INTERFACE_LANGUAGES,
    OFFICIAL_LANGUAGES,
    Counted,
    babel_code,
    language,
    translations_folder,
)
from consult.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


DEVICES = "geolocation", "camera"
"""What of a device a page may use, if it says so (:func:`allow_devices`) and the person allows it."""


class Discarded(Exception):
    """Ends a unit of work without keeping it; never leaves this module."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What one application instance works with."""

    settings: Settings
    database: Database


def runtime() -> Runtime:
    """The running application's settings and database."""
    return cast(Runtime, current_app.extensions["consult"])


def database() -> Database:
    return runtime().database


def settings() -> Settings:
    return runtime().settings


def now() -> dt.datetime:
    """This moment in the installation's time zone: its date is the day that people have here."""
    return dt.datetime.now(settings().time_zone)


def session() -> Session:
    """This request's session: a snapshot for safe methods, else one unit of work.

    The unit of work is committed after the view has answered with a status below 400, before the
    answer leaves; it is discarded otherwise.
    """
    if "session" not in g:
        scope = database().read() if request.method in SAFE_METHODS else database().write()
        g.session = scope.__enter__()
        g.session_scope = scope
    return cast(Session, g.session)


def allow_devices(devices: Iterable[str]) -> None:
    """Let the page that this request gives ask the browser for ``devices`` (some of :data:`DEVICES`)."""
    g.devices = frozenset(devices)


def install(app: Flask, of: Runtime, *, max_body: int) -> None:
    """Give ``app`` the ways of the house. ``max_body`` in bytes."""
    app.extensions["consult"] = of
    app.config.update(
        SECRET_KEY=of.settings.secret_key,
        MAX_CONTENT_LENGTH=max_body,
        MAX_FORM_MEMORY_SIZE=max_body,
        MAX_FORM_PARTS=2_000,
        TRUSTED_HOSTS=list(of.settings.trusted_hosts) or None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=of.settings.is_https,
        BABEL_TRANSLATION_DIRECTORIES=str(translations_folder()),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=lambda: babel_code(interface_language()))
    app.jinja_env.globals["ngettext"] = _counting(cast(Any, app.jinja_env.globals["ngettext"]))
    app.jinja_env.filters["counted"] = Counted
    addresses.install(app)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.before_request(_take_head_for_get)
    app.before_request(_refuse_foreign_posts)
    app.before_request(_refuse_nameless_fields)
    app.after_request(_finish)
    app.teardown_request(_discard)
    error_pages.install(app)
    app.add_url_rule("/healthz", "healthz", _alive)
    app.add_url_rule("/readyz", "readyz", _ready)
    app.context_processor(_template_values)


def _counting(ngettext: Callable[..., str]) -> Callable[..., str]:
    """Jinja's own ``ngettext``, with the number as the page's language writes it: what i18n.py does too."""

    @pass_context
    def counting(context: Context, singular: str, plural: str, num: int, **variables: Any) -> str:
        return ngettext(context, singular, plural, Counted(num), **variables)

    return counting


def page_language() -> str:
    """The language code in this page's address, or the visitor's preferred official language."""
    return cast(str, g.get("lang")) or preferred_language(OFFICIAL_LANGUAGES)


def preferred_language(among: tuple[str, ...]) -> str:
    """The visitor's own preference (``Accept-Language``) among the given codes; the first one without any.

    Somebody who asks for ``fr-CA`` before ``en`` gets French: a region is no reason to pass a language over.
    """
    for wanted, quality in request.accept_languages:
        for code in (wanted, wanted.split("-")[0]):
            if quality > 0 and code in among:
                return code
    return among[0]


def interface_language() -> str:
    """The language in which the interface speaks on this page: the page's own where there is a catalogue."""
    if not request:
        return "en"
    code = page_language()
    if code in INTERFACE_LANGUAGES:
        return code
    if code.split("-")[0] in INTERFACE_LANGUAGES:
        return code.split("-")[0]
    return cast(str, g.get("fallback_language")) or preferred_language(OFFICIAL_LANGUAGES)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "lang" in values:
        g.lang = values.pop("lang")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = page_language()


def _take_head_for_get() -> None:
    """A view that only tells GET from everything else must not act on HEAD, which needs no form token.

    The answer still leaves without its body: that follows from the environment.
    """
    if request.method == "HEAD":
        request.method = "GET"


def _refuse_foreign_posts() -> None:
    """Unsafe requests that another site sends on a visitor's behalf are refused (OWASP: verify origin)."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(400)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin.partition("://")[2] != request.host:
        abort(400)


def _refuse_nameless_fields() -> None:
    """A part of a multipart form may come without a name: no browser sends it, and nobody expects it."""
    if request.method not in SAFE_METHODS and None in request.form:
        abort(400)


def _finish(response: Response) -> Response:
    try:
        _end_unit_of_work(keep=response.status_code < 400)
    except StorageUnavailable:  # what Flask does not hand to error handlers: the answer is made already
        response = error_pages.storage_unavailable()
    if response.status_code == 302 and request.method not in SAFE_METHODS:
        response.status_code = 303  # what was sent is not sent again where this leads (RFC 9110, 15.4.4)
    for device in g.get("devices", ()):
        before = response.headers.get("Permissions-Policy", HEADERS["Permissions-Policy"])
        response.headers["Permissions-Policy"] = before.replace(f"{device}=()", f"{device}=(self)")
    # One pass over the headers: this runs for every page, also for those that cost nothing else.
    present = {name.lower() for name, _value in response.headers}
    for key, name, value in _headers_for(settings().is_https):
        if key not in present:
            response.headers.add(name, value)
    return response


@cache
def _headers_for(is_https: bool) -> tuple[tuple[str, str, str], ...]:
    """What every response carries unless its view said otherwise: name in lower case, name, value."""
    headers = {**HEADERS, "Cache-Control": "no-store"}
    if is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return tuple((name.lower(), name, value) for name, value in headers.items())


def _discard(_error: BaseException | None) -> None:
    _end_unit_of_work(keep=False)


def _end_unit_of_work(*, keep: bool) -> None:
    if "session_scope" not in g:
        return
    scope: AbstractContextManager[Session] = g.pop("session_scope")
    g.pop("session", None)
    if keep:
        scope.__exit__(None, None, None)
        return
    with suppress(Discarded):
        scope.__exit__(Discarded, Discarded(), None)


def _alive() -> Response:
    return _plain("alive")


def _ready() -> Response:
    """Able to store: the write path is tried (and rolled back), not only the process."""
    with suppress(Discarded), database().write() as unit:
        unit.execute(sa.text("select 1"))
        raise Discarded
    for store in file_stores(settings()).values():
        store.check()
    return _plain("ready")


def _plain(text: str) -> Response:
    return Response(f"{text}\n", content_type="text/plain; charset=utf-8")


def _template_values() -> dict[str, Any]:
    code = page_language()
    return {
        "page_language": language(code),
        "interface_language": language(interface_language()),
        "language_named": language,
        "official_languages": [language(official) for official in OFFICIAL_LANGUAGES],
    }
