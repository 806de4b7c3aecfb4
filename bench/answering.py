"""What the public surface adds to text: a page of ten questions before the first answer, with everything.

    python -m bench.answering

The whole public application (addresses, cookie, headers, language) against a plain Flask application that
returns the same bytes from the same address; both under gunicorn with one worker, rounds interleaved. Beside
the rate stands the processor time of the server for one request: the machine is shared, that is not.
"""

from __future__ import annotations

import http.client
import os
import re
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask, Response
from werkzeug.test import Client

from bench.load import measure_each
from bench.server import Server, serving
from consult.cli.worker import WSGI, with_whole_body
from consult.db import Database
from consult.schema import migrate
from consult.settings import Settings
from consult.surfaces import create_public_app
from consult.surveys import service as surveys
from tests.factories import NOW, TODAY, make_organisation
from tests.samples.newcomers import ten_questions

SLUG = "ten"
CONNECTIONS = 16
SECONDS = 2.0
ROUNDS = 5


def create_public() -> Flask:
    """What newcomers meet; the folder comes from the environment."""
    settings = Settings.from_environment()
    return create_public_app(settings, Database(settings.database_url))


def serve_public() -> WSGI:
    """The same, as ``consult serve`` hands it to the server."""
    return with_whole_body(create_public())


def serve_constant() -> WSGI:
    """And so the string."""
    return with_whole_body(create_constant())


def create_constant() -> Flask:
    """The same address, and a string."""
    app = Flask(__name__, static_folder=None)
    content = Path(os.environ["BENCH_CONTENT"]).read_bytes()
    app.add_url_rule("/<lang>/s/<survey>/<page>", "page", lambda **_address: Response(content))
    return app


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONSULT_DATA_DIR"] = folder
        path, headers, content = _begin(create_public())
        kept = Path(folder) / "page.html.gz"
        kept.write_bytes(content)
        with (
            serving("bench.answering:serve_constant()", 1, BENCH_CONTENT=str(kept)) as constant,
            serving("bench.answering:serve_public()", 1, CONSULT_DATA_DIR=folder) as public,
        ):
            servers = {"constant": constant, "public": public}
            seen = _interleaved({name: partial(_measure, s, path, headers) for name, s in servers.items()})
    print(f"{'page':10} {'req/s':>8} {'of constant':>12} {'µs of processor':>16} {'of constant':>12}")
    for name, (rate, cost) in seen.items():
        share, cheapness = rate / seen["constant"][0], seen["constant"][1] / cost
        print(f"{name:10} {rate:8.0f} {share:12.2f} {cost:16.0f} {cheapness:12.2f}")


def _begin(app: Flask) -> tuple[str, dict[str, str], bytes]:
    """Publish, agree to the notice, and give the first page: address, what a browser sends, the bytes."""
    database: Database = app.extensions["consult"].database
    migrate(database)
    with database.write() as session:
        survey = surveys.import_questionnaire(session, make_organisation(session), ten_questions()[0], SLUG)
        surveys.publish_draft(session, survey, None, NOW)
        surveys.open_survey(session, survey, TODAY)
    client = Client(app)
    start = client.get(f"/en/s/{SLUG}/").get_data(as_text=True)
    notice = re.findall(r'name="notice" value="(\w+)"', start)
    path = client.post(f"/en/s/{SLUG}/", data={"notice": notice}).headers["Location"]
    cookie = client.get_cookie("answers")
    assert cookie is not None
    headers = {"Cookie": f"answers={cookie.value}", "Accept-Encoding": "gzip"}
    return path, headers, client.get(path, headers=headers).get_data()


def _measure(server: Server, path: str, headers: dict[str, str]) -> tuple[float, float]:
    """Requests a second, and microseconds of the server's processor time for one."""
    asking = [_asking(server.port, path, headers) for _connection in range(CONNECTIONS)]
    before = _processor_time(server.pid)
    load = measure_each(asking, SECONDS, warm_up=0.0)
    used = _processor_time(server.pid) - before
    return load.rate, used / (load.rate * SECONDS) * 1e6


def _asking(port: int, path: str, headers: dict[str, str]) -> Callable[[], None]:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask() -> None:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    return ask


def _processor_time(pid: int) -> float:
    """Seconds that the workers of a server have used (proc(5), stat: ppid, utime, stime)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _interleaved(measures: dict[str, Callable[[], tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in measures}
    for _round in range(ROUNDS):
        for name, measure in measures.items():
            seen[name].append(measure())
    return {
        name: (statistics.median(rate for rate, _ in each), statistics.median(cost for _, cost in each))
        for name, each in seen.items()
    }


if __name__ == "__main__":
    main()
