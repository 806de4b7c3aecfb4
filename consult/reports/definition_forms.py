"""What a saved report is made of: the form in which staff put it together."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, Form, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from consult.accounts.forms import ChecksField, DayField, OneField
from consult.i18n import OFFICIAL_LANGUAGES, gettext, language, language_name, pgettext
from consult.i18n import lazy_gettext as _l
from consult.reports.breakdowns import can_break_down, names_of_breakdowns
from consult.reports.columns import channel_names
from consult.reports.definitions import Definition
from consult.reports.definitions_models import LONGEST_NAME
from consult.reports.forms import question_label
from consult.reports.merging import Asked
from consult.reports.periods import DAYS, EVERYTHING, PERIODS
from consult.reports.wording import BOTH, Wording
from consult.responses.models import Channel
from consult.responses.reading import Filters

MOST_BREAKDOWNS = 4


class DefinitionForm(Form):
    """A report to save. No question chosen: all of them."""

    name = StringField(
        _l("Name of the report"),
        validators=[
            DataRequired(message=_l("Give the report a name.")),
            Length(max=LONGEST_NAME, message=_l("Use at most 100 characters.")),
        ],
        description=_l("For example: monthly for the council. It stands in the list and in the file."),
    )
    words = OneField(_l("Language of the report"))
    period = OneField(
        _l("Answers collected"),
        description=_l("“Last month” and the like move along: each download takes the days of its own day."),
    )
    since = DayField(_l("From"), validators=[Optional()])
    until = DayField(_l("Until"), validators=[Optional()])
    language = OneField(_l("Language of the answers"), validators=[Optional()])
    channel = OneField(_l("Channel"), validators=[Optional()])
    collector = OneField(_l("Data collector"), validators=[Optional()])
    questions = ChecksField(
        _l("Questions"),
        description=_l("Choose none to have all of them, also those that are added later."),
    )
    has_marks = BooleanField(
        _l("Mark where a group differs from the others by more than chance"),
        description=_l("In breakdowns; the marks are explained under each table."),
    )
    is_weighted = BooleanField(
        _l("Show weighted figures beside those counted"),
        description=_l("Needs the known numbers of your community: see “Who is missing”."),
    )

    def validate_period(self, field: SelectField) -> None:
        has_day = self.since.raw_data and any((*self.since.raw_data, *(self.until.raw_data or ())))
        if field.data == DAYS and not has_day:
            raise ValidationError(gettext("Enter at least one of the two days."))

    def validate_until(self, field: DateField) -> None:
        if self.period.data != DAYS:
            return
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(gettext("The second day must not be before the first one."))

    @property
    def pairs(self) -> Iterator[tuple[SelectField, SelectField]]:
        """What each sheet is broken down by, and what besides."""
        for place in range(1, MOST_BREAKDOWNS + 1):
            yield getattr(self, f"by_{place}"), getattr(self, f"and_by_{place}")

    @property
    def definition(self) -> Definition:
        """After validation."""
        is_fixed = self.period.data == DAYS
        return Definition(
            name=" ".join((self.name.data or "").split()),
            words=self.words.data,
            questions=tuple(self.questions.data or ()),
            breakdowns=tuple(dict.fromkeys(self._breakdowns())),
            period=self.period.data,
            filters=Filters(
                languages=frozenset(filter(None, (self.language.data,))),
                channels=frozenset(Channel(code) for code in (self.channel.data,) if code),
                collector_ids=frozenset(uuid.UUID(code) for code in (self.collector.data,) if code),
                collected_from=self.since.data if is_fixed else None,
                collected_until=self.until.data if is_fixed else None,
            ),
            has_marks=self.has_marks.data,
            is_weighted=self.is_weighted.data,
        )

    def _breakdowns(self) -> Iterator[str]:
        for by, and_by in self.pairs:
            if by.data:
                yield ",".join(filter(None, (by.data, and_by.data)))


class _AndBy(OneField):
    """The second thing of a breakdown. ``first``: the name of the field of the first one."""

    def __init__(self, label: Any, first: str, **given: Any) -> None:
        super().__init__(label, validators=[Optional(), self._differs], **given)
        self._first = first

    def _differs(self, form: Form, field: SelectField) -> None:
        first = form[self._first].data
        if field.data and not first:
            raise ValidationError(gettext("Choose first what to break down by, then this one."))
        if field.data and field.data == first:
            raise ValidationError(gettext("Choose another one than the first: both are the same."))


for _place in range(1, MOST_BREAKDOWNS + 1):
    setattr(DefinitionForm, f"by_{_place}", OneField(_l("Break down by"), validators=[Optional()]))
    setattr(DefinitionForm, f"and_by_{_place}", _AndBy(_l("And by"), f"by_{_place}"))


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen of one survey. ``languages`` of the form; ``spoken``: those of answers."""

    asked: Sequence[Asked]
    languages: Sequence[str]
    spoken: Sequence[str]
    channels: Sequence[str]
    collectors: Mapping[uuid.UUID, str]


