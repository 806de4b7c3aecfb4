"""Repairs of what spreadsheets, word processors and right-to-left editing leave in cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from consult.expressions.signatures import ELSEWHERE, SIGNATURES
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Message

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]")
_SPACES = re.compile(r"\s+")
# Neither text nor storable: control characters, lone surrogates, the two non-characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED_RETURN = re.compile(r"_x000[dD]_")
_WIDE = str.maketrans("＄｛｝", "${}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_MIRRORED = re.compile(r"(?<![$\w])\{([\w.-]{1,60})\}\$(?!\{)|(?<!\$)\}([\w.-]{1,60})\{\$")
_ENTITY = re.compile(r"&(?:gt|lt|amp|quot|apos|nbsp|le|ge|ne|#[0-9]{1,5}|#x[0-9a-fA-F]{1,4});")
_NULL = re.compile(r"""('[^']*'|"[^"]*")|(?<![\w${.:/-])(?:null|NULL|Null)(?![\w(}.:/-])""")
_NO_REFERENCE = re.compile(r"\$\{(?!\s*[^{}$\s]+\s*\})")
_UNCLOSED = re.compile(r"\$\{\s*([\w-]+(?:\.[\w-]+)*)(?![\w-])(?![^${}]*\})")
_STRAY = re.compile("\\$[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+\\{|[＄｛｝]")
LAST_SAVED: Message = _l("Answers of an earlier response (last-saved#) are always empty here.")
_LAST_SAVED = re.compile(r"\$\{\s*last-saved#[^{}$]*\}")
_FEWEST_GLUED = 3
_GLUED_WORDS = re.compile(r"[^\W\d_]\u00a0(?=[^\W\d_])")
_NEEDLESS_GLUE = re.compile(r"(?<![«\d])\u00a0(?![»:;!?%$€])|(?<=\d)\u00a0(?![\d»:;!?%$€])")
_HOLE = re.compile("\\$[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*\\{([^{}$]*)\\}")


_QUOTED = r"""('[^']*'|"[^"]*"|\$\{[^{}]*\})"""
"""Texts and references stay as they are; they are the first group of every pattern below."""
_FOREIGN = re.compile(
    _QUOTED + r"|(?<![<>=!])==(?!=)|(?<![<>=!])=[<>](?!=)|<>|&&|\|\||\b(?:AND|OR|And|Or)\b|!\s*(?=\()"
)
_USUAL = {"==": "=", "<>": "!=", "&&": " and ", "||": " or ", "=>": ">=", "=<": "<="}
_GLUED = re.compile(_QUOTED + r"|(?<![\w.${/-])(and|or)\.(?=\s*(?:[<>=]|!=))")
_CALL = re.compile(_QUOTED + r"|\b[A-Za-z][A-Za-z-]*(?=\s*\()")
_SEPARATOR = re.compile(_QUOTED + r"|;")
# No step of a path begins with a digit, a bracket or a reference.
_DIVISION = re.compile(r"""('[^']*'|"[^"]*")|(?<=[\d)}])\s*/\s*(?=[\d(]|\$\{)""")


def _in_small_letters(found: re.Match[str]) -> str:
    name, small = found[0], found[0].lower()
    is_capitals = not found[1] and name not in SIGNATURES and (small in SIGNATURES or small in ELSEWHERE)
    return small if is_capitals else name


def _in_usual_signs(found: re.Match[str]) -> str:
    if found[0].startswith("!"):
        return "not"
    return found[1] or _USUAL.get(found[0]) or found[0].lower()


_HABITS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str], Message], ...] = (
    (
        _FOREIGN,
        _in_usual_signs,
        _l("Signs of other languages (==, <>, =>, &&, ||, AND, OR, !) were read as =, !=, >=, and, or, not."),
    ),
    (
        _GLUED,
        lambda found: found[1] or f"{found[2]} .",
        _l("A space was put between a word and the point after it (“and.” as “and .”)."),
    ),
    (_CALL, _in_small_letters, _l("Capitals in the names of functions were read as small letters.")),
    (_SEPARATOR, lambda found: found[1] or ",", _l("Semicolons were read as commas.")),
    (_DIVISION, lambda found: found[1] or " div ", _l("A slash between numbers was read as div.")),
)
"""What authors are used to from spreadsheets and other languages, where it can mean one thing only."""


