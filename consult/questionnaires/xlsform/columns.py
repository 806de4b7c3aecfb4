"""Which column is what: the standard's names, their old spellings, and the language a header names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from consult.questionnaires.language_names import language_of
from consult.questionnaires.xlsform.repairs import clean_code
from consult.questionnaires.xlsform.spelling import is_one_slip

LONGEST_HEADER = 200
MEDIA = ("image", "big-image", "audio", "video")
"""What can be shown or played beside a text; the columns are called ``media::image`` and so on."""
_MEDIUM: Mapping[str, str] = MappingProxyType({what.replace("-", "_"): what for what in MEDIA})

KOBO_MESSAGE = "kobo--rank-constraint-message"
_NAMED_BY_KOBO = frozenset(("$autoname", "$autovalue"))
"""The names that its form builder gives; its other columns that begin with $ are its own book-keeping."""
KEPT_BY_KOBO = "$"
"""What such a column is called here: nobody asks for it."""

SURVEY: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("type", "name", "label", "hint", "guidance_hint", "required", "relevant")}
    | {name: name for name in ("constraint", "calculation", "default", "read_only", "appearance", "disabled")}
    | {name: name for name in ("choice_filter", "parameters", "repeat_count", "trigger")}
    | {name: name for name in ("required_message", "constraint_message")}
    | {"command": "type", "tag": "name", "value": "name", "$autoname": "name", "caption": "label"}
    | {"relevance": "relevant", "relevancy": "relevant", "skip_logic": "relevant"}
    | {"calculate": "calculation", "calculations": "calculation", "constraints": "constraint"}
    | {"readonly": "read_only", "count": "repeat_count", "jr:count": "repeat_count"}
    | {"guidance": "guidance_hint", "parameter": "parameters", "filter": "choice_filter"}
    | {"requiredmsg": "required_message", "jr:requiredmsg": "required_message"}
    | {"constraining_message": "constraint_message", "constraint_msg": "constraint_message"}
    | {"required_msg": "required_message", "constraintmsg": "constraint_message"}
    | {"jr:constraintmsg": "constraint_message"}
    | {"kobo_score_choices": "kobo--score-choices", "kobo_rank_items": "kobo--rank-items"}
    | {"kobo_matrix_list": "kobo--matrix_list", "kobomatrix_list": "kobo--matrix_list"}
    | {"kobo_rank_constraint_message": KOBO_MESSAGE}
)
CHOICES: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("list_name", "name", "label", "exclusive")}
    | {"list": "list_name", "listname": "list_name", "value": "name", "caption": "label"}
    | {"$autovalue": "name"}
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
        *(f"media::{what}" for what in MEDIA),
        KOBO_MESSAGE,
    )
)
_HOLDERS = frozenset(("bind", "body", "control", "media"))
_TONGUE = re.compile(r"(?P<head>.+?)\s*(?:\((?P<bracketed>[^()]+)\)|\s(?P<named>\S.*\([^()]+\)))")
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

    @property
    def is_named_by_kobo(self) -> bool:
        """Whether it holds the name under which KoboToolbox keeps the answers, whatever else is written."""
        return self.header.lower() in _NAMED_BY_KOBO


def read_header(number: int, text: str, aliases: Mapping[str, str], *, has_media: bool) -> Column:
    """Understand one header cell."""
    header = clean_code(text[:LONGEST_HEADER])
    if header.startswith("$") and header.lower() not in _NAMED_BY_KOBO:
        return Column(number, header, KEPT_BY_KOBO)
    first, *rest = _parts(header, aliases)
    head = _plain(first)
    if head == "media" and rest:
        head, rest = _plain(rest[0]), rest[1:]
    if has_media and head in _MEDIUM:
        return Column(number, header, *_spoken(f"media::{_MEDIUM[head]}", rest))
    if head in _HOLDERS and rest:
        name = aliases.get(_plain(rest[0]), "")
        return Column(number, header, *_spoken(name if name in _HELD else "", rest[1:]))
    if not rest and not aliases.get(head) and (found := _TONGUE.fullmatch(header)):
        # "label (fr)", "hint Français (fr)": no spelling of the standard, but there is only one meaning.
        name, tongue = aliases.get(_plain(found["head"]), ""), found["bracketed"] or found["named"]
        if name in _TRANSLATED and language_of(tongue):
            return Column(number, header, name, tongue=tongue)
    return Column(number, header, *_spoken(aliases.get(head, ""), rest))


def _parts(header: str, aliases: Mapping[str, str]) -> list[str]:
    """What stands between the colons. One was the old way; but jr:count or esri:type are whole names."""
    if "::" in header:
        return re.split(r"\s*::\s*", header)
    first = _plain(header.split(":")[0])
    if first not in _HOLDERS and first not in _MEDIUM and aliases.get(first) not in _TRANSLATED:
        return [header]
    return re.split(r"(?<!\bjr)\s*:\s*", header)


def _spoken(name: str, tongue: Sequence[str]) -> tuple[str, str]:
    """The column's name and its language, as written; no name if a language stands where none can be."""
    if not tongue or tongue[0].lower() in ("", "default"):
        return name, ""
    return (name, tongue[0]) if len(tongue) == 1 and name in _TRANSLATED else ("", "")


def likely(header: str, aliases: Mapping[str, str]) -> str | None:
    """The column of the standard that a misspelled header probably means (``appareance``, ``lable``)."""
    plain = _plain(re.split(r"\s*::?\s*", header)[0])
    if len(plain) < 4:
        return None
    slips = [name for name in aliases if is_one_slip(plain, name)]
    near = slips or (get_close_matches(plain, aliases, n=1, cutoff=0.85) if len(plain) > 4 else [])
    return aliases[near[0]] if near else None


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().lower())
