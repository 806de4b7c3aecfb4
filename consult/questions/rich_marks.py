"""What an author's text is cut into before its marks are matched: see rich_text.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

MarkKind = Literal["strong", "em", "link", "tone"]

MOST_OPEN = 20
"""Marks inside each other; beyond, a sign is a sign."""

_ADDRESS = re.compile(
    r"https://[a-z0-9\[][^\s\"'<>\\`]*|mailto:[^\s\"'<>\\`@]+@[^\s\"'<>\\`]+|tel:\+?[0-9][0-9().;=/ext-]*",
    re.IGNORECASE,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*[:=]\s*[\"']?\s*(#[0-9a-f]{3,6}\b|[a-z]+)", re.IGNORECASE)
_EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "em"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "th"))
_BLOCKS = frozenset(("p", "div", "ul", "ol", "table", "tr", "center", "blockquote", "pre", "hr", "body"))
_DROPPED = frozenset(
    (
        *("html", "head", "title", "style", "thead", "tbody", "tfoot", "small"),
        *("big", "sub", "sup", "s", "del", "ins", "code", "img"),
        *("label", "section", "article", "header", "footer", "main", "abbr", "q", "mark", "nobr"),
    )
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What begins here. ``detail``: the address of a link, the name of a tone."""

    kind: MarkKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """Here stands the answer to a question: ``${name}``."""

    name: str


@dataclass(frozen=True, slots=True)
class End:
    """The mark begun last ends here."""


@dataclass(frozen=True, slots=True)
class Break:
    """A line ends. ``is_soft``: only where something stands on it. ``begins`` what the next line is."""

    is_soft: bool = False
    begins: Literal["text", "heading", "item"] = "text"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may begin or end marks, if its counterpart is there; ``literal`` is what it is otherwise."""

    name: str
    marks: tuple[Mark, ...] = ()
    opens: bool = True
    closes: bool = False
    literal: str = ""


Token = str | Hole | Mark | End | Break
END = End()


def run_of_signs(signs: str, before: str, after: str) -> Candidate | str:
    """One to three stars or underscores, with the characters beside them; others are text."""
    if len(signs) > 3:
        return signs
    # Two stars are strong beside blanks too ("** 2 years **"), as in ODK Collect and Enketo.
    opens, closes = (bool(beside.strip()) or signs == "**" for beside in (after, before))
    if signs[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    elif before.isdigit() and after.isdigit():
        return signs
    marks = (Mark("em"), Mark("strong"), Mark("strong"))[len(signs) - 1]
    return Candidate(signs, (marks, Mark("em")) if len(signs) == 3 else (marks,), opens, closes, signs)


def link(address: str) -> Candidate:
    """The beginning of a link; without an address that is safe, of nothing."""
    found = unescape(address).strip()
    is_safe = _ADDRESS.fullmatch(found) is not None and found.isprintable() and "\ufdd0" not in found
    return Candidate("link", (Mark("link", found),) if is_safe else ())


LINK_END = Candidate("link", (), opens=False, closes=True)


def is_element(name: str) -> bool:
    """Whether a word in angle brackets is HTML; ``<name>`` and ``<18 years>`` are somebody's text."""
    known = (*_EMPHASIS, *_HEADINGS, *_BLOCKS, *_DROPPED, "a", "br", "li", "span", "font", "td")
    return name in known


def tag(name: str, is_end: bool, attributes: str) -> Iterator[Token | Candidate]:
    """What an element of HTML comes to."""
    if name == "br":
        yield Break()
    elif name == "li":
        yield Break(is_soft=True, begins="text" if is_end else "item")
    elif name == "td":
        yield " "
    elif name in _HEADINGS:
        yield Break(is_soft=True, begins="text" if is_end else "heading")
    elif name in _BLOCKS:
        yield Break(is_soft=True)
    elif name in _EMPHASIS or name in ("a", "span", "font"):
        yield _closing(name) if is_end else Candidate(name, tuple(_marks(name, attributes)))


def _closing(name: str) -> Candidate:
    return Candidate(name, (), opens=False, closes=True)


def _marks(name: str, attributes: str) -> Iterator[Mark]:
    if name == "a":
        href = _HREF.search(attributes)
        yield from link(next(filter(None, href.groups()), "")).marks if href else ()
    elif name in ("span", "font"):
        colour = _COLOUR.search(attributes)
        tone = _tone(colour[1].lower()) if colour else ""
        if tone:
            yield Mark("tone", tone)
    elif _EMPHASIS[name] == "strong":
        yield Mark("strong")
    else:
        yield Mark("em")


_NAMED = {"red": "red", "crimson": "red", "darkred": "red", "green": "green", "darkgreen": "green"} | {
    "blue": "blue",
    "navy": "blue",
    "darkblue": "blue",
    "orange": "red",
}


def _tone(colour: str) -> str:
    """The house's tone for an author's colour: whatever was meant, it can be read on white."""
    if not colour.startswith("#"):
        return _NAMED.get(colour, "")
    digits = colour[1:]
    if len(digits) not in (3, 6):
        return ""
    size = len(digits) // 3
    parts = [int(digits[at * size :][:size] * (3 - size), 16) for at in range(3)]
    if max(parts) - min(parts) < 64:
        return ""
    return ("red", "green", "blue")[parts.index(max(parts))]
