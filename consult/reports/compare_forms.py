"""Which two groups are compared: read from the address, like a selection."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField
from wtforms.validators import Optional, ValidationError

from consult.accounts.forms import OneField
from consult.i18n import gettext, pgettext
from consult.i18n import lazy_gettext as _l
from consult.reports.forms import Offered, SelectionForm, breakdowns_of, offer

BY_SELECTION = "_selection"
"""Those who are selected by the filters of the address, and all others."""


class CompareForm(SelectionForm):
    """``by``: what the groups are of. ``first`` and ``second``: their codes; ``second`` empty: all others."""

    by = OneField(_l("Groups by"), validators=[Optional()])
    first = OneField(_l("First group"), validators=[Optional()])
    second = OneField(_l("Second group"), validators=[Optional()])
    marks = BooleanField(_l("Mark differences that are more than chance"))

    def validate_second(self, field: SelectField) -> None:
        if field.data and field.data == self.first.data:
            raise ValidationError(gettext("Choose another group than the first: both are the same."))

    @property
    def is_of_groups(self) -> bool:
        """Whether something was chosen that has groups."""
        known = {str(choice[0]) for choice in self.by.choices or ()}
        return self.by.data in known - {"", BY_SELECTION}

    @property
    def is_ready(self) -> bool:
        """After validation: whether there are two groups."""
        return self.by.data == BY_SELECTION or bool(self.by.data and self.first.data)


def compare_form(values: MultiDict[str, str], code: str, offered: Offered) -> CompareForm:
    """``values`` of the address; groups are given with :func:`offer_groups`."""
    form = CompareForm(values)
    offer(form, code, offered)
    names: list[tuple[str, str]] = list(breakdowns_of(code, offered.asked))
    if any(name not in ("by", "and_by", "first", "second", "marks") for name in form.chosen):
        names.insert(0, (BY_SELECTION, pgettext("comparison", "What is selected, and all others")))
    form.by.choices = [("", pgettext("comparison", "Please choose")), *names]
    form.and_by.choices = [("", "")]
    form.first.choices, form.second.choices = [("", "")], [("", "")]
    return form


def offer_groups(form: CompareForm, groups: Sequence[tuple[str, str]]) -> None:
    """``groups``: code and label of those that there are of what was chosen."""
    form.first.choices = [("", pgettext("comparison", "Please choose")), *groups]
    form.second.choices = [("", pgettext("comparison", "All others")), *groups]
    # Of what was chosen before there may have been other groups.
    known = {code for code, _ in groups}
    for field in (form.first, form.second):
        if field.data not in known:
            field.data = ""
