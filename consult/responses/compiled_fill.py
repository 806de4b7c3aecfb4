"""Filling the holes of one question: what stands in them for one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from consult.i18n import LocalText, language
from consult.questionnaires.routing import Evaluation, QuestionState
from consult.questionnaires.specification import Questionnaire
from consult.questions import Given, Question, kind_of
from consult.questions.kind import Kind, Message
from consult.questions.long_lists import FIND
from consult.responses.compiled_find import entry_choices, found_choices, found_words
from consult.responses.compiled_marks import Piece, Region
from consult.responses.compiled_near import place_before
from consult.responses.compiled_views import ANY, View, digit
from consult.responses.page import Unsaved, typed_again
from consult.responses.page_form import is_missing
from consult.responses.page_text import answer_in_words, with_answers

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PageState:
    """How a page stands for one person.

    ``evaluation`` of ``answers`` (all stored ones, or those of ``ReadPage.merged``); ``unsaved`` and
    ``errors`` as in ReadPage; ``room`` fills the frame's own holes: HTML as Markup, anything else is escaped.
    """

    answers: Mapping[str, Any]
    evaluation: Evaluation
    unsaved: Unsaved = field(default_factory=lambda: NOTHING)
    errors: Mapping[str, Message] = field(default_factory=lambda: NOTHING)
    room: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all questions of a compiled page share.

    ``required``, ``optional`` and ``problem`` (before the id, before the message, after it) are HTML in the
    language of the interface.
    """

    questionnaire: Questionnaire
    view: View
    required: str
    optional: str
    problem: tuple[str, str, str]

    def error(self, id_: str, message: Message) -> str:
        """The paragraph that says what to correct."""
        start, middle, end = self.problem
        return f"{start}{escape(id_)}{middle}{told(message, self.view)}{end}"

    def piped(self, evaluation: Evaluation, key: str, code: str) -> str:
        """An answer as it stands in another text, in that text's language; plain text."""
        return answer_in_words(self.questionnaire, evaluation, key, code)

    def filled(self, text: LocalText, evaluation: Evaluation) -> LocalText:
        """A text with the answers it names in their places; plain text."""
        return LocalText(with_answers(text, self.questionnaire, evaluation, text.language), text.language)


def told(message: Message, view: View) -> Markup:
    """A message, marked with its language where that is not the page's."""
    code = message.language if isinstance(message, LocalText) else view.interface
    text = escape(str(message))
    if code == view.language:
        return text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(code, language(code).direction, text)


