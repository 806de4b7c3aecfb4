"""What other programs would trip over is refused, where it stands, and before it costs anything."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.responses.strict_json import JSONRefused, read_strictly

LONGEST = 10_000


def _refused(raw: str | bytes, *, longest: int = LONGEST) -> JSONRefused:
    with pytest.raises(JSONRefused) as caught:
        read_strictly(raw if isinstance(raw, bytes) else raw.encode(), longest=longest)
    return caught.value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('{"a": [1, 2.5, "é", true, null]}', {"a": [1, 2.5, "é", True, None]}),
        ('"[[[[[[[[[[ brackets in a text ]]"', "[[[[[[[[[[ brackets in a text ]]"),
        (r'"\"[[[[[[[[[[["', '"[[[[[[[[[[['),
        (r'["\\", "[[[[[[[[["]', ["\\", "[[[[[[[[["]),
        ("[[[[[[[[1]]]]]]]]", [[[[[[[[1]]]]]]]]),
        ("[[],[],[],[],[],[],[],[],[]]", [[]] * 9),
        ("9007199254740992", 2**53),
        ("-9007199254740992", -(2**53)),
        (r'"\ud83d\ude00"', "😀"),
        ("1e20", 1e20),
    ],
)
def test_well_formed_json_is_read(raw: str, expected: Any) -> None:
    assert read_strictly(raw.encode(), longest=LONGEST) == expected


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("NaN", ()),
        ('{"a": Infinity}', ("a",)),
        ('{"a": [1, -Infinity]}', ("a", 1)),
        ("9007199254740993", ()),
        ('{"a": {"b": 12345678901234567890}}', ("a", "b")),
        ("1e999", ()),
        ('{"a": 1, "a": 1}', ("a",)),
        ('{"x": {"a": 1, "b": 2, "a": 3}}', ("x", "a")),
        (r'{"a": "\u0000"}', ("a",)),
        (r'{"a": "half \ud800 pair"}', ("a",)),
        (r'{"a": {"\udfff": 1}}', ("a",)),
    ],
)
def test_what_databases_trip_over_is_refused_where_it_stands(raw: str, path: tuple[Any, ...]) -> None:
    assert _refused(raw).path == path


@pytest.mark.parametrize(
    "raw",
    ["", " ", "{", '{"a": 1,}', "{'a': 1}", '{"a": 1} 2', "[1 2]", '"open', "\ufeff{}", "nul", '"tab\there"'],
)
def test_what_is_not_json_is_refused(raw: str) -> None:
    assert _refused(raw).path == ()


@pytest.mark.parametrize("raw", [b"\xff", b'"\xed\xa0\x80"', b'"\xc0\x80"', '{"a": 1}'.encode("utf-16")])
def test_what_is_not_utf8_is_refused(raw: bytes) -> None:
    assert "UTF-8" in str(_refused(raw).reason)


@pytest.mark.parametrize("raw", ["[" * 9 + "]" * 9, '{"a":' * 9 + "1" + "}" * 9, "[" * 5_000])
def test_deep_nesting_is_refused(raw: str) -> None:
    assert "8" in str(_refused(raw).reason)


def test_sixty_thousand_brackets_cost_nothing() -> None:
    started = time.process_time()
    _refused("[" * 60_000, longest=100_000)

    assert time.process_time() - started < 2


@pytest.mark.parametrize("raw", ['"' + "\\" * 60_000, '"' * 60_000, '"' + 'a\\"' * 30_000, "9" * 99_000])
def test_hostile_text_is_read_in_linear_time(raw: str) -> None:
    started = time.process_time()
    _refused(raw, longest=100_000)

    assert time.process_time() - started < 2


def test_what_is_too_long_is_refused_unread() -> None:
    assert "10" in str(_refused(b"\xff" * 11, longest=10).reason)


def test_reason_does_not_say_what_was_answered() -> None:
    for raw in ('{"a": "my secret" "b"}', '{"a": "my secret \\ud800"}', '{"my secret'):
        refused = _refused(raw)
        assert "secret" not in f"{refused} {refused.reason} {refused.path}"


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
documents = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(documents)
def test_what_was_written_is_what_is_read(document: Any) -> None:
    raw = json.dumps(document).encode()

    assert read_strictly(raw, longest=1_000_000, deepest=50) == document


@given(st.binary(max_size=60) | st.text('[]{}",:\\u0eEdN1-. \x00', max_size=60).map(str.encode))
def test_whatever_comes_is_read_or_refused(raw: bytes) -> None:
    with suppress(JSONRefused):
        read_strictly(raw, longest=50)
