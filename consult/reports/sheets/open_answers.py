"""The sheet “Open answers”: what people wrote or said, by question, with its language and translation.

A text that is longer than a cell goes on in the rows below; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from openpyxl.utils import get_column_letter

from consult.i18n import language
from consult.reports.cells import MOST_ROWS, cell_xml, content_xml, row_xml
from consult.reports.lines import HIGHEST_ROW, text_height
from consult.reports.named import add_table, headers_of
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
    heads = headers_of((head, "") for head in heads)
    per_sheet = most_rows - 1
    for start in range(0, max(quotes.count, 1), per_sheet):
        end = min(start + per_sheet, quotes.count)
        sheet = package.add_sheet(name.line)
        sheet.set_widths(*widths)
        sheet.page.freeze_panes = "A2"
        add_table(sheet, "Open_answers", heads, 1, end - start)
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
    encoder = _Encoder(package, wording, widths, has_entries=len(heads) == len(wording.languages) + 5)
    head = package.style(LABEL_HEAD)
    head_height = max(text_height(text, width, LABEL_HEAD) for text, width in zip(heads, widths, strict=True))

    def rows() -> Iterable[str]:
        yield row_xml(1, (cell_xml(place, 1, text, head) for place, text in enumerate(heads, 1)), head_height)
        for number, quote in enumerate(islice(quotes.rows(), *part), 2):
            yield encoder.row(number, quote)

    return rows


class _Encoder:
    """Quotes as rows. The question and the language are the same in many of them: written once."""

    def __init__(
        self, package: Package, wording: Wording, widths: Sequence[float], *, has_entries: bool
    ) -> None:
        self._wording = wording
        self._widths = widths
        self._has_entries = has_entries
        self._letters = [get_column_letter(number) for number in range(1, len(widths) + 1)]
        self._label, self._code = package.style(LABEL), package.style(CODE)
        self._plain = package.style(replace(LABEL, is_wrapped=False))
        self._words = {side: package.style(replace(LABEL, direction=side)) for side in ("ltr", "rtl")}
        self._styles = [self._style_of(code) for code in wording.languages]
        self._blanks = [content_xml(None, style) for style in self._styles]
        self._lowest = text_height("", widths[0], LABEL)
        self._questions: dict[str, str] = {}
        self._languages: dict[str, tuple[str, int]] = {}

    def row(self, number: int, quote: Quote) -> str:
        spoken, style = self._spoken(quote.language)
        height = max(self._lowest, text_height(quote.text, self._widths[1], LABEL))
        contents = [self._question(quote.question), content_xml(quote.text, style), spoken]
        for place, text in enumerate(quote.translations):
            if text:
                contents.append(content_xml(text, self._styles[place]))
                height = max(height, text_height(text, self._widths[3 + place], LABEL))
            else:
                contents.append(self._blanks[place])
        contents.append(content_xml(quote.response, self._code))
        if self._has_entries:
            contents.append(content_xml(quote.entry or None, self._plain))
        cells = [
            f'<c r="{letter}{number}"{content}'
            for letter, content in zip(self._letters, contents, strict=True)
        ]
        return row_xml(number, cells, min(height, HIGHEST_ROW))

    def _question(self, label: str) -> str:
        """One line of it is enough: its height does not count."""
        written = self._questions.get(label)
        if written is None:
            written = self._questions[label] = content_xml(label, self._plain)
        return written

    def _spoken(self, code: str) -> tuple[str, int]:
        """The cell that names the language, and the style of words in it."""
        found = self._languages.get(code)
        if found is None:
            name = self._wording.language_name(code).line if code else None
            found = self._languages[code] = content_xml(name, self._label), self._style_of(code)
        return found

    def _style_of(self, code: str) -> int:
        return self._words[language(code or self._wording.languages[0]).direction]
