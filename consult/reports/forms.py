"""What can be chosen on the results page: which responses, and what they are broken down by."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, FileField, Form, SelectField
from wtforms.validators import Optional, ValidationError

from consult.accounts.forms import ChecksField, DayField, OneField
from consult.i18n import LocalText, gettext, language_name, pgettext
from consult.i18n import lazy_gettext as _l
from consult.questions import kind_of
from consult.questions.rich_text import plain_text
from consult.reports.breakdowns import can_break_down, names_of_breakdowns
from consult.reports.columns import channel_names
from consult.reports.merging import Asked
from consult.reports.wording import Wording, left_open
from consult.responses.models import Channel
from consult.responses.reading import Counts, Filters

_LONGEST_LABEL = 90

MOST_ANSWERS = 6
"""Answers by which a selection can be made at the same time."""


class AnswersField(Field):
    """Answers by which responses are selected, as they stand in an address: ``area:north``. Codes only."""

    data: tuple[tuple[str, str], ...] = ()
    known: Mapping[str, frozenset[str]] = MappingProxyType({})
    """Key of a question → codes of its answers."""

    def process_formdata(self, valuelist: list[str]) -> None:
        pairs = (value.partition(":") for value in dict.fromkeys(filter(None, valuelist)))
        self.data = tuple((key, code) for key, _, code in pairs)


class SelectionForm(Form):
    """Read from the address: a selection can be kept as a bookmark, and holds no answer's text."""

    language = OneField(_l("Language of the answers"), validators=[Optional()])
    channel = OneField(_l("Channel"), validators=[Optional()])
    collector = OneField(_l("Data collector"), validators=[Optional()])
    session = OneField(_l("Session"), validators=[Optional()])
    since = DayField(_l("From"), validators=[Optional()])
    until = DayField(_l("Until"), validators=[Optional()])
    by = OneField(_l("Break down by"), validators=[Optional()])
    and_by = OneField(_l("And by"), validators=[Optional()])
    answered = AnswersField(_l("Answers"))

    def validate_until(self, field: DateField) -> None:
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(gettext("The second day must not be before the first one."))

    def validate_and_by(self, field: SelectField) -> None:
        if field.data and field.data == self.by.data:
            raise ValidationError(gettext("Choose another one than the first: both are the same."))
        if field.data and not self.by.data:
            raise ValidationError(gettext("Choose first what to break down by, then this one."))

    def validate_answered(self, field: AnswersField) -> None:
        for key, code in field.data or ():
            if code not in field.known.get(key, frozenset()):
                raise ValidationError(
                    gettext("This survey has no answer “%(code)s” to “%(key)s”.", code=code, key=key)
                )
        if len(field.data or ()) > MOST_ANSWERS:
            raise ValidationError(
                gettext("Select by at most %(number)s answers at a time.", number=MOST_ANSWERS)
            )

    @property
    def breakdown(self) -> str | None:
        """What to break down by (see breakdowns.py); after validation."""
        return ",".join(filter(None, (self.by.data, self.and_by.data))) or None

    @property
    def filters(self) -> Filters:
        """After validation."""
        return Filters(
            languages=frozenset(filter(None, (self.language.data,))),
            channels=frozenset(Channel(code) for code in (self.channel.data,) if code),
            collector_ids=frozenset(uuid.UUID(code) for code in (self.collector.data,) if code),
            session_ids=frozenset(uuid.UUID(code) for code in (self.session.data,) if code),
            collected_from=self.since.data,
            collected_until=self.until.data,
            answered=tuple(self.answered.data or ()),
        )

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What was chosen, as it stands in an address."""
        given = {field.name: list(filter(None, field.raw_data or ())) for field in self}
        return {
            name: values if name == "answered" else values[:1] for name, values in given.items() if values
        }


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to select by: ``counts`` of all responses, names of ``collectors`` and ``sessions``."""

    counts: Counts
    collectors: Mapping[uuid.UUID, str]
    sessions: Mapping[uuid.UUID, str]
    asked: Sequence[Asked]


