"""The sheet “Open answers”: what people wrote or said, by question, with its language and translation.

A text that is longer than a cell goes on in the rows below; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from openpyxl.utils import get_column_letter

from consult.i18n import language
from consult.reports.cells import MOST_ROWS, cell_xml, row_xml
from consult.reports.lines import HIGHEST_ROW, text_height
from consult.reports.package import Package
from consult.reports.quotes import Quote, Quotes
from consult.reports.styles import CODE, LABEL, LABEL_HEAD
from consult.reports.wording import Said, Wording


def add_open_answers(
    package: Package, wording: Wording, quotes: Quotes, name: Said, *, most_rows: int = MOST_ROWS
) -> None:
    """``quotes`` stay open until the package is saved."""
    heads = _heads(wording)
    widths = [34.0, 64.0, 16.0, *[52.0] * len(wording.languages), 16.0]
    if quotes.has_entries:
        heads.append(wording.pgettext("table", "Entry").line)
        widths.append(30.0)
    per_sheet = most_rows - 1
    for start in range(0, max(quotes.count, 1), per_sheet):
        end = min(start + per_sheet, quotes.count)
        sheet = package.add_sheet(name.line)
        sheet.set_widths(*widths)
        sheet.page.freeze_panes = "A2"
        sheet.page.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(end - start, 1) + 1}"
        sheet.print_on_letter(landscape=True, repeated_rows="1:1")
        sheet.rows = _rows(package, wording, quotes, heads, widths, (start, end))


def _heads(w: Wording) -> list[str]:
    translations = (
        [w.gettext("Translation").line]
        if not w.is_bilingual
        else [
            w.gettext("Translation into %(language)s", language=w.language_name(code)).line
            for code in w.languages
        ]
    )
    return [
        w.pgettext("table", "Question").line,
        w.pgettext("table", "Answer").line,
        w.pgettext("table", "Language").line,
        *translations,
        w.gettext("Response number").line,
    ]


def _rows(
    package: Package,
    wording: Wording,
    quotes: Quotes,
    heads: Sequence[str],
    widths: Sequence[float],
    part: tuple[int, int],
) -> Callable[[], Iterable[str]]:
    label, plain = package.style(LABEL), package.style(replace(LABEL, is_wrapped=False))
    code_style, head = package.style(CODE), package.style(LABEL_HEAD)
    head_height = max(text_height(text, width, LABEL_HEAD) for text, width in zip(heads, widths, strict=True))
    words = {side: package.style(replace(LABEL, direction=side)) for side in ("ltr", "rtl")}

    def style_of(code: str) -> int:
        return words[language(code or wording.languages[0]).direction]

    def row(number: int, quote: Quote) -> str:
        spoken = wording.language_name(quote.language).line if quote.language else None
        translations = zip(quote.translations, wording.languages, strict=True)
        styled = [
            (quote.question, plain),
            (quote.text, style_of(quote.language)),
            (spoken, label),
            *((text or None, style_of(code)) for text, code in translations),
            (quote.response, code_style),
            *([(quote.entry or None, plain)] if len(heads) == len(quote.translations) + 5 else ()),
        ]
        # The question is the same in many rows: one line of it is enough.
        texts = ("", quote.text, "", *quote.translations)
        height = max(text_height(text, width, LABEL) for text, width in zip(texts, widths, strict=False))
        cells = (cell_xml(place, number, text, style) for place, (text, style) in enumerate(styled, 1))
        return row_xml(number, cells, min(height, HIGHEST_ROW))

    def rows() -> Iterable[str]:
        yield row_xml(1, (cell_xml(place, 1, text, head) for place, text in enumerate(heads, 1)), head_height)
        for number, quote in enumerate(islice(quotes.rows(), *part), 2):
            yield row(number, quote)

    return rows
