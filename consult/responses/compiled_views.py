"""What the templates of a page get: prepared words and holes, nothing to look up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from consult.i18n import Localized
from consult.questionnaires.data.sources import filter_of
from consult.questions import Choice, Question, kind_of
from consult.questions.appearance import WHOLE_WIDTH, width
from consult.questions.choice import SelectMultiple
from consult.questions.kind import OTHER
from consult.questions.long_lists import is_long
from consult.questions.other import other_choice
from consult.responses.compiled_marks import Marks
from consult.responses.compiled_media import Media, Medium
from consult.responses.compiled_near import is_place
from consult.responses.compiled_words import Words
from consult.responses.page_form import PREFIX

NO_HTML = Markup()

ANY = "*"
"""In place of a code: the pattern of a choice that is found in a long list."""

MOST_NUMBERED = 9
"""Choices that can be chosen with one digit."""


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, and how. ``language`` of the page; ``interface`` the one its buttons and messages speak.

    ``second``: a language shown beside the first; ``is_numbered``: choices carry their digit;
    ``is_private``: browsers offer nobody's own address or telephone number (a collector types for others);
    ``extras``: below each open question stands the room hole ``extra-<key>``. ``room`` tells frames apart.
    """

    language: str
    interface: str
    room: str
    second: str | None = None
    is_numbered: bool = False
    is_private: bool = False
    extras: bool = False


