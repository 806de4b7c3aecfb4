"""Requests as nobody would make them by hand: any route by any method, odd parts, fields and headers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from tests.integration.installation import Installation

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "get", "PROPFIND")
LONG = "long " * 12_000

ODD = (
    *("", " ", "0", "-1", "1e400", "NaN", "-0", "٣", "９", "99999999999999999999999", "1,5", "0x10", "½"),
    *("2026-02-30", "2026-03-05", "9999-12-31", "0000-00-00", "25:61", "09:30", "2026-03-05T09:30:00-05:00"),
    *(
        "\0",
        "a\0b",
        "\ud800",
        "\udfff\ud800",
        "\uffff",
        "\ufeff",
        "\u202e",
        "e\u0301",
        "𐍈",
        "\r\nX-Odd: 1",
        "\x1b[2J",
    ),
    *(
        "../../etc/passwd",
        "..%2f",
        "%00",
        "%",
        "${town}",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "' or 1=1 --",
    ),
    *("[" * 5_000, "{" * 5_000, "(" * 5_000, "a[b][c][d]", "[[]]", "null", "true", "=1+1", "//evil.example"),
    *("00000000-0000-0000-0000-000000000000", "en", "fr", "ar", "zh-Hans", "ti", "x-klingon", "EN", "en-CA"),
    *("yes", "no", "a", "b", "none", "other", "OK", "next", "back", "save", "leave", "codes", "both", "xlsx"),
    *("online", "collector", "draft", "_language", "someone@example.org", LONG),
)
_HEADERS: dict[str, tuple[str, ...]] = {
    "HTTP_ACCEPT_LANGUAGE": (
        "fr-CA,en;q=.5",
        "*",
        ";;;",
        "fr;q=9999",
        "en;q=nan",
        "\xff\xfe",
        "a" * 9_000,
        "ar;q=-1",
    ),
    "HTTP_ORIGIN": (
        "http://localhost",
        "null",
        "https://evil.example",
        "http://[",
        "//",
        "http://localhost:99999999",
    ),
    "HTTP_HOST": (
        "localhost",
        "evil.example",
        "[::1",
        "localhost:99999",
        "a b",
        "",
        "xn--",
        "é",
        "localhost:x",
    ),
    "HTTP_SEC_FETCH_SITE": ("same-origin", "none", "cross-site", "same-site", "odd"),
    "HTTP_ACCEPT_ENCODING": ("gzip", "gzip;q=0", "br, *;q=x", "identity;q=0", "\xff"),
    "HTTP_RANGE": ("bytes=0-", "bytes=5-1", "bytes=-", "bytes=0-1,3-4,9-99999999999", "lines=1"),
    "HTTP_IF_NONE_MATCH": ("*", 'W/"x"', '"', ",,,"),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo 9999", "0"),
    "HTTP_AUTHORIZATION": ("Basic eA==", "Basic %%%", "Bearer x", "Digest a=b, c", "\xff"),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1, ::1", "'; drop"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_USER_AGENT": ("", "Mozilla/5.0 \xff", "a" * 9_000),
    "HTTP_AUTHENTICATION_TOKEN": ("x", "WyIxIl0.x.y"),
    "CONTENT_LENGTH": ("", "-1", "x", "99999999999", "3"),
}
_TYPES = (
    *(
        "application/json",
        "text/plain",
        "",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "a/b/c;;=",
    ),
    *("application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; boundary=" + "x" * 300),
)
_COOKIES = (
    *(
        "answers=",
        "answers=x.y",
        "answers=W10.abc",
        "session=\xff",
        "consult_office=.eJx",
        "=;=;;",
        "a" * 9_000,
    ),
    *("consult_office=eyJhIjoxfQ.x.y; consult_office=again", 'answers="\\"; path=/', "remember_token=1|x"),
)
_RAW = (
    b"",
    b"\xff\xfe\x00",
    b"&=&=&",
    b"--x\r\n\r\n--x--",
    b"[" * 60_000,
    b'{"a": NaN, "b": "\\ud800"}',
    b"%ED%A0%80=%00",
)

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, repr=False)
class Asked:
    """One request. ``path`` as bytes in Latin-1, as WSGI has it; ``who``: whose cookies come with it."""

    who: str
    method: str
    path: str
    query: str
    kind: str
    body: bytes
    headers: Pairs

    def __repr__(self) -> str:
        parts = (self.who, self.method, self.path, self.query, self.kind, self.body, self.headers)
        return f"Asked({', '.join(f'{part!r:.400}' for part in parts)})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """For Hypothesis, which would write out everything."""
        printer.text(repr(self))

    def of(self, there: Installation) -> tuple[int, Mapping[str, list[str]], bytes]:
        """Send it; gives status, headers (lower case) and body."""
        environ = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.kind,
            "CONTENT_LENGTH": str(len(self.body)),
            "HTTP_COOKIE": there.cookies[self.who],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **dict(self.headers),
        }
        chunks, status, headers = run_wsgi_app(there.wsgi, environ, buffered=True)
        found: dict[str, list[str]] = {}
        for name, value in headers:
            found.setdefault(name.lower(), []).append(value)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return int(status.split()[0]), found, body


def requests(there: Installation, fields: Mapping[str, tuple[str, ...]]) -> st.SearchStrategy[Asked]:
    """``fields``: mount and rule → names that the forms of its page are known to have."""
    routes = every_route(there)
    value = st.sampled_from(ODD) | st.text(max_size=20)
    part = _mostly(st.none(), value)

    @st.composite
    def request(draw: Any) -> Asked:
        mount, rule = draw(st.sampled_from(routes))
        own = tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        method = draw(_mostly(st.sampled_from(own), st.sampled_from(METHODS)))
        given = {name: draw(part) for name in sorted(rule.arguments)}
        query = draw(_mostly(st.just(""), st.lists(st.tuples(_NAMES, value), max_size=4).map(_encoded)))
        name = _mostly(st.sampled_from(fields.get(mount + rule.rule, ("go",))), _NAMES | value)
        pairs = draw(st.lists(st.tuples(name, value), max_size=8)) if method != "GET" else []
        pairs.append(("csrf_token", draw(_mostly(st.just(there.token), value))))
        kind, body = draw(_bodies(pairs)) if method != "GET" else ("", b"")
        headers = draw(_mostly(st.just(()), _ODD_HEADERS))
        who = draw(st.sampled_from(sorted(there.cookies)))
        return Asked(who, method, mount + address_of(rule, given, there.things), query, kind, body, headers)

    return request()


def every_route(there: Installation) -> list[tuple[str, Rule]]:
    """Where it is mounted, and what it is."""
    mounted = (("", there.public), ("/office", there.office))
    return [(mount, rule) for mount, app in mounted for rule in app.url_map.iter_rules()]


def _mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Usual three times out of four: what is odd everywhere gets nowhere."""
    return st.integers(0, 3).flatmap(lambda chance: odd if chance == 3 else usual)


