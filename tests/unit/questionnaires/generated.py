"""Hypothesis strategies for questionnaires such as authors write them."""

from __future__ import annotations

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
_LISTED = ("select_one", "select_multiple", "rank")
_PLAIN = ("text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge", "email", "phone")
_UNSEEN = ("start", "end", "today", "deviceid", "username", "audit")

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,6}", fullmatch=True)
# What people write: any script, quotation marks, bars, line ends inside; also what looks like a formula.
_letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
_tricky = ("=1+1", "Où habitez-vous?", "أين تسكن؟", "'x", "a | b", "two\nlines", "TRUE", "1.0", "$")
words = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30
    )
    .map(lambda text: text.replace("${", "$").strip())
    .filter(lambda text: text.strip("\ufeff").strip() == text and text != "")
) | st.sampled_from(
    ("=1+1", "Où habitez-vous?", "أين تسكن؟", "'x", "a | b", "two\nlines", "TRUE", "1.0", "$")
)


def localized(languages: tuple[str, ...], *, is_needed: bool = False) -> st.SearchStrategy[Localized]:
    return st.dictionaries(st.sampled_from(languages), words, min_size=int(is_needed)).map(Localized)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Any questionnaire that the reader could have made; expressions refer to earlier questions only."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=4, unique=True)))
    lists = draw(choice_lists(languages))
    keys = draw(st.lists(names, min_size=1, max_size=8, unique=True))
    items = draw(item_lists(tuple(keys), languages, lists))
    return Questionnaire(
        draw(names),
        draw(localized(languages, is_needed=True)),
        languages,
        items,
        lists,
        Notice(*(draw(localized(languages)) for _ in range(4))),
        draw(st.none() | st.integers(1, 999)),
        draw(st.sampled_from(("", "1", "2026-03-05"))),
        draw(st.dictionaries(st.sampled_from(("style", "my setting")), words, max_size=2)),
    )


@st.composite
def choice_lists(draw: st.DrawFn, languages: tuple[str, ...]) -> dict[str, tuple[Choice, ...]]:
    made: dict[str, tuple[Choice, ...]] = {}
    for name in draw(st.lists(names, max_size=3, unique=True)):
        made[name] = tuple(
            Choice(
                code,
                draw(localized(languages, is_needed=True)),
                draw(st.dictionaries(st.sampled_from(("region", "value_2")), words, max_size=2)),
                draw(st.booleans()),
            )
            for code in draw(st.lists(codes, min_size=1, max_size=4, unique=True))
        )
    return made


@st.composite
def item_lists(
    draw: st.DrawFn, keys: tuple[str, ...], languages: tuple[str, ...], lists: dict[str, tuple[Choice, ...]]
) -> tuple[Question | Group, ...]:
    items: list[Question | Group] = []
    for place, key in enumerate(keys):
        if draw(st.integers(0, 4)) == 0:
            return (*items, draw(groups(key, keys[place:], keys[:place], languages, lists)))
        items.append(draw(questions(key, keys[:place], languages, lists)))
    return tuple(items)


@st.composite
def groups(
    draw: st.DrawFn, key: str, inside: tuple[str, ...], before: tuple[str, ...], languages: Any, lists: Any
) -> Group:
    return Group(
        f"group_{key}",
        draw(localized(languages)),
        draw(localized(languages)),
        draw(st.none() | conditions(before)),
        draw(st.sampled_from(((), ("field-list",), ("table-list", "w1")))),
        tuple(draw(questions(each, before, languages, lists)) for each in inside),
        extra=draw(st.dictionaries(st.just("remark"), words, max_size=1)),
    )


@st.composite
def questions(
    draw: st.DrawFn, key: str, before: tuple[str, ...], languages: Any, lists: dict[str, tuple[Choice, ...]]
) -> Question:
    kind = draw(
        st.sampled_from((*_PLAIN, *_UNSEEN, "calculate", "hidden", "range", *(_LISTED if lists else ())))
    )
    details: dict[str, Any] = {}
    if kind in _LISTED:
        details["list_name"] = draw(st.sampled_from(sorted(lists)))
        details["choices"] = lists[details["list_name"]]
        details["has_other"] = kind != "rank" and draw(st.booleans()) and f"{key}_other" not in before
        details["parameters"] = draw(st.sampled_from(({}, {"randomize": "true", "seed": "42"})))
    if kind == "range":
        details["parameters"] = {"start": "0", "end": "10", "step": "0.5"}
    if kind == "calculate":
        details["calculation"] = draw(conditions(before))
    if kind in (*_PLAIN, *_LISTED, "range"):
        details |= draw(logic(kind, before))
    return Question(
        key,
        kind,
        draw(localized(languages, is_needed=True)),
        draw(localized(languages)),
        draw(localized(languages)),
        required_message=draw(localized(languages)),
        constraint_message=draw(localized(languages)),
        appearance=draw(st.sampled_from(((), ("minimal",), ("likert", "w2")))),
        extra=draw(st.dictionaries(st.sampled_from(("chapter", "bind::x:y")), words, max_size=2)),
        **details,
    )


_constraints = st.sampled_from((". > 3", "regex(., '^[A-Z]$')")).map(Expression.parse)


@st.composite
def logic(draw: st.DrawFn, kind: str, before: tuple[str, ...]) -> dict[str, Expression | None]:
    maybe = st.none() | conditions(before)
    return {
        "required": draw(st.none() | st.just(Expression.parse("true()")) | conditions(before)),
        "relevant": draw(maybe),
        "constraint": draw(
            st.none() | st.sampled_from((". > 3", "regex(., '^[A-Z]$')")).map(Expression.parse)
        ),
        "read_only": draw(maybe),
        "default": draw(st.none() | defaults(kind, before)),
    }


def conditions(before: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    written = ["1 = 1", "today() > '2026-01-01'"]
    written += [f"${{{key}}} = 'a \"quoted\" word'" for key in before]
    written += [f"selected(${{{key}}}, 'yes') or count-selected(${{{key}}}) > 2" for key in before]
    return st.sampled_from(written).map(Expression.parse)


def defaults(kind: str, before: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    plain = ["'Ontario'", "'2026-03-05'", '"it\'s"', "'a b'", "concat('it', \"'\", 's')", "today() + 1"]
    plain += ["5", "-2.5", "1 + 1"] if kind in ("integer", "decimal", "range") else []
    return st.sampled_from([*plain, *(f"${{{key}}}" for key in before)]).map(Expression.parse)
