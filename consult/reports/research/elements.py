"""Elements of an XML document that hold whatever people wrote. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from consult.reports.cells import clean

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


def root_of(tag: str, namespace: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {"xmlns": namespace, **attributes})


def add(
    parent: ET.Element, tag: str, text: str | None = None, language: str = "", **attributes: str
) -> ET.Element:
    """An element at the end of ``parent``. What XML cannot carry becomes U+FFFD; markup stays text."""
    element = ET.SubElement(parent, tag, {name: clean(value) for name, value in attributes.items()})
    if language and _LANGUAGE.fullmatch(language):
        element.set(XML_LANG, language)
    if text is not None:
        element.text = clean(text)
    return element


def add_each(parent: ET.Element, tag: str, texts: Mapping[str, str], **attributes: str) -> None:
    """One element a language."""
    for language, text in texts.items():
        add(parent, tag, text, language, **attributes)


def written(root: ET.Element) -> bytes:
    """UTF-8, with a declaration."""
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
