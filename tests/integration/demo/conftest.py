"""A small edition of the example: everything but the number of made-up responses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from consult.db import Database
from consult.demo import load
from consult.demo.load import Example, load_demo
from consult.demo.organisations import ORGANISATIONS

SECRET_KEY = "a key that only tests know"
TODAY = dt.date(2026, 11, 22)
SMALL = tuple(replace(organisation, responses=40) for organisation in ORGANISATIONS)

Load = Callable[[dt.date], list[Example]]


@pytest.fixture
def load_example(database: Database, monkeypatch: pytest.MonkeyPatch) -> Load:
    monkeypatch.setattr(load, "ORGANISATIONS", SMALL)
    return lambda today: load_demo(database, SECRET_KEY, today)
