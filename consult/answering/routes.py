"""Answering a survey: start, pages, review, receipt."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("answering", __name__, template_folder="templates")
