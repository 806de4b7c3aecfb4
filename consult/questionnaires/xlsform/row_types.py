"""The column ``type``: every spelling the standard has had → what the row is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.sources import ITEMSETS
from consult.questionnaires.findings import Message
from consult.questionnaires.xlsform.spelling import Spelling, is_one_slip
from consult.questions import KINDS
from consult.questions.attachment import ATTACHMENTS

Role = Literal["question", "begin", "end", "part", "setting", "refused", "unknown"]

METADATA = frozenset(kind.name for kind in KINDS.values() if not kind.is_shown) - {
    "calculate",
    "hidden",
    *ATTACHMENTS,
}
"""Types that a device fills in by itself. Here they stay empty: a respondent's device is their own."""

_OF_SURVEYCTO = (
    *("caseid", "comments", "enumerator", "audio audit", "text audit", "sensor_statistic", "sensor_stream"),
    *("speed violations audit", "speed violations count", "speed violations list"),
)
OTHER_METADATA = frozenset(
    ("start-geopoint", "background-geopoint", "osm", *_OF_SURVEYCTO, "phonenumber", "email")
)
"""The same, without a kind of their own; the last two only where they have no label: else they are asked."""

_OLD: dict[str, str] = (
    {"q string": "text", "add text prompt": "text", "q int": "integer", "add integer prompt": "integer"}
    | {"q decimal": "decimal", "add decimal prompt": "decimal"}
    | {"q date": "date", "add date prompt": "date", "q time": "time", "add time prompt": "time"}
    | {"add date time prompt": "dateTime", "add datetime prompt": "dateTime", "q datetime": "dateTime"}
    | {"q date time": "dateTime", "add note prompt": "note", "q note": "note", "q text": "text"}
    | {"numeric": "decimal", "number": "decimal", "percentage": "integer"}
    | dict.fromkeys((f"number of days in last {span}" for span in ("month", "six months", "year")), "integer")
    | {"q acknowledge": "acknowledge", "calculate_here": "calculate", "get username": "username"}
    | {"add acknowledge prompt": "acknowledge", "add calculate prompt": "calculate"}
    | {"q calculate": "calculate", "phonenumber": "phonenumber", "get phone number": "phonenumber"}
    | {word: word for word in OTHER_METADATA}
    | {"start time": "start", "get start time": "start", "end time": "end", "get end time": "end"}
    | {"get today": "today", "device id": "deviceid", "get device id": "deviceid", "imei": "deviceid"}
    | {"uri:deviceid": "deviceid", "uri:username": "username", "uri:email": "email"}
    | {"uri:phonenumber": "phonenumber", "uri:simserial": "simserial", "uri:subscriberid": "subscriberid"}
    | {"get sim id": "simserial", "sim id": "simserial", "get subscriber id": "subscriberid"}
    | {"subscriber id": "subscriberid"}
)
"""Spellings of former versions of the standard, and words whose kind depends on the rest of the row."""

_BY_PLAIN: Mapping[str, str] = MappingProxyType(
    {spelling: kind.name for kind in KINDS.values() if not kind.has_choices for spelling in kind.types} | _OLD
)

KNOWN_TYPES = (
    *(*_BY_PLAIN, "select_one", "select_multiple", "rank", "begin_group", "end_group"),
    *("select_one_from_file", "select_multiple_from_file", "select_one_external"),
    *("begin_score", "score__row", "end_score", "begin_rank", "rank__level", "end_rank"),
    *("begin_kobomatrix", "end_kobomatrix"),
)

_WITH_LIST = (
    *("select_one", "select_multiple", "rank"),
    *("select_one_from_file", "select_multiple_from_file", "select_one_external"),
)

