"""Patterns of authors, run on answers of strangers: a linear-time engine and limits.

``regex()`` asks whether the whole text matches (as ODK's documentation and Collect have it; the web
engines in the field search, so an unanchored pattern already means two things there).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

from consult.expressions.errors import ExpressionError
from consult.i18n import lazy_gettext as _l

MAXIMUM_PATTERN = 1_000
MAXIMUM_TEXT = 10_000
"""Characters; a longer text does not match."""


def compiled(pattern: str, *, is_written_out: bool = True) -> Any:
    """The pattern ready to match; ExpressionError if the engine cannot take it.

    The message quotes it only if the author wrote it out: otherwise an answer may be part of it.
    """
    try:
        return _compiled(pattern)
    except (re2.error, UnicodeEncodeError):
        message = _l("The pattern of “regex” cannot be read.")
        if is_written_out:
            message = _l("The pattern “%(pattern)s” cannot be read.", pattern=pattern[:80])
        raise ExpressionError(
            message,
            "pattern",
            0,
            _l("Check its brackets; references back (\\1) and looking ahead or behind (?=…) cannot be used."),
        ) from None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    if len(pattern) > MAXIMUM_PATTERN:
        raise re2.error("too long")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(pattern, options=options)


def is_match(pattern: Any, text: str) -> bool:
    """Whether the whole ``text`` matches a compiled pattern; half of a surrogate pair matches none."""
    try:
        return len(text) <= MAXIMUM_TEXT and pattern.fullmatch(text) is not None
    except UnicodeEncodeError:
        return False
