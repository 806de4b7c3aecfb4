"""The sheet “About”: what this report is, who made it, how to read it, and what is on each sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult.reports.columns import channel_names
from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.selections import selection_said
from consult.reports.sheets.paging import scale_for_one_page
from consult.reports.sheets.reading import reading_said
from consult.reports.source import Source
from consult.reports.styles import SECTION, SUBTITLE, TERM, TEXT, TITLE
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Told:
    """What the first sheet says besides what is known of the survey. ``name`` of the report, or "";
    ``sheets``: every other sheet and what is on it; ``remarks``: what is not as it was wanted."""

    name: str
    sheets: Sequence[tuple[Said, Said]]
    remarks: Sequence[Said] = ()
    has_marks: bool = False


def add_about(
    package: Package, wording: Wording, source: Source, tally: Tally, name: Said, told: Told
) -> None:
    """``name`` of this sheet."""
    sheet = package.add_sheet(name.line)
    columns = 1 + len(wording.languages)
    widths = (30.0, *([46.0] * len(wording.languages) if wording.is_bilingual else [82.0]))
    lines = Lines(package, sheet, widths)
    for text in dict.fromkeys(wording.text(source.title, source.slug)):
        lines.add_across(text, TITLE, columns)
    lines.add_across(wording.text(source.organisation).line, SUBTITLE, columns)
    lines.skip()
    for term, said in _facts(wording, source, tally, told):
        lines.add((term.block, TERM), *_beside(said))
    _add_section(lines, wording.gettext("How to read this report"), columns)
    for term, said in reading_said(wording, source, has_marks=told.has_marks):
        lines.add((term.block, TERM), *_beside(said))
    _add_section(lines, wording.gettext("The sheets"), columns)
    for sheet_name, said in told.sheets:
        lines.add((sheet_name.block, TERM), *_beside(said))
    sheet.print_on_letter(scale=scale_for_one_page(lines, widths, 90))


def _beside(said: Said) -> list[Placed]:
    """The indent keeps two languages apart."""
    return [(text, replace(TEXT, indent=int(place > 0))) for place, text in enumerate(said)]


def _add_section(lines: Lines, title: Said, columns: int) -> None:
    lines.skip()
    lines.add_across(title.line, SECTION, columns)


def _facts(w: Wording, source: Source, tally: Tally, told: Told) -> Iterator[tuple[Said, Said]]:
    if told.name:
        yield w.pgettext("about", "Report"), Said(told.name for _ in w.languages)
    yield w.gettext("Organisation"), w.text(source.organisation)
    yield w.gettext("Report made on"), w.date(source.made_on)
    yield w.gettext("Responses in this report"), _size(w, source, tally)
    if source.selection:
        yield w.gettext("Selection"), w.joined(selection_said(w, source))
    for remark in told.remarks:
        yield w.pgettext("about", "Please note"), remark
    if tally.first_on and tally.last_on:
        yield (
            w.gettext("Collected"),
            w.gettext("From %(first)s to %(last)s", first=w.date(tally.first_on), last=w.date(tally.last_on)),
        )
    if source.opened_on:
        yield w.gettext("Open since"), w.date(source.opened_on)
    if source.closed_on:
        yield w.gettext("Closed on"), w.date(source.closed_on)
    yield w.gettext("Languages of the form"), w.joined(w.language_name(code) for code in source.languages)
    if tally.responses:
        yield (
            w.gettext("Languages of the answers"),
            _counted(w, [(w.language_name(code), count) for code, count in tally.languages.most_common()]),
        )
        channels = channel_names(w)
        yield (
            w.gettext("Channels"),
            _counted(w, [(channels[code], count) for code, count in tally.channels.most_common()]),
        )
    yield (
        w.gettext("Versions of the form"),
        Said("\n".join(each) for each in zip(*_versions(w, source, tally), strict=True)),
    )
    yield w.gettext("Address of the form"), Said(source.slug for _ in w.languages)


def _size(w: Wording, source: Source, tally: Tally) -> Said:
    if source.selection:
        return w.gettext("%(num)s of %(total)s", num=tally.responses, total=source.total)
    return w.number(tally.responses)


def _counted(w: Wording, counts: Sequence[tuple[Said, int]]) -> Said:
    return w.joined(w.gettext("%(name)s (%(num)s)", name=name, num=count) for name, count in counts)


def _versions(w: Wording, source: Source, tally: Tally) -> Iterator[Said]:
    for version in source.versions:
        yield w.ngettext(
            "Version %(version)s, published on %(date)s: %(num)s response",
            "Version %(version)s, published on %(date)s: %(num)s responses",
            tally.versions[version.number],
            version=version.number,
            date=w.date(version.published_on),
        )
