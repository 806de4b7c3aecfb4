"""Secrets that travel in links and cookies, and the keyed digests that are kept of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token() -> str:
    """A random text of 192 bits that fits into an address."""
    return secrets.token_urlsafe(24)


def keyed_digest(secret_key: str, purpose: str, value: str) -> str:
    """64 hexadecimal characters: what is kept instead of ``value``.

    ``purpose`` keeps digests of the same value for different uses apart. Who reads the database
    without the installation's key can neither use nor guess what stands there.
    """
    return hmac.new(derived_key(secret_key, purpose), value.encode(), hashlib.sha256).hexdigest()


def derived_key(secret_key: str, purpose: str) -> bytes:
    """32 bytes for one use, from the installation's key."""
    return hmac.new(secret_key.encode(), f"consult/{purpose}".encode(), hashlib.sha256).digest()