def selection_form(values: MultiDict[str, str], code: str, offered: Offered) -> SelectionForm:
    """``values`` of the address; ``code``: the language of the page."""
    form = SelectionForm(values)
    offer(form, code, offered)
    return form


def offer(form: SelectionForm, code: str, offered: Offered) -> None:
    """Give ``form`` what there is to choose from, in the language ``code``."""
    every, counts = ("", pgettext("selection", "All")), offered.counts
    channels = channel_names(Wording((code,)))
    spoken = {language: language_name(language, code) for language in counts.by_language}
    form.language.choices = [every, *sorted(spoken.items(), key=lambda item: item[1])]
    form.channel.choices = [
        every,
        *((channel.value, channels[channel.value].line) for channel in counts.by_channel),
    ]
    form.collector.choices = [every, *((str(key), name) for key, name in offered.collectors.items())]
    form.session.choices = [every, *((str(key), name) for key, name in offered.sessions.items())]
    form.by.choices = form.and_by.choices = [
        ("", pgettext("breakdown", "Nothing")),
        *breakdowns_of(code, offered.asked),
    ]
    form.answered.known = {
        each.question.key: frozenset(choice.key for choice in kind_of(each.question).choices(each.question))
        for each in offered.asked
        if can_break_down(each)
    }


def breakdowns_of(code: str, asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    """By what there can be groups, in words."""
    for key, said in names_of_breakdowns(Wording((code,))).items():
        yield key, said.line
    for each in asked:
        if can_break_down(each):
            yield each.key, question_label(each, code)


def question_label(asked: Asked, code: str) -> str:
    """With its number, in one line, shortened where it is long."""
    label = plain_text(asked.question.label.pick(code)) or LocalText(asked.key, code)
    line = " ".join(left_open(label).split())
    line = line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1].rstrip()}…"
    return f"{asked.number}. {line}" if kind_of(asked.question).takes_answer else line


class ProgressForm(Form):
    """How the count of responses is looked at: read from the address."""

    per = OneField(_l("Show by"), validators=[Optional()])
    area = OneField(_l("Question that says where people live"), validators=[Optional()])


def progress_form(values: MultiDict[str, str], code: str, asked: Sequence[Asked]) -> ProgressForm:
    form = ProgressForm(values)
    form.per.choices = [
        ("", pgettext("selection", "As fits best")),
        ("day", pgettext("trend", "Days")),
        ("week", pgettext("trend", "Weeks")),
        ("month", pgettext("trend", "Months")),
    ]
    form.area.choices = [
        ("", pgettext("selection", "As fits best")),
        *((each.key, question_label(each, code)) for each in asked if can_break_down(each)),
    ]
    return form


class ProfileForm(Form):
    """Known numbers of those whom a survey is about."""

    file = FileField(
        _l("Sheet with the numbers"),
        description=_l("An Excel workbook or a CSV file with the columns of the template."),
    )


class TrendForm(Form):
    """What is followed over time: read from the address."""

    per = OneField(_l("Compare"), default="version", validators=[Optional()])
    also = ChecksField(_l("Together with these surveys"), validators=[Optional()])


def trend_form(
    values: MultiDict[str, str], surveys: Sequence[tuple[str, str]], usual: Sequence[str]
) -> TrendForm:
    """``surveys``: address and title of those that ask some of the same; ``usual``: those that are taken
    along where nothing was chosen."""
    form = TrendForm(values) if values else TrendForm(data={"also": list(usual)})
    form.per.choices = [
        ("version", pgettext("trend", "Surveys and versions")),
        ("year", pgettext("trend", "Years")),
        ("quarter", pgettext("trend", "Quarters")),
        ("month", pgettext("trend", "Months")),
    ]
    form.also.choices = list(surveys)
    # A bookmark may name a survey that no longer asks the same.
    form.also.data = [slug for slug in form.also.data or () if slug in dict(surveys)]
    return form
