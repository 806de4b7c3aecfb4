"""For a phone or computer that others use too: take away what a device remembers."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult import http
from consult.answering.notice import interface_urls
from consult.answering.visit import Visit, read_visit, remember


def leave() -> str:
    """What clearing does, and how to keep a way back first."""
    visit = read_visit()
    urls = interface_urls("answering.leave")
    entry = visit.entries[-1] if visit.entries else None
    continue_url = url_for("answering.start", survey=entry.survey) if entry else None
    return render_template("answering/leave.html", urls=urls, continue_url=continue_url)


def clear() -> Response:
    """Forget everything, and ask the browser to drop what it may have kept: copies of pages, unsent words."""
    answer = redirect(url_for("answering.index"), 303)
    if request.cookies:
        remember(answer, Visit())
    if http.settings().is_https:
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
