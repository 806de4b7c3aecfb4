"""Passwords: how they are kept, and which ones are refused."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable

from flask_babel import LazyString
from passlib.context import CryptContext

from consult.i18n import lazy_gettext as _l

MINIMUM = 12
MAXIMUM = 256

# OWASP's first choice for Argon2id (19 MiB, 2 passes): 17 ms here, where 64 MiB would let
# a few simultaneous sign-ins exhaust a small server.
CONTEXT = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19_456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)

TOO_SHORT = _l("Use at least %(count)d characters. A few words in a row are easy to remember.", count=MINIMUM)
TOO_LONG = _l("Use at most %(count)d characters.", count=MAXIMUM)
TOO_COMMON = _l(
    "This password is among the first that somebody would try. Choose words that do not go together."
)
TOO_REPETITIVE = _l(
    "This password repeats itself or follows the keyboard. Choose words that do not go together."
)
TOO_CLOSE = _l("Do not build your password from your name or your email address.")

# What people put together when a password must be long, in both official languages.
_COMMON_IN_LONG_PASSWORDS = """
    password passwort passw0rd motdepasse secret letmein welcome bienvenue bonjour hello admin administrator
    administrateur login azerty qwerty qwertz iloveyou jetaime sunshine soleil princess princesse football
    hockey baseball monkey dragon master superman batman canada ontario toronto montreal quebec ottawa london
    changeme changezmoi default test testing user utilisateur guest invite temp temporary temporaire
    immigration partnership partenariat survey sondage consult consultation computer ordinateur internet
    summer winter spring autumn ete hiver printemps automne january janvier abc
"""
_COMMON = frozenset(_COMMON_IN_LONG_PASSWORDS.split())
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop")
_RUNS_BOTH_WAYS = tuple(run for way in _RUNS for run in (way, way[::-1]))


def hash_password(password: str) -> str:
    """Argon2id in its usual written form."""
    return str(CONTEXT.hash(normalized(password)))


def unusable_hash() -> str:
    """A hash that no password has: takes as long to verify as a real one."""
    return str(CONTEXT.hash(secrets.token_hex(16)))


def normalized(password: str) -> str:
    """The same password however a keyboard composes its accents (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, about: Iterable[str] = ()) -> LazyString | None:
    """What is wrong with a new password, or ``None``. ``about``: name and address of its owner."""
    wanted = normalized(password)
    if len(wanted) < MINIMUM:
        return TOO_SHORT
    if len(wanted) > MAXIMUM:
        return TOO_LONG
    letters = _plain(wanted)
    if len(set(letters)) < 5 or _is_run(letters):
        return TOO_REPETITIVE
    own = [word for word in re.split(r"[^a-z]+", _plain(" ".join(about))) if len(word) > 2]
    if any(word in letters for word in own) and len(re.sub(r"[\W_]+", "", _without(own, letters))) < 6:
        return TOO_CLOSE
    if len(_without(_COMMON, re.sub(r"[\d\W_]+", "", letters))) < 3:
        return TOO_COMMON
    return None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _is_run(letters: str) -> bool:
    """Whether it is one piece repeated, or follows the alphabet, the digits or a row of the keyboard."""
    if re.fullmatch(r"(.{1,6}?)\1+.?", letters):
        return True
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
    in_order = sum(any(pair in run for run in _RUNS_BOTH_WAYS) for pair in pairs)
    return in_order >= len(pairs) - 2


def _without(words: Iterable[str], letters: str) -> str:
    for word in sorted(words, key=len, reverse=True):
        letters = letters.replace(word, "")
    return letters
