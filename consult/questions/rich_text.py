"""The markup that authors of forms write, reduced to what is safe: read once, then HTML or plain text.

    rich_text("**Why?** See [here](https://example.org)")  →  lines of texts and marks
    plain_text("**Why?** …")                               →  what reports, titles and messages show

Read are Markdown as far as XLSForm has it (``**strong**``, ``*em*``, ``# heading``, ``- item``,
``[text](address)``) and the HTML that people really put into labels. Whoever renders knows the four kinds of
Mark and nothing else, so nothing else can come out. Other elements vanish and leave their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Literal, overload

from consult.expressions import Template
from consult.i18n import LocalText
from consult.questions.rich_marks import (
    END,
    LINK_END,
    MOST_OPEN,
    Break,
    Candidate,
    Hole,
    Mark,
    Token,
    is_element,
    link,
    run_of_signs,
    tag,
)

__all__ = ["END", "Hole", "Line", "Mark", "plain_text", "rich_text"]

_PLACES = re.compile("[\ufdd0\ufdd1]")
_PARTS = re.compile(
    "\ufdd0(?P<hole>[0-9]+)\ufdd1"
    r"|\\(?P<escaped>[\\*_#\[\]()<>~`+-])"
    r"|\[(?P<text>[^\[\]\n]{1,500})\]\(\s*(?P<address>[^\s()<>]{1,2000})\s*\)"
    r"|</?(?P<name>[A-Za-z][A-Za-z0-9]{0,10})(?P<attributes>(?:[\s/][^<>]{0,500})?)>"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});)"
    r"|(?P<newline>\r?\n|\r)"
    r"|_x000[dD]_"
    r"|(?P<run>\*+|_+)"
)
_SPECIAL = re.compile(r"[*_#\[<&\\\r\n]|^\s*[-+•] ")
# "# of children" is no heading.
_HEADING = re.compile(r"[^\S\n]*#{1,6} +(?!(?:of|de|d’|d')\b)(?=\S)")
_ITEM = re.compile(r"[^\S\n]*[-*+•] +(?=\S)")
_SILENT = ("style", "title")
"""Elements whose content is not for people."""


@dataclass(slots=True)
class Line:
    """``tokens``: texts, holes, marks that begin, and ``END`` of the last one begun; balanced."""

    kind: Literal["text", "heading", "item"] = "text"
    tokens: list[str | Hole | Mark | object] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(isinstance(token, Hole) or (isinstance(token, str) and token) for token in self.tokens)


def rich_text(text: str) -> tuple[Line, ...]:
    """The lines of an author's text, in time that grows with its length."""
    pieces = Template.parse(_PLACES.sub("", text)).pieces
    source = "".join(f"\ufdd0{at}\ufdd1" if at % 2 else piece for at, piece in enumerate(pieces)).strip()
    lines = tuple(_lines(_balanced(_cut(source, pieces))))
    # A label of markup alone would name nothing.
    return lines or (Line(tokens=[text]),)


@overload
def plain_text(text: LocalText) -> LocalText: ...
@overload
def plain_text(text: str) -> str: ...
def plain_text(text: str) -> str:
    """The text without its markup; references stay as ``${name}``, a LocalText stays one."""
    if not _SPECIAL.search(text):
        return text
    found = _plain(str(text))
    return LocalText(found, text.language) if isinstance(text, LocalText) else found


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return "\n".join(_in_words(line) for line in rich_text(text))


def _in_words(line: Line) -> str:
    words = ["• "] if line.kind == "item" else []
    begun: list[tuple[Mark, int]] = []
    for token in line.tokens:
        if isinstance(token, Mark):
            begun.append((token, len(words)))
        elif token is END:
            mark, start = begun.pop()
            address = mark.detail.removeprefix("mailto:").removeprefix("tel:")
            if mark.kind == "link" and address not in "".join(words[start:]):
                words.append(f" ({address})")
        else:
            words.append(f"${{{token.name}}}" if isinstance(token, Hole) else str(token))
    return "".join(words).strip()


