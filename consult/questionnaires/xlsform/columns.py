"""Which column is what: the standard's names, their old spellings, and the language a header names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from consult.questionnaires.xlsform.repairs import clean_code

LONGEST_HEADER = 200
MEDIA = "media"
"""Name of every column that shows pictures, sound or film."""

SURVEY: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("type", "name", "label", "hint", "guidance_hint", "required", "relevant")}
    | {name: name for name in ("constraint", "calculation", "default", "read_only", "appearance", "disabled")}
    | {name: name for name in ("choice_filter", "parameters", "repeat_count", "trigger")}
    | {name: name for name in ("required_message", "constraint_message")}
    | {"command": "type", "caption": "label", "relevance": "relevant", "calculate": "calculation"}
    | {"readonly": "read_only", "count": "repeat_count", "jr:count": "repeat_count"}
    | {"requiredmsg": "required_message", "jr:requiredmsg": "required_message"}
    | {"constraintmsg": "constraint_message", "jr:constraintmsg": "constraint_message"}
)
CHOICES: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("list_name", "name", "label", "exclusive")}
    | {"list": "list_name", "value": "name", "caption": "label"}
)
SETTINGS: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("form_title", "form_id", "version", "default_language", "minutes")}
    | {name: name for name in ("introduction", "notice_authority", "notice_purpose", "notice_contact")}
    | {"title": "form_title", "set_form_title": "form_title"}
    | {"id_string": "form_id", "set_form_id": "form_id"}
)
_TRANSLATED = frozenset(
    (
        *("label", "hint", "guidance_hint", "required_message", "constraint_message", "form_title"),
        *("introduction", "notice_authority", "notice_purpose", "notice_contact"),
    )
)
_MEDIA = frozenset(("image", "big_image", "audio", "video"))
_HOLDERS = frozenset(("bind", "body", "control", "media"))
_HELD = frozenset(
    (
        *("relevant", "constraint", "constraint_message", "required", "required_message"),
        *("calculation", "read_only", "appearance", "repeat_count"),
    )
)


@dataclass(slots=True)
class Column:
    """One column. ``name`` empty: not a column of the standard, kept as the author's own.

    ``tongue`` is the language as the author wrote it; ``language`` its code, once it is known.
    """

    number: int
    header: str
    name: str
    tongue: str = ""
    language: str = ""

    @property
    def is_translated(self) -> bool:
        return self.name in _TRANSLATED


def read_header(number: int, text: str, aliases: Mapping[str, str], *, has_media: bool) -> Column:
    """Understand one header cell."""
    header = clean_code(text[:LONGEST_HEADER])
    parts = re.split(r"\s*::\s*", header)
    if len(parts) == 1 and ":" in header:
        first = _plain(header.split(":")[0])
        # One colon was the old way; but jr:count or esri:type are whole names.
        if first in _HOLDERS or aliases.get(first) in _TRANSLATED:
            parts = re.split(r"\s*:\s*", header)
    if has_media and (_plain(parts[0]) in _MEDIA or (_plain(parts[0]) == MEDIA and len(parts) > 1)):
        return Column(number, header, MEDIA)
    if _plain(parts[0]) in _HOLDERS and len(parts) > 1:
        held = aliases.get(_plain("::".join(parts[1:])), "")
        return Column(number, header, held if held in _HELD else "")
    name = aliases.get(_plain(parts[0]), "")
    if len(parts) == 1:
        return Column(number, header, name)
    if len(parts) == 2 and name in _TRANSLATED:
        return Column(number, header, name, tongue=parts[1])
    return Column(number, header, "")


def likely(header: str, aliases: Mapping[str, str]) -> str | None:
    """The column of the standard that a misspelled header probably means (``appareance``)."""
    plain = _plain(re.split(r"\s*::?\s*", header)[0])
    near = get_close_matches(plain, aliases, n=1, cutoff=0.85) if len(plain) > 4 else []
    return aliases[near[0]] if near else None


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().lower())
