"""An author's texts as HTML: escaped, marked with their language, answers in their places.

``${name}`` becomes a hole for the answer as people read it (a label, not a code), isolated from the
direction of the text around it. Of the markup that authors write, rich_text.py knows four marks; the elements
for them are written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup, escape

from consult.i18n import Localized, LocalText, language
from consult.questions.rich_text import END, Hole, Line, Mark, rich_text
from consult.responses.compiled_marks import Marks

_BREAK, _SPACE = Markup("<br>"), Markup(" ")
_ENDS = {"strong": "</strong>", "em": "</em>", "tone": "</span>", "link": "</a>"}
_ELSEWHERE = Markup(' target="_blank" rel="noopener noreferrer"')
_BULLET = Markup("• ")


class Words:
    """Writes texts for one page in its language and, where there is one, in a second language beside it."""

    def __init__(self, marks: Marks, page: str, fallback: str, second: str | None) -> None:
        self._marks = marks
        self._page = page
        self._fallback = fallback
        self._second = second

    def first(self, texts: Localized, *, is_block: bool = False) -> Markup:
        """In the page's language; in an element that says its language where it fell back.

        ``is_block``: with paragraphs and lists, where the text stands in no label.
        """
        text = self.text(texts)
        html = self._html(text, is_block)
        if not text or text.language == self._page:
            return html
        return _in_language("", text.language, html, is_block)

    def second(self, texts: Localized, *, is_block: bool = False) -> Markup:
        """In the second language, where that is another one than the first text is really in."""
        if self._second is None:
            return Markup()
        text = texts.pick(self._second, self._fallback)
        if not text or text.language == self.text(texts).language:
            return Markup()
        return _in_language(' class="second"', text.language, self._html(text, is_block), is_block)

    def text(self, texts: Localized) -> LocalText:
        """The author's own words in the page's language, else as they fell back."""
        return texts.pick(self._page, self._fallback)

    def plain(self, texts: Localized) -> Markup:
        """Both languages in one line without elements, for a menu."""
        text = self.text(texts)
        html = self._in_line(text)
        other = texts.pick(self._second, self._fallback) if self._second else text
        if other.language == text.language:
            return html
        return html + Markup(" / ") + self._in_line(other)

    def _in_line(self, text: LocalText) -> Markup:
        lines = (
            Markup().join(
                self._marks.hole("piped", token.name, text.language)
                if isinstance(token, Hole)
                else escape(token)
                for token in line.tokens
                if isinstance(token, Hole | str)
            )
            for line in rich_text(text)
        )
        return _SPACE.join(line for line in lines if line)

    def _html(self, text: LocalText, is_block: bool) -> Markup:
        lines = rich_text(text)
        if is_block:
            return Markup().join(_blocks(lines, lambda line: self._line(line, text.language)))
        # Line ends inside a label are the author's; those between elements are ours.
        return _BREAK.join(
            (_BULLET if line.kind == "item" else Markup()) + self._line(line, text.language) for line in lines
        )

    def _line(self, line: Line, code: str) -> Markup:
        html, begun = Markup(), list[str]()
        for token in line.tokens:
            if isinstance(token, Mark):
                html += _begin(token)
                begun.append(_ENDS[token.kind])
            elif token is END:
                html += Markup(begun.pop())  # noqa: S704 - from the table above
            elif isinstance(token, Hole):
                hole = self._marks.hole("piped", token.name, code)
                html += Markup('<bdi data-piped="{}">{}</bdi>').format(token.name, hole)
            else:
                html += escape(token)
        return Markup("<strong>{}</strong>").format(html) if line.kind == "heading" else html


def _begin(mark: Mark) -> Markup:
    if mark.kind == "link":
        elsewhere = _ELSEWHERE if mark.detail[:5].lower() == "https" else ""
        return Markup('<a href="{}"{}>').format(mark.detail, elsewhere)
    if mark.kind == "tone":
        return Markup('<span class="tone-{}">').format(mark.detail)
    return Markup("<strong>") if mark.kind == "strong" else Markup("<em>")


def _blocks(lines: Iterable[Line], written: Callable[[Line], Markup]) -> Iterator[Markup]:
    """Paragraphs and lists; lines of one paragraph are parted by breaks."""
    run: list[Markup] = []
    kind = ""
    for line in (*lines, Line()):
        what = "" if line.is_empty else "item" if line.kind == "item" else "text"
        if what != kind and run:
            yield _block(kind, run)
            run = []
        kind = what
        if what:
            run.append(written(line))


def _block(kind: str, run: list[Markup]) -> Markup:
    if kind == "item":
        return Markup("<ul>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(each) for each in run))
    return Markup("<p>{}</p>").format(_BREAK.join(run))


def _in_language(attributes: str, code: str, html: Markup, is_block: bool) -> Markup:
    tag = "div" if is_block else "span"
    made = f'<{tag}{attributes} lang="{escape(code)}" dir="{language(code).direction}">{html}</{tag}>'
    return Markup(made)  # noqa: S704 - made of escaped parts
