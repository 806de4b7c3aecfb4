"""Functions on texts."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import uuid

from consult.expressions import patterns
from consult.expressions.context import Context
from consult.expressions.errors import ExpressionError
from consult.expressions.functions.table import Table
from consult.expressions.values import Value, number, text
from consult.i18n import lazy_gettext as _l

_SPACES = re.compile(r"[ \t\r\n]+")
MAXIMUM_TEXT = 100_000
"""Characters of a text that an expression may build: calculations that double each other stop here."""


def within_limit(built: str) -> str:
    """``built`` itself; ExpressionError if it is longer than any answer has a reason to be."""
    if len(built) > MAXIMUM_TEXT:
        raise ExpressionError(
            _l(
                "The text that the expression builds is longer than %(limit)s characters.", limit=MAXIMUM_TEXT
            ),
            "too_much_work",
            0,
            _l("Join fewer or shorter texts."),
        )
    return built


def _flat(values: tuple[Value, ...]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(node.text for node in value)
        else:
            found.append(text(value))
    return found


def concat(*parts: Value) -> str:
    return within_limit("".join(_flat(parts)))


def join(glue: Value, *parts: Value) -> str:
    return within_limit(text(glue).join(_flat(parts)))


def contains(value: Value, part: Value) -> bool:
    return text(part) in text(value)


def starts_with(value: Value, part: Value) -> bool:
    return text(value).startswith(text(part))


def ends_with(value: Value, part: Value) -> bool:
    return text(value).endswith(text(part))


def substr(value: Value, start: Value, end: Value = math.inf) -> str:
    """From ``start`` up to before ``end``, counted from 0; a negative place counts from the end."""
    whole = text(value)
    first, last = number(start), number(end)
    if first != first or last != last:
        return ""
    return whole[_place(first, len(whole)) : _place(last, len(whole))]


def _place(place: float, length: int) -> int:
    if math.isinf(place):
        return 0 if place < 0 else length
    whole = math.trunc(place)
    return max(whole + length, 0) if whole < 0 else whole


def substring(value: Value, start: Value, length: Value | None = None) -> str:
    """XPath's own: counted from 1, both bounds rounded half up (XPath 1.0, 4.2)."""
    whole = text(value)
    first = _rounded(number(start))
    last = math.inf if length is None else first + _rounded(number(length))
    if first != first or last != last:
        return ""
    begin = max(first, 1.0)
    end = min(last, len(whole) + 1.0)
    return whole[int(begin) - 1 : int(end) - 1] if begin < end else ""


def _rounded(value: float) -> float:
    return value if math.isinf(value) or value != value else math.floor(value + 0.5)


def substring_before(value: Value, mark: Value) -> str:
    before, found, _ = text(value).partition(text(mark)) if text(mark) else ("", "", "")
    return before if found else ""


def substring_after(value: Value, mark: Value) -> str:
    return text(value).partition(text(mark))[2] if text(mark) else text(value)


def translate(value: Value, signs: Value, replacements: Value) -> str:
    table: dict[int, str | None] = {}
    written = text(replacements)
    for place, sign in enumerate(text(signs)):
        table.setdefault(ord(sign), written[place] if place < len(written) else None)
    return text(value).translate(table)


def normalize_space(value: Value) -> str:
    return _SPACES.sub(" ", text(value)).strip(" ")


def string_length(value: Value) -> float:
    return float(len(text(value)))


def regex(value: Value, pattern: Value) -> bool:
    return patterns.is_match(patterns.compiled(text(pattern), is_written_out=False), text(value))


_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def digest(value: Value, algorithm: Value, encoding: Value = "base64") -> str:
    """A fingerprint, base64 or hex; "" for an algorithm that is not known."""
    name = _DIGESTS.get(text(algorithm).upper())
    if name is None:
        return ""
    made = hashlib.new(name, _bytes(value), usedforsecurity=False).digest()
    return made.hex() if text(encoding) == "hex" else base64.b64encode(made).decode()


def _bytes(value: Value) -> bytes:
    """UTF-8; half of a surrogate pair, which no browser sends, becomes a question mark."""
    return text(value).encode(errors="replace")


def base64_encode(value: Value) -> str:
    return base64.b64encode(_bytes(value)).decode()


def base64_decode(value: Value) -> str:
    try:
        return base64.b64decode(text(value), validate=False).decode(errors="replace")
    except ValueError:
        return ""


def version(context: Context) -> str:
    return context.version


def itext(context: Context, name: Value) -> str:
    """The text that translators gave, by its name in the form; the name itself where there is none."""
    return context.itext(text(name))


def make_uuid(context: Context, length: Value = "") -> str:
    """A random name: a UUID, or ``length`` letters and digits; the seed makes it repeatable."""
    made = str(uuid.UUID(int=int.from_bytes(hashlib.sha256(context.draw()).digest()[:16]), version=4))
    return made if length == "" else substr(made.replace("-", "") * 4, 0.0, max(number(length), 0.0))


PLAIN: Table = {
    "string": text,
    "concat": concat,
    "join": join,
    "contains": contains,
    "starts-with": starts_with,
    "ends-with": ends_with,
    "substr": substr,
    "substring": substring,
    "substring-before": substring_before,
    "substring-after": substring_after,
    "translate": translate,
    "normalize-space": normalize_space,
    "string-length": string_length,
    "regex": regex,
    "digest": digest,
    "base64-encode": base64_encode,
    "base64-decode": base64_decode,
}
CONTEXTUAL: Table = {"version": version, "uuid": make_uuid, "jr:itext": itext}
