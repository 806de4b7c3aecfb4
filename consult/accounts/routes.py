"""The addresses of this room: signing in and out, links, one's own account."""

from __future__ import annotations

from flask import Blueprint

from consult.accounts import links, own_account, signing_in

blueprint = Blueprint("accounts", __name__, template_folder="templates")

for address, view in (
    ("/login", signing_in.login),
    ("/login/code", signing_in.code),
    ("/logout", signing_in.logout),
    ("/confirm", signing_in.confirm),
    ("/forgotten", links.forgotten),
    ("/reset/<token>", links.reset),
    ("/invitation/<token>", links.invitation),
    ("/account", own_account.account),
    ("/account/password", own_account.password),
    ("/account/second-factor", own_account.second_factor),
):
    blueprint.add_url_rule(address, view_func=view, methods=["GET", "POST"])

blueprint.add_url_rule(
    "/account/second-factor/recovery-codes", view_func=own_account.recovery_codes, methods=["POST"]
)
blueprint.add_url_rule(
    "/account/second-factor/remove", view_func=own_account.remove_second_factor, methods=["POST"]
)
