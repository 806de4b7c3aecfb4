"""What showing a page of ten questions costs, as ratios to a constant string.

    python -m bench.pages               in one process, through Flask
    python -m bench.pages --server      the same applications under gunicorn (gthread, one worker)

Shown are a constant string, the compiled page blank and answered, and the same page rendered per request by
WTForms' own widgets inside a Jinja page. Rounds are interleaved; read the ratios, the machine is shared.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import wtforms
from flask import Flask, Response
from jinja2 import FileSystemLoader

from consult.i18n import gettext, ngettext, pgettext
from consult.questionnaires.routing import Page, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of
from consult.responses.compiled import Compiled, Holes, PageState, View, compile_page
from tests.samples.newcomers import ten_questions
from tests.samples.questions import NOW

ANSWERS = {
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
FRAME = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1>{}<form method="post" id="answers">{}</form></main></body></html>"""
WIDGETS = FRAME.format(
    "",
    """{% for field in form %}<div>{{ field.label }}
{% if field.type in ("RadioField", "SelectMultipleField") %}<ul>{% for option in field %}<li>{{ option() }}
{{ option.label }}</li>{% endfor %}</ul>{% else %}{{ field() }}{% endif %}</div>{% endfor %}""",
)


def create_app() -> Flask:
    """Four addresses that show the same ten questions."""
    app = Flask(__name__, static_folder=None)
    app.jinja_loader = FileSystemLoader("consult/ui/templates")  # type: ignore[assignment]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    environment: Any = app.jinja_env
    environment.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)
    questionnaire, page = ten_questions()
    compiled = compile_page(environment, questionnaire, page, View("en", "en", "bench"), _framed, now=NOW)
    constant = compiled.content
    form_class, widgets = _widget_form(page), app.jinja_env.from_string(WIDGETS)

    app.add_url_rule("/constant", "constant", lambda: Response(constant))
    app.add_url_rule("/blank", "blank", lambda: Response(_content(compiled)))
    app.add_url_rule("/answered", "answered", lambda: _answered(compiled, questionnaire))
    app.add_url_rule("/widgets", "widgets", lambda: widgets.render(form=form_class()))
    return app


def _framed(holes: Holes) -> str:
    return FRAME.format(holes.summary, holes.questions)


def _content(compiled: Compiled) -> bytes:
    return compiled.content if compiled.is_blank_for({}) else b""


def _answered(compiled: Compiled, questionnaire: Questionnaire) -> Response:
    evaluation = evaluate(questionnaire, ANSWERS, now=NOW, language="en")
    return Response(compiled.fill(PageState(ANSWERS, evaluation)))


def _widget_form(page: Page) -> type[wtforms.Form]:
    fields = {question.key: _widget(question) for question in page.questions}
    return type("Widgets", (wtforms.Form,), fields)


def _widget(question: Question) -> Any:
    label = question.label.pick("en")
    choices = [(choice.key, choice.label.pick("en")) for choice in kind_of(question).choices(question)]
    if question.kind == "range":
        choices = [(str(number), str(number)) for number in range(11)]
    if question.kind in ("select_one", "range"):
        return wtforms.RadioField(label, choices=choices)
    if question.kind == "select_multiple":
        checkbox, rows = wtforms.widgets.CheckboxInput(), wtforms.widgets.ListWidget(prefix_label=False)
        return wtforms.SelectMultipleField(label, choices=choices, option_widget=checkbox, widget=rows)
    made = {"integer": wtforms.IntegerField, "date": wtforms.DateField, "text": wtforms.TextAreaField}
    return made[question.kind](label)


PAGES = ("constant", "blank", "answered", "widgets")


def in_process(rounds: int, requests: int) -> dict[str, float]:
    """Requests a second, through Flask's WSGI call, median of rounds."""
    app = create_app()
    client = app.test_client()
    environments = {name: client.get(f"/{name}").request.environ for name in PAGES}

    def once(name: str) -> None:
        environ = {key: value for key, value in environments[name].items() if not key.startswith("werkzeug.")}
        b"".join(app(environ, lambda *_: lambda _body: None))

    return _interleaved(rounds, lambda name: _rate(lambda: once(name), requests))


def _rate(work: Callable[[], None], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return times / (time.perf_counter() - start)


def _interleaved(rounds: int, measure: Callable[[str], float]) -> dict[str, float]:
    seen: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(rounds):
        for name in PAGES:
            seen[name].append(measure(name))
    return {name: statistics.median(rates) for name, rates in seen.items()}


def under_server(rounds: int, seconds: float, connections: int) -> dict[str, float]:
    """Requests a second from ``connections`` kept-alive connections, median of rounds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-b",
        f"127.0.0.1:{port}",
        "-k",
        "gthread",
        "--threads",
        "16",
    ]
    command += ["--keep-alive", "60", "--log-level", "error", "bench.pages:create_app()"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}) as server:
        try:
            _wait_for(port)
            return _interleaved(rounds, lambda name: _load(port, f"/{name}", seconds, connections))
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/constant")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


def _load(port: int, path: str, seconds: float, connections: int) -> float:
    done = [0] * connections
    end = time.perf_counter() + seconds

    def ask(index: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < end:
            connection.request("GET", path)
            connection.getresponse().read()
            done[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - start)


def filling(times: int = 3000) -> tuple[float, float]:
    """Microseconds to fill the answered page, and to evaluate its conditions."""
    questionnaire, page = ten_questions()
    app = create_app()
    compiled = compile_page(app.jinja_env, questionnaire, page, View("en", "en", "bench"), _framed, now=NOW)
    state = PageState(ANSWERS, evaluate(questionnaire, ANSWERS, now=NOW, language="en"))
    fill = 1e6 / _rate(lambda: compiled.fill(state), times)
    judge = 1e6 / _rate(lambda: evaluate(questionnaire, ANSWERS, now=NOW, language="en"), times)
    return fill, judge


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    found = under_server(given.rounds, 2.0, 16) if given.server else in_process(given.rounds, 800)
    print(f"{'page':10} {'req/s':>8} {'of constant':>12}")
    for name, rate in found.items():
        print(f"{name:10} {rate:8.0f} {rate / found['constant']:12.2f}")
    if not given.server:
        fill, judge = filling()
        print(f"fill {fill:.0f} µs, evaluate {judge:.0f} µs")


if __name__ == "__main__":
    main()
