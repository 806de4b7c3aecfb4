"""Pages leave compressed: most people read them on a telephone, far from a fast network.

Nothing secret of ours stands beside what a person typed (there is no token in a page), so the length of a
compressed page tells an observer nothing that could be replayed.
"""

from __future__ import annotations

import gzip

from flask import Response, request

_WORTH_IT = 600
"""Bytes below which the headers cost more than is won."""

_LEVEL = 6


def compress(response: Response) -> Response:
    """Compress HTML that is not compressed yet, for browsers that can read it."""
    if response.mimetype != "text/html":
        return response
    response.vary.add("Accept-Encoding")
    is_wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    content = response.get_data()
    if is_wanted and "Content-Encoding" not in response.headers and len(content) >= _WORTH_IT:
        response.set_data(gzip.compress(content, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
