"""What storing a response costs, as a ratio to a raw insert in the same run, and how long anybody waits.

    python -m bench.storing             threads in one process
    python -m bench.storing --server    through HTTP: gunicorn, two workers, as ``consult serve`` runs them

Compared are a raw insert of the same JSON document, one transaction each, through the database's own driver;
the response stored by the one writer; a page of ten questions read from a form, validated, and stored; and,
through HTTP, the page posted to the public surface as a browser does it, each for another response. 32
senders, each waiting for its answer before it sends the next; engines and rounds are interleaved.

Each is run as the disk is, and with a flush that takes 1 ms more, since this machine's disk may answer from a
cache: on SQLite each COMMIT sleeps 1 ms before it writes (it holds the write lock then, as a slow flush
would), on PostgreSQL ``commit_delay = 1000`` with ``commit_siblings = 0`` does the same in the server.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import sqlalchemy as sa
from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict

from bench.load import Load, measure_each
from bench.senders import Request, measure
from bench.server import serving
from consult.answering.visit import Entry, Visit, remember
from consult.cli.worker import TURN, WSGI, with_whole_body
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.questionnaires.routing import final_answers, pages
from consult.responses.page import read_page
from consult.responses.page_form import PREFIX
from consult.responses.records import Finished, Start, seed_of
from consult.responses.service import store_response
from consult.schema import migrate
from consult.settings import Settings
from consult.surfaces import create_public_app
from consult.surveys.service import published
from tests import factories
from tests.postgres import temporary_cluster
from tests.samples.newcomers import ten_questions

SENDERS = 32
ADDED_FLUSH = 0.001
WAYS = ("raw", "stored", "validated")
POSTED = "posted"
DEVICES = 20_000
_TYPED = (
    ("year", "2019"),
    ("status", "refugee"),
    ("household", "4"),
    ("housing", "2"),
    ("welcome", "4"),
    ("services", "language"),
    ("services", "job"),
    ("satisfied", "7"),
    ("since", "2021-09-01"),
    ("stay", "5"),
    ("change", "More “conversation circles” & childcare <at the same place>."),
)
SENT: MultiDict[str, str] = MultiDict([(f"{PREFIX}{key}", value) for key, value in _TYPED])
ANSWERS: dict[str, Any] = {
    "year": 2019,
    "status": "refugee",
    "household": 4,
    "housing": "2",
    "welcome": "4",
    "services": ["language", "job"],
    "satisfied": 7,
    "since": "2021-09-01",
    "stay": "5",
    "change": "More “conversation circles” & childcare <at the same place>.",
}
FORM = urlencode(list(SENT.items(multi=True))).encode()


@dataclass(frozen=True)
class Place:
    """Where to store; ``flush`` in seconds is added to every commit on SQLite."""

    url: str
    flush: float
    slug: str
    survey_id: uuid.UUID
    version_id: uuid.UUID


class Store:
    """The three ways, on one database; safe for threads."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.database = Database(place.url)
        with self.database.read() as session:
            self.questionnaire = published(session, place.version_id).questionnaire
        (self.page,) = pages(self.questionnaire)
        self._thread = threading.local()
        self._insert = self._insert_sqlite if self.database.is_sqlite else self._insert_postgresql
        _slow_down(self.database, place.flush)

    def ways(self) -> dict[str, Callable[[], None]]:
        return dict(zip(WAYS, (self.raw, self.stored, self.validated), strict=True))

    def raw(self, sent: MultiDict[str, str] = SENT) -> None:
        self._insert(uuid.uuid4(), json.dumps({key: sent.getlist(key) for key in sent}))

    def stored(self) -> None:
        start = self._start()
        store_response(self.database, Finished(start, "en", start.started_on, ANSWERS))

    def validated(self, sent: MultiDict[str, str] = SENT) -> None:
        start = self._start()
        how: Any = {"now": dt.datetime.now(dt.UTC), "language": "en", "seed": seed_of(start.response_id)}
        read = read_page(self.questionnaire, self.page, sent, {}, **how)
        if read.errors:
            raise SystemExit(f"the page of the bench is not valid: {read.errors}")
        answers = final_answers(self.questionnaire, read.answers, **how)
        store_response(self.database, Finished(start, "en", start.started_on, answers))

    def _start(self) -> Start:
        return Start(uuid.uuid4(), self.place.survey_id, self.place.version_id, dt.date(2026, 3, 5))

    def _insert_sqlite(self, identity: uuid.UUID, document: str) -> None:
        connection = getattr(self._thread, "connection", None)
        if connection is None:
            path = str(self.database.url.database)
            connection = sqlite3.connect(path, timeout=60, isolation_level=None)
            connection.execute("PRAGMA synchronous=FULL")
            self._thread.connection = connection
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO raw VALUES (?, ?)", (identity.hex, document))
        if self.place.flush:
            time.sleep(self.place.flush)
        connection.execute("COMMIT")

    def _insert_postgresql(self, identity: uuid.UUID, document: str) -> None:
        connection = getattr(self._thread, "connection", None)
        if connection is None:
            url = self.database.url
            connection = psycopg.connect(
                user=url.username, dbname=url.database, **{name: str(url.query[name]) for name in url.query}
            )
            self._thread.connection = connection
        connection.execute("INSERT INTO raw VALUES (%s, %s)", (identity, document))
        connection.commit()


def _slow_down(database: Database, flush: float) -> None:
    if flush and database.is_sqlite:
        sa.event.listen(database.engine, "commit", lambda _connection: time.sleep(flush))


