"""A compiled page and how it is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import escape

from consult.i18n import LocalText
from consult.questionnaires.routing import Page
from consult.questions import Question, kind_of
from consult.questions.kind import Message
from consult.responses.compiled_fill import PageState, Setting, Slots
from consult.responses.compiled_logic import Logic
from consult.responses.compiled_marks import Piece
from consult.responses.compiled_watch import Watch
from consult.responses.page_text import with_answers


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: what to correct, and the id of where."""

    key: str
    target: str
    label: LocalText
    message: Message

    @property
    def url(self) -> str:
        return f"#{self.target}"


@dataclass(frozen=True)
class Compiled:
    """A page ready to be filled; immutable. ``content`` and ``compressed`` (gzip) are the blank page."""

    page: Page
    setting: Setting
    piece: Piece
    slots: tuple[Slots, ...]
    targets: Mapping[str, str]
    logic: Logic
    watch: Watch
    groups: Mapping[str, frozenset[str]]
    summarise: Callable[[tuple[Problem, ...]], str]
    content: bytes = b""
    compressed: bytes = b""

    def is_blank_for(self, answers: Mapping[str, Any], unsaved: Mapping[str, Any] | None = None) -> bool:
        """Whether these answers leave the page as it is for nobody."""
        if self.watch.is_personal:
            return False
        keys = self.watch.keys
        return keys.isdisjoint(answers) and (not unsaved or keys.isdisjoint(unsaved))

    def fill(self, state: PageState) -> str:
        """The page for one person."""
        parts = self.piece.parts.copy()
        for slots in self.slots:
            slots.fill(parts, state, self.setting)
        states = state.evaluation.states
        for group, keys in self.groups.items():
            if not any(states[key].relevant for key in keys):
                self._put(parts, ("hidden-group", group), " hidden")
        for name in self.piped:
            self._put(parts, name, escape(self.setting.piped(state.evaluation, name[1], name[2])))
        if self.logic.questions:
            self._put(parts, ("earlier",), self.logic.values(state.evaluation))
        if state.errors:
            self._put(parts, ("room", "summary"), self.summarise(self.problems(state)))
        for room_name, html in state.room.items():
            self._put(parts, ("room", room_name), escape(html))
        return "".join(parts)

    def found(self, key: str, state: PageState) -> str:
        """What a search in the long list of question ``key`` came to, for the script of the page: HTML."""
        slots = next(slots for slots in self.slots if slots.question.key == key)
        words, choices = slots.found(state, self.setting)
        return f"<p data-found>{words}</p><div data-matches>{choices}</div>"

    @cached_property
    def piped(self) -> tuple[tuple[str, ...], ...]:
        """The holes in which an answer stands inside another text."""
        return tuple(name for name in self.piece.holes if name[0] == "piped")

    @cached_property
    def devices(self) -> frozenset[str]:
        """What of the device this page may use when somebody asks it to."""
        return frozenset(device for question in self.page.questions for device in kind_of(question).device)

    def problems(self, state: PageState) -> tuple[Problem, ...]:
        """What to correct, in the order of the page."""
        return tuple(
            Problem(question.key, self.targets[question.key], self._label(question, state), message)
            for question in self.page.questions
            if (message := state.errors.get(question.key)) is not None
        )

    @property
    def size(self) -> int:
        """Bytes, about."""
        return self.piece.size + len(self.content) + len(self.compressed)

    def _label(self, question: Question, state: PageState) -> LocalText:
        fallback = self.setting.questionnaire.default_language
        text = question.label.pick(self.setting.view.language, fallback)
        words = with_answers(text, self.setting.questionnaire, state.evaluation, text.language)
        return LocalText(words or question.key, text.language)

    def _put(self, parts: list[str], name: tuple[str, ...], html: str) -> None:
        for place in self.piece.holes.get(name, ()):
            parts[place] = html
