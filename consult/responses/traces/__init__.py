"""Sound and film without what the device wrote beside them: where and when, by whom, with which device.

Nothing is decoded and no byte moves: what a format keeps for such words is overwritten with what the same
format calls padding. So nothing that plays can break, and a file of 60 MB takes milliseconds. A library that
does this for all formats is under the GPL.

What is inside of sound and picture themselves stays, and so does a track of its own (places along the way of
an action camera).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from consult.responses.traces import flac, iso, matroska, mpeg, ogg, riff

_BY_TYPE: Mapping[str, Callable[[BinaryIO, int], None]] = MappingProxyType(
    {
        **dict.fromkeys(("audio/mp4", "video/mp4", "video/quicktime", "video/3gpp"), iso.clear),
        **dict.fromkeys(("audio/mpeg", "audio/aac"), mpeg.clear),
        **dict.fromkeys(("audio/wav", "video/x-msvideo"), riff.clear),
        "audio/flac": flac.clear,
        "audio/ogg": ogg.clear,
        "video/webm": matroska.clear,
    }
)

CLEARED = frozenset(_BY_TYPE)
"""Types of which the traces are taken away; audio/amr has no place for any."""


def remove_traces(file: BinaryIO, type_: str, size: int) -> None:
    """Overwrite them in ``file``, which has ``size`` bytes; nothing happens to other types.

    What is damaged is cleared as far as it can be read.
    """
    clear = _BY_TYPE.get(type_)
    if clear is not None:
        clear(file, size)
    file.seek(0)
