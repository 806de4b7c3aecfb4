"""The mails of this room, in the language of who gets them."""

from __future__ import annotations

from flask_babel import force_locale

from consult.i18n import Localized, gettext


def invitation_letter(organisation: Localized, language: str, address: str) -> tuple[str, str]:
    """Subject and text."""
    name = organisation.pick(language)
    with force_locale(language):
        subject = gettext("Invitation to work with %(organisation)s", organisation=name)
        text = gettext(
            "Hello,\n\n"
            "%(organisation)s invites you to its consultations. Open this link to choose your password:\n\n"
            "%(address)s\n\n"
            "The link works once, for 14 days. If you did not expect it, you can ignore this message.\n",
            organisation=name,
            address=address,
        )
    return subject, text


def reset_letter(language: str, address: str) -> tuple[str, str]:
    """Subject and text."""
    with force_locale(language):
        subject = gettext("Choose a new password")
        text = gettext(
            "Hello,\n\n"
            "Somebody, we hope you, asked for a new password. Open this link to choose it:\n\n"
            "%(address)s\n\n"
            "The link works once, for 24 hours. If it was not you, ignore this: nothing has changed.\n",
            address=address,
        )
    return subject, text
