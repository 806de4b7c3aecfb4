"""What every page must be, whoever opens it: the checks of the inspecting client (``tests/pages.py``)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from babel.messages.pofile import read_po

from consult.i18n import babel_code, language, translations_folder

FIRST_FLIGHT = 14_600
"""Bytes that one round trip of a fresh connection carries."""

_UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
_POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list")
_INDEPENDENT = {"script", "style"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def parse(html: str) -> Element:
    """The document; raises ``html5lib.html5parser.ParseError`` on the first error in the markup."""
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    parsed: Element = parser.parse(html)
    return parsed


def faults(html: str, *, wanted: str | None, size: int = FIRST_FLIGHT) -> list[str]:
    """All that is wrong with a page, in words; empty when nothing is.

    ``wanted`` is the language its address asks for, ``size`` the bytes it may take compressed.
    """
    document = parse(html)
    found = [
        *_language_faults(document, wanted),
        *_structure_faults(document),
        *_pointer_faults(document),
        *_label_faults(document),
        *_code_faults(document),
        *_untranslated(document),
    ]
    weight = len(gzip.compress(html.encode(), 9))
    if weight > size:
        found.append(f"{weight} bytes compressed, more than {size}")
    return found


def visible_text(element: Element) -> str:
    """What a person reads, with single spaces."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if element.tag in _INDEPENDENT or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _language_faults(document: Element, wanted: str | None) -> Iterator[str]:
    said = document.get("lang")
    if not said:
        yield "the page does not say its language"
        return
    if wanted is not None and said != wanted:
        yield f"the page says {said!r} where its address says {wanted!r}"
    yield from _direction_faults(document, "")


def _direction_faults(element: Element, inherited: str) -> Iterator[str]:
    """A language that runs the other way than its surroundings must say so."""
    direction = element.get("dir", inherited)
    said = element.get("lang")
    if said and direction != "auto" and direction != language(said).direction:
        yield f"<{element.tag} lang={said}> runs {direction or 'nowhere'}"
    for child in element:
        yield from _direction_faults(child, direction)


def _structure_faults(document: Element) -> Iterator[str]:
    titles = [visible_text(title) for title in document.iter("title") if title.text]
    if len(titles) != 1 or not titles[0]:
        yield f"a page has one title, this one {titles}"
    headings = [visible_text(heading) for heading in document.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"a page has one h1, this one {headings}"
    if len(list(document.iter("main"))) != 1:
        yield "a page has one main"
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    for twice in sorted({str(name) for name in ids if ids.count(name) > 1}):
        yield f"the id {twice!r} stands more than once"
    for image in document.iter("img"):
        if image.get("alt") is None:
            yield f"an image without alt: {image.get('src')}"


def _pointer_faults(document: Element) -> Iterator[str]:
    ids = {element.get("id") for element in document.iter()}
    for element in document.iter():
        names = [name for attribute in _POINTERS for name in (element.get(attribute) or "").split()]
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and len(href) > 1:
            names.append(href[1:])
        for name in names:
            if name not in ids:
                yield f"<{element.tag}> points to {name!r}, which is not there"


def _label_faults(document: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in document.iter("label") if visible_text(label)}
    wrapped = {id(inner) for label in document.iter("label") if visible_text(label) for inner in label.iter()}
    for element in document.iter():
        if element.tag in ("input", "select", "textarea") and element.get("type") not in _UNLABELLED:
            named = element.get("aria-label") or element.get("aria-labelledby")
            if not (named or element.get("id") in labelled or id(element) in wrapped):
                yield f"no label for <{element.tag} name={element.get('name')}>"
        elif element.tag in ("button", "a", "summary", "legend") and not (
            visible_text(element) or element.get("aria-label")
        ):
            yield f"an empty <{element.tag}>"


def _code_faults(document: Element) -> Iterator[str]:
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
        if inline or element.tag == "style":
            yield f"inline code in <{element.tag}>: {inline}"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "an inline script"
        address = element.get("src") or (element.get("href") if element.tag == "link" else None) or ""
        if re.match(r"(?:https?:)?//", address):
            yield f"<{element.tag}> asks a third party: {address}"


def _untranslated(document: Element) -> Iterator[str]:
    """Sentences of the interface that stand in English on a page of another language with a catalogue."""
    for code, text in _spoken(document, ""):
        sentence = _spaced(text)
        if sentence and code != "en" and any(pattern.fullmatch(sentence) for pattern in _english(code)):
            yield f"English on a page in {code}: {sentence!r}"


def _spoken(element: Element, inherited: str) -> Iterator[tuple[str, str]]:
    if element.tag in _INDEPENDENT or not isinstance(element.tag, str):
        return
    code = element.get("lang", inherited)
    yield from ((code, element.get(name) or "") for name in ("aria-label", "placeholder", "title", "alt"))
    yield code, element.text or ""
    for child in element:
        yield from _spoken(child, code)
        yield code, child.tail or ""


@cache
def _english(code: str) -> tuple[re.Pattern[str], ...]:
    """The English sentences that the catalogue of ``code`` says differently (or not at all yet)."""
    path = translations_folder() / babel_code(code) / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return ()
    with path.open("rb") as opened:
        catalogue: Any = read_po(opened)
    patterns = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = {_spaced(text) for text in _strings(message.string)}
        patterns += [_pattern(_spaced(text)) for text in ids if text and _spaced(text) not in said]
    return tuple(patterns)


def _strings(string: Any) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _pattern(msgid: str) -> re.Pattern[str]:
    literal = _PLACEHOLDER.sub("", msgid)
    if len(re.findall(r"[^\W\d_]", literal)) < (12 if "%(" in msgid else 3):
        return re.compile(r"(?!)")  # nearly all placeholder: it would match any text
    parts = _PLACEHOLDER.split(msgid)
    kinds = ["[0-9]{1,9}" if kind.endswith("d") else ".{1,200}?" for kind in _PLACEHOLDER.findall(msgid)]
    pattern = "".join(re.escape(part) + kind for part, kind in zip(parts, [*kinds, ""], strict=True))
    return re.compile(pattern)
