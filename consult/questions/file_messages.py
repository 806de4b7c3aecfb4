"""What is said about files that cannot be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from consult.i18n import lazy_gettext as _l
from consult.questions.kind import Message

NOT_TAKEN = _l("This kind of file is not taken. Please send a document, a picture, a recording or a film.")
NOT_A_PICTURE = _l("This is not a picture that can be taken. Please send a JPEG, PNG, WebP or GIF file.")
NOT_SOUND = _l("This is not a recording that can be taken. Please send an MP3, M4A, WAV or OGG file.")
NOT_FILM = _l("This is not a film that can be taken. Please send an MP4, MOV, 3GP or WebM file.")
NOT_A_FILE = _l(
    "The answer must name a file: its SHA-256, size in bytes, type and name, with colons between."
)

_EMPTY = _l("This file is empty. Please choose another one.")
_UNREADABLE = _l("This picture cannot be read. Please choose another one, or take it again.")
_TOO_MANY_PIXELS = _l("This picture is too large to be opened. Please send a smaller one.")
_TOO_MANY = _l("No more files can be kept with these answers. Please remove one first.")


def _too_large(kind: Any) -> Message:
    return _l(
        "This file is larger than %(number)s MB. Please choose a smaller one.",
        number=kind.most_bytes // 1_000_000,
    )


REFUSALS: Mapping[str, Callable[[Any], Message]] = MappingProxyType(
    {
        "empty": lambda _kind: _EMPTY,
        "too_large": _too_large,
        "too_many": lambda _kind: _TOO_MANY,
        "too_many_pixels": lambda _kind: _TOO_MANY_PIXELS,
        "unreadable": lambda _kind: _UNREADABLE,
        "wrong_kind": lambda kind: kind.wrong_kind,
    }
)
"""Why a file was refused → what is said, given the kind of question."""
