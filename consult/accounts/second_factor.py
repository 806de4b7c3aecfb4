"""The second step: codes of an authenticator application, and recovery codes for when it is lost.

Works inside an application: Flask-Security makes, encrypts and verifies what is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import current_app
from flask_security import Security
from qrcode.main import QRCode

from consult.accounts.models import Person

# Half a minute to either side: a phone's clock, and the time it takes to type.
_TOLERANCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """What an authenticator application needs: a QR code of ``size`` × ``size`` modules, ``dark`` an SVG
    path of its dark ones, or the ``key`` to type."""

    size: int
    dark: str
    key: str


def new_secret() -> str:
    """A fresh secret, encrypted: may travel in a cookie until it is confirmed."""
    return str(_security().totp_factory.generate_totp_secret())


def offer(secret: str, email: str) -> Offer:
    factory = _security().totp_factory
    code = QRCode(border=4)
    code.add_data(factory.get_totp_uri(email, secret))
    modules = code.get_matrix()
    return Offer(len(modules), _path(modules), factory.get_totp_pretty_key(secret))


def set_up(person: Person, secret: str, code: str) -> list[str] | None:
    """Turn the second factor on if ``code`` fits; returns new recovery codes, to be shown once."""
    person.tf_last_counter = None
    if not _fits(person, secret, code):
        return None
    _security().datastore.tf_set(_user(person), "authenticator", totp_secret=secret)
    return renew_recovery_codes(person)


def renew_recovery_codes(person: Person) -> list[str]:
    """Replace all recovery codes; to be shown once."""
    return list(_security().mf_recovery_codes_util.create_recovery_codes(_user(person)))


def recovery_codes_left(person: Person) -> int:
    return len(person.mf_recovery_codes or [])


def take_code(person: Person, typed: str) -> bool:
    """Whether ``typed`` is this person's code of the moment or a recovery code; either works once."""
    code = "".join(typed.split()).lower()
    if code.isdigit() and len(code) == 6:
        return person.tf_totp_secret is not None and _fits(person, person.tf_totp_secret, code)
    util = _security().mf_recovery_codes_util
    if not util.check_recovery_code(_user(person), code):
        return False
    util.delete_recovery_code(_user(person), code)
    return True


def remove(person: Person) -> None:
    """Turn the second factor off; recovery codes go with it."""
    datastore = _security().datastore
    datastore.tf_reset(_user(person))
    datastore.mf_set_recovery_codes(_user(person), None)
    person.tf_last_counter = None


def _path(modules: list[list[bool]]) -> str:
    """One stroke per run of dark modules: a tenth of what a rectangle for each would take."""
    strokes = []
    for y, row in enumerate(modules):
        x = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(strokes)


def _fits(person: Person, secret: str, code: str) -> bool:
    digits = "".join(code.split())
    factory = _security().totp_factory
    return bool(factory.verify_totp(digits, secret, _user(person), window=_TOLERANCE_SECONDS))


def _security() -> Security:
    found: Security = current_app.extensions["security"]
    return found


def _user(person: Person) -> Any:
    """Flask-Security names a type of its own where any row with its columns will do."""
    return person
