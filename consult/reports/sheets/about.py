"""The sheet “About”: what this report is, who made it, how to read it, and what people were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult.i18n import Localized, language
from consult.questionnaires.specification import Notice
from consult.reports.columns import channel_names
from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.repeats import repeat_said, repeats_of
from consult.reports.selections import selection_said
from consult.reports.sheets.names import method_name, who_answered_name
from consult.reports.source import Source
from consult.reports.styles import HEAD, SECTION, SOFT_TERM, SUBTITLE, TERM, TEXT, TITLE
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording


def add_about(
    package: Package, wording: Wording, source: Source, tally: Tally, names: Sequence[Said]
) -> None:
    """``names``: of all sheets, in order, this one first."""
    sheet = package.add_sheet(names[0].line)
    columns = 1 + len(wording.languages)
    widths = (30.0, *([46.0] * len(wording.languages) if wording.is_bilingual else [82.0]))
    lines = Lines(package, sheet, widths)
    for text in dict.fromkeys(wording.text(source.title, source.slug)):
        lines.add_across(text, TITLE, columns)
    lines.add_across(wording.text(source.organisation).line, SUBTITLE, columns)
    lines.skip()
    for term, said in _facts(wording, source, tally):
        lines.add((term.block, TERM), *((text, TEXT) for text in said))
    _add_reading(lines, wording, source, columns)
    _add_sheets(lines, wording, names, tally, columns)
    _add_notices(lines, wording, source, columns)
    sheet.print_on_letter()


def _facts(w: Wording, source: Source, tally: Tally) -> Iterator[tuple[Said, Said]]:
    yield w.gettext("Organisation"), w.text(source.organisation)
    yield w.gettext("Report made on"), w.date(source.made_on)
    yield w.gettext("Responses in this report"), _size(w, source, tally)
    if source.selection:
        yield w.gettext("Selection"), w.joined(selection_said(w, source))
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


def _add_reading(lines: Lines, w: Wording, source: Source, columns: int) -> None:
    lines.skip()
    lines.add_across(w.gettext("How to read this report").line, SECTION, columns)
    of_entries = w.gettext(
        "What was asked several times over, of each person or thing, counts entries instead of responses: "
        "above each table stands of what they are."
    )
    for said in (
        *([of_entries] if repeats_of(source.asked) else []),
        w.gettext("Percentages are of the people who answered; above each table stands how many they were."),
        w.gettext(
            "Where several answers could be chosen, percentages are of people and add up to more than 100%."
        ),
        w.gettext(
            "An empty cell means no answer, or a question that did not apply. It is never a zero or a “no”."
        ),
        w.gettext(
            "The mean, median, quartiles and standard deviation (of a sample) are of the numbers given. "
            "Quartiles are interpolated, as by the function QUARTILE.INC of spreadsheets."
        ),
        w.gettext(
            "The order of the responses and their numbers are drawn: they say nothing about who came first."
        ),
        w.gettext(
            "Data that people entrusted to you: keep this file where only those who need it can open it."
        ),
        w.gettext(
            "In a small community people recognise each other. Do not publish results of fewer than "
            "%(threshold)s people.",
            threshold=source.threshold,
        ),
    ):
        lines.add(("•", replace(TEXT, align="end")), *((text, TEXT) for text in said))


def _add_sheets(lines: Lines, w: Wording, names: Sequence[Said], tally: Tally, columns: int) -> None:
    lines.skip()
    lines.add_across(w.gettext("The sheets").line, SECTION, columns)
    described = (
        w.gettext("Every question with its counts, percentages and a chart"),
        w.gettext("One row for each response, one column for each question and each choice"),
        w.gettext("What people wrote or said, in their own words, with its language and translation"),
        w.gettext("What each column means: the question and its choices in every language of the form"),
    )
    for name, said in zip(names[1:], described, strict=False):
        lines.add((name.block, TERM), *((text, TEXT) for text in said))
    for repeat, entries in tally.entries.items():
        name = repeat_said(w, repeat.key, repeat.label)
        said = w.ngettext(
            "One row for each entry of “%(repeat)s”: %(num)s",
            "One row for each entry of “%(repeat)s”: %(num)s",
            entries,
            repeat=name,
        )
        lines.add((name.block, TERM), *((text, TEXT) for text in said))
    if tally.responses:
        said = w.gettext("Responses by language, channel, month, session and data collector")
        lines.add((who_answered_name(w).block, TERM), *((text, TEXT) for text in said))
    said = w.gettext("How the answers came about and what the numbers mean, in sentences to quote")
    lines.add((method_name(w).block, TERM), *((text, TEXT) for text in said))


def _add_notices(lines: Lines, w: Wording, source: Source, columns: int) -> None:
    for numbers, notice in _notices(source):
        lines.skip()
        title = w.gettext("What people were told before the first question, word for word").line
        if len(source.versions) > 1:
            title = f"{title} ({', '.join(str(number) for number in numbers)})"
        lines.add_across(title, SECTION, columns)
        for code in source.languages:
            _add_notice(lines, w, notice, code, columns)


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
    for term, text in terms:
        if code in text:
            empty: list[Placed] = [(None, style)] * (columns - 2)
            span = (2, columns) if columns > 2 else None
            lines.add((term.block, SOFT_TERM), (text[code], style), *empty, span=span)
