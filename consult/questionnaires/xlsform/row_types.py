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
from consult.questions import KINDS
from consult.questions.attachment import ATTACHMENTS

Role = Literal["question", "begin", "end", "refused", "unknown"]

METADATA = frozenset(kind.name for kind in KINDS.values() if not kind.is_shown) - {
    "calculate",
    "hidden",
    *ATTACHMENTS,
}
"""Types that a device fills in by itself. Here they stay empty: a respondent's device is their own."""

OTHER_METADATA = frozenset(("start-geopoint", "osm", "phonenumber", "email"))
"""The same, without a kind of their own; the last two only where they have no label: else they are asked."""

_OLD: dict[str, str] = (
    {"q string": "text", "add text prompt": "text", "q int": "integer", "add integer prompt": "integer"}
    | {"q decimal": "decimal", "add decimal prompt": "decimal"}
    | {"q date": "date", "add date prompt": "date", "q time": "time", "add time prompt": "time"}
    | {"add date time prompt": "dateTime", "add note prompt": "note"}
    | {"add acknowledge prompt": "acknowledge", "add calculate prompt": "calculate"}
    | {"q calculate": "calculate", "phonenumber": "phonenumber", "get phone number": "phonenumber"}
    | {"email": "email", "start-geopoint": "start-geopoint"}
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
)

_LATER: Mapping[str, tuple[str, Message]] = MappingProxyType(
    dict.fromkeys(
        (
            *("caseid", "comments", "audio audit", "text audit", "calculate_here", "enumerator"),
            *("speed violations audit", "speed violations count", "speed violations list"),
            *("sensor_statistic", "sensor_stream"),
        ),
        ("foreign_type", _l("This type belongs to one other product only (SurveyCTO).")),
    )
    | {"include": ("foreign_type", _l("Parts of other forms cannot be included."))}
)
_WITH_DETAIL = frozenset(("sensor_statistic", "sensor_stream"))
_FROM_REPEAT = ("repeat_later", _l("Choices cannot be made out of answers in a repeat yet."))
_EXTERNAL = re.compile(
    r"(?P<command>select[ _]one|select[ _]multiple|rank)[ _](?P<how>from[ _]file|external)\s+"
    r"(?P<what>\S.*?)(?P<other>\s+(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
_SELECT = re.compile(
    r"(?:add )?"
    r"(?P<command>select[ _]one|select1|select[ _]multiple|select[ _]all[ _]that[ _]apply|select|rank)"
    r"(?: prompt)?(?:[ _]from| using)?\s+(?P<list>\S+)(?P<other>\s+(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?P<edge>begin|end)[ _]*(?P<what>group|repeat|loop|lgroup|looped group)\b.*")


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is. ``kind`` of a question; ``is_repeat`` of a block; ``source``: the file with the choices.

    ``refusal``: code and message for what is not there yet.
    """

    role: Role
    kind: str = ""
    list_name: str = ""
    has_other: bool = False
    is_repeat: bool = False
    is_loop: bool = False
    source: str = ""
    refusal: tuple[str, Message] = ("", "")


def read_type(text: str) -> RowType:
    """Understand one cell of the column ``type`` (already cleaned)."""
    plain = text.lower()
    if block := _BLOCK.fullmatch(plain):
        edge: Role = "begin" if block["edge"] == "begin" else "end"
        what = block["what"]
        return RowType(edge, is_repeat=what not in ("group", "loop"), is_loop=what == "loop")
    if plain in _BY_PLAIN:
        return RowType("question", _BY_PLAIN[plain])
    if plain.split(" ")[0] == "osm":
        return RowType("question", "osm")  # another program's map, and the list of its marks
    if plain in _LATER or plain.split(" ")[0] in _WITH_DETAIL:
        return RowType("refused", refusal=_LATER.get(plain) or _LATER[plain.split(" ")[0]])
    return _read_select(text) or RowType("unknown")


def _read_select(text: str) -> RowType | None:
    if outside := _EXTERNAL.fullmatch(text):
        return _read_external(outside)
    found = _SELECT.fullmatch(text)
    if found is None:
        return None
    if found["list"].startswith("${"):
        return RowType("refused", refusal=_FROM_REPEAT)
    has_other = found["other"] is not None
    return RowType("question", _kind(found["command"]), list_name=found["list"], has_other=has_other)


def _read_external(found: re.Match[str]) -> RowType:
    """``select_one_from_file towns.csv``, ``select_one_external towns``."""
    kind, has_other = _kind(found["command"]), found["other"] is not None
    if found["how"].lower() == "external":
        return RowType("question", kind, found["what"], has_other, source=ITEMSETS)
    return RowType("question", kind, has_other=has_other, source=found["what"])


def _kind(command: str) -> str:
    plain = command.lower().replace("_", " ")
    return {"select one": "select_one", "select1": "select_one", "rank": "rank"}.get(plain, "select_multiple")
