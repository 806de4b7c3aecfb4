"""XML from strangers, read as a stream: no document type, no entities, counted elements, bounded memory.

openpyxl was measured first: in read-only mode, with row and column limits, one row of 600,000 cells in a
file of 37 KB took 8 s and 370 MB, because it gathers a row before it looks at the limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from consult.questionnaires.xlsform.archive import damaged, unsafe

MAX_ELEMENTS = 600_000
MAX_CHARACTERS = 4_000_000
"""Twice and eight times what the largest of some hundred forms of humanitarian organisations has: 22,000
places to choose from in the sheet external_choices."""
MAX_DEPTH = 60
_MAX_TOKEN = 512 * 1024

Start = Callable[[str, Mapping[str, str]], None]


class Meter:
    """Parses the parts of one workbook, and counts what they hold together."""

    def __init__(self) -> None:
        self.elements = 0
        self.characters = 0

    def parse(
        self, pieces: Iterable[bytes], start: Start, end: Callable[[str], None], text: Callable[[str], None]
    ) -> None:
        """Call ``start(name, attributes)``, ``text(characters)``, ``end(name)``; names without namespace.

        Raises Unreadable: not well-formed, has a document type, or goes past a limit.
        """
        depth = 0

        def opened(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal depth
            depth += 1
            self.elements += 1
            if depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
                raise unsafe()
            start(name.rpartition(":")[2] if ":" in name else name, attributes)

        def closed(name: str) -> None:
            nonlocal depth
            depth -= 1
            end(name.rpartition(":")[2] if ":" in name else name)

        def written(characters: str) -> None:
            self.characters += len(characters)
            if self.characters > MAX_CHARACTERS:
                raise unsafe()
            text(characters)

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = written
        _feed(parser, pieces)


def _feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    given = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            given += len(piece)
            # One endless attribute or tag would have to be held whole.
            if given - parser.CurrentByteIndex > _MAX_TOKEN:
                raise unsafe()
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, ValueError) as problem:
        raise damaged() from problem


def _refuse(*_of: object) -> None:
    raise damaged()
