"""What an administrator types: an invitation, roles, the profile of the organisation."""

from __future__ import annotations

import re
from typing import Any

from wtforms import (
    BooleanField,
    DecimalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from consult.accounts.forms import LANGUAGES, ChecksField, OneField, email_field
from consult.accounts.models import Role
from consult.i18n import lazy_gettext as _l
from consult.organisations.labels import KINDS, ROLES_EXPLAINED, SETTINGS

_TOO_LONG = _l("Use at most 255 characters.")
BLANK_SECTORS = 3


class WholeField(IntegerField):
    """A whole number; thousands may be set apart by spaces, as people write them."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([re.sub(r"\s", "", str(value)) for value in valuelist])
        except ValueError:
            raise ValueError(_l("Give a whole number.")) from None


class PercentField(DecimalField):
    """A number with a point or, as French writes it, a comma; the sign may follow."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(
                [re.sub(r"[\s%]", "", str(value)).replace(",", ".") for value in valuelist]
            )
        except ValueError:
            raise ValueError(_l("Give a number from 0 to 100.")) from None


def _roles_field() -> ChecksField:
    return ChecksField(
        _l("Roles"),
        choices=[SelectChoice(role.value, ROLES_EXPLAINED[role]) for role in Role],
        validators=[DataRequired(message=_l("Choose at least one role."))],
    )


class InviteForm(Form):
    email = email_field()
    roles = _roles_field()
    language = OneField(
        _l("Language of the invitation"),
        choices=LANGUAGES,
        validators=[DataRequired(message=_l("Choose English or French."))],
    )


class RolesForm(Form):
    roles = _roles_field()


def _name_field(label: str) -> StringField:
    return StringField(
        label,
        validators=[
            DataRequired(message=_l("Give the name in both official languages.")),
            Length(max=255, message=_TOO_LONG),
        ],
    )


def _text_field(label: str) -> StringField:
    return StringField(label, validators=[Length(max=255, message=_TOO_LONG)])


class SectorForm(Form):
    """One sub-council or sector. ``key`` stays when it is renamed; empty names remove it."""

    key = HiddenField(validators=[Length(max=64)])
    name_en = _text_field(_l("In English"))
    name_fr = _text_field(_l("In French"))


class ProfileForm(Form):
    name_en = _name_field(_l("Name in English"))
    name_fr = _name_field(_l("Name in French"))
    kind = OneField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
        validators=[DataRequired(message=_l("Choose what your organisation is."))],
    )
    default_language = OneField(
        _l("Language of work"),
        choices=LANGUAGES,
        validators=[DataRequired(message=_l("Choose English or French."))],
        description=_l(
            "In which new surveys and invitations begin. Respondents always find both, as equals."
        ),
    )
    region_en = _text_field(_l("Region, in English"))
    region_fr = _text_field(_l("Region, in French"))
    setting = OneField(
        _l("Setting"),
        choices=[SelectChoice("", "—"), *(SelectChoice(code, label) for code, label in SETTINGS.items())],
        validators=[Optional()],
        description=_l("Results of partnerships in alike settings can be compared."),
    )
    population = WholeField(
        _l("Population"),
        validators=[Optional(), NumberRange(1, 50_000_000, message=_l("Give a whole number, 1 or more."))],
    )
    newcomer_share = PercentField(
        _l("Newcomers, percent of the population"),
        places=1,
        validators=[Optional(), NumberRange(0, 100, message=_l("Give a number from 0 to 100."))],
        description=_l("People who came to Canada in the last ten years."),
    )
    sectors = FieldList(FormField(SectorForm), max_entries=40)
    small_group_threshold = WholeField(
        _l("Smallest group that is shown"),
        validators=[
            InputRequired(message=_l("Give a whole number from 5 to 100.")),
            NumberRange(5, 100, message=_l("Give a whole number from 5 to 100.")),
        ],
        description=_l(
            "Results for fewer people than this are hidden: in a small place everybody knows everybody. "
            "10 is usual; Ontario’s privacy commissioner advises 11 or more for what is published."
        ),
    )
    requires_second_factor = BooleanField(
        _l("Ask for a second step at sign-in"),
        description=_l(
            "Analysts, staff and administrators then set up an authenticator application before all else."
        ),
    )
