"""What is no request, or only a part of one, sent to a running server byte by byte."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from consult.cli.worker import AT_ONCE
from consult.http import HEADERS
from tests.live import Live, example, serving

HEAD = b"POST /en/resume HTTP/1.1\r\nHost: here\r\nUser-Agent: canary\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"

BROKEN = {
    "another protocol": b"\x16\x03\x01canary\r\n\r\n",
    "a path that is not ASCII": b"GET /canary\xff HTTP/1.1\r\n\r\n",
    "a path too long": b"GET /" + b"canary" * 2_000 + b" HTTP/1.1\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\n" + b"X: canary\r\n" * 200 + b"\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\ncanary one: 1\r\n\r\n",
    "a length that is none": HEAD + FORM + b"Content-Length: canary\r\n\r\n",
    "two lengths": HEAD + FORM + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an encoding of its own": HEAD + FORM + b"Transfer-Encoding: canary\r\n\r\n",
    "an expectation of its own": HEAD + b"Expect: canary\r\nContent-Length: 1\r\n\r\nx",
    "a chunk without length": HEAD + FORM + b"Transfer-Encoding: chunked\r\n\r\ncanary\r\n0\r\n\r\n",
    "a version to come": b"GET /canary HTTP/9.9\r\n\r\n",
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with serving(example(tmp_path_factory.mktemp("broken"))) as running:
        yield running


def sent(live: Live, data: bytes) -> bytes:
    """The answer to ``data``, after which nothing more comes."""
    place = urlsplit(live.base)
    with socket.create_connection((place.hostname, place.port or 80), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_request_is_refused_with_our_headers_and_without_a_word_of_it(
    live: Live, what: str
) -> None:
    answer = sent(live, BROKEN[what]).decode("latin-1")
    status = int(answer.split()[1])
    assert 400 <= status < 500 or status == 501
    assert [name for name, value in HEADERS.items() if f"{name}: {value}" not in answer] == []
    assert "canary" not in answer


def test_nothing_of_it_is_written_down(live: Live) -> None:
    for data in BROKEN.values():
        sent(live, data)
    written = live.written()
    assert "canary" not in written
    assert "127.0.0.1" not in written


@pytest.mark.parametrize("promised", [12, 200, 70_000])
def test_page_that_broke_off_on_its_way_is_not_taken_for_a_whole_one(live: Live, promised: int) -> None:
    answer = sent(live, HEAD + FORM + b"Content-Length: %d\r\n\r\ncode=canary" % promised)
    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "rest",
    [b"Content-Length: 6\r\n\r\ncode=x", b"Transfer-Encoding: chunked\r\n\r\n6\r\ncode=x\r\n0\r\n\r\n"],
)
def test_whole_page_is_taken_however_it_is_packed(live: Live, rest: bytes) -> None:
    assert sent(live, HEAD + FORM + rest).startswith(b"HTTP/1.1 422")  # no such code


def test_people_who_send_slowly_keep_nobody_waiting(live: Live) -> None:
    place = urlsplit(live.base)
    slow = [socket.create_connection((place.hostname, place.port or 80)) for _sender in range(3 * AT_ONCE)]
    try:
        for connection in slow:
            connection.sendall(HEAD + FORM + b"Content-Length: 9\r\n\r\ncode=")
        answer = sent(live, b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    finally:
        for connection in slow:
            connection.close()
    assert answer.startswith(b"HTTP/1.1 200")
