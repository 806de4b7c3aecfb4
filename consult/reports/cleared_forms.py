"""What may be quoted of an answer, and that it points to nobody."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import BooleanField, Form, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from consult.i18n import Localized, gettext
from consult.i18n import lazy_gettext as _l
from consult.reports.cells import clean

LONGEST = 2_000
"""Characters of a quote."""

_LENGTH = Length(max=LONGEST, message=_l("A quote has at most 2,000 characters. Shorten it."))
_TICKED = _l("Read the quote with this in mind, then tick the box.")


def _plain(text: str | None) -> str:
    return clean((text or "").replace("\r\n", "\n").strip())


class QuoteForm(Form):
    """The wording. ``number``: of the decision that was on the page."""

    number = IntegerField(
        widget=HiddenInput(), default=0, validators=[InputRequired(), NumberRange(min=0, max=10**6)]
    )
    words = TextAreaField(
        _l("Words to be quoted"),
        description=_l("You may shorten them, and leave out names. The answer itself stays as it is."),
        filters=[_plain],
        validators=[_LENGTH],
    )
    english = TextAreaField(_l("In English"), filters=[_plain], validators=[_LENGTH])
    french = TextAreaField(_l("In French"), filters=[_plain], validators=[_LENGTH])

    def validate_words(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(gettext("Say what is to be quoted."))

    def texts(self, language: str) -> Localized:
        """The wording by language; ``language`` of the answer. After validation."""
        given = {"en": self.english.data, "fr": self.french.data, language: self.words.data}
        return Localized({code: text for code, text in given.items() if text})


class ClearForm(QuoteForm):
    """With the promise that the words point to nobody."""

    no_name = BooleanField(
        _l("It names nobody: no name, no nickname, no initials, no title of a single person."),
        validators=[InputRequired(_TICKED)],
    )
    no_trace = BooleanField(
        _l("No address, employer, school, worship place, telephone number or exact date leads to a person."),
        validators=[InputRequired(_TICKED)],
    )
    no_story = BooleanField(
        _l("It tells no story by which neighbours or colleagues would know who it is."),
        validators=[InputRequired(_TICKED)],
    )


def with_promise(form: QuoteForm) -> ClearForm:
    """The same wording with the same errors, for somebody who may clear it."""
    if isinstance(form, ClearForm):
        return form
    wider = ClearForm(data=form.data)
    for field in form:
        wider[field.name].errors = field.errors
    wider.form_errors = form.form_errors
    return wider


def filled(kind: type[QuoteForm], texts: Mapping[str, str], language: str, number: int) -> QuoteForm:
    """A form with a wording to begin with."""
    return kind(
        data={
            "number": number,
            "words": texts.get(language, "")[:LONGEST],
            "english": texts.get("en", "")[:LONGEST],
            "french": texts.get("fr", "")[:LONGEST],
        }
    )
