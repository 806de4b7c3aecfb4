"""Kill what stores, again and again, and compare what it acknowledged with what is there.

Several processes store responses, eight threads each; one after the other is killed without warning (SIGKILL)
and replaced. What was not acknowledged is sent again with the same identity, and so is a tenth of what was.
At the end nothing acknowledged may be missing, nothing may be there twice, and nothing may be damaged.

``python -m bench.chaos`` runs it long, on SQLite and on a PostgreSQL of its own; tests run it short.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import Response
from consult.responses.records import Finished, Start, Storing
from consult.responses.service import store_response
from consult.schema import migrate
from tests import factories
from tests.factories import TODAY
from tests.postgres import temporary_cluster

THREADS = 8
_RECORD = 17
"""Bytes of an acknowledgement: the identity, and whether it was new."""


@dataclass(frozen=True)
class Outcome:
    """``lost``: acknowledged and not there; ``twice``: acknowledged as new more than once."""

    kills: int
    acknowledged: int
    stored: int
    lost: int
    twice: int
    is_whole: bool


def run(
    url: str, *, submissions: int, kills: int, processes: int = 2, seed: int = 2010, is_control: bool = False
) -> Outcome:
    """Until every submission is acknowledged and so many processes were killed.

    ``is_control``: each attempt is stored under a new identity, as without a key that makes it once. Then
    more must be stored than was submitted: else the harness would not see doubles.
    """
    draw = random.Random(seed)
    survey_id, version_id = _survey(url)
    wanted = [uuid.UUID(int=draw.getrandbits(128), version=4) for _number in range(submissions)]
    reading, writing = os.pipe()
    ledger = _Ledger(reading)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    running: list[multiprocessing.process.BaseProcess] = []
    killed = 0
    while killed < kills or not ledger.has_all(wanted):
        while len(running) < processes:
            missing = ledger.missing(wanted) or wanted
            again = draw.sample(wanted, len(wanted) // 10)
            work = (url, survey_id, version_id, draw.sample(missing, len(missing)) + again)
            process = context.Process(target=_store_all, args=(*work, _Inherited(writing), is_control))
            process.start()
            running.append(process)
        time.sleep(draw.uniform(0.05, 0.3))
        victim = running.pop(draw.randrange(len(running)))
        if killed < kills:
            victim.kill()
            killed += 1
        victim.join()
        victim.close()
    for process in running:
        process.join()
        process.close()
    os.close(writing)
    ledger.finish()
    return _compare(url, ledger, killed)


class _Inherited:
    """A descriptor that goes with a process to where it starts."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __reduce__(self) -> tuple[object, ...]:
        return _received, (multiprocessing.reduction.DupFd(self.descriptor),)


def _received(duplicate: object) -> _Inherited:
    return _Inherited(duplicate.detach())  # type: ignore[attr-defined]


class _Ledger:
    """What was acknowledged, as the sender knows it: read from a pipe that survives its writers."""

    def __init__(self, descriptor: int) -> None:
        self.new: Counter[uuid.UUID] = Counter()
        self.all: set[uuid.UUID] = set()
        self._descriptor = descriptor
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def missing(self, wanted: list[uuid.UUID]) -> list[uuid.UUID]:
        return [identity for identity in wanted if identity not in self.all]

    def has_all(self, wanted: list[uuid.UUID]) -> bool:
        return len(self.all) == len(wanted)

    def finish(self) -> None:
        self._thread.join()
        os.close(self._descriptor)

    def _read(self) -> None:
        with os.fdopen(os.dup(self._descriptor), "rb") as pipe:
            while record := pipe.read(_RECORD):
                identity = uuid.UUID(bytes=record[:16])
                self.all.add(identity)
                self.new[identity] += record[16]


def _store_all(
    url: str,
    survey_id: uuid.UUID,
    version_id: uuid.UUID,
    identities: list[uuid.UUID],
    ledger: _Inherited,
    is_control: bool,
) -> None:
    """What a killed process did: store, then say so. Nothing else is done on the way out."""
    database = Database(url)

    def store(identity: uuid.UUID) -> None:
        start = Start(uuid.uuid4() if is_control else identity, survey_id, version_id, TODAY)
        answers = {f"question_{number}": f"answer {number} of {identity}" for number in range(10)}
        outcome = store_response(database, Finished(start, "en", TODAY, answers))
        if outcome is Storing.CONFLICT:
            raise RuntimeError("the same identity with other content")
        os.write(ledger.descriptor, identity.bytes + bytes([outcome is Storing.NEW]))

    with ThreadPoolExecutor(THREADS) as threads:
        for _done in threads.map(store, identities):
            pass
    database.dispose()


def _survey(url: str) -> tuple[uuid.UUID, uuid.UUID]:
    database = Database(url)
    with database.write() as session:
        survey = factories.make_open_survey(session)
        assert survey.current_version_id is not None
        found = survey.id, survey.current_version_id
    database.dispose()
    return found


def _compare(url: str, ledger: _Ledger, kills: int) -> Outcome:
    database = Database(url)
    with database.read() as session:
        stored = session.scalars(sa.select(Response.id)).all()
        is_whole = not database.is_sqlite or session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    database.dispose()
    return Outcome(
        kills=kills,
        acknowledged=len(ledger.all),
        stored=len(stored),
        lost=len(ledger.all - set(stored)),
        twice=sum(number > 1 for number in ledger.new.values()),
        is_whole=is_whole,
    )


def main(submissions: int = 10_000, kills: int = 90) -> int:
    """Both engines; 1 when anything was lost, doubled or damaged."""
    is_good = True
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(temporary_cluster(settings=()))
        cluster.run("CREATE DATABASE chaos")
        for name, url in (
            ("SQLite", f"sqlite:///{folder / 'chaos.db'}"),
            ("PostgreSQL", cluster.url("chaos")),
        ):
            database = Database(url)
            migrate(database)
            database.dispose()
            began = time.monotonic()
            outcome = run(url, submissions=submissions, kills=kills)
            print(f"{name}: {outcome} in {time.monotonic() - began:.0f} s")
            is_good &= outcome.is_whole and not outcome.lost and not outcome.twice
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
