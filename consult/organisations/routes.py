"""The office of an organisation: my work, its people, its profile."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("organisations", __name__, template_folder="templates")


@blueprint.get("/")
def work() -> str:
    return render_template("organisations/work.html")
