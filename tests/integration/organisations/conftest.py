"""An office on each engine."""

from __future__ import annotations

import pytest

from consult.db import Database
from consult.settings import Settings
from tests.office import Office


@pytest.fixture
def office(settings: Settings, database: Database) -> Office:
    return Office(settings, database)
