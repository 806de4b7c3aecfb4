"""What is to be published: questions, which of them are sensitive, groupings, and a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import Length

from consult.accounts.forms import ChecksField
from consult.i18n import LocalText, gettext
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.lint.answering import sensitive_subject
from consult.questions import kind_of
from consult.questions.rich_text import plain_text
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE, BY_MONTH, names_of_breakdowns
from consult.reports.edition_making import MOST_GROUPINGS
from consult.reports.edition_tables import can_be_grouped_by, can_be_published
from consult.reports.merging import Asked
from consult.reports.wording import Wording, left_open

_TITLE = Length(max=200, message=_l("At most 200 characters."))
_COMMENT = Length(max=2_000, message=_l("At most 2,000 characters."))


@dataclass(frozen=True, slots=True)
class Inside:
    """A question that is not published, and why."""

    title: LocalText
    reason: str


class EditionForm(Form):
    """``questions`` and the rest: keys; of groupings also those by what every response has."""

    questions = ChecksField(_l("Questions to publish"))
    sensitive = ChecksField(_l("Sensitive questions"))
    by = ChecksField(_l("Show by group"))
    title_en = StringField(_l("Title in English"), [_TITLE])
    title_fr = StringField(_l("Title in French"), [_TITLE])
    comment_en = TextAreaField(_l("A few words in English"), [_COMMENT])
    comment_fr = TextAreaField(_l("A few words in French"), [_COMMENT])

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if not self.questions.data:
            self.questions.errors = [gettext("Choose at least one question.")]
            is_valid = False
        if len(self.by.data or ()) > MOST_GROUPINGS:
            self.by.errors = [
                gettext("Choose at most %(num)s: with each one more has to be hidden.", num=MOST_GROUPINGS)
            ]
            is_valid = False
        return is_valid

    @property
    def title(self) -> tuple[str, ...]:
        return _texts(self.title_en.data, self.title_fr.data)

    @property
    def comment(self) -> tuple[str, ...]:
        return _texts(self.comment_en.data, self.comment_fr.data)


def _texts(english: str | None, french: str | None) -> tuple[str, ...]:
    pairs = (("en", english), ("fr", french))
    return tuple(f"{code}: {text.strip()}" for code, text in pairs if text and text.strip())


def edition_form(
    asked: Sequence[Asked], language: str, given: MultiDict[str, str] | None = None
) -> EditionForm:
    """``given``: what was sent; without, everything that can be published, and what looks sensitive."""
    form = EditionForm(given)
    fit = [each for each in asked if can_be_published(each)]
    form.questions.choices = [(each.key, _numbered(each, language)) for each in fit]
    form.sensitive.choices = list(form.questions.choices)
    names = names_of_breakdowns(Wording((language,)))
    form.by.choices = [
        *((by, names[by].line) for by in (BY_LANGUAGE, BY_CHANNEL, BY_MONTH)),
        *((each.key, _numbered(each, language)) for each in fit if can_be_grouped_by(each)),
    ]
    if given is None:
        form.questions.data = [each.key for each in fit]
        form.sensitive.data = [each.key for each in fit if sensitive_subject(each.question) is not None]
    return form


def kept_inside(asked: Sequence[Asked], language: str) -> list[Inside]:
    """What cannot be published by itself, and why."""
    left = (each for each in asked if kind_of(each.question).takes_answer and not can_be_published(each))
    return [Inside(_title(each, language), _reason(each)) for each in left]


def _reason(asked: Asked) -> str:
    summary = kind_of(asked.question).summary
    if asked.repeats:
        return str(gettext("It is asked several times of one person."))
    if summary == "texts":
        return str(gettext("People’s own words can tell who they are."))
    if summary == "choices":
        return str(gettext("It has too many answers to choose from."))
    return str(gettext("Numbers, dates and orders can be a person’s own: they are not counted in groups."))


def _numbered(asked: Asked, language: str) -> str:
    title = _title(asked, language)
    return f"{asked.number}. {title}" if asked.number else title


def _title(asked: Asked, language: str) -> LocalText:
    picked = asked.question.label.pick(language)
    return LocalText(left_open(plain_text(picked)) or asked.key, picked.language)
