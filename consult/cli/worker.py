"""The process that answers: gunicorn's, with words of our own for what is no request.

gunicorn would send a broken request back to whoever sent it, without our headers, and log a part of it with
the address it came from.
"""

from __future__ import annotations

import gc
import io
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.exceptions import BadRequest, ClientDisconnected

from consult.http import HEADERS

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]

_STATUSES = {
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


AT_ONCE = 8
"""Requests that a process works on at a time. With more, threads take the interpreter from one another after
every statement, and the slowest waits twice as long (docs/performance.md)."""

TURN = 0.001
"""Seconds for which a thread may keep the interpreter while another one wants it; Python's own are five. The
thread that leads a commit waits for the database several times, and for its turn after each."""

_READ_AHEAD = 64 * 1024
"""Bytes of a body that are read before its turn: every page of answers, and no upload."""


class Worker(ThreadWorker):  # type: ignore[misc]
    """Answers what cannot be read as a request, and what failed outside of the application."""

    def load_wsgi(self) -> None:
        """Have the application ready, and from then on look for garbage among what is made later."""
        super().load_wsgi()
        set_apart()

    def init_process(self) -> None:
        """Begin to work, after the fork."""
        sys.setswitchinterval(TURN)
        super().init_process()

    def handle_error(self, _request: Any, client: Any, _address: Any, error: BaseException) -> None:
        """Nothing of the request comes back or is written down."""
        if isinstance(error, ParseException):
            status = _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST)
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            where = "".join(traceback.format_tb(error.__traceback__))
            self.log.error("%s outside of the application\n%s", type(error).__qualname__, where)
        with suppress(OSError):
            write_nonblock(client, _refusal(status))


def set_apart() -> None:
    """What is there by now lives as long as the process. Python would go through all of it again and again to
    find garbage, while every thread waits: 60 ms or more, in the middle of somebody's page."""
    gc.collect()
    gc.freeze()


def _refusal(status: HTTPStatus) -> bytes:
    body = f"{status.phrase}\n"
    headers = {
        "Connection": "close",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **HEADERS,
    }
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", body]).encode("ascii")


def with_whole_body(application: WSGI, at_once: int = AT_ONCE) -> WSGI:
    """``application``, to which a body that breaks off or cannot be read is a bad request, and which works
    on ``at_once`` requests at a time.

    Werkzeug trusts gunicorn to hand over all of it. Half a page of answers must not be stored as a whole one.
    Who sends slowly keeps nobody waiting: a page's body is here before its turn, and an upload has no turn.
    """
    turns = threading.Semaphore(at_once)

    def run(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = _Body(environ["wsgi.input"], length)
        if length > _READ_AHEAD or "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"] = body
            return application(environ, start_response)
        environ["wsgi.input"] = _read_ahead(body, length)
        with turns:
            return application(environ, start_response)

    return run


def _read_ahead(body: _Body, length: int) -> Any:
    try:
        return io.BytesIO(body.read(length) if length else b"")
    except (BadRequest, ClientDisconnected) as error:
        return _Broken(error)


class _Broken:
    """A body that could not be read: whoever asks for it is told, and answers in the application's words."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read(self, _size: int = -1) -> bytes:
        raise self._error


class _Body:
    """gunicorn’s stream of what was sent. ``length``: bytes that were promised; 0 for chunks."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream = stream
        self._missing = length

    def read(self, size: int = -1) -> bytes:
        try:
            found: bytes = self._stream.read(size) if size >= 0 else self._stream.read()
        except ParseException as error:  # chunks are only looked at while they are read
            raise BadRequest from error
        self._missing -= len(found)
        if self._missing > 0 and (size < 0 or len(found) < size):
            raise ClientDisconnected
        return found
