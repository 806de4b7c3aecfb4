"""How documents are written into the database."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.db import write_json

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
DOCUMENTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(DOCUMENTS)
def test_what_is_written_is_read_back_as_it_was(document: Any) -> None:
    assert json.loads(write_json(document)) == document


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_json({"year": [2019, number]})


@pytest.mark.parametrize("value", [dt.date(2026, 3, 5), {1}, b"bytes"])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        write_json({"answer": value})


def test_letters_stay_letters() -> None:
    assert write_json({"wish": "عمل"}) == '{"wish":"عمل"}'
