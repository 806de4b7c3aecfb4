"""Respondents against a profile, prepared for a page: gaps, where to look next, what weights come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import Localized, LocalText
from consult.questions.rich_text import plain_text
from consult.reports.analysis.gaps import Gap, Gaps, gaps_of
from consult.reports.analysis.profiles import Profile, Target
from consult.reports.analysis.weighting import EXTREME_WEIGHT, Weights, rake
from consult.reports.breakdowns import BY_LANGUAGE
from consult.reports.columns import channel_names
from consult.reports.counting import celled, grouped
from consult.reports.phrases import signed
from consult.reports.profile_terms import Term, target_groups, terms_of
from consult.reports.source import Source
from consult.reports.tally import Breakdown, Code, Tally
from consult.reports.wording import Wording, left_open

MOST_STEPS = 3
"""Groups of a question that are named as those to look for."""


@dataclass(frozen=True, slots=True)
class GapLine:
    """Words of one row; None where nothing may be shown. ``standing`` as in gaps.py."""

    label: str
    known: str
    standing: str
    count: str | None
    share: str | None
    interval: str | None
    difference: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One question of the profile. ``steps``: sentences, those of one group together."""

    title: LocalText
    note: str
    base: str
    lines: tuple[GapLine, ...]
    steps: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """``gone``: questions of the profile that the survey no longer has."""

    responses: int
    compared: tuple[Compared, ...]
    gone: tuple[str, ...]
    weights: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownRow:
    label: str
    number: str
    share: str


@dataclass(frozen=True, slots=True)
class Known:
    """One question of a profile as it was uploaded."""

    title: LocalText
    note: str
    rows: tuple[KnownRow, ...]


def known_numbers(source: Source, profile: Profile, language: str) -> Iterator[Known]:
    """The profile itself, to look at."""
    w = Wording((language,), source.fallback)
    terms = {term.by: term for term in terms_of(source.asked, source.languages)}
    for target in profile.targets:
        term = terms.get(target.by) or Term(target.by, Localized(), {})
        labels, shares = labels_of(w, term, target), target.shares
        rows = (
            KnownRow(labels[code], w.number(number).line, w.percent(shares[code]).line)
            for code, number in target.numbers.items()
        )
        yield Known(title_of(w, term.label, term.by), target.note, tuple(rows))


def fitting(source: Source, profile: Profile) -> tuple[Target, ...]:
    """The targets whose question the survey still has."""
    known = {term.by for term in terms_of(source.every, source.languages)}
    return tuple(target for target in profile.targets if target.by in known)


def who_is_missing(source: Source, profile: Profile, language: str) -> Missing:
    """Whom a profile misses among the responses."""
    w = Wording((language,), source.fallback)
    targets = fitting(source, profile)
    groups = [target_groups(source.asked, target) for target in targets]
    cells, found = celled(source, (), groups), grouped(source, (), groups)
    responses = sum(cells.sizes.values())
    terms = {term.by: term for term in terms_of(source.asked, source.languages)}
    weights = rake(cells.sizes, [target.numbers for target in targets])
    gaps = [
        _gaps(target, breakdown, responses, source) for target, breakdown in zip(targets, found, strict=True)
    ]
    return Missing(
        responses,
        tuple(
            _compared(w, source, terms[target.by], target, breakdown, of)
            for target, breakdown, of in zip(targets, found, gaps, strict=True)
        ),
        tuple(target.by for target in profile.targets if target not in targets),
        tuple(weights_said(w, weights)),
        tuple(warnings_said(w, weights, targets, terms)),
    )


def _gaps(target: Target, breakdown: Breakdown, responses: int, source: Source) -> Gaps:
    counts = {code: tally.responses for code, tally in breakdown.groups.items() if isinstance(code, str)}
    return gaps_of(counts, target.shares, responses, source.threshold)


def _compared(
    w: Wording, source: Source, term: Term, target: Target, breakdown: Breakdown, gaps: Gaps
) -> Compared:
    labels = labels_of(w, term, target)
    steps = [
        tuple(_step(w, source, gap, labels[gap.code], breakdown.groups.get(gap.code)))
        for gap in gaps.missing[:MOST_STEPS]
    ]
    base = w.ngettext(
        "%(num)s response tells in which group it is.",
        "%(num)s responses tell in which group they are.",
        gaps.base,
    )
    return Compared(
        title=title_of(w, term.label, term.by),
        note=target.note,
        base=base.line,
        lines=tuple(_line(w, gap, labels[gap.code]) for gap in gaps.of),
        steps=tuple(steps),
    )


