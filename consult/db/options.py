"""Execution options that statements of the house carry."""

from __future__ import annotations

from typing import Any

COUNTED: dict[str, Any] = {"preserve_rowcount": True}
"""How many rows an INSERT has added is known afterwards."""
