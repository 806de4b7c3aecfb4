"""Files that must not be opened, or not far: name → (what makes the bytes, code of the finding)."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Mapping
from functools import cache

from tests.samples.old_workbooks import container, old_workbook_of, open_document_of
from tests.samples.workbooks import MAIN, QUESTIONS, packed, parts, sheet, text_row, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def truncated() -> bytes:
    return workbook()[:-200]


def word_document() -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


def zip_bomb() -> bytes:
    return workbook(survey=sheet(" " * 19_000_000))


def many_parts_that_unpack_to_much() -> bytes:
    noise = random.Random(1).randbytes(10_000).hex() * 20
    return packed({**parts({"survey": QUESTIONS}), **{f"xl/media/{n}": noise for n in range(60)}})


def a_hundred_thousand_entries() -> bytes:
    """Written by hand: the standard library takes minutes over a directory of this size."""
    entry = b"PK\x01\x02" + bytes(42) + b"x"
    directory = entry * 100_000
    start = packed({"x": ""})[:31]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), len(start), 0)
    return start + directory + end


def one_cell_at_the_far_corner() -> bytes:
    return workbook(survey=sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def one_cell_at_the_far_right() -> bytes:
    return workbook(survey=sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))


def endless_row() -> bytes:
    """Not very compressible: the ratio gives nothing away."""
    numbers = random.Random(1)
    cells = "".join(f'<c r="A1"><v>{numbers.getrandbits(40)}</v></c>' for _ in range(600_000))
    return workbook(survey=sheet(f'<row r="1">{cells}</row>'))


def endless_rows_of_far_cells() -> bytes:
    numbers = random.Random(1)
    rows = (
        f'<row r="{n}"><c r="KN{n}"><v>{numbers.getrandbits(30)}</v></c></row>' for n in range(1, 300_000)
    )
    return workbook(survey=sheet(*rows))


def endless_strings() -> bytes:
    numbers = random.Random(1)
    return workbook(strings="".join(f"<si><t>{numbers.getrandbits(30)}</t></si>" for _ in range(500_000)))


def endless_wide_strings() -> bytes:
    """Every string has one letter that makes it four bytes a letter in memory."""
    numbers = random.Random(1)
    texts = (f"<si><t>{numbers.randbytes(15_000).hex()}𐍈</t></si>" for _ in range(600))
    return workbook(strings="".join(texts))


def endless_attribute() -> bytes:
    noise = random.Random(1).randbytes(8_000_000).hex()
    return workbook(survey=f'<worksheet xmlns="{MAIN}" x="{noise}𐍈"/>')


def endless_depth() -> bytes:
    return workbook(survey="<a>" * 200_000)


def endless_text() -> bytes:
    noise = random.Random(1).randbytes(4_000_000).hex()
    return workbook(survey=sheet(text_row(1, "type", "name", noise)))


def entities_within_entities() -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    survey = sheet(text_row(1, "type", "name", "&a9;"))
    return workbook(survey=f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>{survey}')


def file_of_the_server() -> bytes:
    survey = sheet(text_row(1, "type", "name", "&secret;"))
    return workbook(survey=f'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>{survey}')


def way_out_of_the_folder() -> bytes:
    return packed({**parts({"survey": QUESTIONS}), "../../etc/passwd": "x"})


def same_part_twice() -> bytes:
    """Which of the two is the workbook depends on who reads."""
    data = packed({**parts({"survey": QUESTIONS}), "xl/workboog.xml": "<workbook/>"})
    return data.replace(b"xl/workboog.xml", b"xl/workbook.xml")


def sheet_that_is_not_there() -> bytes:
    contents = parts({"survey": QUESTIONS})
    del contents["xl/worksheets/sheet1.xml"]
    return packed(contents)


def relation_that_is_not_there() -> bytes:
    return packed({**parts({"survey": QUESTIONS}), "xl/_rels/workbook.xml.rels": "<Relationships/>"})


def string_that_is_not_there() -> bytes:
    return workbook(survey=sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))


def old_workbook_with_a_cell_at_the_far_corner() -> bytes:
    """The library that reads it holds a rectangle: this one would take a gigabyte."""
    return old_workbook_of({"survey": {(0, 0): "type", (65535, 255): "x"}})


def old_workbook_of_endless_rows() -> bytes:
    numbers = random.Random(1)
    return old_workbook_of(
        {
            "survey": {
                (n, column): float(numbers.getrandbits(30)) for n in range(60_000) for column in range(4)
            }
        }
    )


def open_document_that_repeats_its_cell() -> bytes:
    text = "<text:p>x</text:p></table:table-cell>"
    cell = f'<table:table-cell table:number-columns-repeated="16384" office:value-type="string">{text}'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return open_document_of(f'<table:table table:name="survey">{row}</table:table>')


@cache
def bad_file(name: str) -> bytes:
    """The bytes of one of :data:`BAD_FILES`, made once."""
    make, _ = BAD_FILES[name]
    return make()


BAD_FILES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "not_a_workbook"),
    "noise": (lambda: random.Random(1).randbytes(50_000), "not_a_workbook"),
    "portable document": (lambda: b"%PDF-1.7\n" + bytes(1000), "not_a_workbook"),
    "page of a web site": (lambda: b"<!doctype html><title>x</title>", "not_a_workbook"),
    "word document": (word_document, "not_a_workbook"),
    "compound file of zeros": (lambda: OLE + bytes(5000), "not_a_workbook"),
    "old document": (lambda: container("WordDocument", bytes(5000)), "not_a_workbook"),
    "old workbook of zeros": (lambda: container("Workbook", bytes(5000)), "sheet_missing"),
    "old workbook of noise": (
        lambda: container("Workbook", random.Random(1).randbytes(3_000_000)),
        "workbook_damaged",
    ),
    "old workbook with a far cell": (old_workbook_with_a_cell_at_the_far_corner, "workbook_too_large"),
    "old workbook of endless rows": (old_workbook_of_endless_rows, "sheet_too_large"),
    "open document that repeats a cell": (open_document_that_repeats_its_cell, "workbook_damaged"),
    "locked workbook": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
    "truncated": (truncated, "workbook_damaged"),
    "larger than any form": (lambda: b"PK\x03\x04" + bytes(11_000_000), "file_too_large"),
    "zip bomb": (zip_bomb, "workbook_too_large"),
    "many parts that unpack to much": (many_parts_that_unpack_to_much, "workbook_too_large"),
    "a hundred thousand entries": (a_hundred_thousand_entries, "workbook_too_large"),
    "one cell at XFD1048576": (one_cell_at_the_far_corner, "sheet_too_large"),
    "one cell at XFD1": (one_cell_at_the_far_right, "sheet_too_large"),
    "endless row": (endless_row, "workbook_too_large"),
    "endless rows of far cells": (endless_rows_of_far_cells, "sheet_too_large"),
    "endless strings": (endless_strings, "workbook_too_large"),
    "endless wide strings": (endless_wide_strings, "workbook_too_large"),
    "endless attribute": (endless_attribute, "workbook_too_large"),
    "endless depth": (endless_depth, "workbook_too_large"),
    "endless text": (endless_text, "cell_too_long"),
    "entities within entities": (entities_within_entities, "workbook_damaged"),
    "file of the server": (file_of_the_server, "workbook_damaged"),
    "way out of the folder": (way_out_of_the_folder, "workbook_damaged"),
    "same part twice": (same_part_twice, "workbook_damaged"),
    "sheet that is not there": (sheet_that_is_not_there, "workbook_damaged"),
    "relation that is not there": (relation_that_is_not_there, "workbook_damaged"),
    "string that is not there": (string_that_is_not_there, "workbook_damaged"),
    "no survey": (lambda: packed(parts({"Sheet1": QUESTIONS, "Sheet2": QUESTIONS})), "sheet_missing"),
    "no survey, and no columns": (lambda: packed(parts({"Sheet1": sheet()})), "sheet_missing"),
    "no columns": (lambda: workbook(survey=sheet(text_row(1, "a", "b"))), "column_missing"),
    "nothing in it": (lambda: workbook(survey=sheet()), "column_missing"),
}
