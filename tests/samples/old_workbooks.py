"""Workbooks of other formats, written by hand: Excel of before 2007 (.xls), OpenDocument (.ods)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from html import escape

from tests.samples.workbooks import packed

Cells = Mapping[tuple[int, int], str | float | bool]
"""(row, column), both from 0 → value."""

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def old_workbook(**sheets: Sequence[Sequence[str]]) -> bytes:
    """An .xls with these sheets, each given as rows of texts."""
    return old_workbook_of(
        {
            name: {(row, column): text for row, texts in enumerate(rows) for column, text in enumerate(texts)}
            for name, rows in sheets.items()
        }
    )


def old_workbook_of(sheets: Mapping[str, Cells]) -> bytes:
    """An .xls with these cells."""
    bodies = [_sheet(cells) for cells in sheets.values()]
    heads = [struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name.encode() for name in sheets]
    start = len(_record(0x809, bytes(16))) + sum(len(_record(0x85, head)) for head in heads) + 4
    book = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    for head, body in zip(heads, bodies, strict=True):
        book += _record(0x85, struct.pack("<I", start) + head[4:])
        start += len(body)
    return container("Workbook", book + _record(0x0A) + b"".join(bodies))


def container(name: str, stream: bytes) -> bytes:
    """A compound file (OLE2) with one stream."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would lie in a place of their own
    count = -(-len(stream) // _SECTOR)
    tables = next(n for n in range(1, 110) if n * 128 >= count + n + 1)
    chain = [*range(1, count), _END, _END, *[_TABLE] * tables]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(10) + struct.pack("<IIIIIIIII", tables, count, 0, 4096, _END, 0, _END, 0, count + 1)
    head += b"".join(struct.pack("<I", count + 1 + n) for n in range(1, tables))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 0, len(stream))
    return (
        head.ljust(_SECTOR, b"\xff")
        + stream.ljust(count * _SECTOR, b"\0")
        + folder.ljust(_SECTOR, b"\0")
        + table
    )


def open_document(**sheets: Sequence[Sequence[str]]) -> bytes:
    """An .ods with these sheets."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    return open_document_of(tables)


def open_document_of(tables: str) -> bytes:
    """An .ods around the XML of its tables."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def _ods_row(texts: Sequence[str]) -> str:
    cells = (
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        if text
        else "<table:table-cell/>"
        for text in texts
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _sheet(cells: Cells) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for (row, column), value in cells.items():
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, bool):
            body += _record(0x205, place + bytes((value, 0)))
        elif isinstance(value, float):
            body += _record(0x203, place + struct.pack("<d", value))
        elif value:
            text = value.encode("utf-16-le")
            body += _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return body + _record(0x0A)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
