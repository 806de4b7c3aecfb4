"""Signing in and out, and one's own account."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("accounts", __name__, template_folder="templates")


@blueprint.get("/login")
def login() -> str:
    return render_template("accounts/login.html")


@blueprint.get("/account")
def account() -> str:
    return render_template("accounts/login.html")


@blueprint.post("/logout")
def logout() -> str:
    return render_template("accounts/login.html")
