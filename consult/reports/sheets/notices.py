"""What people were told before the first question, and to what they agreed: word for word, in each
language."""

from __future__ import annotations

from dataclasses import replace

from consult.i18n import INTERFACE_LANGUAGES, Localized, language
from consult.questionnaires.specification import Notice
from consult.reports.lines import Lines, Placed
from consult.reports.sheets.paging import PageBreaks
from consult.reports.source import Source
from consult.reports.styles import HEAD, SECTION, SOFT_TERM, TEXT
from consult.reports.wording import Wording


def add_notices(lines: Lines, w: Wording, source: Source, columns: int, breaks: PageBreaks) -> None:
    """Under what stands there already; each language on one page, if there is room."""
    for numbers, notice in _notices(source):
        start = lines.next_row
        lines.skip()
        title = w.gettext("What people were told before the first question, word for word").line
        if len(source.versions) > 1:
            title = f"{title} ({', '.join(str(number) for number in numbers)})"
        lines.add_across(title, SECTION, columns)
        for code in source.languages:
            _add_notice(lines, w, notice, code, columns)
            breaks.keep_together(start)
            start = lines.next_row


def _notices(source: Source) -> list[tuple[list[int], Notice]]:
    """Each notice once, with the versions that showed it."""
    found: list[tuple[list[int], Notice]] = []
    for version in source.versions:
        known = next((numbers for numbers, notice in found if notice == version.notice), None)
        if known is not None:
            known.append(version.number)
        elif _parts(version.notice):
            found.append(([version.number], version.notice))
    return found


def _parts(notice: Notice) -> list[Localized]:
    parts = (notice.introduction, notice.authority, notice.purpose, notice.contact)
    return [part for part in parts if part]


def _add_notice(lines: Lines, w: Wording, notice: Notice, code: str, columns: int) -> None:
    terms = (
        (w.gettext("Introduction"), notice.introduction),
        (w.gettext("Legal authority"), notice.authority),
        (w.gettext("Purpose"), notice.purpose),
        (w.gettext("Contact"), notice.contact),
    )
    if not any(code in text for _, text in terms):
        return
    style = replace(TEXT, direction=language(code).direction)
    names = dict.fromkeys((*w.language_name(code), language(code).own_name))
    lines.add_across(" – ".join(names), HEAD, columns)
    told = [(term, str(text[code])) for term, text in terms if code in text]
    if code in INTERFACE_LANGUAGES:
        told.append((w.gettext("Consent"), _agreed_to(Wording((code,), w.fallback))))
    for term, words in told:
        empty: list[Placed] = [(None, style)] * (columns - 2)
        span = (2, columns) if columns > 2 else None
        lines.add((term.block, SOFT_TERM), (words, style), *empty, span=span)


def _agreed_to(w: Wording) -> str:
    """As it stands below the notice (answering/start.html), and on the button."""
    own_choice = w.gettext(
        "Taking part is your choice. We do not store your name unless you write it, nor your internet "
        "address, your device or the time of day."
    )
    return f"{own_choice}\n{w.gettext('I agree. Start')}"
