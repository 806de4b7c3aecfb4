"""Whether anything of a source may be told outside, and what. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE
from consult.reports.outward import Limits, Told, told_of
from consult.reports.source import Selection, Source
from consult.reports.tally import Tally

SENSITIVE_THRESHOLD = 20
"""Below it no number is shown where a question is sensitive, whatever the organisation has chosen."""


def limits_of(source: Source) -> Limits:
    """Below which counts numbers are not shown."""
    return Limits(source.threshold, max(SENSITIVE_THRESHOLD, source.threshold), source.sensitive)


def told_of_source(source: Source, tally: Tally, of_all: Tally) -> Told | None:
    """``tally`` of the source, ``of_all`` of all responses, the same where nothing is selected. None where
    nothing at all may be told, not even how many responses there are."""
    limits = limits_of(source)
    is_small = tally.responses < source.threshold or of_all.responses < source.threshold
    if is_small or source.hides(tally.responses):
        return None
    whole = told_of(of_all, limits)
    if not source.selection:
        return whole
    if not all(_is_shown(whole, key, code) for key, code in _named(source.selection)):
        return None
    return told_of(of_all, limits, tally)


def _named(selection: Selection) -> Iterator[tuple[str, str]]:
    """Groups that a selection names: how many it is of, tells how many are in each."""
    if selection.language:
        yield BY_LANGUAGE, selection.language
    if selection.channel:
        yield BY_CHANNEL, selection.channel
    for each in selection.answered:
        yield each.key, each.code


def _is_shown(whole: Told, key: str, code: str) -> bool:
    """Whether the summary of all responses has a number for it, by itself."""
    lines = whole.lines(key) if key in whole.spreads else ()
    return any(line.codes == (code,) and line.count is not None for line in lines)
