"""Pages: the organisations one works for, and the profile of one."""

from __future__ import annotations

import re
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.accounts.access import actor, organisation_id
from consult.accounts.models import Organisation, OrganisationKind, Role
from consult.accounts.service import update_profile
from consult.http import database
from consult.i18n import Localized, gettext
from consult.organisations.forms import BLANK_SECTORS, ProfileForm


def organisations() -> Response:
    """A choice for who administers several; everybody else goes straight to theirs."""
    mine = [actor().organisations[found] for found in actor().organisations_as(Role.ADMIN)]
    if len(mine) == 1:
        return redirect(url_for("organisations.people", organisation=mine[0].slug), 303)
    return make_response(render_template("organisations/organisations.html", organisations=mine))


def settings(organisation: str) -> Response:
    with database().read() as unit:
        ours = unit.get_one(Organisation, organisation_id())
    form = ProfileForm(request.form, data=_as_data(ours))
    if request.method == "POST" and form.validate():
        with database().write() as unit:
            row = unit.get_one(Organisation, organisation_id(), with_for_update=True)
            update_profile(unit, row, _as_columns(form, row.profile))
        flash(gettext("The organisation is saved."))
        return redirect(url_for("organisations.settings", organisation=organisation), 303)
    page = render_template("organisations/settings.html", form=form, organisation=ours)
    return make_response(page, 200 if request.method == "GET" else 422)


def _as_data(ours: Organisation) -> dict[str, Any]:
    profile, region = ours.profile, ours.profile.get("region", {})
    sectors = [
        {"key": one["key"], "name_en": one["name"].get("en", ""), "name_fr": one["name"].get("fr", "")}
        for one in profile.get("sectors", [])
    ]
    return {
        "name_en": ours.name.get("en", ""),
        "name_fr": ours.name.get("fr", ""),
        "kind": ours.kind.value,
        "default_language": ours.default_language,
        "region_en": region.get("en", ""),
        "region_fr": region.get("fr", ""),
        "setting": profile.get("setting", ""),
        "population": profile.get("population"),
        "newcomer_share": profile.get("newcomer_share"),
        "sectors": sectors + [{}] * BLANK_SECTORS,
        "small_group_threshold": ours.small_group_threshold,
        "requires_second_factor": ours.requires_second_factor,
    }


def _as_columns(form: ProfileForm, before: dict[str, Any]) -> dict[str, Any]:
    share = form.newcomer_share.data
    profile = {
        "region": dict(Localized({"en": form.region_en.data or "", "fr": form.region_fr.data or ""})),
        "setting": form.setting.data,
        "population": form.population.data,
        "newcomer_share": None if share is None else float(share),
        "sectors": _sectors(form, {one["key"] for one in before.get("sectors", [])}),
    }
    return {
        "name": Localized({"en": form.name_en.data or "", "fr": form.name_fr.data or ""}),
        "kind": OrganisationKind(form.kind.data),
        "profile": {**before, **profile},
        "default_language": form.default_language.data,
        "small_group_threshold": form.small_group_threshold.data,
        "requires_second_factor": form.requires_second_factor.data,
    }


def _sectors(form: ProfileForm, known: set[str]) -> list[dict[str, Any]]:
    """Sectors that have a name; a known key is kept whatever the name becomes, a new one gets a free key."""
    sectors: list[dict[str, Any]] = []
    taken: set[str] = set()
    for entry in form.sectors.data:
        name = Localized({"en": (entry["name_en"] or "").strip(), "fr": (entry["name_fr"] or "").strip()})
        if not name:
            continue
        key = entry["key"] if entry["key"] in known - taken else _free_key(name, known | taken)
        taken.add(key)
        sectors.append({"key": key, "name": dict(name)})
    return sectors


def _free_key(name: Localized, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", name.pick("en").lower()).strip("_")[:40] or "sector"
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if key not in taken)
