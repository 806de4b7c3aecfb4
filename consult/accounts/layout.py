"""What every office page shows around its content: navigation, language switch, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request, url_for

from consult.accounts.access import may_visit, visitor
from consult.accounts.destination import HOME
from consult.i18n import OFFICIAL_LANGUAGES, Localized
from consult.i18n import lazy_pgettext as _lp

# Endpoint of a list page and its name, in the order of the menu; a page shows where its rule lets in.
NAVIGATION = (
    ("organisations.work", _lp("navigation", "My work")),
    ("collecting.work", _lp("navigation", "Collect")),
    ("authoring.survey_list", _lp("navigation", "Surveys")),
    ("reports.survey_list", _lp("navigation", "Results")),
    ("organisations.organisations", _lp("navigation", "Organisation")),
)

_ENTRY_OF = {endpoint.split(".")[0]: endpoint for endpoint, _label in NAVIGATION}  # the last one of a room


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the menu. ``is_here``: this page, or one of the same room that has no entry of its own."""

    address: str
    label: str
    is_here: bool


def values() -> dict[str, Any]:
    """For the template ``office.html``."""
    return {
        "actor": visitor(),
        "navigation": _navigation(),
        "language_urls": _language_urls(),
        "owner": _owner(),
    }


def _navigation() -> list[Place]:
    if visitor() is None:
        return []
    here = HOME if request.endpoint == HOME else _ENTRY_OF.get(request.blueprint or "")
    return [
        Place(url_for(endpoint), str(label), endpoint == here)
        for endpoint, label in NAVIGATION
        if endpoint in current_app.view_functions and may_visit(endpoint)
    ]


def _language_urls() -> dict[str, str]:
    """This page in each official language, with the same place and the same query."""
    endpoint, parts = request.endpoint, dict(request.view_args or {})
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        return {}
    query = f"?{urlencode(list(request.args.items(multi=True)))}" if request.args else ""
    return {code: url_for(endpoint, **{**parts, "lang": code}) + query for code in OFFICIAL_LANGUAGES}


def _owner() -> Localized | None:
    """The organisation one works for; nothing where there are several."""
    found = visitor()
    if found is None or len(found.organisations) != 1:
        return None
    return next(iter(found.organisations.values())).name
