"""The summary as a page that prints well: what the Word document says, for those who want a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g, render_template, request

from consult.i18n import LocalText
from consult.reports.routes import blueprint, has_words, named_survey, selection_of_page, source_for
from consult.reports.story import tell
from consult.reports.story_blocks import Heading, Quotation, Table, Words
from consult.reports.wording import BOTH, Said, Wording
from consult.responses.reading import EVERY

Spans = tuple[LocalText, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. ``bar``: its length in per cent, None where there is none."""

    cells: tuple[Spans, ...]
    bar: float | None


@blueprint.get("/reports/<survey>/print")
def printed(survey: str) -> str:
    """In one language or both, of the responses that the address selects."""
    of = named_survey(survey)
    whole, form = selection_of_page(of, is_counted=True)
    words = request.args.get("words", g.lang)
    if not form.validate() or not has_words(words, "docx", whole):
        abort(404)
    source = source_for(of, form.filters, is_counted=True) if form.filters != EVERY else whole
    wording = Wording.of(words, source.fallback)
    story = tell(source, wording, whole)
    return render_template(
        "reports/printed.html",
        survey=of,
        form=form,
        words=words,
        is_both=words == BOTH,
        title=spans(story.title, wording),
        under=[spans(each, wording) for each in story.under],
        blocks=[_shown(block, wording) for block in story.blocks],
    )


def _shown(block: Heading | Words | Table | Quotation, w: Wording) -> dict[str, object]:
    """A block for the template: ``kind`` and what it shows."""
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "level": block.level + 1,
            "number": block.number,
            "said": spans(block.said, w),
        }
    if isinstance(block, Words):
        return {"kind": "note" if block.is_note else "words", "said": spans(block.said, w)}
    if isinstance(block, Quotation):
        note = spans(block.note, w) if block.note else ()
        return {"kind": "quote", "text": LocalText(block.text, block.language), "note": note}
    shares = block.shares or [None] * len(block.rows)
    return {
        "kind": "table",
        "words": block.words,
        "head": [spans(each, w) for each in block.head],
        "has_bars": bool(block.shares),
        "caption": spans(block.about, w) if block.about else (),
        "lines": [
            Line(tuple(spans(cell, w) for cell in row), None if share is None else round(share * 100, 1))
            for row, share in zip(block.rows, shares, strict=True)
        ],
    }


def spans(said: Said, w: Wording) -> Spans:
    """The same thing in each language, once where it is the same."""
    first: dict[str, str] = {}
    for text, code in zip(said, w.languages, strict=True):
        first.setdefault(text, code)
    return tuple(LocalText(text, code) for text, code in first.items())
