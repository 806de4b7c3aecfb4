"""An author's texts as HTML: escaped, marked with their language, answers in their places.

``${name}`` becomes a hole for the answer as people read it (a label, not a code), isolated from the
direction of the text around it. Of the markup that XLSForm authors use, **strong** is kept.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from consult.expressions import Template
from consult.i18n import Localized, LocalText, language
from consult.responses.compiled_marks import Marks

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_BREAK, _SPACE = Markup("<br>"), Markup(" ")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)


class Words:
    """Writes texts for one page in its language and, where there is one, in a second language beside it."""

    def __init__(self, marks: Marks, page: str, fallback: str, second: str | None) -> None:
        self._marks = marks
        self._page = page
        self._fallback = fallback
        self._second = second

    def first(self, texts: Localized) -> Markup:
        """In the page's language; in a ``span`` that says its language where it fell back."""
        text = texts.pick(self._page, self._fallback)
        html = self._html(text)
        return html if not text or text.language == self._page else _in_language("", text.language, html)

    def second(self, texts: Localized) -> Markup:
        """In the second language, where that is another one than the first text is really in."""
        if self._second is None:
            return Markup()
        text = texts.pick(self._second, self._fallback)
        if not text or text.language == texts.pick(self._page, self._fallback).language:
            return Markup()
        return _in_language(' class="second"', text.language, self._html(text))

    def plain(self, texts: Localized) -> Markup:
        """Both languages in one line without elements, for a menu."""
        text = texts.pick(self._page, self._fallback)
        html = self._html(text, isolated=False)
        other = texts.pick(self._second, self._fallback) if self._second else text
        if other.language == text.language:
            return html
        return html + Markup(" / ") + self._html(other, isolated=False)

    def _html(self, text: LocalText, *, isolated: bool = True) -> Markup:
        html = Markup()
        pieces = Template.parse(_HEADING.sub("", text)).pieces
        for place, piece in enumerate(pieces):
            if place % 2:
                hole = self._marks.hole("piped", piece, text.language)
                html += Markup('<bdi data-piped="{}">{}</bdi>').format(piece, hole) if isolated else hole
            else:
                # Line ends inside a label are the author's; those between elements are ours.
                html += (_BREAK if isolated else _SPACE).join(escape(line) for line in piece.split("\n"))
        # As plain str: Markup would escape the element that is put in.
        strong = r"<strong>\1</strong>" if isolated else r"\1"
        return Markup(_STRONG.sub(strong, str(html)))  # noqa: S704 - escaped above


def _in_language(attributes: str, code: str, html: Markup) -> Markup:
    made = f'<span{attributes} lang="{escape(code)}" dir="{language(code).direction}">{html}</span>'
    return Markup(made)  # noqa: S704 - made of escaped parts
