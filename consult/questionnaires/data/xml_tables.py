"""XML: ``<root><item><name>…</name><label>…</label></item></root>``, one row an item."""

from __future__ import annotations

from itertools import islice
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from consult.expressions.tables import Table
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.limits import checked_columns, checked_rows, not_a_table, too_large

_MAX_BYTES = 8 * 1024 * 1024
"""A tree takes ten times what is written."""

_MOST_PIECES = 1_000
"""Of text in one cell."""


def read(data: bytes) -> Table:
    """The items below the root; a column for everything an item can hold. Raises UnreadableData."""
    if len(data) > _MAX_BYTES:
        raise too_large()
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise not_a_table(_l("The file cannot be read as XML.")) from problem
    items = [child for child in root if _name(child) == "item"] or [child for child in root if len(child)]
    records = [_record(item) for item in items]
    columns = list(dict.fromkeys(name for record in records for name in record))
    if not columns:
        raise not_a_table(_l("The file has no items: they stand below the root, as item elements."))
    checked_columns(columns)
    rows = ([record.get(name) for name in columns] for record in records)
    return Table(columns, checked_rows(rows, len(columns)))


def _record(item: Element) -> dict[str, str]:
    """What is in an item, by name; of two with the same name the first."""
    record: dict[str, str] = {}
    for child in item:
        record.setdefault(_name(child), "".join(islice(child.itertext(), _MOST_PIECES)).strip())
    return record


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
