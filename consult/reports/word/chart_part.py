"""A native chart in a document: it can be restyled, and its numbers changed, in Word itself.

A chart is a part of its own beside the document, with a small workbook that holds its numbers (ECMA-376,
DrawingML charts; python-docx knows neither).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph
from openpyxl import Workbook

from consult.reports.cells import clean
from consult.reports.charts import Bars, Frame, chart_xml
from consult.reports.word.paper import switch

_SHEET = "Sheet1"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROW_POINTS = 19.0
_INLINE = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="{office}"><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{number}" name="{name}" descr={words}/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{link}"/>
</a:graphicData></a:graphic></wp:inline></w:drawing>"""


class Charts:
    """The charts of one document. ``width`` in points; ``is_mirrored``: from right to left."""

    def __init__(self, document: Document, width: float, *, is_mirrored: bool) -> None:
        self._document = document
        self._width = width
        self._is_mirrored = is_mirrored
        self._number = 0

    def add(self, names: Sequence[str], shares: Sequence[float], number_format: str, words: str) -> Paragraph:
        """Bars, one a name, the first on top. ``words``: what they show, for people who cannot see them."""
        self._number += 1
        height = _ROW_POINTS * len(names) + 8
        bars = Bars(f"A1:A{len(names)}", f"B1:B{len(names)}", names, shares, number_format)
        chart = self._chart_part(bars, Frame("A1", self._width, height, 2, height - 4))
        paragraph = self._document.add_paragraph()
        if (
            self._is_mirrored
        ):  # a chart turns itself; in a paragraph that is turned too, its digits run backwards
            paragraph._p.get_or_add_pPr().append(switch("w:bidi", is_on=False))
        drawing = _INLINE.format(
            office=_OFFICE,
            width=Emu(Pt(self._width)),
            height=Emu(Pt(height)),
            number=self._number,
            name=f"Chart {self._number}",
            words=quoteattr(clean(words)),
            link=self._document.part.relate_to(chart, f"{_OFFICE}/chart"),
        )
        paragraph.add_run()._r.append(parse_xml(drawing))
        return paragraph

    def _chart_part(self, bars: Bars, frame: Frame) -> Part:
        package = self._document.part.package
        numbers = Part(
            PackURI(f"/word/embeddings/chart{self._number}.xlsx"), _WORKBOOK_TYPE, _workbook(bars), package
        )
        part = Part(PackURI(f"/word/charts/chart{self._number}.xml"), _CHART_TYPE, b"", package)
        link = part.relate_to(numbers, f"{_OFFICE}/package")
        written = chart_xml(_SHEET, bars, frame, is_mirrored=self._is_mirrored)
        external = f'<externalData xmlns:r="{_OFFICE}" r:id="{link}"><autoUpdate val="0"/></externalData>'
        part._blob = written.replace(
            b"<chart><plotArea>", b'<chart><autoTitleDeleted val="1"/><plotArea>'
        ).replace(b"</chartSpace>", external.encode() + b"</chartSpace>")
        return part


def _workbook(bars: Bars) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    for row, (name, number) in enumerate(zip(bars.names, bars.numbers, strict=True), 1):
        sheet.cell(row, 1).value = clean(name)
        sheet.cell(row, 1).data_type = "s"  # whatever it begins with
        sheet.cell(row, 2).value = number
        sheet.cell(row, 2).number_format = bars.number_format
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
