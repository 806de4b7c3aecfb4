"""Settings: one frozen, typed object read from the environment, once, at start-up."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
DEFAULT_TIME_ZONE = ZoneInfo("America/Toronto")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one running installation needs to know.

    ``secret_key`` has no default: :meth:`from_environment` reads it, or keeps a random one of
    this installation in ``data_dir/secret.key`` (mode 0600), never a value from this source.
    """

    data_dir: Path
    database_url: str
    secret_key: str = field(repr=False)
    base_url: str = DEFAULT_BASE_URL
    office_url: str = f"{DEFAULT_BASE_URL}/office"
    trusted_hosts: tuple[str, ...] = ()
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "consult@localhost"
    time_zone: ZoneInfo = DEFAULT_TIME_ZONE

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read ``CONSULT_*`` variables (see docs/configuration.md); creates ``data_dir`` (0700)."""
        data_dir = Path(environ.get("CONSULT_DATA_DIR", "instance")).absolute()
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        base_url = environ.get("CONSULT_BASE_URL", DEFAULT_BASE_URL).rstrip("/")
        hosts = environ.get("CONSULT_TRUSTED_HOSTS", "")
        return cls(
            data_dir=data_dir,
            database_url=environ.get("CONSULT_DATABASE_URL", f"sqlite:///{data_dir / 'consult.db'}"),
            secret_key=environ.get("CONSULT_SECRET_KEY") or _installation_secret(data_dir),
            base_url=base_url,
            office_url=environ.get("CONSULT_OFFICE_URL", f"{base_url}/office").rstrip("/"),
            trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            smtp_url=environ.get("CONSULT_SMTP_URL") or None,
            mail_from=environ.get("CONSULT_MAIL_FROM", "consult@localhost"),
            time_zone=ZoneInfo(environ.get("CONSULT_TIME_ZONE", DEFAULT_TIME_ZONE.key)),
        )

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over TLS (decides ``Secure`` cookies and HSTS)."""
        return self.base_url.startswith("https://")


def _installation_secret(data_dir: Path) -> str:
    path = data_dir / "secret.key"
    if not path.exists():
        # Written aside and linked into place: two processes starting together agree on one key.
        aside = data_dir / f".secret.{os.getpid()}"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(32))
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text(encoding="ascii").strip()
