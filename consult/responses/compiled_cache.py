"""Compiled pages that are kept: as many as fit."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from consult.responses.compiled_document import Compiled
from consult.responses.compiled_views import View

MOST_BYTES = 64 * 1024 * 1024
"""Of compiled pages in one process."""


class PageCache:
    """Compiled pages, the least recently used forgotten first. Thread-safe; a page may be made twice."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._pages: dict[tuple[str, str, View], Compiled] = {}
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[str, str, View], make: Callable[[], Compiled]) -> Compiled:
        """The page under ``key``, made on first use."""
        with self._lock:
            found = self._pages.pop(key, None)
            if found is not None:
                self._pages[key] = found  # now the most recently used
                return found
        made = make()
        with self._lock:
            if key not in self._pages:
                self._pages[key] = made
                self._bytes += made.size
            while self._bytes > self._most_bytes and len(self._pages) > 1:
                self._bytes -= self._pages.pop(next(iter(self._pages))).size
        return made