def _cut(source: str, pieces: Sequence[str]) -> Iterator[Token | Candidate]:
    lowered = source.lower()
    begins, at = _line_start(source, 0)
    yield begins
    while found := _PARTS.search(source, at):
        yield source[at : found.start()]
        at, name = found.end(), (found["name"] or "").lower()
        if name in _SILENT and found[0][1] != "/":
            end = lowered.find(f"</{name}", at)
            at = end if end >= 0 else at
        elif found["newline"]:
            begins, at = _line_start(source, at)
            yield begins
        else:
            yield from _part(found, name, source, pieces)
    yield source[at:]


def _part(found: re.Match[str], name: str, source: str, pieces: Sequence[str]) -> Iterator[Token | Candidate]:
    if found["hole"]:
        yield Hole(pieces[int(found["hole"])])
    elif name:
        is_known = is_element(name)
        yield from tag(name, found[0][1] == "/", found["attributes"]) if is_known else (found[0],)
    elif found["run"]:
        yield run_of_signs(found[0], source[found.start() - 1 : found.start()], source[found.end() :][:1])
    elif found["text"]:
        yield link(found["address"])
        yield from list(_cut(found["text"].strip(), pieces))[1:]
        yield LINK_END
    else:
        # Spreadsheets write a carriage return as _x000D_.
        yield found["escaped"] or _PLACES.sub("", unescape(found["entity"] or ""))


def _line_start(source: str, at: int) -> tuple[Break, int]:
    """What a line is, and where its text begins. What stands alone is no list: "- 18" is a text."""
    if heading := _HEADING.match(source, at):
        return Break(begins="heading"), heading.end()
    item = _ITEM.match(source, at)
    if item and "\n" in source:
        return Break(begins="item"), item.end()
    return Break(), at


def _balanced(tokens: Iterable[Token | Candidate]) -> list[Token]:
    """Candidates that have their counterpart become marks, the others what they are literally."""
    made: list[list[Token]] = []
    waiting: list[tuple[int, Candidate]] = []
    for token in tokens:
        made.append([])
        if isinstance(token, Break) and not token.is_soft:
            # Signs are matched within a line, elements across lines.
            waiting = [(at, other) for at, other in waiting if not other.literal]
        if not isinstance(token, Candidate):
            made[-1].append(token)
            continue
        begun = _begun(waiting, token) if token.closes else None
        if begun is not None:
            at, opener = waiting[begun]
            made[at] = [*opener.marks]
            made[-1] = [END] * len(opener.marks)
            del waiting[begun:]
            continue
        made[-1] = [token.literal]
        if token.opens and len(waiting) < MOST_OPEN:
            waiting.append((len(made) - 1, token))
    return [token for group in made for token in group if token != ""]


def _begun(waiting: list[tuple[int, Candidate]], end: Candidate) -> int | None:
    """Where the counterpart waits; signs do not reach across an element that is still open."""
    for place in range(len(waiting) - 1, -1, -1):
        other = waiting[place][1]
        if other.name == end.name:
            return place
        if end.literal and not other.literal:
            return None
    return None


def _lines(tokens: list[Token]) -> Iterator[Line]:
    """Cut at line ends; marks that reach across one end before it and begin again after it."""
    line, begun, is_gap = Line(), list[Mark](), False
    for token in (*tokens, Break(is_soft=True)):
        if not isinstance(token, Break):
            line.tokens.append(token)
            if isinstance(token, Mark):
                begun.append(token)
            elif token is END:
                begun.pop()
            continue
        if not line.is_empty:
            line.tokens += [END] * len(begun)
            yield line
            is_gap = True
        elif is_gap and not token.is_soft and line.kind == "text":
            yield Line()
            is_gap = False
        line = Line(token.begins, [*begun])
