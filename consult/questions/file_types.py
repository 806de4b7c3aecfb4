"""What a file is, by what is in it: its name and what a browser says of it prove nothing.

Signatures: https://www.garykessler.net/library/file_sigs.html, ISO/IEC 14496-12 (``ftyp``),
RFC 9559 (Matroska).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Family = Literal["image", "audio", "video", "document"]

HEAD = 4096
"""Bytes from the beginning that are needed to tell."""


@dataclass(frozen=True, slots=True)
class FileType:
    """``extension``: the one that a file of this type gets, whatever it was called."""

    type: str
    family: Family
    extension: str


_ALL = (
    FileType("image/jpeg", "image", "jpg"),
    FileType("image/png", "image", "png"),
    FileType("image/gif", "image", "gif"),
    FileType("image/webp", "image", "webp"),
    FileType("audio/mpeg", "audio", "mp3"),
    FileType("audio/wav", "audio", "wav"),
    FileType("audio/ogg", "audio", "ogg"),
    FileType("audio/flac", "audio", "flac"),
    FileType("audio/aac", "audio", "aac"),
    FileType("audio/amr", "audio", "amr"),
    FileType("audio/mp4", "audio", "m4a"),
    FileType("video/mp4", "video", "mp4"),
    FileType("video/quicktime", "video", "mov"),
    FileType("video/3gpp", "video", "3gp"),
    FileType("video/webm", "video", "webm"),
    FileType("video/x-msvideo", "video", "avi"),
    FileType("application/pdf", "document", "pdf"),
    FileType("application/rtf", "document", "rtf"),
    FileType("text/plain", "document", "txt"),
    FileType("application/zip", "document", "zip"),
    FileType("application/x-ole-storage", "document", "ole"),
)
TYPES: Mapping[str, FileType] = MappingProxyType({each.type: each for each in _ALL})
"""Every type that is taken, by its name."""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_IN_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
# What a browser or another program could take for a page or a program of its own.
_ACTIVE_TEXT = re.compile(r"\s*(?:<|#!|%!)")

# Containers whose content is one of several documents: the name may say which, among these only.
_INSIDE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "application/zip": frozenset(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip")),
        "application/x-ole-storage": frozenset(("doc", "xls", "ppt")),
        "text/plain": frozenset(("txt", "csv", "md", "json", "tsv")),
    }
)


def type_of(head: bytes) -> FileType | None:
    """The type of a file that begins with ``head`` (at least :data:`HEAD` bytes, or all of it).

    None for what is not taken: pages and drawings that can carry programs (HTML, SVG, XML), programs, and
    whatever is not known.
    """
    name = _signed(head) or _text(head)
    return TYPES[name] if name else None


def extension_of(found: FileType, name: str) -> str:
    """The extension a file gets: its type's, or, in a container, the one of its name if that can be."""
    written = name.rpartition(".")[2].lower()
    return written if written in _INSIDE.get(found.type, ()) else found.extension


def _signed(head: bytes) -> str | None:
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning):
            return name
    if head[:4] == b"RIFF":
        return _IN_RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12])
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        # Sound of MPEG: layer 0 is ADTS (AAC), the others are layers I to III.
        return "audio/aac" if head[1] & 0x06 == 0 else "audio/mpeg"
    return None


def _iso_media(brand: bytes) -> str | None:
    if brand in (b"M4A ", b"M4B ", b"F4A "):
        return "audio/mp4"
    if brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"crx "):
        return None  # pictures that cannot be cleaned of what they say about their maker
    if brand == b"qt  ":
        return "video/quicktime"
    return "video/3gpp" if brand[:3] in (b"3gp", b"3g2") else "video/mp4"


def _text(head: bytes) -> str | None:
    if not head or _NO_TEXT.search(head):
        return None
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if problem.start < len(head) - 3:
            return None
        text = head[: problem.start].decode("utf-8-sig")
    return None if _ACTIVE_TEXT.match(text) else "text/plain"
