"""Data collectors: assignments, interviews, own entries."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("collecting", __name__, template_folder="templates")
