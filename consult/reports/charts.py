"""Native bar charts: one calm colour, the labels beside the bars, no decoration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import tostring

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)
from openpyxl.utils import absolute_coordinate, quote_sheetname

from consult.reports.cells import clean
from consult.reports.package import Sheet
from consult.reports.styles import BRAND, FONT, INK, RULE

POINTS_PER_CENTIMETRE = 72 / 2.54
_LABEL_POINTS = 4.6  # what a character of a label takes
_WIDEST_LABELS = 0.52  # of the width; longer ones are smaller, and may take more
_WIDEST_SMALL_LABELS = 0.6  # longer ones are wrapped
_LABEL_SIZE, _SMALL_LABEL_SIZE = 9, 8


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart shows: cells of its own sheet, and what stands in them (programs that only show a file
    draw from that). ``labels`` and ``values`` are ranges such as ``A5:A9``."""

    labels: str
    values: str
    names: Sequence[str]
    numbers: Sequence[float]
    number_format: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart stands: ``anchor`` is the cell at its upper corner; the rest in points. The bars take
    the height from ``bars_top`` to ``bars_bottom``, so that they can stand beside the rows they show."""

    anchor: str
    width: float
    height: float
    bars_top: float
    bars_bottom: float


def add_bar_chart(sheet: Sheet, bars: Bars, frame: Frame, alternative: str) -> None:
    """Bars from the first to the last cell, the first on top. ``alternative``: what they show, in words."""
    is_mirrored = bool(sheet.page.sheet_view.rightToLeft)
    sheet.page.add_chart(bar_chart(sheet.page.title, bars, frame, is_mirrored=is_mirrored), frame.anchor)
    sheet.alternatives.append(alternative)


def bar_chart(sheet: str, bars: Bars, frame: Frame, *, is_mirrored: bool) -> BarChart:
    """``sheet``: the name of the one whose cells it shows. ``is_mirrored``: from right to left."""
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 2, 45
    chart.series.append(_series(sheet, bars))
    chart.legend = None
    chart.width = frame.width / POINTS_PER_CENTIMETRE  # type: ignore[assignment] # openpyxl takes fractions
    chart.height = frame.height / POINTS_PER_CENTIMETRE
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.layout = _layout(bars, frame, is_mirrored=is_mirrored)
    _set_axes(chart, is_mirrored=is_mirrored, size=_label_size(bars, frame))
    # Room for the number behind the longest bar.
    chart.y_axis.scaling.max = (max(bars.numbers) or 1) * 1.2
    return chart


def chart_xml(sheet: str, bars: Bars, frame: Frame, *, is_mirrored: bool) -> bytes:
    """The part of a package that holds such a chart."""
    written = tostring(bar_chart(sheet, bars, frame, is_mirrored=is_mirrored)._write())  # type: ignore[attr-defined]
    return bytes(written)


def _layout(bars: Bars, frame: Frame, *, is_mirrored: bool) -> Layout:
    """Bars beside their labels. Left to themselves, programs let one run into the other or off the edge."""
    is_small = _label_size(bars, frame) == _SMALL_LABEL_SIZE
    widest = frame.width * (_WIDEST_SMALL_LABELS if is_small else _WIDEST_LABELS)
    labels = min(_label_width(bars, _label_size(bars, frame)), widest) / frame.width
    return Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner",
            xMode="edge",
            yMode="edge",
            x=0.01 if is_mirrored else labels,
            w=0.98 - labels,
            y=frame.bars_top / frame.height,
            h=(frame.bars_bottom - frame.bars_top) / frame.height,
        )
    )


def _label_size(bars: Bars, frame: Frame) -> int:
    """Points. A wrapped label is one for which some programs leave out its neighbours."""
    fits = _label_width(bars, _LABEL_SIZE) <= frame.width * _WIDEST_LABELS
    return _LABEL_SIZE if fits else _SMALL_LABEL_SIZE


def _label_width(bars: Bars, size: int) -> float:
    return _longest(bars) * _LABEL_POINTS * size / _LABEL_SIZE + 12


def _series(sheet: str, bars: Bars) -> Series:
    names = [StrVal(idx=place, v=clean(name)) for place, name in enumerate(bars.names)]
    numbers = [NumVal(idx=place, v=number) for place, number in enumerate(bars.numbers)]
    series = Series(
        cat=AxDataSource(
            strRef=StrRef(f=_range(sheet, bars.labels), strCache=StrData(ptCount=len(names), pt=names))
        ),
        val=NumDataSource(
            numRef=NumRef(
                f=_range(sheet, bars.values),
                numCache=NumData(formatCode=bars.number_format, ptCount=len(numbers), pt=numbers),
            )
        ),
    )
    series.graphicalProperties = GraphicalProperties(solidFill=BRAND, ln=LineProperties(noFill=True))
    series.invertIfNegative = False
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    series.dLbls.numFmt = bars.number_format
    series.dLbls.position = "outEnd"
    series.dLbls.txPr = _text()
    return series


def _range(sheet: str, cells: str) -> str:
    return f"{quote_sheetname(sheet)}!{absolute_coordinate(cells)}"


def _longest(bars: Bars) -> int:
    return max((len(line) for name in bars.names for line in name.split("\n")), default=0)


def _set_axes(chart: BarChart, *, is_mirrored: bool, size: int) -> None:
    names, numbers = chart.x_axis, chart.y_axis
    names.scaling.orientation = "maxMin"  # the first bar on top
    names.delete = False
    names.majorTickMark = names.minorTickMark = "none"
    names.txPr = _text(is_mirrored=is_mirrored, size=size)
    names.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=RULE))
    names.tickLblPos = "low"
    names.noMultiLvlLbl = True
    names.tickLblSkip = 1  # every bar has its name
    numbers.delete = True
    numbers.scaling.orientation = "maxMin" if is_mirrored else "minMax"
    numbers.scaling.min = 0
    numbers.majorGridlines = None


def _text(*, is_mirrored: bool = False, size: int = 9) -> RichText:
    font = Font(typeface=FONT)
    properties = CharacterProperties(sz=100 * size, solidFill=INK, latin=font, cs=font)
    paragraph = ParagraphProperties(defRPr=properties, rtl=is_mirrored or None)
    return RichText(bodyPr=RichTextProperties(), p=[Paragraph(pPr=paragraph, endParaRPr=properties, r=())])