@dataclass(frozen=True, slots=True)
class Slots:
    """Where one question's holes are."""

    question: Question
    kind: Kind
    id: str
    holes: Mapping[str, tuple[int, ...]]
    on: Mapping[str, tuple[int, ...]]
    details: Mapping[str, tuple[int, ...]]
    region: tuple[int, Region] | None
    on_word: str
    off_word: str
    locked: str
    described: str
    shows_all_choices: bool

    def fill(self, parts: list[str], state: PageState, setting: Setting) -> None:
        """Write this question's holes into ``parts``."""
        key = self.question.key
        now = state.evaluation.states[key]
        if not now.relevant:
            self._put(parts, "hidden", " hidden")
        self._put(parts, "necessity", setting.required if is_missing(now) else setting.optional)
        if now.read_only:
            self._put(parts, "read_only", self.locked)
        if "near" in self.holes:
            self._put(parts, "near", place_before(setting.questionnaire, key, state.answers))
        if key in state.errors:
            self._put(parts, "error", setting.error(self.id, state.errors[key]))
            self._put(parts, "described", self.described)
        given = self._given(state, now, setting.view)
        if self.region is not None:
            place, region = self.region
            if self.question.entries_of:
                parts[place] = entry_choices(self.question, region, given, now, setting.view, self.locked)
            elif ANY in region.choices:
                self._find(parts, state, given, setting)
            else:
                parts[place] = "".join(self._choices(region, state, given, setting))
        elif given.texts or given.details:
            self._fill_answer(parts, given, is_typed=key in state.unsaved)

    def _given(self, state: PageState, now: QuestionState, view: View) -> Given:
        key = self.question.key
        if key in state.unsaved:
            return self.kind.again(self.question, typed_again(state.unsaved[key]), view.language)
        if key in state.answers:
            return self.kind.typed(self.question, state.answers, view.language)
        if now.value is None:
            return _NOTHING_GIVEN
        return self.kind.typed(self.question, {key: now.value}, view.language)

    def _fill_answer(self, parts: list[str], given: Given, *, is_typed: bool) -> None:
        if self.on:
            for text in given.texts:
                for place in self.on.get(text, ()):
                    parts[place] = self.on_word
        elif given.texts:
            self._put(parts, "value", escape(given.texts[0]))
            if is_typed:
                # A calendar would not show what is no date: as text it can be corrected.
                self._put(parts, "input_type", "text")
        for name, text in given.details.items():
            for place in self.details.get(name, ()):
                parts[place] = escape(text)

    def _choices(self, region: Region, state: PageState, given: Given, setting: Setting) -> list[str]:
        offered: Sequence[str] = state.evaluation.states[self.question.key].choices or ()
        shown = [
            self._choice(region.choices[code], code, place, given, state, setting)
            for place, code in enumerate(offered, 1)
            if code in region.choices
        ]
        if not self.shows_all_choices:
            return shown
        # The script shows them when another answer asks for them. Without it, all are there as long as nobody
        # can tell which of them go with the other answers.
        rest = [code for code in region.choices if code not in offered]
        hidden = self.off_word if shown else ""
        return shown + [
            self._choice(region.choices[code], code, place, given, state, setting, hidden)
            for place, code in enumerate(rest, len(offered) + 1)
        ]

    def _choice(
        self,
        piece: Piece,
        code: str,
        place: int,
        given: Given,
        state: PageState,
        setting: Setting,
        off: str = "",
    ) -> str:
        parts = piece.parts.copy()
        for name, places in piece.holes.items():
            html = ""
            if name[0] == "number":
                html = digit(place)
            elif name[0] == "piped":
                html = escape(setting.piped(state.evaluation, name[1], name[2]))
            elif name[0] == "read_only" and state.evaluation.states[self.question.key].read_only:
                html = self.locked
            elif name[0] == "on" and code in given.texts and not off:
                html = self.on_word
            elif name[0] == "off":
                html = off
            elif name[0] == "detail":
                html = escape(given.details.get(code, ""))
            for at in places:
                parts[at] = html
        return "".join(parts)

    def _find(self, parts: list[str], state: PageState, given: Given, setting: Setting) -> None:
        """What was searched for in a long list, and what was found."""
        self._put(parts, "find", escape(given.details.get(FIND, "")))
        words, html = self.found(state, setting)
        self._put(parts, "found", words)
        if self.region is not None:
            parts[self.region[0]] = html

    def found(self, state: PageState, setting: Setting) -> tuple[str, str]:
        """Of a long list: how many were found, in words, and the choices; both HTML."""
        now = state.evaluation.states[self.question.key]
        given = self._given(state, now, setting.view)
        words = told(found_words(self.question, given, now), setting.view)
        if self.region is None:
            return words, ""

        def filled(label: LocalText) -> LocalText:
            return setting.filled(label, state.evaluation)

        region = self.region[1]
        return words, found_choices(self.question, region, given, now, setting.view, self.locked, filled)

    def _put(self, parts: list[str], name: str, html: str) -> None:
        for place in self.holes.get(name, ()):
            parts[place] = html


_NOTHING_GIVEN = Given()


def slots_of(question: Question, piece: Piece, view: View, *, shows_all_choices: bool) -> Slots:
    """Find one question's holes in a page that was cut."""
    key, kind = question.key, kind_of(question)
    control = kind.control(question, view.language)
    is_menu = control.get("is_menu", kind.has_choices and not control.get("is_group"))
    own = {name: places for name, places in piece.holes.items() if len(name) > 1 and name[1] == key}
    hint = f"q-{key}:hint " if any(question.hint.values()) else ""
    invalid = "" if control.get("is_group") else ' aria-invalid="true"'
    return Slots(
        question,
        kind,
        f"q-{key}",
        {
            name[0]: places
            for name, places in own.items()
            if name[0] not in ("on", "off", "detail", "room", "piped")
        },
        {name[2]: places for name, places in own.items() if name[0] == "on"},
        {name[2]: places for name, places in own.items() if name[0] == "detail"},
        next(((place, region) for place, region in piece.regions if region.question == key), None),
        " selected" if is_menu else " checked",
        " hidden disabled" if is_menu else " hidden",
        " disabled" if control.get("is_group") or is_menu or question.kind == "acknowledge" else " readonly",
        f' aria-describedby="{escape(hint)}{escape(f"q-{key}:error")}"{invalid}',
        shows_all_choices,
    )
