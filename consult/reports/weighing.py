"""Weighted figures for a workbook: counted in the same pass as the rest, and what they mean, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from consult.reports.analysis.profiles import Profile
from consult.reports.analysis.weighted import CellTallies, WeightedTable, weighted_tables
from consult.reports.analysis.weighting import rake
from consult.reports.columns import Row
from consult.reports.profile_terms import target_groups, terms_of
from consult.reports.source import Source
from consult.reports.tally import Tally
from consult.reports.who_is_missing import fitting, title_of, warnings_said, weights_said
from consult.reports.wording import Said, Wording


class Weighing:
    """Counts responses by the cells of a profile (see analysis/weighting.py). ``profile`` None: none is
    known."""

    def __init__(self, source: Source, profile: Profile | None) -> None:
        self._source = source
        self._targets = fitting(source, profile) if profile else ()
        groups = [target_groups(source.every, target).groups for target in self._targets]
        self._cells = CellTallies(source.asked, groups)

    @property
    def is_possible(self) -> bool:
        """Whether the profile has something of this survey."""
        return bool(self._targets)

    def add(self, row: Row) -> None:
        if self._targets:
            self._cells.add(row)

    def finish(self, whole: Tally) -> None:
        """After the last row. ``whole``: of the same rows."""
        self._weights = rake(self._cells.sizes, [target.numbers for target in self._targets])
        self.tables: tuple[WeightedTable, ...] = weighted_tables(whole, self._cells.cells, self._weights)

    def said(self, w: Wording) -> tuple[Said, ...]:
        """By what responses were weighted, and what it comes to."""
        return (
            w.gettext(
                "On the sheet “%(sheet)s” responses count more or less, until their groups are as large as "
                "they are known to be (raking). All other sheets count every response once.",
                sheet=w.pgettext("sheet", "Weighted"),
            ),
            *self._each(w, self._sources_said),
            *self._each(w, lambda one: weights_said(one, self._weights)),
        )

    def warnings(self, w: Wording) -> tuple[Said, ...]:
        """Why the weighted figures may not be sound."""
        terms = {term.by: term for term in terms_of(self._source.every, self._source.languages)}
        return self._each(w, lambda one: warnings_said(one, self._weights, self._targets, terms))

    def _sources_said(self, w: Wording) -> Iterator[str]:
        terms = {term.by: term for term in terms_of(self._source.every, self._source.languages)}
        for target in self._targets:
            title = title_of(w, terms[target.by].label, target.by)
            if target.note:
                yield w.gettext(
                    "Known numbers: %(question)s (%(source)s).", question=title, source=target.note
                ).line
            else:
                yield w.gettext("Known numbers: %(question)s.", question=title).line

    def _each(self, w: Wording, say: Callable[[Wording], Iterator[str]]) -> tuple[Said, ...]:
        """What is said in one language, in all of the report."""
        said = [list(say(Wording((code,), w.fallback))) for code in w.languages]
        return tuple(Said(each) for each in zip(*said, strict=True))