@contextmanager
def _places() -> Iterator[dict[str, tuple[Place, ...]]]:
    """An empty database of each engine, with and without the added flush."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER"))))
        cluster = stack.enter_context(temporary_cluster(settings=("shared_buffers=64MB",)))
        cluster.run("CREATE DATABASE plain", "CREATE DATABASE slow")
        for setting in ("commit_delay = 1000", "commit_siblings = 0"):
            cluster.run(f"ALTER DATABASE slow SET {setting}")
        yield {
            "SQLite": (
                _made(f"sqlite:///{folder / 'plain.db'}"),
                _made(f"sqlite:///{folder / 'slow.db'}", 1),
            ),
            "PostgreSQL": (_made(cluster.url("plain")), _made(cluster.url("slow"), 1)),
        }


def _made(url: str, slow: int = 0) -> Place:
    database = Database(url)
    migrate(database)
    with database.write() as session:
        survey = factories.make_open_survey(session, to_document(ten_questions()[0]))
        kind = "CHAR(32)" if database.is_sqlite else "uuid"
        session.execute(sa.text(f"CREATE TABLE raw (id {kind} PRIMARY KEY, document JSON NOT NULL)"))
        assert survey.current_version_id is not None
        place = Place(url, slow * ADDED_FLUSH, survey.slug, survey.id, survey.current_version_id)
    database.dispose()
    return place


def run(*, is_server: bool, rounds: int, seconds: float) -> None:
    print(f"{SENDERS} senders, {rounds} rounds of {seconds:g} s, medians; ratios to the raw insert")
    print(f"{'':24}" + "".join(f"{way:>27}" for way in (*WAYS, *([POSTED] if is_server else []))))
    with _places() as places:
        for engine, variants in places.items():
            for place in variants:
                loads = _interleaved(place, is_server=is_server, rounds=rounds, seconds=seconds)
                _print(f"{engine}{', flush + 1 ms' if place is variants[1] else ''}", loads)


def _interleaved(place: Place, *, is_server: bool, rounds: int, seconds: float) -> dict[str, list[Load]]:
    with ExitStack() as stack:
        measures: dict[str, Callable[[], Load]]
        if is_server:
            requests = stack.enter_context(posting(place))
            measures = {way: partial(measure, each, SENDERS, seconds) for way, each in requests.items()}
        else:
            sys.setswitchinterval(TURN)  # as a worker has it
            store = Store(place)
            stack.callback(store.database.dispose)
            ways = store.ways().items()
            measures = {way: partial(measure_each, [work] * SENDERS, seconds) for way, work in ways}
        seen: dict[str, list[Load]] = {way: [] for way in measures}
        for _round in range(rounds):
            for way, measured in measures.items():
                seen[way].append(measured())
    return seen


@contextmanager
def posting(place: Place) -> Iterator[dict[str, Request]]:
    """What is sent for the same ways, and to the public surface, behind a server."""
    identities = {"survey_id": place.survey_id.hex, "version_id": place.version_id.hex}
    with serving(
        "bench.storing:create_app()", BENCH_PLACE=json.dumps({**asdict(place), **identities})
    ) as server:
        ways = {way: Request(server.port, f"/{way}", FORM) for way in WAYS}
        page = f"/en/s/{place.slug}/{ten_questions()[1].key}"
        yield ways | {POSTED: Request(server.port, page, FORM, _cookies(place))}


def _cookies(place: Place) -> Iterator[str]:
    """What devices bring that have consented and not answered yet, one after the other."""
    day, made = dt.date(2026, 3, 5), []
    with _public(place).test_request_context():
        for _device in range(DEVICES):
            entry = Entry(place.slug, place.version_id, uuid.uuid4(), "0" * 64, "en", day)
            reply = Response()
            remember(reply, Visit((entry,)))
            made.append(reply.headers["Set-Cookie"].split(";")[0])
    return cycle(made)


def _public(place: Place) -> Flask:
    settings = Settings(Path(tempfile.gettempdir()), place.url, "a key for the bench")
    return create_public_app(settings, Database(place.url))


def create_app() -> WSGI:
    """The public surface, and beside it the other ways behind addresses of their own, as served."""
    given = json.loads(os.environ["BENCH_PLACE"])
    identities = {name: uuid.UUID(given[name]) for name in ("survey_id", "version_id")}
    place = Place(**{**given, **identities})
    store, app = Store(place), _public(place)
    _slow_down(app.extensions["consult"].database, place.flush)

    def add(way: str, work: Callable[..., None]) -> None:
        def view() -> str:
            work(request.form) if way != "stored" else work()
            return "stored"

        app.add_url_rule(f"/{way}", way, view, methods=["POST"])

    for way, work in zip(WAYS, (store.raw, store.stored, store.validated), strict=True):
        add(way, work)
    return with_whole_body(app)


def _print(name: str, loads: dict[str, list[Load]]) -> None:
    rates = {way: statistics.median(load.rate for load in each) for way, each in loads.items()}
    cells = []
    for way, each in loads.items():
        p50, p99 = (statistics.median(getattr(load, what) for load in each) for what in ("p50", "p99"))
        cells.append(f"{rates[way]:6.0f}/s {rates[way] / rates['raw']:4.0%} {p50:4.0f}/{p99:4.0f} ms")
    print(f"{name:24}" + "".join(f"{cell:>27}" for cell in cells))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    chosen = parser.parse_args()
    run(is_server=chosen.server, rounds=chosen.rounds, seconds=chosen.seconds)
