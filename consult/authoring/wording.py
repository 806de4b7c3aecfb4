"""Texts of a questionnaire as staff see them named: one short line, without references and markup."""

from __future__ import annotations

import re

from consult.i18n import Localized, LocalText

LONGEST = 90

_HOLE = re.compile(r"\$\{[^}]*\}")
_TAG = re.compile(r"<[^>]{1,200}>")
_MARK = re.compile(r"(\*\*|__|(?<!\S)\*(?=\S)|(?<=\S)\*(?!\S)|^#+ |`)", re.MULTILINE)


def short(text: Localized, language: str, fallback: str, otherwise: str) -> LocalText:
    """One line of a text in the wanted language; ``otherwise`` (a key) where there is none."""
    found = text.pick(language, fallback)
    if not found:
        return LocalText(otherwise, language)
    return LocalText(shortened(found), found.language)


def shortened(text: str) -> str:
    """At most a line, ended by … where something is cut."""
    line = " ".join(_MARK.sub("", _TAG.sub(" ", _HOLE.sub("…", text))).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
