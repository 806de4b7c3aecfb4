"""Which responses a report is about, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from consult.reports.columns import channel_names
from consult.reports.source import Selection, Source
from consult.reports.wording import Said, Wording


def selection_said(w: Wording, source: Source) -> Iterator[Said]:
    """Which responses were selected, one condition at a time."""
    return selected_said(w, source.selection)


def selection_told(w: Wording, source: Source) -> Iterator[Said]:
    """The same for readers outside: who asked is named to nobody."""
    yield from selected_said(w, replace(source.selection, collector=None))
    if source.selection.collector:
        yield w.gettext("collected by one data collector")


def selected_said(w: Wording, selection: Selection) -> Iterator[Said]:
    """The same of a selection by itself."""
    for _name, said in conditions_said(w, selection):
        yield said


def conditions_said(w: Wording, selection: Selection) -> Iterator[tuple[str, Said]]:
    """Each condition with its name: of the parameter of an address that makes it."""
    if selection.language:
        yield "language", w.gettext("answers in %(language)s", language=w.language_name(selection.language))
    if selection.channel:
        yield "channel", channel_names(w)[selection.channel]
    if selection.collector:
        yield "collector", w.gettext("collected by %(name)s", name=selection.collector)
    if selection.session:
        yield "session", w.gettext("session of %(session)s", session=selection.session)
    if selection.since:
        yield "since", w.gettext("from %(date)s", date=w.date(selection.since))
    if selection.until:
        yield "until", w.gettext("until %(date)s", date=w.date(selection.until))
    for each in selection.answered:
        question, answer = w.text(each.question, each.key), w.text(each.answer, each.code)
        yield "answered", w.gettext("“%(question)s”: “%(answer)s”", question=question, answer=answer)
