"""Connections that each wait for their answer before they send the next, driven by one thread.

A thread for each would compete with the server for the processor and be measured with it; here a request
costs the sender one ``send`` and one ``recv`` (RFC 9112: answers with a Content-Length, connections kept).
"""

from __future__ import annotations

import selectors
import socket
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.load import Load


@dataclass(frozen=True)
class Request:
    """A POST of the same form, with one cookie after the other where there are some."""

    port: int
    path: str
    form: bytes
    cookies: Iterator[str] | None = None

    def bytes(self) -> bytes:
        cookie = f"Cookie: {next(self.cookies)}\r\n" if self.cookies is not None else ""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{cookie}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(self.form)}\r\n\r\n"
        )
        return head.encode() + self.form


@dataclass
class _Sender:
    request: Request
    socket: socket.socket
    sent_at: float = 0.0
    received: bytes = b""
    waited: list[float] = field(default_factory=list)

    def send(self) -> None:
        self.sent_at, self.received = time.perf_counter(), b""
        self.socket.sendall(self.request.bytes())

    def receive(self) -> bool:
        """Whether the answer is there whole. Raises RuntimeError for one that is not as it should be."""
        some = self.socket.recv(65_536)
        if not some:
            raise RuntimeError(f"{self.request.path}: the server closed the connection")
        self.received += some
        head, blank, body = self.received.partition(b"\r\n\r\n")
        if not blank:
            return False
        if head[9:12] not in (b"200", b"303"):
            raise RuntimeError(f"{self.request.path} answered {head[9:12].decode()}")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        return len(body) >= int(length)


def measure(request: Request, senders: int, seconds: float, warm_up: float = 0.5) -> Load:
    """``senders`` connections for so long. The warm-up is not counted."""
    with selectors.DefaultSelector() as waiting:
        every = [
            _Sender(request, socket.create_connection(("127.0.0.1", request.port))) for _ in range(senders)
        ]
        for sender in every:
            sender.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(sender.socket, selectors.EVENT_READ, sender)
            sender.send()
        begins = time.perf_counter() + warm_up
        ends = begins + seconds
        while time.perf_counter() < ends:
            for key, _events in waiting.select(0.1):
                sender = key.data
                if not sender.receive():
                    continue
                if sender.sent_at >= begins:
                    sender.waited.append(time.perf_counter() - sender.sent_at)
                sender.send()
        for sender in every:
            sender.socket.close()
    waited = sorted(each for sender in every for each in sender.waited)
    quantiles = statistics.quantiles(waited, n=100)
    return Load(len(waited) / seconds, quantiles[49] * 1_000, quantiles[98] * 1_000)
