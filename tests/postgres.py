"""A PostgreSQL of the tests' own: in a temporary directory, reached by a Unix socket, gone afterwards.

Debian's binaries are used as they are; no running server, no password and no port of the machine is
touched. Durability is off here on purpose: what these tests prove is behaviour, not fsync.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa

MISSING = (
    "PostgreSQL is not installed: apt-get install postgresql (Debian, Ubuntu). "
    "CONSULT_TEST_WITHOUT_POSTGRESQL=1 skips the tests that need it."
)
_PORT = 5432  # only a part of the socket's file name: nothing listens on the network
_FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "shared_buffers=32MB",
)

_EMPTY = b"""
    DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;  -- no triggers: they keep versions from being deleted
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP; END $$
"""
_SIGNATURE = b"""
    SELECT md5(string_agg(part, E'\\n' ORDER BY part)) FROM (
    SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, atttypmod, attnotnull, attstorage) AS part
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal) AS parts
"""


class PostgresqlMissing(Exception):
    """There is no PostgreSQL on this machine; the message says what to install."""


@dataclass(frozen=True)
class Cluster:
    """A running server. ``binaries`` also holds pg_dump and psql of the same version."""

    folder: Path
    binaries: Path

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of one database of this server."""
        where = {"host": str(self.folder), "port": str(_PORT)}
        return str(sa.URL.create("postgresql", "postgres", database=name, query=where))

    def empty(self, name: str) -> None:
        """Take every row out of one database, whatever refers to what: far quicker than making a new one."""
        with self._connected(name) as connection:
            connection.execute(_EMPTY)

    def signature(self, name: str) -> str:
        """What a database's tables look like: equal when nothing but rows has changed."""
        with self._connected(name) as connection:
            row = connection.execute(_SIGNATURE).fetchone()
        return str(row)

    def run(self, *statements: str) -> None:
        """Execute statements outside a transaction, as the owner, in the maintenance database."""
        with self._connected("postgres") as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), port=_PORT, user="postgres", dbname=name, autocommit=True
        )


@contextmanager
def temporary_cluster(settings: Sequence[str] = _FAST) -> Iterator[Cluster]:
    """Start a server, give it, stop it and remove its files. Raises PostgresqlMissing."""
    binaries = _binaries()
    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix="consult-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        _own(folder)
        data = folder / "data"
        _run([binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync",
              "--locale=C.UTF-8"])  # fmt: skip
        server = _start(binaries, folder, data, settings)
        cluster = Cluster(folder, binaries)
        _wait_until_ready(cluster, server)
        yield cluster
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path is None:
        raise PostgresqlMissing(MISSING)
    return Path(on_path).resolve().parent


def _remove_abandoned() -> None:
    """Folders of runs that were killed: old, and without a server."""
    for folder in Path(tempfile.gettempdir()).glob("consult-pg-*"):
        server = folder / "data" / "postmaster.pid"
        with suppress(OSError):
            is_old = time.time() - folder.stat().st_mtime > 600
            if is_old and not (server.exists() and Path(f"/proc/{server.read_text().split()[0]}").exists()):
                shutil.rmtree(folder, ignore_errors=True)


def _own(folder: Path) -> None:
    # The server refuses to run as root: root lends the folder to the package's own user.
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _as_owner() -> dict[str, object]:
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, cwd="/", check=False, **_as_owner())  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")


def _start(binaries: Path, folder: Path, data: Path, settings: Sequence[str]) -> subprocess.Popen[bytes]:
    options = [f"-c{setting}" for setting in ("listen_addresses=", "max_connections=200", *settings)]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            [binaries / "postgres", "-D", data, "-k", folder, "-p", str(_PORT), *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            preexec_fn=_die_with_parent,
            **_as_owner(),
        )


def _die_with_parent() -> None:
    # A test run that is killed must not leave a server behind (prctl PR_SET_PDEATHSIG).
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _wait_until_ready(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            cluster.run("select 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (cluster.folder / "server.log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start: {log}") from None
            time.sleep(0.05)
        else:
            return
