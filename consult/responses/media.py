"""Pictures, sound and film beside a form, as browsers get them: ``/media/<SHA-256>.<ending>``.

An address names content, so it may be kept for ever. Served is only what a published version (in the office
also a draft) names under such an ending: tables of the same store are nobody's business. The type is the
ending's, and browsers are told not to guess another.
"""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, abort, send_file, url_for
from flask.wrappers import Response
from PIL import Image, UnidentifiedImageError

from consult import http
from consult.db import StorageUnavailable
from consult.files import FileMissing, FileStore
from consult.responses.compiled_media import MediaOf, Served
from consult.surveys.files import STORE
from consult.surveys.models import Survey, Version

TYPES = (
    {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
    | {"webp": "image/webp", "svg": "image/svg+xml"}
    | {"mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "wav": "audio/wav"}
    | {"ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg"}
    | {"mp4": "video/mp4", "webm": "video/webm", "ogv": "video/ogg"}
)
"""What browsers show by themselves: ending of a file's name → its type."""

_DIGEST = re.compile("[0-9a-f]{64}")
_FOR_EVER = 31_536_000
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a picture that is looked at alone: a drawing (SVG) can hold scripts."""


def install(app: Flask, *, with_drafts: bool) -> None:
    """Add the address to a surface."""
    known: dict[tuple[str, str], bool] = {}

    def medium(digest: str, ending: str) -> Response:
        """One file, whole or in part (players ask for parts)."""
        store = _store()
        if store is None or ending not in TYPES or not _DIGEST.fullmatch(digest) or not store.exists(digest):
            abort(404)
        # What a version names, it names for ever; a draft may forget.
        if not known.get((digest, ending)):
            if not _is_named(digest, ending, with_drafts=with_drafts):
                abort(404)
            known[digest, ending] = not with_drafts
        return _sent(store, digest, ending, is_public=not with_drafts)

    app.add_url_rule("/media/<digest>.<ending>", "medium", medium)


def media_of() -> MediaOf:
    """Where this surface serves the files of a form."""
    store = _store()

    def found(name: str, digest: str) -> Served | None:
        ending = _ending(name)
        if store is None or ending not in TYPES or not store.exists(digest):
            return None
        size = _size(str(store.folder), digest) if TYPES[ending].startswith("image/") else (0, 0)
        return Served(url_for("medium", digest=digest, ending=ending), *size)

    return found


def _store() -> FileStore | None:
    found = http.database().info.get(STORE)
    return found if isinstance(found, FileStore) else None


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _is_named(digest: str, ending: str, *, with_drafts: bool) -> bool:
    documents: list[Any] = [sa.select(Version.specification["files"])]
    if with_drafts:
        documents.append(sa.select(Survey.draft["files"]))
    return any(
        named == digest and _ending(name) == ending
        for query in documents
        for (files,) in http.session().execute(query)
        for name, named in (files or {}).items()
    )


def _sent(store: FileStore, digest: str, ending: str, *, is_public: bool) -> Response:
    try:
        with store.open(digest) as file:
            content = io.BytesIO(file.read())
    except FileMissing:
        abort(404)
    response = send_file(content, mimetype=TYPES[ending], conditional=True, etag=digest)
    reach = "public" if is_public else "private"
    response.headers["Cache-Control"] = f"{reach}, max-age={_FOR_EVER}, immutable"
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


@cache
def _size(folder: str, digest: str) -> tuple[int, int]:
    """Width and height in pixels; 0 where nobody can tell, such as of a drawing."""
    try:
        with FileStore(Path(folder)).open(digest) as file, Image.open(file) as image:
            return image.size
    except (
        FileMissing,
        StorageUnavailable,
        UnidentifiedImageError,
        OSError,
        Image.DecompressionBombError,
        SyntaxError,
        ValueError,
    ):
        return 0, 0