def definition_form(
    values: MultiDict[str, str] | None, of: Offered, code: str, kept: Definition | None = None
) -> DefinitionForm:
    """``values``: what was sent, or None; then ``kept`` is shown, or an empty form. ``code``: the language
    of the page."""
    form = DefinitionForm(values) if values is not None else DefinitionForm(data=_shown(kept, of))
    every = ("", pgettext("selection", "All"))
    channels = channel_names(Wording((code,)))
    others = [each for each in of.languages if each not in OFFICIAL_LANGUAGES]
    form.words.choices = [
        (BOTH, gettext("English and French side by side")),
        *((each, language(each).own_name) for each in (*OFFICIAL_LANGUAGES, *others)),
    ]
    form.period.choices = list(period_names().items())
    form.language.choices = [every, *((each, language_name(each, code)) for each in of.spoken)]
    form.channel.choices = [every, *((each, channels[each].line) for each in of.channels)]
    form.collector.choices = [every, *((str(key), name) for key, name in of.collectors.items())]
    form.questions.choices = [(each.key, question_label(each, code)) for each in of.asked]
    breakdowns = [
        ("", pgettext("breakdown", "Nothing")),
        *((key, said.line) for key, said in names_of_breakdowns(Wording((code,))).items()),
        *((each.key, question_label(each, code)) for each in of.asked if can_break_down(each)),
    ]
    for pair in form.pairs:
        for field in pair:
            field.choices = breakdowns
    return form


def _shown(kept: Definition | None, of: Offered) -> dict[str, Any]:
    """What was saved, less what can no longer be chosen."""
    if kept is None:
        return {"period": EVERYTHING, "words": BOTH}
    known = {each.key for each in of.asked}
    filters = kept.filters
    shown = {
        "name": kept.name,
        "words": kept.words,
        "period": kept.period,
        "since": filters.collected_from,
        "until": filters.collected_until,
        "language": next(iter(filters.languages), ""),
        "channel": next((channel.value for channel in filters.channels), ""),
        "collector": str(next(iter(filters.collector_ids), "")),
        "questions": [key for key in kept.questions if key in known],
        "has_marks": kept.has_marks,
        "is_weighted": kept.is_weighted,
    }
    for place, by in enumerate(kept.breakdowns[:MOST_BREAKDOWNS], 1):
        first, _, second = by.partition(",")
        shown |= {f"by_{place}": first, f"and_by_{place}": second}
    return shown


def period_names() -> dict[str, str]:
    """Periods in words."""
    names = {
        EVERYTHING: pgettext("period", "At any time"),
        "this_month": pgettext("period", "This month"),
        "last_month": pgettext("period", "Last month"),
        "this_quarter": pgettext("period", "This quarter"),
        "last_quarter": pgettext("period", "Last quarter"),
        "this_year": pgettext("period", "This year"),
        "last_year": pgettext("period", "Last year"),
        DAYS: pgettext("period", "On the days below"),
    }
    return {period: names[period] for period in PERIODS}