def title_of(w: Wording, label: Localized, otherwise: str) -> LocalText:
    """A question's wording, which knows its language."""
    text = label.pick(w.languages[0], w.fallback)
    return LocalText(left_open(plain_text(text)), text.language) or LocalText(otherwise, w.languages[0])


def labels_of(w: Wording, term: Term, target: Target) -> Mapping[str, str]:
    """What its categories are called."""
    if term.by == BY_LANGUAGE:
        return {code: w.language_name(code).line for code in target.numbers}
    return {code: w.text(term.codes.get(code, Localized()), code).line for code in target.numbers}


def _line(w: Wording, gap: Gap, label: str) -> GapLine:
    interval = None
    if gap.interval is not None:
        low, high = w.percent(gap.interval.low), w.percent(gap.interval.high)
        interval = w.gettext("%(low)s to %(high)s", low=low, high=high).line
    points = None if gap.difference is None else round(gap.difference * 100)
    return GapLine(
        label=label,
        known=w.percent(gap.known).line,
        standing=gap.standing,
        count=None if gap.count is None else w.number(gap.count).line,
        share=None if gap.count is None else w.percent(gap.share).line,
        interval=interval,
        difference=None if points is None else signed(w, points),
    )


def _step(w: Wording, source: Source, gap: Gap, label: str, tally: Tally | None) -> Iterator[str]:
    """Which group, and where those of it who answered were reached: only where these are enough people."""
    if gap.needed is None or tally is None:
        yield w.gettext("Look first for “%(group)s”: too few answered to say more.", group=label).line
        return
    yield w.ngettext(
        "“%(group)s”: %(num)s more response would bring this group to its share.",
        "“%(group)s”: %(num)s more responses would bring this group to its share.",
        gap.needed,
        group=label,
    ).line
    threshold = source.threshold
    if code := _most(tally.languages, threshold):
        yield w.gettext(
            "Most of those who answered did so in %(language)s.", language=w.language_name(code)
        ).line
    if code := _most(tally.channels, threshold):
        yield w.gettext(
            "Most of those who answered came this way: %(channel)s.", channel=channel_names(w)[code]
        ).line
    if code := _most(tally.collectors, threshold, half=False):
        yield w.gettext("Of the data collectors, %(name)s reached the most of them.", name=code).line
    if code := _most(tally.sessions, threshold, half=False):
        yield w.gettext("The session with the most of them: %(session)s.", session=code).line


def _most(counts: Counter[str] | Counter[Code], threshold: int, *, half: bool = True) -> str | None:
    """The most frequent one, if it stands for enough people, and where ``half``, for more than half."""
    named: Counter[str] = Counter({code: count for code, count in counts.items() if code is not None})
    if not named:
        return None
    code, count = named.most_common(1)[0]
    is_enough = count >= threshold and (not half or 2 * count > counts.total())
    return code if is_enough else None


def weights_said(w: Wording, weights: Weights) -> Iterator[str]:
    """What weighting comes to, in sentences."""
    if not weights.of:
        return
    yield w.ngettext(
        "Weighted, %(num)s response is as exact as %(effective)s unweighted.",
        "Weighted, %(num)s responses are as exact as %(effective)s unweighted ones.",
        weights.n,
        effective=w.number(round(weights.effective)),
    ).line
    yield w.gettext("The design effect is %(effect)s.", effect=w.figure(weights.design_effect)).line


def warnings_said(
    w: Wording, weights: Weights, targets: Sequence[Target], terms: Mapping[str, Term]
) -> Iterator[str]:
    """Why weighted results may not be sound."""
    if not weights.of:
        return
    if weights.is_extreme:
        yield w.gettext(
            "These weights are extreme: single people count for more than %(most)s, or more than half of the "
            "exactness is lost. Hear more of those who are missing before you use them.",
            most=w.number(int(EXTREME_WEIGHT)),
        ).line
    if not weights.is_reached:
        yield w.gettext(
            "No weights make all questions of the profile come out right at once. Leave one of them out."
        ).line
    for place, code in weights.empty:
        target = targets[place]
        group = labels_of(w, terms[target.by], target)[code]
        yield w.gettext(
            "Nobody of “%(group)s” has answered. No weight can make up for that.", group=group
        ).line
