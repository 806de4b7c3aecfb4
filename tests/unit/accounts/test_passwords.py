"""Which passwords are refused, and how the others are kept."""

from __future__ import annotations

import pytest

from consult.accounts import passwords
from consult.accounts.passwords import hash_password, password_problem


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet lanterns",
        "il pleut sur Sudbury",
        "tr0ubadour-lilas",
        "p7kq-w2mz-9hdt",
        "مرحبا بكم في البيت",
        "我们在安大略省的新生活很好",
        "correct password staple",
        " " * 3 + "spaces around" + " " * 3,
    ],
)
def test_password_that_nobody_would_try_is_accepted(password: str) -> None:
    assert password_problem(password, ("Ana López", "ana.lopez@lip.example")) is None


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "é" * 11])
def test_password_under_twelve_characters_is_too_short(password: str) -> None:
    assert password_problem(password) is passwords.TOO_SHORT


def test_password_of_a_whole_page_is_too_long() -> None:
    assert password_problem("a quiet lantern " * 20) is passwords.TOO_LONG


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaa", "abcabcabcabc", "abababababab!", "123456789012", "210987654321", "abcdefghijkl",
     "azertyuiopqs", "qwertyuiop[]", "lkjhgfdsaqwe", "111122223333"],
)  # fmt: skip
def test_password_that_repeats_or_follows_the_keyboard_is_refused(password: str) -> None:
    assert password_problem(password) is passwords.TOO_REPETITIVE


@pytest.mark.parametrize(
    "password",
    ["password2024!", "Motdepasse2026", "Bienvenue!2026", "BIENVENUE-2026", "adminadmin2026!", "welcome-99!!",
     "Été-2026-Été-2026", "toronto416905", "739174028364"],
)  # fmt: skip
def test_password_of_common_words_and_digits_is_refused(password: str) -> None:
    assert password_problem(password) in (passwords.TOO_COMMON, passwords.TOO_REPETITIVE)


@pytest.mark.parametrize(
    "password", ["AnaLopez-2026", "lopez.ana.2026", "ana.lopez@lip.example", "ana López 1990"]
)
def test_password_built_from_its_owner_is_refused(password: str) -> None:
    assert password_problem(password, ("Ana López", "ana.lopez@lip.example")) is passwords.TOO_CLOSE


def test_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hash_password("seven quiet lanterns"), hash_password("seven quiet lanterns")

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second


def test_composed_and_decomposed_accents_are_one_password() -> None:
    kept = hash_password("l’été à Sudbury")

    assert passwords.CONTEXT.verify(passwords.normalized("l’e\u0301te\u0301 a\u0300 Sudbury"), kept)


def test_hash_of_nobody_fits_no_password() -> None:
    assert not passwords.CONTEXT.verify("", passwords.unusable_hash())
    assert passwords.unusable_hash() != passwords.unusable_hash()
