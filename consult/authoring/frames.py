"""What stands in the frames of a preview: pages as respondents see them, answered and gone on from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, g, make_response, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import Markup

from consult.authoring.rehearsal import REVIEW, START, Rehearsal, laid_open, same_page, signed
from consult.http import settings
from consult.i18n import INTERFACE_LANGUAGES, Localized, LocalText, babel_code, gettext, language
from consult.questionnaires.routing import Spot, next_spot, pages, previous_spot
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.trails import remove_item
from consult.responses.compiled import PageState, View, compile_page
from consult.responses.files import is_beyond_words, pretended_files
from consult.responses.finding import FRAGMENT, searched_on, with_search
from consult.responses.items import item_list, spot_title
from consult.responses.media import media_of
from consult.responses.page import ReadPage, read_page
from consult.responses.places import place_of
from consult.responses.reading_back import ReadBack


class Frame:
    """One request for a frame: a place, answers so far, and what is shown next."""

    def __init__(self, survey: str, owner: Localized, rehearsal: Rehearsal) -> None:
        self._survey = survey
        self._owner = owner
        self._rehearsal = rehearsal

    @property
    def _questionnaire(self) -> Questionnaire:
        return self._rehearsal.questionnaire

    def at(self, place: str) -> Response:
        """What stands at an address."""
        if place == START:
            return self._start()
        if place == REVIEW:
            return self._review()
        return self._spot(self._rehearsal.spot(place) or abort(404))

    def answered(self, place: str) -> Response:
        """What follows when a button was pressed."""
        questionnaire, action = self._questionnaire, request.form.get("go", "next")
        if "to" in request.form:
            return self.at(request.form["to"])
        if place in (START, REVIEW):
            if "language" in request.form or (place == REVIEW and action != "back"):
                return self.at(place)
            evaluation = self._rehearsal.evaluation()
            last = previous_spot(questionnaire, evaluation, None) if place == REVIEW else None
            return self._go(last, place)
        spot = self._rehearsal.spot(place) or abort(404)
        if spot.page.kind == "list":
            return self._from_list(spot, action)
        return self._from_page(spot, action)

    def _go(self, spot: Spot | None, place: str) -> Response:
        if spot is not None:
            return self._spot(spot)
        if place == START:
            first = next_spot(self._questionnaire, self._rehearsal.evaluation(), None)
            return self._spot(first) if first else self._review()
        return self._review()

    def _from_list(self, spot: Spot, action: str) -> Response:
        if "remove" in request.form and spot.page.group is not None:
            trail = (*spot.trail, (spot.page.group.key, request.form.get("remove", 0, int) - 1))
            return self._with(remove_item(self._rehearsal.answers, trail))._spot(spot)
        if "language" in request.form:
            return self._spot(spot)
        return self._onward(spot, action)

    def _from_page(self, spot: Spot, action: str) -> Response:
        edition = self._edition(spot)
        there = same_page(edition, spot)
        read = read_page(
            edition,
            there.page,
            pretended_files(there.page, request.form),
            self._rehearsal.answers,
            now=self._rehearsal.now,
            language=self._rehearsal.language,
            seed=self._rehearsal.seed,
            trail=spot.trail,
        )
        if key := searched_on(there.page, request.form, read, goes_on=action == "next"):
            return self._page(there, edition, with_search(there.page, request.form, read, key), key)
        if action == "next" and not read.is_complete and "language" not in request.form:
            return self._page(there, edition, read)
        after = self._with(read.merged(self._rehearsal.answers))
        return after._spot(spot) if "language" in request.form else after._onward(spot, action)

    def _onward(self, spot: Spot, action: str) -> Response:
        step = previous_spot if action == "back" else next_spot
        following = step(self._questionnaire, self._rehearsal.evaluation(), spot)
        if following is None and action == "back":
            return self._start()
        return self._go(following, REVIEW)

    def _with(self, answers: Mapping[str, Any]) -> Frame:
        known = {key: value for key, value in answers.items() if value is not None}
        before = self._rehearsal
        after = Rehearsal(before.questionnaire, before.language, known, before.now)
        return Frame(self._survey, self._owner, after)

    def _edition(self, spot: Spot) -> Questionnaire:
        """The questionnaire itself, or with the page laid open where the answers do not lead to it."""
        if self._rehearsal.concerns(spot):
            return self._questionnaire
        return laid_open(self._questionnaire, spot.page)

    def _spot(self, spot: Spot) -> Response:
        if spot.page.kind == "list":
            return self._list(spot)
        edition = self._edition(spot)
        return self._page(same_page(edition, spot), edition, None)

    def _page(
        self, spot: Spot, edition: Questionnaire, read: ReadPage | None, searched: str = ""
    ) -> Response:
        view = View(self._rehearsal.language, interface_of(self._rehearsal.language), room="preview")
        compiled = compile_page(
            current_app.jinja_env, edition, spot.page, view, now=self._rehearsal.now, media_of=media_of()
        )
        if read is None:
            state = PageState(self._rehearsal.own(spot), self._rehearsal.inside(edition, spot))
        else:
            merged = self._with(read.merged(self._rehearsal.answers))._rehearsal
            state = PageState(merged.own(spot), read.evaluation, read.unsaved, read.errors)
        if searched and FRAGMENT in request.form:
            return make_response(compiled.found(searched, state))
        return self._shown(
            "authoring/frame_page.html",
            place_of(spot) or "",
            422 if read and not searched else 200,
            title=spot_title(edition, state.evaluation, spot),
            hint=self._rehearsal.told(spot.page.group.hint, state.evaluation) if spot.page.group else "",
            number=spot.page.index + 1,
            questions=Markup(compiled.fill(state)),  # noqa: S704  (compiled from our own escaping templates)
            summary=compiled.summarise(compiled.problems(state)) if read else "",
            is_beyond_words=is_beyond_words(spot.page),
        )

    def _list(self, spot: Spot) -> Response:
        edition = self._edition(spot)
        there = same_page(edition, spot)
        evaluation = self._rehearsal.evaluated(edition, self._rehearsal.answers)
        return self._shown(
            "authoring/frame_list.html",
            place_of(spot) or "",
            listed=item_list(edition, self._rehearsal.answers, evaluation, there),
            hint=self._rehearsal.told(spot.page.group.hint, evaluation) if spot.page.group else "",
            number=spot.page.index + 1,
        )

    def _start(self) -> Response:
        notice = self._questionnaire.notice
        paragraphs = self._rehearsal.local(notice.introduction)
        terms = (
            (gettext("Legal authority"), notice.authority),
            (gettext("What the answers are used for"), notice.purpose),
            (gettext("Who to contact"), notice.contact),
        )
        return self._shown(
            "authoring/frame_start.html",
            START,
            introduction=paragraphs,
            notice=[(term, self._rehearsal.local(text)) for term, text in terms if text],
            minutes=self._questionnaire.minutes,
        )

    def _review(self) -> Response:
        rehearsal = self._rehearsal
        back = ReadBack(self._questionnaire, rehearsal.answers, rehearsal.evaluation(), rehearsal.language)
        with force_locale(babel_code(g.lang)):  # said to staff, whoever the rest is for
            told = gettext(
                "This is a preview: here people send their answers. Nothing that you typed is stored."
            )
        for_staff = LocalText(told, g.lang)
        return self._shown(
            "authoring/frame_review.html", REVIEW, sections=back.sections(), for_staff=for_staff
        )

    def _shown(self, template: str, place: str, status: int = 200, **values: Any) -> Response:
        spoken = self._rehearsal.language
        page = render_template(
            template,
            surface="public",
            page_language=language(spoken),
            interface_language=language(interface_of(spoken)),
            asker=self._owner.pick(spoken),
            heading=self._rehearsal.local(self._questionnaire.title),
            languages=dict.fromkeys(self._questionnaire.languages, ""),
            total=len(pages(self._questionnaire)),
            action=url_for(".preview_frame", survey=self._survey, code=spoken, place=place),
            rehearsed=signed(self._rehearsal.answers, settings().secret_key),
            **values,
        )
        return make_response(page, status)


def interface_of(code: str) -> str:
    """The language of the interface beside a survey in ``code``: as in public, else the office's."""
    known = (each for each in (code, code.split("-")[0]) if each in INTERFACE_LANGUAGES)
    return next(known, g.lang)
