"""The list of a repeat in an interview: what was entered so far, one more, away with one, on."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.collecting.sitting import Interview, after, page_url
from consult.questionnaires.routing import Spot, pages, previous_spot
from consult.questionnaires.trails import Trail
from consult.responses.items import Item, ItemList, item_list
from consult.responses.places import place_of
from consult.responses.records import PageAnswers
from consult.responses.service import drop_item, save_page


def show_list(interview: Interview, spot: Spot) -> str:
    """Everything that was entered, with a way into each and a way to one more."""
    return _page(interview, spot, _listed(interview, spot))


def leave_list(interview: Interview, spot: Spot) -> str | Redirect:
    """A button of the list: remove an item (asked once more), or go on."""
    if "remove" in request.form:
        return _remove(interview, spot)
    onward = place_of(after(interview, spot, interview.evaluate(interview.draft.answers)))
    save_page(
        http.database(), interview.draft.start, PageAnswers(interview.language, onward, frozenset(), {})
    )
    return redirect(page_url(interview, onward))


def _remove(interview: Interview, spot: Spot) -> str | Redirect:
    listed = _listed(interview, spot)
    item = next((each for each in listed.items if str(each.number) == request.form["remove"]), None)
    if item is None or listed.is_fixed or spot.page.group is None:
        return redirect(page_url(interview, place_of(spot)))
    if "sure" not in request.form:
        return _page(interview, spot, listed, item)
    trail: Trail = (*spot.trail, (spot.page.group.key, item.number - 1))
    drop_item(http.database(), interview.draft.start, trail, request.form.get("size", -1, int))
    return redirect(page_url(interview, place_of(spot)))


def _listed(interview: Interview, spot: Spot) -> ItemList:
    answers = interview.draft.answers
    return item_list(interview.questionnaire, answers, interview.evaluate(answers), spot)


def _page(interview: Interview, spot: Spot, listed: ItemList, removing: Item | None = None) -> str:
    before = previous_spot(interview.questionnaire, interview.evaluate(interview.draft.answers), spot)
    return render_template(
        "collecting/list.html",
        interview=interview,
        listed=listed,
        removing=removing,
        number=spot.page.index + 1,
        total=len(pages(interview.questionnaire)),
        address=lambda place: page_url(interview, place),
        here=page_url(interview, place_of(spot)),
        back_url=page_url(interview, place_of(before)) if before else None,
    )