_REFUSED: Mapping[str, tuple[str, Message]] = MappingProxyType(
    {"include": ("foreign_type", _l("Parts of other forms cannot be included."))}
)
_SETTINGS: Mapping[str, str] = MappingProxyType(
    {"set form title": "form_title", "form title": "form_title"}
    | {"set form id": "form_id", "form id": "form_id"}
)
_APPEARANCES = frozenset(("signature", "draw", "annotate"))
"""Appearances of pictures that authors write as a type."""
_WITH_DETAIL = frozenset(("osm", "sensor_statistic", "sensor_stream"))
_SEVERAL_ENTRIES = ("entries_several", _l("Of the items of a repeat only one can be chosen (select_one)."))
_ENTRIES_OR_OTHER = (
    "entries_other",
    _l("Choices out of a repeat cannot have “other” among them (or_other)."),
)
_EXTERNAL = re.compile(
    r"(?P<command>select[ _]one|select[ _]multiple|rank)[ _](?P<how>from[ _]file|external)\s+"
    r"(?P<what>\S.*?)(?P<other>\s+(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"select[ _-]?one|select1|select[ _-]?multiple|select[ _]all[ _]that[ _]apply|select|rank", re.IGNORECASE
)
_SELECT = re.compile(
    r"(?:add |q )?"
    r"(?P<command>select[ _-]?one|select1|select[ _-]?multiple|select[ _]all[ _]that[ _]apply|select|rank)"
    r"(?: prompt)?(?:[ _]from(?:[ _]list)?| using)?(?:\s*:\s*|\s+)"
    r"(?P<list>\S.*?)(?P<other>\s+or[ _-](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?P<edge>begin|end)[ _-]*(?P<what>group|repeat|loop|lgroup|looped group)\b"
    r"(?:.*\bover (?P<list>\S+))?.*",
    re.IGNORECASE,
)
_OF_KOBO = re.compile(
    r"(?P<edge>begin|end)[ _-]*(?:kobo)?[ _-]*(?P<what>score|rank|matrix)(?:[ _](?P<list>\S+))?",
    re.IGNORECASE,
)
_PART_OF_KOBO = re.compile(r"(?P<what>score|rank)__?(?:row|level)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is. ``kind`` of a question, or which setting, or which of KoboToolbox's blocks and their
    parts (score, rank, matrix; see kobo.py); ``is_repeat`` of a block; ``list_name`` of a question or a loop
    (of an entry: ``${name}``); ``source``: the file with the choices; ``appearance``: what the word for the
    type says about its looks.

    ``refusal``: code and message for what is not there yet.
    """

    role: Role
    kind: str = ""
    list_name: str = ""
    has_other: bool = False
    is_repeat: bool = False
    is_loop: bool = False
    source: str = ""
    appearance: str = ""
    refusal: tuple[str, Message] = ("", "")


def read_type(text: str) -> RowType:
    """Understand one cell of the column ``type`` (already cleaned)."""
    if block := _BLOCK.fullmatch(text):
        what = block["what"].lower()
        is_loop = what == "loop"
        list_name = (block["list"] or "") if is_loop else ""
        return RowType(
            _edge(block), "", list_name, is_repeat=what != "group" and not is_loop, is_loop=is_loop
        )
    if ours := _OF_KOBO.fullmatch(text):
        return RowType(_edge(ours), ours["what"].lower(), ours["list"] or "")
    if part := _PART_OF_KOBO.fullmatch(text):
        return RowType("part", part["what"].lower())
    plain = text.lower()
    joined = re.sub(r"[ _-]", "", plain)
    for spelling in (
        plain,
        plain.replace("_", " "),
        plain.replace(" ", "_"),
        plain.replace(" ", "-"),
        joined,
    ):
        if spelling in _BY_PLAIN:
            return RowType("question", _BY_PLAIN[spelling])
    if plain in _APPEARANCES:
        return RowType("question", "image", appearance=plain)
    if plain.split(" ")[0] in _WITH_DETAIL:
        return RowType("question", plain.split(" ")[0])  # what is recorded, and how
    if plain.replace("_", " ") in _SETTINGS:
        return RowType("setting", _SETTINGS[plain.replace("_", " ")])
    if plain in _REFUSED:
        return RowType("refused", refusal=_REFUSED[plain])
    return _read_select(text) or RowType("unknown")


def needs_list(text: str) -> bool:
    """Whether it is a type with choices to which the name of the list is missing: ``select_one`` alone."""
    return _COMMAND.fullmatch(text) is not None


def meant_type(text: str, spelling: Spelling) -> str | None:
    """The type that was probably meant by one that is not known, the name of its list with it."""
    words = text.lower().split()
    for count in (2, 1):  # "selct one gender", "select_ones gender"
        named = text.split(maxsplit=count)[-1] if len(words) > count else ""
        said = "_".join(words[:count])
        near = next((known for known in _WITH_LIST if is_one_slip(said, known)), None)
        if near is None and count == 1:
            near = spelling.near(said, KNOWN_TYPES)
        if named and near in _WITH_LIST:
            return f"{near} {named}"
    return spelling.near(text.lower(), KNOWN_TYPES)


def _edge(block: re.Match[str]) -> Role:
    return "begin" if block["edge"].lower() == "begin" else "end"


def _read_select(text: str) -> RowType | None:
    if outside := _EXTERNAL.fullmatch(text):
        return _read_external(outside)
    found = None if needs_list(text) else _SELECT.fullmatch(text)
    if found is None:
        return None
    kind, has_other = _kind(found["command"]), found["other"] is not None
    if found["list"].startswith("${"):
        if kind != "select_one" or has_other:
            return RowType("refused", refusal=_ENTRIES_OR_OTHER if has_other else _SEVERAL_ENTRIES)
        return RowType("question", "entry", list_name=found["list"])
    return RowType("question", kind, list_name=found["list"], has_other=has_other)


def _read_external(found: re.Match[str]) -> RowType:
    """``select_one_from_file towns.csv``, ``select_one_external towns``."""
    kind, has_other = _kind(found["command"]), found["other"] is not None
    if found["how"].lower() == "external":
        return RowType("question", kind, found["what"], has_other, source=ITEMSETS)
    return RowType("question", kind, has_other=has_other, source=found["what"])


def _kind(command: str) -> str:
    plain = re.sub(r"[ _-]", "", command.lower())
    return {"selectone": "select_one", "select1": "select_one", "rank": "rank"}.get(plain, "select_multiple")
