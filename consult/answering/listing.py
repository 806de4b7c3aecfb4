"""The list of a repeat: who or what was entered so far, one more, away with one, on."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.notice import language_urls
from consult.answering.sitting import Sitting
from consult.questionnaires.routing import Spot, pages
from consult.questionnaires.trails import Trail
from consult.responses.items import Item, ItemList, item_list
from consult.responses.places import place_of
from consult.responses.service import drop_item


def show_list(sitting: Sitting, spot: Spot) -> str:
    """Everything that was entered, with a way into each and a way to one more."""
    return _page("answering/list.html", sitting, spot, _listed(sitting, spot))


def is_about_removing() -> bool:
    """Whether the button that was pressed stands beside an item."""
    return "remove" in request.form


def remove(sitting: Sitting, spot: Spot) -> Response | Redirect:
    """Ask once more; then delete the item, once, and show the list that is left."""
    listed = _listed(sitting, spot)
    item = next((each for each in listed.items if str(each.number) == request.form["remove"]), None)
    here = redirect(sitting.url(spot, review=request.args.get("review")), 303)
    if item is None or listed.is_fixed or spot.page.group is None:
        return here
    if request.form.get("go") != "remove":
        return Response(_page("answering/remove.html", sitting, spot, listed, item=item))
    trail: Trail = (*spot.trail, (spot.page.group.key, item.number - 1))
    drop_item(http.database(), sitting.start, trail, request.form.get("size", -1, int))
    return here


def _listed(sitting: Sitting, spot: Spot) -> ItemList:
    return item_list(sitting.questionnaire, sitting.answers, sitting.evaluation, spot)


def _page(template: str, sitting: Sitting, spot: Spot, listed: ItemList, *, item: Item | None = None) -> str:
    questionnaire, survey = sitting.questionnaire, sitting.entry.survey
    place = place_of(spot)
    review = request.args.get("review")
    about: dict[str, Any] = {
        "address": lambda place: url_for("answering.page", survey=survey, page=place, review=review),
        "here": sitting.url(spot, review=review),
        "asker": sitting.standing.asker,
        "urls": language_urls("answering.page", questionnaire, survey=survey, page=place),
        "title": sitting.local(questionnaire.title),
        "hint": sitting.told(spot.page.group.hint) if spot.page.group else "",
        "number": spot.page.index + 1,
        "total": len(pages(questionnaire)),
        "help_url": url_for("answering.start", survey=survey, _anchor="help"),
    }
    return render_template(template, listed=listed, item=item, **about)
