"""What takes minutes runs in ``make conformance`` alone."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("-m"):
        return
    skip = pytest.mark.skip(reason="takes minutes: make conformance")
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(skip)
