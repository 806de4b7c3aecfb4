"""Results on screen: how long a page takes over very many responses, and what makes that possible costs.

    python -m bench.results [100000]                 SQLite
    python -m bench.results --postgres [100000]      PostgreSQL, a server of its own

The pages are what staff get: the office application, signed in, 30 questions, all their tables. Beside them
in the same run: one pass over the rows (of some, as if it were all), and one table by SQL over the documents.
Times are the best of several rounds, since the machine is shared; in milliseconds on the clock, and of the
processor of this process (without the database server's).
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from werkzeug.test import Client

from bench.many_responses import LANGUAGES, SLUG, fill
from consult.accounts.models import Role
from consult.cli.worker import set_apart
from consult.db import Database
from consult.reports.analysis.profiles import Profile, Target
from consult.reports.code_columns.keeping import columns_folder
from consult.reports.folding import fold
from consult.reports.profiles import keep_profile
from consult.reports.queries import source_of
from consult.reports.tally import Tally
from consult.responses.records import Finished, Start
from consult.responses.service import store_response
from consult.settings import Settings
from consult.surveys.models import Survey
from consult.surveys.service import survey_by_slug
from tests.office import Office
from tests.postgres import temporary_cluster

PAGES = {
    "all tables": "",
    "by one question": "?by=q0",
    "by one with several answers": "?by=q16",
    "by two questions": "?by=q0&and_by=q1",
    "by collector and question": "?by=_collector&and_by=q3",
    "by two with several answers": "?by=q16&and_by=q17",
    "selected by language": "?language=fr",
    "selected by days, by one": "?since=2026-02-01&until=2026-03-15&by=q0",
    "two groups compared": "compare?by=q0&first=c1&second=c2&marks=y",
    "one of several answers, all others": "compare?by=q16&first=c1",
    "selected, and all others": "compare?by=_selection&language=fr",
    "progress": "progress",
    "progress by area": "progress?area=q3",
    "who is missing": "who-is-missing",
    "weighted (two known questions)": "weighted",
    "over time, by month": "trends?per=month",
    "a new report of one’s own": "my-reports/new",
}
KNOWN = Profile(
    (
        Target("_language", "", {code: 100.0 + place for place, code in enumerate(LANGUAGES)}),
        Target("q1", "", {f"c{place}": 50.0 + place for place in range(5)}),
    )
)
ROUNDS = 5
STORING_ROUNDS = 40
SOME = 10_000
"""Rows of the pass."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("number", type=int, nargs="?", default=100_000)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _url(Path(folder), is_postgres=given.postgres) as url:
        database = Database(url)
        fill(database, given.number)
        engine = "PostgreSQL" if given.postgres else "SQLite"
        print(f"{given.number:,} responses × 30 questions, {engine}", flush=True)
        _measure(database, Path(folder), given.number)
        _measure_storing(Path(folder) if not given.postgres else None)
        database.dispose()


@contextmanager
def _url(folder: Path, *, is_postgres: bool) -> Iterator[str]:
    if not is_postgres:
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    with temporary_cluster(settings=("shared_buffers=256MB",)) as cluster:
        cluster.run("CREATE DATABASE bench")
        yield cluster.url("bench")


def _measure(database: Database, folder: Path, number: int) -> None:
    settings = Settings(folder, str(database.url), "a key for the bench")
    office = Office(settings, database)
    with database.read() as session:
        survey = survey_by_slug(session, SLUG)
        assert survey is not None
        organisation = survey.organisation
    rosa = office.person("rosa", Role.STAFF, organisation=organisation)
    with database.write() as session:
        keep_profile(session, survey.id, KNOWN, by=rosa.id, on=dt.date(2026, 3, 5))
    client = office.browser(rosa).client
    set_apart()  # as in a process that serves
    _say("made anew (fold)", *_timed(lambda: fold(database, folder, survey.id), 1))
    size = sum(path.stat().st_size for path in columns_folder(folder, survey.id).glob("*.columns"))
    print(f"{size / 1e6:12.1f} MB  files, {size / number:.1f} bytes a response")
    for name, query in PAGES.items():
        _open(client, query)
        _say(name, *_timed(lambda query=query: _open(client, query), ROUNDS))  # type: ignore[misc]
    _say("first after a new response", *_timed_after(database, survey, client))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory:12.0f} MB  memory of the process at its highest")
    _say("one pass (of some, as if all)", *_pass(database, number))
    _say("one table of 30, by SQL", *_timed(lambda: _by_sql(database), 2))


