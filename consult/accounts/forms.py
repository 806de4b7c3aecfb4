"""What people type to sign in, to accept an invitation, and about themselves."""

from __future__ import annotations

from typing import Any

from wtforms import (
    DateField,
    Form,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Email, Length
from wtforms.widgets import CheckboxInput, ListWidget

from consult.accounts.passwords import MAXIMUM, password_problem
from consult.i18n import OFFICIAL_LANGUAGES, language
from consult.i18n import lazy_gettext as _l

_PASSWORD_HINT = _l(
    "At least 12 characters. A few words that do not go together are strong and easy to remember."
)
LANGUAGES = [SelectChoice(code, language(code).own_name) for code in OFFICIAL_LANGUAGES]


_NOT_OFFERED = _l("Choose one of what is offered here.")
"""WTForms speaks few languages."""


class OneField(SelectField):
    """One of a list, or a sentence of our own catalogue."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValueError:
            raise ValidationError(_NOT_OFFERED) from None


class ChecksField(SelectMultipleField):
    """Several of a few: check boxes. The macro ``field`` makes a fieldset of it."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValueError:
            raise ValidationError(_NOT_OFFERED) from None


class WholeField(IntegerField):
    """A whole number, or a sentence of our own catalogue: WTForms speaks few languages."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None  # nothing given takes back what was there
        try:
            super().process_formdata([str(value).strip() for value in valuelist if str(value).strip()])
        except ValueError:
            raise ValueError(_l("Give a whole number.")) from None


class DayField(DateField):
    """A day, or a sentence of our own catalogue: ``wrong``, where there is a better one."""

    def __init__(self, label: Any = None, *, wrong: Any = None, **how: Any) -> None:
        super().__init__(label, **how)
        self._wrong = wrong or _l("Give a date, for example 2026-03-05.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self._wrong) from None


def email_field() -> StringField:
    """Somebody's address, checked for its form only."""
    return StringField(
        _l("Email address"),
        validators=[
            DataRequired(message=_l("Enter an email address.")),
            Length(max=255, message=_l("Use at most 255 characters.")),
            Email(message=_l("Enter an email address like name@example.org.")),
        ],
        filters=[_stripped],
    )


def _stripped(text: str | None) -> str | None:
    return text.strip() if text else text


def _name_field() -> StringField:
    return StringField(
        _l("Your name"),
        validators=[
            DataRequired(message=_l("Enter your name.")),
            Length(max=255, message=_l("Use at most 255 characters.")),
        ],
        filters=[_stripped],
        description=_l("As colleagues know you. It is shown beside what you do here, never to respondents."),
    )


def _language_field() -> SelectField:
    return OneField(
        _l("Language"),
        choices=LANGUAGES,
        validators=[DataRequired(message=_l("Choose English or French."))],
        description=_l("Of these pages and of mail to you. You can change it on every page."),
        validate_choice=True,
    )


def _code_field() -> StringField:
    return StringField(
        _l("Code"),
        validators=[
            DataRequired(message=_l("Enter the code.")),
            Length(max=40, message=_l("A code is shorter.")),
        ],
        filters=[_stripped],
    )


class SignInForm(Form):
    """Address and password; what is wrong with them is not said field by field."""

    email = StringField(
        _l("Email address"),
        validators=[
            DataRequired(message=_l("Enter your email address.")),
            Length(max=255, message=_l("Use at most 255 characters.")),
        ],
        filters=[_stripped],
    )
    password = PasswordField(
        _l("Password"),
        validators=[
            DataRequired(message=_l("Enter your password.")),
            Length(max=MAXIMUM, message=_l("Use at most %(max)d characters.")),
        ],
    )


class CodeForm(Form):
    """The second step."""

    code = _code_field()


class ForgottenForm(Form):
    email = email_field()


class _NewPassword(Form):
    """``about``: name and address of the owner, from which a password must not be built."""

    password = PasswordField(
        _l("New password"),
        validators=[DataRequired(message=_l("Choose a password."))],
        description=_PASSWORD_HINT,
    )

    def __init__(self, *args: Any, about: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def validate_password(self, field: PasswordField) -> None:
        problem = password_problem(field.data or "", self.about)
        if problem is not None:
            raise ValidationError(str(problem))


class ResetForm(_NewPassword):
    """A new password, by a link."""


class PasswordForm(_NewPassword):
    """A new password, by somebody who knows the present one."""

    current = PasswordField(
        _l("Present password"),
        validators=[
            DataRequired(message=_l("Enter your present password.")),
            Length(max=MAXIMUM, message=_l("Use at most %(max)d characters.")),
        ],
    )


class ConfirmForm(Form):
    password = PasswordField(_l("Password"), validators=[DataRequired(message=_l("Enter your password."))])


class InvitationForm(_NewPassword):
    """What a new person says about themselves."""

    name = _name_field()
    language = _language_field()


class AccountForm(Form):
    name = _name_field()
    language = _language_field()
