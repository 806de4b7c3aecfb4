"""The headers that every answer carries, and how some of them may differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consult.http import HEADERS

SANDBOX = "default-src 'none'; sandbox"
"""What strangers sent, or staff laid beside a form, is no page of ours."""


def wrong_headers(values_of: Callable[[str], Sequence[str]], path: str = "") -> list[str]:
    """Headers that are missing, different, or there twice; ``values_of`` gives those of a name.

    A page may ask for what a device knows, but then only for itself; a preview frames pages of its own site.
    """
    return [name for name, value in HEADERS.items() if not _is_right(value, values_of(name), path)]


def _is_right(wanted: str, given: Sequence[str], path: str) -> bool:
    if len(given) != 1:
        return False
    plain = given[0].replace("=(self)", "=()")
    if "/preview/" in path:
        plain = plain.removesuffix("; frame-src 'self'").replace("SAMEORIGIN", "DENY")
        plain = plain.replace("frame-ancestors 'self'", "frame-ancestors 'none'")
    return plain == wanted or (plain == SANDBOX and wanted == HEADERS["Content-Security-Policy"])