def _open(client: Client, query: str) -> None:
    response = client.get(f"/office/en/reports/{SLUG}/{query}", buffered=True)
    is_counted = b"<table" in response.data or query.startswith("my-reports")
    if response.status_code != 200 or b"data-reload" in response.data or not is_counted:
        raise SystemExit(f"{query}: {response.status_code}, not the results")


def _timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Seconds on the clock and of the processor, the best of each."""
    found = []
    for _ in range(rounds):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - clock, time.process_time() - processor))
    return min(clock for clock, _ in found), min(processor for _, processor in found)


def _timed_after(database: Database, survey: Survey, client: Client) -> tuple[float, float]:
    """Each time after one more response."""
    found = []
    for _ in range(ROUNDS):
        _store(database, survey)
        found.append(_timed(lambda: _open(client, ""), 1))
    return min(clock for clock, _ in found), min(processor for _, processor in found)


def _store(database: Database, survey: Survey) -> None:
    assert survey.current_version_id is not None
    day = dt.date(2026, 3, 5)
    start = Start(uuid.uuid4(), survey.id, survey.current_version_id, day)
    store_response(
        database, Finished(start, LANGUAGES[0], day, {"q0": "c1", "q16": ["c0", "c3"], "q20": 1999})
    )


def _pass(database: Database, number: int) -> tuple[float, float]:
    def some() -> None:
        with database.read() as session:
            survey = survey_by_slug(session, SLUG)
            assert survey is not None
            source = source_of(session, survey, secret_key="a key", made_on=dt.date(2026, 3, 5))
            tally = Tally(source.asked)
            for row in islice(source.rows(), min(SOME, number)):
                tally.add(row)

    clock, processor = _timed(some, 2)
    return clock * number / min(SOME, number), processor * number / min(SOME, number)


def _by_sql(database: Database) -> None:
    answer = "json_extract(answers, '$.q0')" if database.is_sqlite else "answers ->> 'q0'"
    query = f"SELECT {answer}, language, count(*) FROM response WHERE state = 'submitted' GROUP BY 1, 2"
    with database.read() as session:
        session.execute(sa.text(query)).all()


def _measure_storing(folder: Path | None) -> None:
    """A response stored with the index as it is, and without the revision in it."""
    if folder is None:
        with temporary_cluster(settings=("shared_buffers=64MB",)) as cluster:
            cluster.run("CREATE DATABASE wide", "CREATE DATABASE narrow")
            _compare_storing(Database(cluster.url("wide")), Database(cluster.url("narrow")))
        return
    paths = [folder / name / "bench.db" for name in ("wide", "narrow")]
    _compare_storing(*(Database(f"sqlite:///{path}") for path in paths))
    for path in paths:
        shutil.rmtree(path.parent)


def _compare_storing(wide: Database, narrow: Database) -> None:
    """Both indexes are made anew, so that they are equally dense; processor time where the engine is in this
    process, since the machine is shared."""
    for database, columns in ((wide, "survey_id, state, id, revision"), (narrow, "survey_id, state, id")):
        fill(database, 20_000)
        with database.write() as session:
            session.execute(sa.text("DROP INDEX ix_response_survey_state"))
            session.execute(sa.text(f"CREATE INDEX ix_response_survey_state ON response ({columns})"))
    took: dict[bool, list[float]] = {True: [], False: []}
    for place in range(2 * STORING_ROUNDS):
        is_wide = place % 4 in (1, 2)
        took[is_wide].append(_storing(wide if is_wide else narrow))
    for database in (wide, narrow):
        database.dispose()
    cost = statistics.median(took[True]) / statistics.median(took[False])
    print(f"{cost:12.2f} ×   storing with the revision in the index, of storing without")


def _storing(database: Database) -> float:
    """Seconds that some responses take, one by one."""
    with database.read() as session:
        survey = survey_by_slug(session, SLUG)
        assert survey is not None
    clock, processor = _timed(lambda: [_store(database, survey) for _ in range(50)], 1)
    return processor if database.is_sqlite else clock


def _say(name: str, clock: float, processor: float) -> None:
    print(f"{clock * 1000:12,.0f} ms  {name} ({processor * 1000:,.0f} ms of the processor)", flush=True)


if __name__ == "__main__":
    main()
