"""Texts of a questionnaire as staff see them named: one short line, without references and markup."""

from __future__ import annotations

import re
from collections.abc import Mapping

from consult.i18n import Localized, LocalText
from consult.i18n import lazy_pgettext as _lp
from consult.questionnaires.findings import Message
from consult.questionnaires.texts import What

LONGEST = 90

TEXT_NAMES: Mapping[What, Message] = {
    "title": _lp("text", "Title"),
    "introduction": _lp("text", "Notice: who asks, and why"),
    "authority": _lp("text", "Notice: legal authority"),
    "purpose": _lp("text", "Notice: purpose"),
    "contact": _lp("text", "Notice: contact"),
    "label": _lp("text", "Label"),
    "hint": _lp("text", "Hint"),
    "guidance": _lp("text", "Further explanation"),
    "required_message": _lp("text", "Message when an answer is missing"),
    "constraint_message": _lp("text", "Message when an answer cannot be right"),
}
"""What the texts of a questionnaire are called."""

_HOLE = re.compile(r"\$\{[^}]*\}")
_TAG = re.compile(r"<[^>]{1,200}>")
_MARK = re.compile(r"(\*\*|__|^#+ |`)", re.MULTILINE)


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
