"""Trends, prepared for a page: a table for each question that can be followed, reasons for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import LocalText
from consult.reports.analysis.intervals import Interval, interval_of_mean, line_interval
from consult.reports.analysis.trends import Concept, Difference
from consult.reports.source import Source
from consult.reports.tables import QuestionTable, Share
from consult.reports.trend_tables import Period, Trend, Wave, trends_of
from consult.reports.who_is_missing import title_of
from consult.reports.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Point:
    """``height``: of a share, 0 to 100, for a drawing."""

    value: str
    interval: str
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row; None where nothing was asked or may be shown."""

    label: str
    points: tuple[Point | None, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """Coordinates of the pieces of a line in a box of 100 by 40: it breaks where nothing is known."""
        width = 92 / max(1, len(self.points) - 1)
        pieces: list[list[str]] = [[]]
        for place, point in enumerate(self.points):
            if point is None or point.height is None:
                pieces.append([])
            else:
                pieces[-1].append(f"{4 + place * width:.1f},{36 - point.height * 0.32:.1f}")
        return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


@dataclass(frozen=True, slots=True)
class Followed:
    """A question over time. ``answered``: how many in each wave, None where too few or not asked."""

    key: str
    title: LocalText
    answered: tuple[str | None, ...]
    hidden: tuple[bool, ...]
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotFollowed:
    title: LocalText
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrendPage:
    """``heads``: what each wave is called, and how many responses it has (None: too few)."""

    heads: tuple[tuple[str, str | None], ...]
    followed: tuple[Followed, ...]
    not_followed: tuple[NotFollowed, ...]
    left_out: int


def trend_page(
    concepts: Sequence[Concept], sources: Sequence[Source], period: Period, language: str
) -> TrendPage:
    """``sources``: the survey of the page first."""
    w = Wording((language,), sources[0].fallback)
    found = trends_of(concepts, sources, period)
    titles = {source.slug: w.text(source.title, source.slug) for source in sources}
    newest = {source.slug: max((v.number for v in source.versions), default=0) for source in sources}
    named = [wave_said(w, wave, titles, newest) for wave in found.waves]
    followed = [trend for trend in found.trends if trend.points > 1]
    others = [trend for trend in found.trends if trend.points < 2 and trend.concept.unlike]
    return TrendPage(
        tuple(
            (said.line, None if wave.responses is None else w.number(wave.responses).line)
            for said, wave in zip(named, found.waves, strict=True)
        ),
        tuple(_followed(w, trend, titles) for trend in followed),
        tuple(
            NotFollowed(_title(w, trend.concept), tuple(_reasons(w, trend.concept, titles)))
            for trend in others
        ),
        found.left_out,
    )


def wave_said(w: Wording, wave: Wave, titles: Mapping[str, Said], newest: Mapping[str, int]) -> Said:
    """A version, a year, a quarter or a month in words; with its survey where there are several."""
    if "-Q" in wave.code:
        year, _, quarter = wave.code.partition("-Q")
        when = w.gettext("%(year)s, quarter %(quarter)s", year=year, quarter=quarter)
    elif "-" in wave.code:
        when = w.month(wave.code)
    elif len(wave.code) == 4 and wave.code == f"{wave.first_on:%Y}":
        when = Said(wave.code for _ in w.languages)
    elif newest[wave.slug] == 1:
        return w.gettext(
            "%(survey)s (%(month)s)", survey=titles[wave.slug], month=w.month(f"{wave.first_on:%Y-%m}")
        )
    else:
        when = w.gettext("Version %(number)s, from %(date)s", number=wave.code, date=w.date(wave.first_on))
    if len(titles) == 1:
        return when
    return w.gettext("%(survey)s: %(when)s", survey=titles[wave.slug], when=when)


def _title(w: Wording, concept: Concept) -> LocalText:
    return title_of(w, concept.asked.question.label, concept.key)


def _followed(w: Wording, trend: Trend, titles: Mapping[str, Said]) -> Followed:
    return Followed(
        key=trend.concept.key,
        title=_title(w, trend.concept),
        answered=tuple(None if table is None else w.number(table.base).line for table in trend.tables),
        hidden=trend.is_hidden,
        lines=tuple(_lines(w, trend)),
        reasons=tuple(_reasons(w, trend.concept, titles)),
    )


def _lines(w: Wording, trend: Trend) -> Iterator[Line]:
    asked = [table for table in trend.tables if table is not None]
    shares = [{line.code: line for line in table.lines} if table else {} for table in trend.tables]
    labels = {line.code: line.label for table in asked for line in table.lines}
    for code, label in labels.items():
        if any(code in lines and lines[code].count for lines in shares):
            points = (
                _share(w, table, lines.get(code)) for table, lines in zip(trend.tables, shares, strict=True)
            )
            yield Line(w.text(label, code).line, tuple(points))
    if asked[0].summary == "numbers":
        yield Line(w.gettext("Mean").line, tuple(_mean(w, table) for table in trend.tables))
    for rank in sorted(asked[0].ranks, key=lambda rank: rank.code):
        label_said = w.gettext("Mean place of “%(item)s”", item=w.text(rank.label, rank.code))
        yield Line(label_said.line, tuple(_place(w, table, rank.code) for table in trend.tables))


def _share(w: Wording, table: QuestionTable | None, line: Share | None) -> Point | None:
    if table is None or line is None or line.share is None:
        return None
    return Point(
        w.percent(line.share).line, _between(w, line_interval(table, line), w.percent), 100 * line.share
    )


def _mean(w: Wording, table: QuestionTable | None) -> Point | None:
    if table is None or table.statistics is None:
        return None
    return Point(w.figure(table.statistics.mean).line, _between(w, interval_of_mean(table), w.figure))


def _place(w: Wording, table: QuestionTable | None, code: str) -> Point | None:
    mean = None if table is None else table.mean_place_of(code)
    return None if mean is None else Point(w.figure(mean).line, "")


def _between(w: Wording, interval: Interval | None, say: Callable[[float | None], Said]) -> str:
    if interval is None:
        return ""
    return w.gettext("%(low)s to %(high)s", low=say(interval.low), high=say(interval.high)).line


def _reasons(w: Wording, concept: Concept, titles: Mapping[str, Said]) -> Iterator[str]:
    for slug, version, unlike in concept.unlike:
        where = w.gettext("%(survey)s, version %(number)s", survey=titles[slug], number=str(version))
        yield w.gettext("%(where)s: %(reason)s", where=where, reason=reason_said(w, unlike)).line


def reason_said(w: Wording, unlike: Difference) -> Said:
    """Why answers are not compared."""
    language = w.language_name(unlike.language) if unlike.language else Said("" for _ in w.languages)
    return {
        "kind": lambda: w.gettext("it was another kind of question"),
        "choices": lambda: w.gettext("there were other answers to choose from"),
        "numbers": lambda: w.gettext("there were other numbers to choose from"),
        "wording": lambda: w.gettext("it was worded otherwise in %(language)s", language=language),
        "choice_wording": lambda: w.gettext(
            "an answer was worded otherwise in %(language)s", language=language
        ),
        "languages": lambda: w.gettext("it was asked in no common language"),
        "entries": lambda: w.gettext("it was asked of other entries"),
    }[unlike.reason]()
