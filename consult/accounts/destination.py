"""Where somebody wanted to go before they had to sign in.

Kept as the name of a page and its parts, never as an address: no request can name a place outside.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, request, session, url_for
from werkzeug.routing import BuildError

HOME = "organisations.work"

Place = tuple[str, dict[str, Any]]
"""Endpoint and values of its address."""


def remember() -> None:
    """Keep the page of this request as the destination."""
    if request.endpoint and request.method == "GET":
        put((request.endpoint, dict(request.view_args or {})))


def put(place: Place | None) -> None:
    if place is not None:
        session["destination"] = list(place)


def take() -> Place | None:
    """The page that was kept, once."""
    kept = session.pop("destination", None)
    return (str(kept[0]), dict(kept[1])) if kept else None


def address(place: Place | None) -> str:
    """The address of a kept page in the language of the current one; else of the first page."""
    if place is not None and place[0] in current_app.view_functions:
        try:
            return url_for(place[0], **place[1])
        except BuildError:
            pass
    return url_for(HOME)
