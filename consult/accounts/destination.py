"""Where somebody wanted to go before they had to sign in.

Kept as the name of a page and its parts, never as an address: no request can name a place outside.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, request, session, url_for
from werkzeug.routing import BuildError

HOME = "organisations.work"


def remember() -> None:
    """Keep the page of this request as the destination."""
    if request.endpoint and request.method == "GET":
        session["destination"] = [request.endpoint, request.view_args or {}]


def take() -> tuple[str, dict[str, Any]] | None:
    """The page that was kept, once."""
    kept = session.pop("destination", None)
    return (str(kept[0]), dict(kept[1])) if kept else None


def address(kept: tuple[str, dict[str, Any]] | None) -> str:
    """The address of a kept page in the language of the current one; else of the first page."""
    if kept is not None and kept[0] in current_app.view_functions:
        try:
            return url_for(kept[0], **kept[1])
        except BuildError:
            pass
    return url_for(HOME)
