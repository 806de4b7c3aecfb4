"""What a profile can be of: which questions and categories, and by which words people name them. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from consult.i18n import OFFICIAL_LANGUAGES, Localized, language_name
from consult.questions import kind_of
from consult.questions.rich_text import plain_text
from consult.reports.analysis.bands import band_of, groups_by_band
from consult.reports.analysis.profiles import Target
from consult.reports.breakdowns import (
    BY_LANGUAGE,
    Grouping,
    can_break_down,
    groupings_of,
    names_of_breakdowns,
)
from consult.reports.merging import Asked
from consult.reports.wording import BOTH, Said, Wording


@dataclass(frozen=True, slots=True)
class Term:
    """What a target can be by. ``codes``: its categories with their labels; none where they are bands of
    numbers, which whoever makes the profile draws."""

    by: str
    label: Localized
    codes: Mapping[str, Localized]
    is_numbers: bool = False

    def code_named(self, written: str) -> str | None:
        """A code, or a label in any language; None for what is neither, or names several."""
        if self.is_numbers:
            band = band_of(written)
            return band.code if band else None
        if written.strip() in self.codes:
            return written.strip()
        found = _only(code for code, label in self.codes.items() if _is_named(code, label, written))
        # A census knows languages that the survey does not speak: just they may be missing.
        return found or (_languages().get(folded(written)) if self.by == BY_LANGUAGE else None)


def terms_of(asked: Sequence[Asked], languages: Sequence[str]) -> tuple[Term, ...]:
    """Language of the answers, then the questions in which everybody is in one category."""
    names = names_of_breakdowns(Wording.of(BOTH))
    of_languages = {
        code: Localized({spoken: language_name(code, spoken) for spoken in dict.fromkeys(("en", "fr", code))})
        for code in languages
    }
    by_language = Term(BY_LANGUAGE, _official(names[BY_LANGUAGE]), of_languages)
    return (by_language, *_questions(asked))


def _questions(asked: Sequence[Asked]) -> Iterator[Term]:
    for each in asked:
        question = each.question
        if can_break_down(each) and question.kind != "select_multiple":
            codes = {choice.key: choice.label for choice in kind_of(question).choices(question)}
            yield Term(each.key, question.label, codes)
        elif kind_of(question).summary == "numbers" and not each.repeats:
            yield Term(each.key, question.label, {}, is_numbers=True)


@cache
def _languages() -> Mapping[str, str]:
    """What languages are called in English and French, and by their code → code."""
    codes = {
        str(code).replace("_", "-")
        for spoken in OFFICIAL_LANGUAGES
        for code in Locale.parse(spoken).languages
    }
    named = {
        folded(language_name(code, spoken)): code for code in sorted(codes) for spoken in OFFICIAL_LANGUAGES
    }
    return {**named, **{folded(code): code for code in codes}}


def _official(said: Said) -> Localized:
    return Localized(zip(OFFICIAL_LANGUAGES, said, strict=True))


def term_named(terms: Iterable[Term], written: str) -> Term | None:
    """By key, or by label in any language; None where it is none, or several."""
    known = list(terms)
    exact = next((term for term in known if term.by == written.strip()), None)
    if exact is not None:
        return exact
    by = _only(term.by for term in known if _is_named(term.by, term.label, written))
    return next((term for term in known if term.by == by), None)


def is_asked_otherwise(asked: Iterable[Asked], written: str) -> bool:
    """Whether it is a question, only not one that a profile can be of."""
    return any(_is_named(each.key, each.question.label, written) for each in asked)


def target_groups(asked: Sequence[Asked], target: Target) -> Grouping:
    """Raises KeyError where the question is no longer one that a profile can be of."""
    found = next((each for each in asked if each.key == target.by), None)
    if found is not None and kind_of(found.question).summary == "numbers" and not found.repeats:
        return Grouping(found, groups_by_band(found, target.numbers))
    (grouping,) = groupings_of(asked, target.by)
    return grouping


def folded(written: str) -> str:
    """For comparing: without case, accents, doubled or special spaces."""
    plain = unicodedata.normalize("NFKD", plain_text(written)).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _is_named(key: str, label: Localized, written: str) -> bool:
    wanted = folded(written)
    return bool(wanted) and (wanted == folded(key) or any(wanted == folded(text) for text in label.values()))


def _only(found: Iterable[str]) -> str | None:
    different = set(found)
    return different.pop() if len(different) == 1 else None
