"""People's own words in a summary: which may stand there, and what is said of their language. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from consult.reports.source import Cleared, Selection
from consult.reports.story_blocks import Quotation
from consult.reports.wording import Wording


def are_quoted(selection: Selection) -> bool:
    """Whether a summary of these responses quotes. Beside what is told of a few, words that say nothing of
    who spoke would say it; a period tells nothing of anybody."""
    return not replace(selection, since=None, until=None)


def quoted(w: Wording, cleared: Cleared, named: Collection[str]) -> Iterator[Quotation]:
    """A cleared answer in the languages of a report: its own words where they are in one of them, else a
    translation that says so, else its own words with the name of their language.

    ``named``: languages that may be named. In another one only few answered: what shows that somebody spoke
    it would point to them. Then there is only what stands in the languages of the report.
    """
    known = [code for code in w.languages if code in cleared.texts]
    if cleared.language not in named:
        note = w.gettext("Translated") if known and cleared.language not in known else None
        yield from (Quotation(cleared.texts[code], code, note) for code in known)
        return
    for code in known:
        note = None
        if code != cleared.language:
            note = w.gettext("Translated from %(language)s", language=w.language_name(cleared.language))
        yield Quotation(cleared.texts[code], code, note)
    if not known and cleared.language in cleared.texts:
        yield Quotation(cleared.texts[cleared.language], cleared.language, w.language_name(cleared.language))
