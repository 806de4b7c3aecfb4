"""Hypothesis strategies for questionnaires such as authors write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Choice, Question

# A machine that is busy with something else is no finding.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LANGUAGES = ("en", "fr", "ar", "zh-Hans", "es", "pdt")
Languages = tuple[str, ...]
Lists = Mapping[str, tuple[Choice, ...]]
_LISTED = ("select_one", "select_multiple", "rank")
_PLAIN = ("text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge", "email", "phone")
_BROUGHT = ("image", "audio", "video", "file", "barcode", "geopoint", "geotrace", "geoshape")
_UNSEEN = ("start", "end", "today", "deviceid", "username", "audit")

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,6}", fullmatch=True)
# What people write: any script, quotation marks, bars, line ends inside; also what looks like a formula.
_letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
_tricky = ("=1+1", "Où habitez-vous?", "أين تسكن؟", "'x", "a | b", "two\nlines", "TRUE", "1.0", "$", "l’“x”")
words = (
    st.text(_letters, min_size=1, max_size=30)
    .map(lambda text: text.replace("${", "$").strip())
    .filter(lambda text: text.strip("\ufeff").strip() == text and text != "")
) | st.sampled_from(_tricky)


def localized(languages: Languages, *, is_needed: bool = False) -> st.SearchStrategy[Localized]:
    return st.dictionaries(st.sampled_from(languages), words, min_size=int(is_needed)).map(Localized)


def media(languages: Languages) -> st.SearchStrategy[dict[str, Localized]]:
    """Pictures or sound, the same for all or one a language."""
    files = st.dictionaries(st.sampled_from(languages), st.sampled_from(("a.png", "b c.jpg")), min_size=1)
    kinds = st.sampled_from(("image", "big-image", "audio", "video"))
    return st.dictionaries(kinds, files.map(Localized), max_size=2)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Any questionnaire that the reader could have made; expressions refer to earlier questions only."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=4, unique=True)))
    lists = draw(choice_lists(languages))
    keys = draw(st.lists(names, min_size=1, max_size=8, unique=True))
    return Questionnaire(
        draw(names),
        draw(localized(languages, is_needed=True)),
        languages,
        draw(item_lists(tuple(keys), (), languages, lists)),
        lists,
        Notice(*(draw(localized(languages)) for _ in range(4))),
        draw(st.none() | st.integers(1, 999)),
        draw(st.sampled_from(("", "1", "2026-03-05"))),
        draw(st.dictionaries(st.sampled_from(("style", "my setting", "children")), words, max_size=2)),
    )


@st.composite
def choice_lists(draw: st.DrawFn, languages: Languages) -> Lists:
    own = st.dictionaries(st.sampled_from(("region", "value_2", "my place", "parent")), words, max_size=2)
    return {
        name: tuple(
            Choice(
                code,
                draw(localized(languages, is_needed=True)),
                draw(own),
                draw(st.booleans()),
                draw(media(languages)),
            )
            for code in draw(st.lists(codes, min_size=1, max_size=4, unique=True))
        )
        for name in draw(st.lists(names, max_size=3, unique=True))
    }


@st.composite
def item_lists(
    draw: st.DrawFn,
    keys: tuple[str, ...],
    before: tuple[str, ...],
    languages: Languages,
    lists: Lists,
    is_inside: bool = False,
) -> tuple[Question | Group, ...]:
    items: list[Question | Group] = []
    for place, key in enumerate(keys):
        # What devices fill in has no answer that others could ask for.
        asked = (item.key for item in items if isinstance(item, Question) and item.kind not in _UNSEEN)
        known = (*before, *asked)
        # A group is named after its first question, so that this is no group of the same name.
        if draw(st.integers(0, 4)) == 0 and not (is_inside and place == 0):
            inside = draw(item_lists(keys[place:], known, languages, lists, is_inside=True))
            group = draw(groups(key, inside, known, languages))
            return (*items, replace(group, media=draw(media(languages))))
        question = draw(questions(key, known, languages, lists))
        items.append(replace(question, media=draw(media(languages))))
    return tuple(items)


@st.composite
def groups(
    draw: st.DrawFn,
    key: str,
    inside: tuple[Question | Group, ...],
    before: tuple[str, ...],
    languages: Languages,
) -> Group:
    is_repeat = draw(st.booleans())
    return Group(
        f"group_{key}",
        draw(localized(languages)),
        draw(localized(languages)),
        draw(st.none() | conditions(before)),
        draw(st.sampled_from(((), ("field-list",), ("table-list", "w1")))),
        inside,
        is_repeat,
        draw(st.none() | counts(before)) if is_repeat else None,
        extra=draw(st.dictionaries(st.sampled_from(("remark", "actions")), words, max_size=1)),
    )


@st.composite
def questions(
    draw: st.DrawFn, key: str, before: tuple[str, ...], languages: Languages, lists: Lists
) -> Question:
    kinds = (*_PLAIN, *_BROUGHT, *_UNSEEN, "calculate", "hidden", "range", *(_LISTED if lists else ()))
    kind = draw(st.sampled_from(kinds))
    details: dict[str, Any] = {}
    if kind in _LISTED:
        details = draw(listings(key, kind, before, lists))
    if kind == "range":
        details["parameters"] = draw(st.sampled_from(({"start": "0", "end": "10", "step": "0.5"}, {})))
    if kind in ("text", "image", "geopoint"):
        details["parameters"] = draw(st.sampled_from(({}, {"rows": "3"}, {"max-pixels": "800"}, {"x": "y"})))
    if kind == "calculate":
        details["calculation"] = draw(conditions(before))
        details["trigger"] = tuple(draw(st.lists(st.sampled_from(before), unique=True))) if before else ()
    if kind in (*_PLAIN, *_LISTED, "range"):
        details |= draw(logic(kind, before))
    own = ("chapter", "bind::x:y", "bind::odk:length", "actions", "my column")
    return Question(
        key,
        kind,
        draw(localized(languages, is_needed=True)),
        draw(localized(languages)),
        draw(localized(languages)),
        required_message=draw(localized(languages)),
        constraint_message=draw(localized(languages)),
        appearance=draw(st.sampled_from(((), ("minimal",), ("likert", "w2")))),
        extra=draw(st.dictionaries(st.sampled_from(own), words, max_size=2)),
        **details,
    )


@st.composite
def listings(draw: st.DrawFn, key: str, kind: str, before: tuple[str, ...], lists: Lists) -> dict[str, Any]:
    """Where the choices come from: the sheet choices, perhaps filtered, or a file."""
    parameters = draw(st.sampled_from(({}, {"randomize": "true", "seed": "42"}, {"seed": "${no}"})))
    if "${no}" in parameters.values():
        parameters = {"randomize": "true", "seed": f"${{{before[-1]}}}"} if before else {}
    if kind != "rank" and draw(st.integers(0, 4)) == 0:
        return {"source": "towns.csv", "parameters": {**parameters, "value": "code"}}
    list_name = draw(st.sampled_from(sorted(lists)))
    has_region = any("region" in choice.attributes for choices in lists.values() for choice in choices)
    filters = ["name != 'x'", *(["region = 'north'"] if has_region else [])]
    return {
        "list_name": list_name,
        "choices": lists[list_name],
        "has_other": kind != "rank" and draw(st.booleans()) and f"{key}_other" not in before,
        "parameters": parameters,
        "choice_filter": draw(st.none() | st.sampled_from(filters).map(Expression.parse)),
    }


_constraints = st.sampled_from((". > 3", "regex(., '^[A-Z]$')", "string() != 'a’b'")).map(Expression.parse)


@st.composite
def logic(draw: st.DrawFn, kind: str, before: tuple[str, ...]) -> dict[str, Expression | None]:
    maybe = st.none() | conditions(before)
    return {
        "required": draw(st.none() | st.just(Expression.parse("true()")) | conditions(before)),
        "relevant": draw(maybe),
        "constraint": draw(st.none() | _constraints),
        "read_only": draw(maybe),
        "default": draw(st.none() | defaults(kind, before)),
    }


def conditions(before: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    written = ["1 = 1", "today() > '2026-01-01'", "floor(2.5) = 2", "base64-encode('x') = 'eA=='"]
    written += [f"${{{key}}} = 'a \"quoted\" word'" for key in before]
    # As text: Collect stops at a form that takes choices out of a number.
    chosen = [f"string(${{{key}}})" for key in before]
    written += [f"selected({each}, 'yes') or count-selected({each}) > 2" for each in chosen]
    return st.sampled_from(written).map(Expression.parse)


def counts(before: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    written = ["3", "1 + 1", *(f"${{{key}}}" for key in before)]
    return st.sampled_from([*written, *(f"count-selected(string(${{{key}}}))" for key in before)]).map(
        Expression.parse
    )


_DEFAULTS = {
    "date": ("'2026-03-05'", "today() + 1"),
    "time": ("'09:30'",),
    "dateTime": ("'2026-03-05T09:30:00.000-05:00'", "now()"),
    "integer": ("5", "1 + 1"),
    "decimal": ("5", "-2.5", "1 + 1"),
    "range": ("5", "1 + 1"),
}
_WORDS = ("'Ontario'", "'2026-03-05'", '"it\'s"', "'a b'", "concat('it', \"'\", 's')", "'well-known (x)'")


def defaults(kind: str, before: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    """Values that such a question can hold; answers of others only where any text can stand."""
    answers = [] if kind in _DEFAULTS else [f"${{{key}}}" for key in before]
    return st.sampled_from([*_DEFAULTS.get(kind, _WORDS), *answers]).map(Expression.parse)
