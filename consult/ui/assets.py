"""Style sheets and scripts: minified once at start-up, named by their content, compressed beforehand."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import rcssmin
import rjsmin
from flask import Flask, Response, abort, request, url_for

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as browsers get it. ``name`` carries a digest of the content, so it may be kept for ever."""

    name: str
    content: bytes
    compressed: bytes
    content_type: str


class Assets:
    """Bundles by their plain name: ``{"public.css": ("css/base.css", …)}``, paths below ``ui/static``."""

    def __init__(self, bundles: Mapping[str, Sequence[str]]) -> None:
        self._by_bundle = {name: _build(name, sources) for name, sources in bundles.items()}
        self._by_name = {asset.name: asset for asset in self._by_bundle.values()}

    def install(self, app: Flask) -> None:
        """Serve the bundles below ``/static/`` and give templates ``asset_url(bundle)``."""
        app.add_url_rule("/static/<name>", "static", self._serve)
        app.jinja_env.globals["asset_url"] = self.url

    def url(self, bundle: str) -> str:
        """The address of a bundle on this surface."""
        return url_for("static", name=self._by_bundle[bundle].name)

    def asset(self, bundle: str) -> Asset:
        return self._by_bundle[bundle]

    def _serve(self, name: str) -> Response:
        asset = self._by_name.get(name)
        if asset is None:
            abort(404)
        accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
        response = Response(
            asset.compressed if accepts_gzip else asset.content, content_type=asset.content_type
        )
        if accepts_gzip:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _build(bundle: str, sources: Sequence[str]) -> Asset:
    text = "\n".join((STATIC / source).read_text(encoding="utf-8") for source in sources)
    kind = bundle.rsplit(".", 1)[1]
    if kind == "css":
        content, content_type = rcssmin.cssmin(text), "text/css; charset=utf-8"
    elif kind == "js":
        content, content_type = rjsmin.jsmin(text), "text/javascript; charset=utf-8"
    else:
        content, content_type = text, "image/svg+xml"
    data = content.encode()
    digest = hashlib.sha256(data).hexdigest()[:10]
    stem = bundle.rsplit(".", 1)[0]
    return Asset(f"{stem}.{digest}.{kind}", data, gzip.compress(data, 9, mtime=0), content_type)
