"""Two groups of responses side by side, prepared for a page. Pure.

Groups are guarded as in a breakdown: the two, and everybody who is in neither, because these could be worked
out as the rest. Where one of them is too small, or few of it answered a question, nothing of it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.i18n import Localized, LocalText
from consult.questions.rich_text import plain_text
from consult.reports.analysis.pairs import Difference, differences_of
from consult.reports.breakdowns import MEAN
from consult.reports.guard import hidden_groups
from consult.reports.phrases import signed
from consult.reports.sides import FIRST, SECOND, Sides
from consult.reports.tables import CrossTable, cross_tables
from consult.reports.tally import Group
from consult.reports.wording import Wording, left_open


@dataclass(frozen=True, slots=True)
class PairRow:
    """``difference``: in points, or of means, with its sign. ``higher``: which side, where that is more than
    chance. ``widths`` of the bars, 0 to 100; None where shares are not what is compared."""

    label: LocalText
    first: str
    second: str
    difference: str
    higher: str | None
    widths: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class PairTable:
    """One question. ``bases``: how many of each group answered. ``rows`` empty: too few of a group did."""

    key: str
    number: int
    title: LocalText
    bases: tuple[str, str] | None
    rows: tuple[PairRow, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """``sizes`` of both groups; None: one is too small, or leaves too few out. ``in_both``: responses
    that are in both, so that nothing is tested."""

    sizes: tuple[int, int] | None
    in_both: int
    tables: tuple[PairTable, ...]


def pair_of(w: Wording, sides: Sides, threshold: int, *, is_tested: bool) -> Pair:
    """What differs between the two."""
    sizes = sides.sizes
    if hidden_groups(sizes, threshold) & {FIRST, SECOND} or 0 < sides.in_both < threshold:
        return Pair(None, 0, ())
    labels: dict[Group, Localized] = dict.fromkeys(sizes, Localized())
    tables = (
        _table(w, table, is_tested=is_tested and not sides.in_both)
        for table in cross_tables(sides.whole, sides.parts, labels, threshold).tables
        if table.whole.base and table.whole.summary in ("choices", "numbers")
    )
    return Pair((sizes[FIRST], sizes[SECOND]), sides.in_both, tuple(tables))


def _table(w: Wording, of: CrossTable, *, is_tested: bool) -> PairTable:
    asked = of.whole.asked
    first, second, _neither = of.groups
    title = _plain(w, asked.question.label, asked.key)
    if first is None or second is None or not first.base or not second.base:
        return PairTable(asked.key, asked.number, title, None, ())
    rows = tuple(_row(w, each) for each in differences_of(first, second, is_tested=is_tested))
    bases = w.number(first.base).line, w.number(second.base).line
    return PairTable(asked.key, asked.number, title, bases, rows)


def _row(w: Wording, of: Difference) -> PairRow:
    if of.code == MEAN and not of.label:
        label = LocalText(w.gettext("Mean").line, w.languages[0])
        say = w.figure(of.first).line, w.figure(of.second).line
        return PairRow(label, *say, signed(w, of.difference), of.higher, None)
    difference = None if of.difference is None else round(100 * of.difference)
    return PairRow(
        _plain(w, of.label, of.code),
        w.percent(of.first).line,
        w.percent(of.second).line,
        signed(w, difference),
        of.higher,
        (round(100 * (of.first or 0), 1), round(100 * (of.second or 0), 1)),
    )


def _plain(w: Wording, text: Localized, otherwise: str) -> LocalText:
    found = text.pick(w.languages[0], w.fallback)
    return LocalText(left_open(plain_text(found)), found.language) or LocalText(otherwise, w.languages[0])
