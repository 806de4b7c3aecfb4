"""Numbers of a spreadsheet that are dates: which styles say so, and what they come to."""

from __future__ import annotations

import datetime as dt
import re

_DAY = 86_400
# Built-in number formats that show a date or a time (ECMA-376, 18.8.30, with the East Asian ones).
_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


class Dates:
    """The style sheet's knowledge of dates."""

    def __init__(self, is_1904: bool) -> None:
        # Excel's day 60 is 29 February 1900, which never was: counting from 30 December 1899 makes up for it.
        self._start = dt.datetime(1904, 1, 1) if is_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
        self._formats: set[str] = {str(number) for number in _BUILT_IN}
        self._styles: list[bool] = []

    def add_format(self, identity: str, code: str) -> None:
        shown = _NOT_SHOWN.sub("", code.split(";")[0]).lower()
        if any(sign in shown for sign in "dmyhs") and "general" not in shown:
            self._formats.add(identity)
        else:
            self._formats.discard(identity)

    def add_style(self, format_identity: str) -> None:
        self._styles.append(format_identity in self._formats)

    def is_date(self, style: str) -> bool:
        return style.isdigit() and int(style) < len(self._styles) and self._styles[int(style)]

    def text(self, days: float) -> str | None:
        """``2026-03-05``, ``09:30:00`` or ``2026-03-05T09:30:00``; ``None`` beyond the calendar."""
        try:
            moment = self._start + dt.timedelta(seconds=round(days * _DAY))
        except (OverflowError, ValueError):
            return None
        if 0 <= days < 1:
            return moment.time().isoformat()
        return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat()
