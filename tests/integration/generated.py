"""Requests as nobody would make them by hand: any route by any method, odd parts, fields and headers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from consult.accounts.rules import RULES
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
HEADERS: dict[str, tuple[str, ...]] = {
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
    "HTTP_COOKIE": (
        *(
            "answers=",
            "answers=x.y",
            "answers=W10.abc",
            "session=\xff",
            "consult_office=.eJx",
            "=;=;;",
            "a" * 9_000,
        ),
        *(
            "consult_office=eyJhIjoxfQ.x.y; consult_office=again",
            'answers="\\"; path=/',
            "remember_token=1|x",
        ),
    ),
    "CONTENT_LENGTH": ("", "-1", "x", "99999999999", "3"),
}
TYPES = (
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
RAW = (
    b"",
    b"\xff\xfe\x00",
    b"&=&=&",
    b"--x\r\n\r\n--x--",
    b"[" * 60_000,
    b'{"a": NaN, "b": "\\ud800"}',
    b"%ED%A0%80=%00",
)

NAMES = (
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
AT_ONCE = 20
ANYBODY = ["", "admin", "has agreed", "has answered", "staff"]

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

    def of(self, there: Installation) -> tuple[int, dict[str, list[str]], bytes]:
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


def requests(there: Installation, forms: Mapping[str, Pairs]) -> st.SearchStrategy[list[Asked]]:
    """A dozen at a time. ``forms``: mount and rule of a page → all fields of its forms with their values."""
    routes = every_route(there)

    def make(given: tuple[Random, list[str]]) -> list[Asked]:
        luck, texts = given
        return [
            Making(there, forms, luck, (*ODD, *texts)).request(*luck.choice(routes)) for _n in range(AT_ONCE)
        ]

    return st.tuples(st.randoms(use_true_random=True), st.lists(st.text(max_size=20), max_size=20)).map(make)


def every_route(there: Installation) -> list[tuple[str, Rule]]:
    """Where it is mounted, and what it is."""
    mounted = (("", there.public), ("/office", there.office))
    return [(mount, rule) for mount, app in mounted for rule in app.url_map.iter_rules()]


@dataclass(frozen=True)
class Making:
    """Makes a request, usual in most of its parts: what is odd everywhere gets nowhere."""

    there: Installation
    forms: Mapping[str, Pairs]
    luck: Random
    odd: tuple[str, ...]

    def request(self, mount: str, rule: Rule) -> Asked:
        luck = self.luck
        own = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        method = luck.choice(METHODS) if self.happens(0.1) else luck.choice(own)
        kind, body = ("", b"") if method == "GET" else self.body(self.form(mount + rule.rule))
        headers = [self.header() for _n in range(luck.randint(1, 3))] if self.happens(0.15) else []
        path = mount + address_of(rule, self.parts(rule), self.there.things)
        query = _encoded(self.odd_pairs()) if self.happens(0.3) else ""
        return Asked(self.visitor(rule), method, path, query, kind, body, tuple(headers))

    def happens(self, chance: float) -> bool:
        return self.luck.random() < chance

    def visitor(self, rule: Rule) -> str:
        """Somebody whom the route is for, or anybody."""
        roles = RULES[rule.endpoint].roles if rule.endpoint in RULES else None
        meant = (
            sorted(role.value for role in roles)
            if roles
            else ["has agreed", "has answered", "staff", "admin", ""]
        )
        return self.luck.choice(sorted(self.there.cookies) if self.happens(0.2) else meant)

    def parts(self, rule: Rule) -> dict[str, str | None]:
        return {name: self.luck.choice(self.odd) if self.happens(0.08) else None for name in rule.arguments}

    def form(self, page: str) -> list[tuple[str, str]]:
        """The form of a page as somebody may have filled it in, or as nobody could."""
        pairs = [
            (name, self.luck.choice(self.odd) if self.happens(0.1) else value)
            for name, value in self.forms.get(page, ())
            if not self.happens(0.25)
        ]
        pairs += self.odd_pairs() if self.happens(0.3) else []
        pairs += [self.luck.choice(pairs)] if pairs and self.happens(0.2) else []
        self.luck.shuffle(pairs)
        return [
            *pairs,
            ("csrf_token", self.luck.choice(self.odd) if self.happens(0.08) else self.there.token),
        ]

    def odd_pairs(self) -> list[tuple[str, str]]:
        names = (*NAMES, self.luck.choice(self.odd))
        return [
            (self.luck.choice(names), self.luck.choice(self.odd)) for _n in range(self.luck.randint(1, 4))
        ]

    def header(self) -> tuple[str, str]:
        name = self.luck.choice(sorted(HEADERS))
        return name, self.luck.choice(HEADERS[name])

    def body(self, pairs: list[tuple[str, str]]) -> tuple[str, bytes]:
        """The fields as a form, usually; else as other content, or something else under its name."""
        form = ("application/x-www-form-urlencoded", _encoded(pairs).encode("ascii"))
        parts = ("multipart/form-data; boundary=line", _multipart(pairs))
        if self.happens(0.1):
            return self.luck.choice((*TYPES, form[0], parts[0])), self.luck.choice((form[1], parts[1], *RAW))
        has_file = any(_is_file(name) for name, _value in pairs)
        return parts if has_file or self.happens(0.1) else form


def _is_file(name: str) -> bool:
    return name == "file" or name.endswith("/upload")


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Percent-encoded, also what is no Unicode (a lone surrogate)."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _multipart(pairs: Iterable[tuple[str, str]]) -> bytes:
    parts = []
    for name, value in pairs:
        clean = name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\r\n", b" ")
        file = b'; filename="odd.xlsx"' if _is_file(name) else b""
        head = b'--line\r\nContent-Disposition: form-data; name="' + clean + b'"' + file + b"\r\n\r\n"
        parts.append(head + value.encode("utf-8", "surrogatepass") + b"\r\n")
    return b"".join(parts) + b"--line--\r\n"


def address_of(rule: Rule, given: Mapping[str, str | None], things: Mapping[str, str]) -> str:
    """The path of a route with these parts; where None is given, something that exists."""
    there = {**things, "lang": "fr"}
    if rule.endpoint in ("collecting.entry", "collecting.correct"):
        there["response"] = things["entry"]
    if "/quotes/" in rule.rule:
        there |= {"response": things["entry"], "entry": "0"}
    if rule.endpoint == "accounts.reset":
        there["token"] = things["reset"]
    chosen = {name: there[name] if part is None else part for name, part in given.items()}
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: chosen[found[1]], rule.rule)
    return path.encode("utf-8", "surrogatepass").decode("latin-1")
