"""Which responses a report is about, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from consult.reports.columns import channel_names
from consult.reports.source import Selection, Source
from consult.reports.wording import Said, Wording


def selection_said(w: Wording, source: Source) -> Iterator[Said]:
    """Which responses were selected, one condition at a time."""
    return selected_said(w, source.selection)


def selected_said(w: Wording, selection: Selection) -> Iterator[Said]:
    """The same of a selection by itself."""
    if selection.language:
        yield w.gettext("answers in %(language)s", language=w.language_name(selection.language))
    if selection.channel:
        yield channel_names(w)[selection.channel]
    if selection.collector:
        yield w.gettext("collected by %(name)s", name=selection.collector)
    if selection.since:
        yield w.gettext("from %(date)s", date=w.date(selection.since))
    if selection.until:
        yield w.gettext("until %(date)s", date=w.date(selection.until))