_NAMES = st.sampled_from(
    (
        *(
            "language",
            "go",
            "part",
            "from",
            "by",
            "channel",
            "collector",
            "since",
            "until",
            "words",
            "lost",
            "at",
        ),
        *("review", "autosave", "switch", "interview_language", "second_language", "live", "locked", "next"),
        *(
            "q-town",
            "q-many",
            "q-many/other",
            "q-order/a",
            "q-one",
            "q-since",
            "q-moment",
            "q-age",
            "spoken-story",
        ),
        *("translated-story", "notice", "code", "email", "password", "reason", "csrf_token", "file", "roles"),
    )
)
_ODD_HEADERS = st.lists(
    st.one_of(
        *(st.tuples(st.just(name), st.sampled_from(values)) for name, values in sorted(_HEADERS.items())),
        st.tuples(st.just("HTTP_COOKIE"), st.sampled_from(_COOKIES)),
    ),
    max_size=3,
).map(tuple)


def _bodies(pairs: Iterable[tuple[str, str]]) -> st.SearchStrategy[tuple[str, bytes]]:
    """The fields as a form, usually; else as another kind of content, or something else under its name."""
    form = _encoded(pairs).encode("ascii")
    good = ("application/x-www-form-urlencoded", form)
    several = ("multipart/form-data; boundary=line", _multipart(pairs))
    odd = st.tuples(
        st.sampled_from((*_TYPES, good[0], several[0])), st.sampled_from((form, several[1], *_RAW))
    )
    return _mostly(st.sampled_from((good, good, several)), odd)


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Percent-encoded, also what is no Unicode (a lone surrogate)."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _multipart(pairs: Iterable[tuple[str, str]]) -> bytes:
    parts = []
    for name, value in pairs:
        clean = name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\r\n", b" ")
        file = b'; filename="odd.xlsx"' if name == "file" else b""
        head = b'--line\r\nContent-Disposition: form-data; name="' + clean + b'"' + file + b"\r\n\r\n"
        parts.append(head + value.encode("utf-8", "surrogatepass") + b"\r\n")
    return b"".join(parts) + b"--line--\r\n"


def address_of(rule: Rule, given: Mapping[str, str | None], things: Mapping[str, str]) -> str:
    """The path of a route with these parts; where None is given, something that exists."""
    there = {**things, "lang": "fr"}
    if rule.endpoint in ("collecting.entry", "collecting.correct"):
        there["response"] = things["entry"]
    if rule.endpoint == "accounts.reset":
        there["token"] = things["reset"]
    chosen = {name: there[name] if part is None else part for name, part in given.items()}
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: chosen[found[1]], rule.rule)
    return path.encode("utf-8", "surrogatepass").decode("latin-1")
