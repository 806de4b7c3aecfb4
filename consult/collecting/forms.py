"""What a collector says about an interview beside its answers."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from consult.accounts.forms import OneField
from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_pgettext as _lp

UUID4 = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"

CHANNELS = (
    ("collector", _lp("channel", "Interview in person")),
    ("phone", _lp("channel", "Interview by phone")),
    ("paper", _lp("channel", "Copied from a paper form")),
)


class NewInterviewForm(Form):
    """How an interview is held. ``response``: its random identity, made with the page so that a second
    click or a repeated request starts no second interview."""

    response = HiddenField(validators=[Regexp(UUID4)])
    language = RadioField(
        _l("Language of the interview"),
        validators=[InputRequired(message=_l("Choose the language in which you speak."))],
    )
    channel = RadioField(
        _l("How do you collect the answers?"),
        choices=[SelectChoice(code, name) for code, name in CHANNELS],
        default="collector",
        validators=[InputRequired(message=_l("Choose how you collect the answers."))],
    )
    form_number = StringField(
        _l("Form number"),
        validators=[Optional(), Length(max=64, message=_l("Use at most 64 characters."))],
        description=_l("The number on the paper form, if there is one."),
    )
    session = OneField(_l("Session"), validators=[Optional()])
    consent = BooleanField(
        _l("I read the notice aloud in this language, and the person agreed to take part."),
        validators=[DataRequired(message=_l("Read the notice aloud and ask for consent before you begin."))],
    )


class ReasonForm(Form):
    """Why an entry is corrected; kept with its earlier state."""

    revision = HiddenField(validators=[Regexp(r"^\d{1,9}$")])
    reason = TextAreaField(
        _l("Why do you correct this entry?"),
        validators=[
            DataRequired(message=_l("Say in a few words why, for example: typing mistake.")),
            Length(max=1000, message=_l("Use at most 1,000 characters.")),
        ],
        description=_l("Do not write the person’s name here."),
    )


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Value and label of each choice, in the form that a select or radio field takes."""
    return [SelectChoice(value, label) for value, label in pairs]
