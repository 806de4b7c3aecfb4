"""What staff type: where a form goes, a notice, a session, who collects."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    Form,
    MultipleFileField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from consult.accounts.forms import DayField, OneField, WholeField
from consult.i18n import lazy_gettext as _l

UPLOAD_AT_MOST = 10 * 1024 * 1024


class UploadForm(Form):
    """A spreadsheet with a questionnaire; for a new survey also whose it is and its address."""

    organisation = OneField(_l("Organisation"), validators=[Optional()])
    slug = StringField(
        _l("Address"),
        validators=[
            Optional(),
            Length(max=64, message=_l("Use at most 64 characters.")),
            Regexp(
                r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                message=_l(
                    "Use small letters without accents, digits and hyphens, for example newcomers-2026."
                ),
            ),
        ],
        description=_l("The last part of the link that people will see. Leave it empty to have one made."),
    )
    file = MultipleFileField(
        _l("Questionnaire"),
        description=_l(
            "An XLSForm: an Excel file with the sheets survey, choices and settings, up to 10 MB. Choose the "
            "lists (CSV, GeoJSON, XML), pictures and sounds that it uses with it, or one zip of all."
        ),
    )


class NoticeForm(Form):
    """The privacy notice in one language (MFIPPA s. 29(2): authority, purpose, a person to contact)."""

    introduction = TextAreaField(
        _l("Who asks, and why"),
        validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
        description=_l(
            "In plain words: who you are, what you want to learn, what will change because of it."
        ),
    )
    authority = TextAreaField(
        _l("Legal authority"),
        validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
        description=_l("The law or mandate under which you collect these answers."),
    )
    purpose = TextAreaField(
        _l("What the answers are used for"),
        validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
    )
    contact = TextAreaField(
        _l("Who to contact"),
        validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
        description=_l("Title, address and telephone of a person who can answer questions."),
    )


class SessionForm(Form):
    """A community consultation: people in a room."""

    place = StringField(
        _l("Place"),
        validators=[
            DataRequired(message=_l("Say where the session takes place.")),
            Length(max=255, message=_l("Use at most 255 characters.")),
        ],
    )
    held_on = DayField(
        _l("Date"),
        validators=[InputRequired(message=_l("Give the date of the session, for example 2026-03-05."))],
        wrong=_l("Give the date of the session, for example 2026-03-05."),
    )
    language = OneField(_l("Language of the session"))
    facilitator = StringField(
        _l("Facilitator"), validators=[Length(max=255, message=_l("Use at most 255 characters."))]
    )
    participants = WholeField(
        _l("How many took part"),
        validators=[Optional(), NumberRange(0, 100_000, message=_l("Give a whole number, 0 or more."))],
    )


class AssignmentForm(Form):
    """One collector of a survey."""

    is_assigned = BooleanField(_l("Collects for this survey"))
    target = WholeField(
        _l("Target"),
        validators=[Optional(), NumberRange(1, 100_000, message=_l("Give a whole number, 1 or more."))],
    )


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Value and label of each choice, in the form that a select or radio field takes."""
    return [SelectChoice(value, label) for value, label in pairs]
