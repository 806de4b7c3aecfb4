"""A process that answers does not stop in the middle of a page to look through what it will always need."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from consult.cli.worker import Worker


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_the_application_is_left_out_when_garbage_is_looked_for() -> None:
    application = {"pages": [[]]}
    worker = Worker.__new__(Worker)
    worker.app = SimpleNamespace(wsgi=lambda: application)
    worker.load_wsgi()
    assert worker.wsgi is application
    assert not any(each is application for each in gc.get_objects())
    assert gc.isenabled()