@dataclass(frozen=True, slots=True)
class OptionView:
    """One choice: ``code`` its value, ``on`` the hole for " checked" (or " selected"), ``off`` the one that
    hides it while it is not offered."""

    code: str
    label: Markup
    second: Markup
    plain: Markup
    number: Markup
    on: Markup
    detail: Markup
    begin: Markup
    is_exclusive: bool
    is_other: bool
    media: tuple[Medium, ...] = ()
    off: Markup = NO_HTML


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``control`` is what its kind adds for its partial (see ``Kind.control``)."""

    key: str
    partial: str
    name: str
    label: Markup
    second: Markup
    hints: tuple[Markup, ...]
    guidance: tuple[Markup, ...]
    holes: Mapping[str, Markup]
    control: Mapping[str, Any]
    options: tuple[OptionView, ...] = ()
    begin_options: Markup = NO_HTML
    end_options: Markup = NO_HTML
    media: tuple[Medium, ...] = ()
    look: str = ""

    @property
    def id(self) -> str:
        return f"q-{self.key}"

    @property
    def input(self) -> Markup:
        """The attributes that a single input has, whatever its kind."""
        made = Markup('id="{}" name="{}"').format(self.target, self.name)
        return made + self.holes["described"] + self.holes["read_only"]

    @property
    def target(self) -> str:
        """The id to which an error leads: the input, or the fieldset around several."""
        return self.id if self.control.get("is_group") else f"a-{self.key}"


@dataclass(frozen=True, slots=True)
class Views:
    """Prepares the questions of one page."""

    view: View
    marks: Marks
    words: Words
    media: Media

    def asked(self, question: Question, in_grid: bool = False) -> Asked:
        kind, marks, key = kind_of(question), self.marks, question.key
        hints, guidance = self.both(question.hint), self.both(question.guidance)
        control = dict(kind.control(question, self.view.language))
        if in_grid:
            control |= {"is_group": True, "is_multiple": isinstance(kind, SelectMultiple)}
        is_region = is_region_needed(question)
        return Asked(
            key,
            kind.partial(question),
            f"{PREFIX}{key}",
            self.words.first(question.label, is_block=question.kind == "note"),
            self.words.second(question.label, is_block=question.kind == "note"),
            hints,
            guidance,
            self._holes(question, bool(hints), control),
            control | {"is_private": self.view.is_private, "is_numbered": self.view.is_numbered},
            tuple(self._options(question, control, is_region)),
            marks.region(key) if is_region else NO_HTML,
            marks.end() if is_region else NO_HTML,
            self.media.of(question.media, question.label, key),
            f" w{taken}" if (taken := width(question)) < WHOLE_WIDTH else "",
        )

    def _holes(self, question: Question, has_hint: bool, control: Mapping[str, Any]) -> dict[str, Markup]:
        hole, key = self.marks.hole, question.key
        described = f' aria-describedby="q-{key}:hint"' if has_hint else ""
        holes = {name: hole(name, key) for name in ("hidden", "error", "necessity", "read_only")}
        holes["described"] = hole("described", key, neutral=described)
        holes["value"] = hole("value", key)
        if "input_type" in control:
            holes["input_type"] = hole("input_type", key, neutral=control["input_type"])
        if "numbers" in control:
            holes |= {number: hole("on", key, number) for number in control["numbers"]}
        if "on" not in holes and question.kind == "acknowledge":
            holes["on"] = hole("on", key, "OK")
        if not kind_of(question).has_choices:
            details = dict.fromkeys(kind_of(question).details(question), "") | control.get("shown", {})
            holes |= {name: hole("detail", key, name, neutral=neutral) for name, neutral in details.items()}
        if is_long(question):
            holes |= {name: hole(name, key) for name in ("find", "found")}
        if is_place(question):
            holes["near"] = hole("near", key)
        has_extra = self.view.extras and question.kind == "text"
        holes["extra"] = hole("room", f"extra-{key}") if has_extra else NO_HTML
        return holes

    def _options(
        self, question: Question, control: Mapping[str, Any], is_region: bool
    ) -> Iterator[OptionView]:
        is_menu = kind_of(question).has_choices and not control.get("is_group")
        if is_long(question) or question.entries_of:
            yield self._pattern(question)
            if question.has_other:
                yield self._option(question, other_choice(), 0, True, False)
            return
        for place, choice in enumerate(kind_of(question).choices(question), 1):
            yield self._option(question, choice, place, is_region, is_menu)

    def _option(
        self, question: Question, choice: Choice, place: int, is_region: bool, is_menu: bool
    ) -> OptionView:
        marks, code = self.marks, choice.key
        begin = marks.choice(code) if is_region else NO_HTML
        number = marks.hole("number", code) if is_region else digit(place)
        return OptionView(
            code,
            NO_HTML if is_menu else self.words.first(choice.label) or Markup.escape(code),
            NO_HTML if is_menu else self.words.second(choice.label),
            self.words.plain(choice.label) or Markup.escape(code) if is_menu else NO_HTML,
            number if self.view.is_numbered else NO_HTML,
            marks.hole("on", question.key, code),
            marks.hole("detail", question.key, code),
            begin,
            choice.is_exclusive,
            question.has_other and code == OTHER,
            () if is_menu else self.media.of(choice.media, choice.label, code),
            marks.hole("off", question.key, code) if is_region else NO_HTML,
        )

    def _pattern(self, question: Question) -> OptionView:
        """Any choice of a long list, or out of a repeat; see compiled_find.py."""
        hole, key = self.marks.hole, question.key
        is_numbered = self.view.is_numbered and not is_long(question)
        return OptionView(
            hole("code", key),
            hole("label", key),
            hole("second", key),
            NO_HTML,
            hole("number", ANY) if is_numbered else NO_HTML,
            hole("on", key, ANY),
            NO_HTML,
            self.marks.choice(ANY),
            False,
            False,
        )

    def both(self, texts: Localized) -> tuple[Markup, ...]:
        found = (self.words.first(texts), self.words.second(texts))
        return tuple(text for text in found if text)


def digit(place: int) -> Markup:
    """The digit by which the choice at a place (from 1) can be chosen; nothing beyond the ninth."""
    return Markup.escape(place if place <= MOST_NUMBERED else "")


def is_region_needed(question: Question) -> bool:
    """Whether number or order of the choices depend on the response."""
    is_random = question.parameters.get("randomize", "").lower() in ("true", "yes", "1")
    is_changing = is_long(question) or filter_of(question) is not None or is_random
    return bool(question.entries_of) or (bool(question.choices) and is_changing)
