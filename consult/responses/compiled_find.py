"""Choices that a compiled page cannot know: those found in a list too long for a page, those out of a repeat.

The page holds one pattern of a choice; what a search finds, or what people have told about, takes its place.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from consult.i18n import LocalText, gettext, language, ngettext
from consult.questionnaires.routing import QuestionState
from consult.questions import Choice, Given, Question, kind_of
from consult.questions.kind import OTHER
from consult.questions.long_lists import FIND, Matches, matches
from consult.responses.compiled_marks import Piece, Region
from consult.responses.compiled_views import ANY, View, digit

Filled = Callable[[LocalText], LocalText]
"""A label as plain text, with the answers it names in their places."""


def found_choices(
    question: Question,
    region: Region,
    given: Given,
    state: QuestionState,
    view: View,
    locked: str,
    filled: Filled,
) -> str:
    """HTML: what is chosen, then what matches; "other" last."""
    offered = state.choices or ()
    found = matches(question, offered, given.details.get(FIND, ""))
    chosen = [choice for choice in question.choices if choice.key in given.texts] if given.texts else []
    shown = [choice for choice in chosen if choice.key in offered]
    shown += [choice for choice in found.choices if choice not in shown and choice.key != OTHER]
    parts = [_choice(region.choices[ANY], choice, given, state, view, locked, filled) for choice in shown]
    if OTHER in region.choices:
        parts.append(_other(region.choices[OTHER], given, state, locked))
    return "".join(parts)


def entry_choices(
    question: Question, region: Region, given: Given, state: QuestionState, view: View, locked: str
) -> str:
    """HTML: the entries of a repeat, in the words they were given; a sentence where there is none yet."""
    shown = [
        _entry(region.choices[ANY], question, code, place, given, state, view, locked)
        for place, code in enumerate(state.choices or (), 1)
    ]
    return "".join(shown) or Markup('<p class="soft">{}</p>').format(
        _in_interface(gettext("There is nothing to choose from yet."), view)
    )


def found_words(question: Question, given: Given, state: QuestionState) -> str:
    """What the search came to, in a sentence."""
    searched = given.details.get(FIND, "").strip()
    if not state.choices:
        return str(gettext("There is nothing to choose from yet."))
    found = matches(question, state.choices or (), searched)
    if searched and not found.total:
        return str(gettext("Nothing in the list matches “%(search)s”. Try fewer letters.", search=searched))
    if not searched and not found.choices and found.total:
        return ngettext(
            "The list has %(num)s entry. Type a few letters to find yours.",
            "The list has %(num)s entries. Type a few letters to find yours.",
            found.total,
        )
    return _counted(found)


def _counted(found: Matches) -> str:
    if found.total > len(found.choices):
        return str(
            gettext(
                "The first %(shown)s of %(total)s matches. Type more letters to see fewer.",
                shown=len(found.choices),
                total=found.total,
            )
        )
    return ngettext("%(num)s entry to choose from.", "%(num)s entries to choose from.", found.total)


def _choice(
    piece: Piece,
    choice: Choice,
    given: Given,
    state: QuestionState,
    view: View,
    locked: str,
    filled: Filled,
) -> str:
    first = choice.label.pick(view.language)
    values = {
        "code": escape(choice.key),
        "label": _said(filled(first), view.language) if first else escape(choice.key),
        "second": _second(choice, first, view, filled),
        "on": " checked" if choice.key in given.texts else "",
        "read_only": locked if state.read_only else "",
    }
    return _filled(piece, values)


def _entry(
    piece: Piece,
    question: Question,
    code: str,
    place: int,
    given: Given,
    state: QuestionState,
    view: View,
    locked: str,
) -> str:
    words = kind_of(question).display(question, code, view.language)
    label = (
        _said(words, view.language) if isinstance(words, LocalText) else Markup("<bdi>{}</bdi>").format(words)
    )
    values = {
        "code": escape(code),
        "label": label,  # what people wrote themselves may run in another direction than the page
        "number": digit(place),
        "on": " checked" if code in given.texts else "",
        "read_only": locked if state.read_only else "",
    }
    return _filled(piece, values)


def _other(piece: Piece, given: Given, state: QuestionState, locked: str) -> str:
    values = {
        "on": " checked" if OTHER in given.texts else "",
        "read_only": locked if state.read_only else "",
        "detail": escape(given.details.get(OTHER, "")),
    }
    return _filled(piece, values)


def _filled(piece: Piece, values: dict[str, str]) -> str:
    parts = piece.parts.copy()
    for name, places in piece.holes.items():
        for place in places:
            parts[place] = values.get(name[0], "")
    return "".join(parts)


def _said(text: LocalText, code: str, attributes: str = "") -> str:
    """A label, marked with its language where that is not the page's."""
    if text.language == code and not attributes:
        return escape(str(text))
    return Markup('<span{} lang="{}" dir="{}">{}</span>').format(
        Markup(attributes),  # noqa: S704 - our own
        text.language,
        language(text.language).direction,
        str(text),
    )


def _in_interface(sentence: str, view: View) -> str:
    return _said(LocalText(sentence, view.interface), view.language)


def _second(choice: Choice, first: LocalText, view: View, filled: Filled) -> str:
    if view.second is None:
        return ""
    second = choice.label.pick(view.second)
    if not second or second.language == first.language:
        return ""
    return _said(filled(second), view.language, ' class="second"')
