"""Secrets of links and cookies."""

from __future__ import annotations

from consult.accounts.tokens import derived_key, keyed_digest, new_token


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(1000)}

    assert len(made) == 1000
    assert min(len(token) for token in made) >= 32


def test_digest_depends_on_key_purpose_and_value() -> None:
    digests = {
        keyed_digest(key, purpose, value)
        for key in ("one key", "another key")
        for purpose in ("invitation", "reset")
        for value in ("a", "b")
    }

    assert len(digests) == 8
    assert {len(digest) for digest in digests} == {64}


def test_keys_for_different_uses_differ() -> None:
    assert derived_key("one key", "totp") != derived_key("one key", "recovery-codes")
    assert len(derived_key("one key", "totp")) == 32
