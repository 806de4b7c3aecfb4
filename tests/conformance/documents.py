"""XML documents as the nodes that expressions read: elements and their texts, no attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree


@dataclass(eq=False)
class Element:
    """An element, or the document itself (no parent, no name)."""

    name: str
    parent: Element | None
    text: str
    children: list[Element] = field(default_factory=list)

    @property
    def path(self) -> str:
        """As the vectors write places: ``/*[0]/*[2]``, indexes from 0."""
        if self.parent is None:
            return ""
        return f"{self.parent.path}/*[{self.parent.children.index(self)}]"


def read(xml: str) -> Element:
    """The document node of ``xml``; its doctype is left out."""
    root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>|<\?xml[^>]*\?>", "", xml).strip())
    document = Element("", None, "".join(root.itertext()))
    _add(document, root)
    return document


def _add(parent: Element, source: ElementTree.Element) -> None:
    if not isinstance(source.tag, str):
        return
    made = Element(source.tag.rpartition("}")[2], parent, "".join(source.itertext()))
    parent.children.append(made)
    for child in source:
        _add(made, child)


def at(document: Element, path: str) -> Element:
    """The element at ``/*[0]/*[2]``."""
    node = document
    for index in re.findall(r"\*\[(\d+)\]", path):
        node = node.children[int(index)]
    return node
