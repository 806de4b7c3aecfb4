"""The columns of a survey (code_columns/), opened for a report: selected, and with names. Starts no write in
the database."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person
from consult.reports.breakdowns import Grouping
from consult.reports.code_columns.coding import answer_of
from consult.reports.code_columns.counting import Counting, Groups
from consult.reports.code_columns.holding import Holding, Names
from consult.reports.code_columns.keeping import SOON, Survey, columns_folder, holding_of
from consult.reports.code_columns.masks import masks_of, sizes_by_masks
from consult.reports.code_columns.parts import OTHERS, SELECTED, parts_by_mask, parts_of
from consult.reports.code_columns.plan import HEADS, plan_of
from consult.reports.merging import Asked
from consult.reports.tally import Combine, Tally, every_pair
from consult.responses.counting import conditions_of
from consult.responses.models import ResponseState
from consult.responses.reading import EVERY, Filters
from consult.responses.rows import RESPONSE
from consult.surveys.models import Session

FEW = 2_000
"""Responses up to which a pass over them is as quick as asking what has changed."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The selected responses of a survey. ``numbers`` of versions."""

    holding: Holding
    numbers: Mapping[uuid.UUID, int]
    filters: Filters = EVERY

    @property
    def total(self) -> int:
        """Responses before the selection."""
        return self.holding.responses

    def counted(
        self, asked: Sequence[Asked], groupings: Sequence[Grouping] = (), combine: Combine = every_pair
    ) -> tuple[Tally, Mapping[Any, Tally]]:
        """As a pass over the selected responses counts ``asked``: the whole, and the groups."""
        masks = masks_of(self.holding, self.filters, self.numbers)
        return Counting(self.holding, asked, parts_of(self.holding, groupings, masks, combine)).counted()

    def broken_down(self, asked: Sequence[Asked], groupings: Sequence[Grouping]) -> tuple[Tally, Groups]:
        """The same of the groups of one thing or of every pair of two, whose questions are counted to the end
        only for those that are asked for."""
        masks = masks_of(self.holding, self.filters, self.numbers)
        is_spread = not any(each.repeats for each in asked)
        parts = parts_of(self.holding, groupings, masks, is_spread=is_spread)
        counting, plain = (
            Counting(self.holding, asked, each) for each in (parts, parts_of(self.holding, (), masks))
        )
        whole = Tally(asked)
        plain.fill_heads([whole], plain.members.whole())
        # Where responses stand in several parts, the whole is not their sum.
        summed = counting if parts.all_places else plain
        summed.fill_questions([whole.questions], summed.members.whole())
        return whole, Groups(counting)

    def divided(self, asked: Sequence[Asked]) -> tuple[Tally, Tally, Tally]:
        """All responses, those that are selected, and all others."""
        masks = masks_of(self.holding, self.filters, self.numbers)
        whole, sides = Counting(self.holding, asked, parts_by_mask(self.holding, masks)).counted()
        selected, others = (sides.get(side) or Tally(asked) for side in (SELECTED, OTHERS))
        return whole, selected, others

    def mark(self) -> tuple[int, int]:
        """As responses/counting.progress_mark() says."""
        return self.total, self.holding.corrections

    def together(self) -> Mapping[tuple[bool, ...], int]:
        """As responses/counting.count_together() says of the conditions that select these responses."""
        masks = [masks_of(self.holding, each, self.numbers) for each in conditions_of(self.filters)]
        return sizes_by_masks([mask for mask in masks if mask is not None])

    def collectors(self) -> dict[uuid.UUID, str]:
        """Who collected responses, in the order of their names."""
        named = self.holding.names.collectors
        names = {uuid.UUID(key): named[key] for key in self.sizes("collector") if key in named}
        return dict(sorted(names.items(), key=lambda item: item[1].casefold()))

    def sizes(self, head: str) -> Mapping[str, int]:
        """How many responses there are of each language, channel, collector (an identity), session or day,
        before the selection; the largest first."""
        return self.holding.sizes(head)


@dataclass(frozen=True, slots=True)
class Opening:
    """How columns are opened for source_of(). ``data_dir`` of the installation. ``few``: responses up to
    which there are none. ``most``: responses that may be read for it; None: whatever it takes, and
    ``advance`` is told how many more are ready."""

    data_dir: Path
    few: int = FEW
    most: int | None = SOON
    advance: Callable[[int], object] = lambda _: None

    def __call__(
        self,
        session: DatabaseSession,
        survey_id: uuid.UUID,
        asked: Sequence[Asked],
        numbers: Mapping[uuid.UUID, int],
        filters: Filters = EVERY,
    ) -> Columns | None:
        """None for a survey of so few responses that a pass over them is as quick, and where there is no
        place for files. Raises Preparing."""
        if _has_few(session, survey_id, self.few):
            return None
        try:
            folder = columns_folder(self.data_dir, survey_id)
        except OSError:
            return None
        hexed = {key.hex: number for key, number in numbers.items()}
        of = Survey(survey_id, folder, plan_of(asked), hexed)
        holding = holding_of(session, of, self.most, self.advance)
        return Columns(holding.with_names(_names(session, survey_id, holding)), numbers, filters)


def _has_few(session: DatabaseSession, survey_id: uuid.UUID, few: int) -> bool:
    some = (
        sa.select(RESPONSE.c.id)
        .where(RESPONSE.c.survey_id == survey_id, RESPONSE.c.state == ResponseState.SUBMITTED)
        .limit(few + 1)
    )
    return session.execute(sa.select(sa.func.count()).select_from(some.subquery())).scalar_one() <= few


def _names(session: DatabaseSession, survey_id: uuid.UUID, holding: Holding) -> Names:
    collectors = [uuid.UUID(answer_of(key)[0]) for key in holding.keys(HEADS["collector"])[1:]]
    people = session.execute(sa.select(Person.id, Person.name, Person.email).where(Person.id.in_(collectors)))
    held: dict[str, tuple[dt.date, str]] = {
        key.hex: (held_on, place)
        for key, held_on, place in session.execute(
            sa.select(Session.id, Session.held_on, Session.place).where(Session.survey_id == survey_id)
        )
    }
    return Names({person.id.hex: person.name or person.email for person in people}, held)
