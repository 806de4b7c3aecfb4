"""What staff say a survey hopes for: in all, until when, and of which groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form
from wtforms.validators import NumberRange, Optional, ValidationError

from consult.accounts.forms import DayField, WholeField
from consult.i18n import gettext
from consult.i18n import lazy_gettext as _l

MOST = 10_000_000
MOST_FIELDS = 100
"""Groups of one kind that a target can be set for: of longer lists the page would be longer than useful."""


class CountField(WholeField):
    """A whole number of responses, or nothing."""

    def __init__(self, label: Any = None, **how: Any) -> None:
        limits = NumberRange(1, MOST, message=_l("Give a whole number, 1 or more."))
        super().__init__(label, validators=[Optional(), limits], **how)


class TargetForm(Form):
    """``opened_on``: the survey cannot end before."""

    target = CountField(_l("Responses hoped for"))
    ends_on = DayField(
        _l("Planned last day"),
        validators=[Optional()],
        description=_l("Nothing happens by itself on that day: you close the survey when you want to."),
    )
    opened_on: dt.date | None = None

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.opened_on and field.data < self.opened_on:
            raise ValidationError(gettext("The last day must not be before the survey was opened."))


class GroupForm(Form):
    target = CountField()


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its field."""

    code: str
    form: GroupForm


@dataclass(frozen=True, slots=True)
class Part:
    """What groups are of, in words, and one row each."""

    by: str
    title: str
    rows: tuple[Row, ...]


def part_of(
    by: str,
    title: str,
    groups: Sequence[tuple[str, str]],
    kept: Mapping[str, int],
    given: MultiDict[str, str] | None,
) -> Part:
    """``groups``: code and label. Fields are named by their place: codes may hold any sign."""

    def rows() -> Iterator[Row]:
        for place, (code, label) in enumerate(groups[:MOST_FIELDS]):
            form = GroupForm(given, prefix=f"{by}-{place}", data={"target": kept.get(code)})
            form.target.label.text = label
            yield Row(code, form)

    return Part(by, title, tuple(rows()))
