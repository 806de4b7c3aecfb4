"""All pages of this room: whoever registers ``blueprint`` from here has them."""

from __future__ import annotations

from consult.reports import (
    cleared_routes,
    compare_routes,
    definition_routes,
    download_routes,
    edition_routes,
    job_routes,
    live_routes,
    print_routes,
    profile_routes,
    progress_routes,
    sent_files,
    target_routes,
    trend_routes,
)
from consult.reports.routes import blueprint

PAGES = (
    cleared_routes,
    compare_routes,
    definition_routes,
    download_routes,
    edition_routes,
    job_routes,
    live_routes,
    print_routes,
    profile_routes,
    progress_routes,
    sent_files,
    target_routes,
    trend_routes,
)
"""Modules that add pages to the blueprint; to be imported is what adds them."""

__all__ = ["PAGES", "blueprint"]
