"""Pages leave compressed: most people read them on a telephone, far from a fast network.

Nothing secret of ours stands beside what a person typed (there is no token in a page), so the length of a
compressed page tells an observer nothing that could be replayed.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_WORTH_IT = 600
"""Bytes below which the headers cost more than is won."""

_LEVEL = 6

_COMPRESSED = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Vary", "Accept-Encoding"),
]


def compress(response: Response) -> Response:
    """Compress HTML that is not compressed yet, for browsers that can read it."""
    if "Content-Encoding" in response.headers or response.mimetype != "text/html":
        return response
    response.headers["Vary"] = "Accept-Encoding"
    content = response.get_data()
    if len(content) >= _WORTH_IT and is_wanted():
        response.set_data(gzip.compress(content, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def is_wanted() -> bool:
    """Whether this browser can read compressed pages."""
    return "gzip" in request.environ.get("HTTP_ACCEPT_ENCODING", "")


class Ready(Response):
    """A page that was compressed beforehand: nothing about it is worked out when it leaves."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content, headers=_COMPRESSED)

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:  # noqa: ARG002 - prescribed
        return self.headers