def clean_text(text: str) -> str:
    """A text for people: without what no font shows, with ``\\n`` for line ends, trimmed.

    Joiners and marks of direction stay: Persian, Arabic and Indic scripts need them.
    """
    if text.isascii() and text.isprintable() and "_x000" not in text:
        return text.strip()  # nearly every cell
    text = _ESCAPED_RETURN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNREADABLE.sub("", text).strip().strip("\ufeff")


def clean_code(text: str) -> str:
    """A name, type or header: invisible characters gone, every kind of space one plain space."""
    cleaned = clean_text(text)
    if cleaned.isascii() and "  " not in cleaned and cleaned.isprintable():
        return cleaned
    return _SPACES.sub(" ", _INVISIBLE.sub("", cleaned)).strip()


def mend_holes(text: str) -> str:
    """``$ {‏name }`` → ``${name}``: what right-to-left editing does to a reference inside a text.

    Where the text is right to left, the signs may also stand in the order in which they look: ``{name}$``.
    """
    if "{" not in text and "｛" not in text:
        return text
    text = text.translate(_WIDE)
    if _RIGHT_TO_LEFT.search(text):
        text = _MIRRORED.sub(lambda match: f"${{{clean_code(match[1] or match[2])}}}", text)
    return _HOLE.sub(lambda match: f"${{{clean_code(match[1])}}}", text)


def close_holes(text: str) -> str:
    """``Who is ${name?`` → ``Who is ${name}?``: a reference whose closing brace was forgotten."""
    return _UNCLOSED.sub(r"${\1}", text)


def without_no_references(text: str) -> str:
    """``Thank ${the chair}`` → ``Thank {the chair}``: what ODK shows as it is, and the converter refuses."""
    return _NO_REFERENCE.sub("{", text)


def without_last_saved(text: str) -> str:
    """A text for people without references to an earlier response."""
    return _LAST_SAVED.sub("", text) if "last-saved#" in text else text


def unglued(text: str) -> str:
    """A text whose words were pasted with no-break spaces between them, with spaces that lines can break at.

    Where most of them stand between words, nobody meant them, and a phone would break inside words. Those of
    French typography (before : % $, inside « ») and between digits stay.
    """
    if text.count("\u00a0") < _FEWEST_GLUED or len(_GLUED_WORDS.findall(text)) < _FEWEST_GLUED:
        return text
    return _NEEDLESS_GLUE.sub(" ", text)


def mend_expression(source: str) -> tuple[str, list[Message]]:
    """An expression without what web pages and spreadsheets leave in it, and a note on each repair."""
    notes: list[Message] = []
    mended = source
    for _ in range(2):  # what was copied twice is escaped twice
        mended = _ENTITY.sub(lambda match: unescape(match[0]), mended)
    if mended != source:
        notes.append(_l("Signs written for web pages (such as &gt;) were read as themselves."))
    if (emptied := _LAST_SAVED.sub("''", mended)) != mended:
        mended = emptied
        notes.append(LAST_SAVED)
    if "null" in mended.lower() and (filled := _NULL.sub(lambda match: match[1] or "''", mended)) != mended:
        mended = filled
        notes.append(_l("“null” was read as an empty text ('')."))
    if mended.startswith("=") and mended.strip("= "):
        mended = mended.lstrip("= ")
        notes.append(_l("The equals sign in front was left out."))
    for habit, usual, note in _HABITS:
        if (changed := habit.sub(usual, mended)) != mended:
            mended = changed
            notes.append(note)
    return mend_holes(mended) if _STRAY.search(mended) else mended, notes
