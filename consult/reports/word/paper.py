"""A document of ours: its styles, its language and direction, its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from consult.i18n import Direction, language
from consult.reports.cells import clean
from consult.reports.styles import BRAND, DEEP, FONT, INK, RULE, SOFT, TINT

WIDTH = 468.0
"""Points between the margins of a letter page."""

_SIZES = {"Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_NOTE = "Caption"
_QUOTE = "Quote"
_NUMBER_WIDTH = 76.0
_LONGEST_PROPERTY = 255
"""Characters of a title among the properties of a document."""


class Paper:
    """``language``: BCP 47 of most of what stands in it."""

    def __init__(self, *, title: str, author: str, language: str, direction: Direction, made_on: dt.date):
        self.document: DocumentObject = Document()
        self._is_mirrored = direction == "rtl"
        self._set_styles(language)
        section = self.document.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(0.9)
        self._number_pages()
        properties = self.document.core_properties
        made = dt.datetime.combine(made_on, dt.time())
        properties.title, properties.author = (_plain(each)[:_LONGEST_PROPERTY] for each in (title, author))
        properties.language = language
        properties.created = properties.modified = made
        properties.comments = properties.last_modified_by = ""

    def title(self, text: str, under: str) -> None:
        self.document.add_paragraph(_plain(text), "Title")
        self.document.add_paragraph(_plain(under), "Subtitle")

    def heading(self, text: str, level: int) -> None:
        self.document.add_paragraph(_plain(text), f"Heading {level}")

    def say(self, text: str, style: str | None = None, *, keeps_with_next: bool = False) -> Paragraph:
        """A paragraph a line."""
        paragraph = self.document.add_paragraph(_plain(text), style)
        paragraph.paragraph_format.keep_with_next = keeps_with_next or None
        return paragraph

    def note(self, text: str) -> None:
        """What stands above a table, on the same page as it."""
        self.say(text, _NOTE, keeps_with_next=True)

    def quote(self, text: str, spoken: str, note: str) -> None:
        """Somebody’s words in ``spoken`` (BCP 47), in the direction of that language, with a line below."""
        paragraph = self.say(text, _QUOTE, keeps_with_next=bool(note))
        direction = language(spoken).direction
        is_turned = (direction == "rtl") != self._is_mirrored
        if is_turned:
            paragraph._p.get_or_add_pPr().append(switch("w:bidi", is_on=direction == "rtl"))
        for run in paragraph.runs:
            properties = run._r.get_or_add_rPr()
            if is_turned:
                properties.append(switch("w:rtl", is_on=direction == "rtl"))
            lang = OxmlElement("w:lang")
            lang.set(qn("w:bidi" if direction == "rtl" else "w:val"), spoken)
            properties.append(lang)
        if note:
            self.say(note, _NOTE).paragraph_format.left_indent = Pt(14)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1, keeps_with_next: bool
    ) -> Table:
        """The first columns are ``words``, the others numbers. The head is repeated on every page."""
        table: Table = self.document.add_table(0, len(head))
        table.autofit = False
        if self._is_mirrored:
            table._tblPr.append(OxmlElement("w:bidiVisual"))
        numbers = len(head) - words
        widths = [(WIDTH - _NUMBER_WIDTH * numbers) / words] * words + [_NUMBER_WIDTH] * numbers
        for of_column, width in zip(table.columns, widths, strict=True):
            of_column.width = Pt(width)  # Word looks at the cells, LibreOffice here
        for place, texts in enumerate((head, *rows)):
            row = table.add_row()  # type: ignore[no-untyped-call]
            _mark(row, "w:cantSplit")
            if place == 0:
                _mark(row, "w:tblHeader")
            is_last = place == len(rows)
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = Pt(widths[column])
                _fill(cell, is_head=place == 0)
                paragraph = cell.paragraphs[0]
                run = paragraph.add_run(_plain(text))
                run.bold = place == 0 or None
                paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.keep_with_next = keeps_with_next or not is_last
                if column >= words:
                    # In Word, "left" is the side where a text ends that runs from right to left.
                    paragraph.alignment = (
                        WD_ALIGN_PARAGRAPH.LEFT if self._is_mirrored else WD_ALIGN_PARAGRAPH.RIGHT
                    )
        if not keeps_with_next:
            self.document.add_paragraph().paragraph_format.space_after = Pt(4)
        return table

    def _set_styles(self, language: str) -> None:
        for name, size in {**_SIZES, _NOTE: 9.0, _QUOTE: 10.5}.items():
            style = cast(ParagraphStyle, self.document.styles[name])
            font = style.font
            font.name, font.size, font.italic = FONT, Pt(size), False
            font.bold = name.startswith("Heading") or name == "Title"
            color = {"Normal": INK, _NOTE: SOFT, "Subtitle": SOFT, "Heading 1": BRAND}.get(name, DEEP)
            font.color.rgb = RGBColor.from_string(color)
            properties = style.element.get_or_add_rPr()
            fonts = properties.find(qn("w:rFonts"))
            for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(script), FONT)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(theme), None)
            if self._is_mirrored:
                style.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
                properties.append(OxmlElement("w:rtl"))
        self._set_quotes_off()
        title = self.document.styles["Title"].element.pPr
        title.remove(title.find(qn("w:pBdr")))
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        for lang in defaults.iter(qn("w:lang")):
            for script in ("w:val", "w:bidi") if self._is_mirrored else ("w:val", "w:eastAsia"):
                lang.set(qn(script), language)

    def _set_quotes_off(self) -> None:
        """In from both margins; a rule where the line begins cannot be had for both directions."""
        style = cast(ParagraphStyle, self.document.styles[_QUOTE])
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Pt(14)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(4)

    def _number_pages(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)


def _plain(text: str) -> str:
    """As a document can hold it; a line end of two characters would become two."""
    return clean(text.replace("\r\n", "\n"))


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def switch(name: str, *, is_on: bool) -> BaseOxmlElement:
    """A property that is on or off, whatever the style says."""
    element: BaseOxmlElement = OxmlElement(name)
    if not is_on:
        element.set(qn("w:val"), "0")
    return element


def _fill(cell: _Cell, *, is_head: bool) -> None:
    """A rule below, and a tint behind the head."""
    properties = cell._tc.get_or_add_tcPr()
    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (
        ("val", "single"),
        ("sz", "6"),
        ("space", "0"),
        ("color", BRAND if is_head else RULE),
    ):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties.append(borders)
    if is_head:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
            shade.set(qn(f"w:{name}"), value)
        properties.append(shade)
