"""What can be chosen on the results page: which responses, and what they are broken down by."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import DateField, FileField, Form, SelectField
from wtforms.validators import Optional, ValidationError

from consult.accounts.forms import ChecksField
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


class SelectionForm(Form):
    """Read from the address: a selection can be kept as a bookmark, and holds no answer's text."""

    language = SelectField(_l("Language of the answers"), validators=[Optional()])
    channel = SelectField(_l("Channel"), validators=[Optional()])
    collector = SelectField(_l("Data collector"), validators=[Optional()])
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("Until"), validators=[Optional()])
    by = SelectField(_l("Break down by"), validators=[Optional()])
    and_by = SelectField(_l("And by"), validators=[Optional()])

    def validate_until(self, field: DateField) -> None:
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(gettext("The second day must not be before the first one."))

    def validate_and_by(self, field: SelectField) -> None:
        if field.data and field.data == self.by.data:
            raise ValidationError(gettext("Choose another one than the first: both are the same."))
        if field.data and not self.by.data:
            raise ValidationError(gettext("Choose first what to break down by, then this one."))

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
            collected_from=self.since.data,
            collected_until=self.until.data,
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in an address."""
        return {field.name: str(field.raw_data[0]) for field in self if field.raw_data and field.raw_data[0]}


def selection_form(
    values: MultiDict[str, str],
    code: str,
    counts: Counts,
    collectors: Mapping[uuid.UUID, str],
    asked: Sequence[Asked],
) -> SelectionForm:
    """``values`` of the address; ``code``: the language of the page; ``counts`` of all responses."""
    form = SelectionForm(values)
    every = ("", pgettext("selection", "All"))
    channels = channel_names(Wording((code,)))
    spoken = {language: language_name(language, code) for language in counts.by_language}
    form.language.choices = [every, *sorted(spoken.items(), key=lambda item: item[1])]
    form.channel.choices = [
        every,
        *((channel.value, channels[channel.value].line) for channel in counts.by_channel),
    ]
    form.collector.choices = [every, *((str(key), name) for key, name in collectors.items())]
    form.by.choices = form.and_by.choices = [
        ("", pgettext("breakdown", "Nothing")),
        *((key, said.line) for key, said in names_of_breakdowns(Wording((code,))).items()),
        *((each.key, question_label(each, code)) for each in asked if can_break_down(each)),
    ]
    return form


def question_label(asked: Asked, code: str) -> str:
    """With its number, in one line, shortened where it is long."""
    label = plain_text(asked.question.label.pick(code)) or LocalText(asked.key, code)
    line = " ".join(left_open(label).split())
    line = line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1].rstrip()}…"
    return f"{asked.number}. {line}" if kind_of(asked.question).takes_answer else line


class ProfileForm(Form):
    """Known numbers of those whom a survey is about."""

    file = FileField(
        _l("Sheet with the numbers"),
        description=_l("An Excel workbook or a CSV file with the columns of the template."),
    )


class TrendForm(Form):
    """What is followed over time: read from the address."""

    per = SelectField(_l("Compare"), default="version", validators=[Optional()])
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
