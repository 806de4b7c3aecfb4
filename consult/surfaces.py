"""The two surfaces: public (newcomers) and office (staff and collectors). Tables of contents, no logic.

They are two Flask applications with their own addresses, cookies and routes; a public route cannot
reach an office view because the public application does not contain one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from consult import error_pages, http
from consult.accounts import access, login
from consult.accounts import routes as accounts
from consult.answering import routes as answering
from consult.authoring import routes as authoring
from consult.collecting import routes as collecting
from consult.db import Database
from consult.organisations import routes as organisations
from consult.publishing import routes as publishing
from consult.reports import all_routes as reports
from consult.responses import media
from consult.responses.service import organisation_of_response
from consult.settings import Settings
from consult.surveys.files import lend_store
from consult.surveys.service import organisation_of_session, organisation_of_survey
from consult.ui.assets import Assets

Surface = Literal["public", "office", "both"]
WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]

PUBLIC_BODY = 256 * 1024
OFFICE_BODY = 12 * 1024 * 1024

_DEVICES = ("js/place-of-device.js", "js/upload.js", "js/drawing.js", "js/barcode.js")
PUBLIC_ASSETS = {
    "public.css": ("css/base.css", "css/questions.css", "css/public.css"),
    # Only for pages that ask for more than words.
    "devices.css": ("css/devices.css",),
    "devices.js": _DEVICES,
    "public.js": (
        "js/unsent.js",
        "js/expressions.js",
        "js/expression-functions.js",
        "js/skip-logic.js",
        "js/choices.js",
        "js/place.js",
    ),
    "rare-functions.js": ("js/expression-extras.js",),
}
EXTRA_ASSETS = {
    "items.css": ("css/items.css",),
    "places.css": ("css/places.css",),
    "places.js": ("js/place-reading.js", "js/place-grid.js", "js/place-field.js"),
    "results.css": ("css/results.css", "css/tables.css"),
    "extras.css": ("css/extras.css", "css/find.css"),
    "extras.js": (
        *("js/counter.js", "js/slider.js", "js/thousands.js", "js/dated.js", "js/quick.js"),
        "js/image-map.js",
        "js/find.js",
    ),
}
"""For pages with rarer appearances or with places, beside the bundles that every page has."""

OFFICE_ASSETS = {
    **PUBLIC_ASSETS,  # for previews of what respondents see
    "office.css": (
        "css/base.css",
        "css/questions.css",
        "css/devices.css",
        "css/office.css",
        "css/survey.css",
        "css/authoring.css",
        "css/report.css",
        "css/analysis.css",
        "css/story.css",
        "css/screen.css",
        "css/tables.css",
    ),
    "office.js": (
        "js/expressions.js",
        "js/expression-functions.js",
        "js/skip-logic.js",
        "js/choices.js",
        "js/copy.js",
        "js/reveal.js",
        "js/autosave.js",
        "js/fast-entry.js",
        "js/follow.js",
        "js/keep-typed.js",
        "js/live.js",
        "js/copy-results.js",
        *_DEVICES,
    ),
}
_UI_TEMPLATES = Path(__file__).parent / "ui" / "templates"


def create_public_app(settings: Settings, database: Database) -> Flask:
    """The application newcomers meet: no account, no staff route, one cookie at most."""
    app = _application("consult.public", settings, database, PUBLIC_ASSETS, PUBLIC_BODY)
    app.register_blueprint(answering.blueprint)
    app.register_blueprint(publishing.blueprint)
    media.install(app, with_drafts=False)
    return app


def create_office_app(settings: Settings, database: Database) -> Flask:
    """The application of staff and collectors; every route of it is declared in accounts/access."""
    app = _application("consult.office", settings, database, OFFICE_ASSETS, OFFICE_BODY)
    app.config.update(SESSION_COOKIE_NAME="consult_office", SESSION_COOKIE_PATH="/office")
    login.install(app)
    for room in (accounts, organisations, authoring, collecting, reports):
        app.register_blueprint(room.blueprint, url_prefix="/<official:lang>")
    media.install(app, with_drafts=True)
    access.install(
        app,
        {
            "survey": organisation_of_survey,
            "session": organisation_of_session,
            "response": organisation_of_response,
        },
    )
    return app


def create_app(settings: Settings, database: Database | None = None, surface: Surface = "both") -> WSGI:
    """What a server runs: the chosen surfaces behind one dispatcher that looks at the path only."""
    base = database or Database(settings.database_url)
    if surface == "public":
        return create_public_app(settings, base).wsgi_app
    public: Any = create_public_app(settings, base) if surface == "both" else NotFound()
    return DispatcherMiddleware(public, {"/office": create_office_app(settings, base)})


def _application(
    name: str, settings: Settings, database: Database, bundles: dict[str, tuple[str, ...]], max_body: int
) -> Flask:
    app = error_pages.Application(name, static_folder=None, template_folder=None)
    lend_store(database, settings)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(_UI_TEMPLATES)])
    http.install(app, http.Runtime(settings, database), max_body=max_body)
    Assets({**bundles, **EXTRA_ASSETS}).install(app)
    app.jinja_env.globals["surface"] = name.rsplit(".", 1)[1]
    return app
