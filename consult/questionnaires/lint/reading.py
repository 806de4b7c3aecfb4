"""How hard a form is to read.

*English*: the Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975):
0.39 · words/sentences + 11.8 · syllables/words - 15.59; a grade is a year of school.
*French*: LIX (Björnsson 1968): words/sentences + 100 · (words of more than six letters)/words; 40 is news in
a paper, 50 and more official texts. Both are taken over all labels, hints and the notice of a language
together, and only from 100 words on: on a single question they say nothing.
*Every language*: sentences of more than 30 words (40 in the notice, where laws and offices are named), or 60
characters where words are not written apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_language_name
from consult.i18n import lazy_ngettext as _ln
from consult.questionnaires.lint.remark import FORM, Remark, plain
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import Text, texts

HIGHEST_GRADE = 9.0
HIGHEST_LIX = 55.0
FEWEST_WORDS = 100
LONGEST_SENTENCE = 30
LONGEST_IN_NOTICE = 40
LONGEST_UNSPACED = 60

_UNSPACED = frozenset(("zh", "ja", "th", "lo", "km", "my"))
_LISTS = frozenset(("notice:contact", "notice:authority"))  # addresses and names of laws
_SENTENCE = re.compile(r"(?<=[.!?؟。！？])\s+|(?<=[。！？])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SPOKEN_END = re.compile(r"(?:[^aeiouyl]le[ds]?|[td]ed|(?:[szx]|[cs]h|[cg])es)$")


def levels(questionnaire: Questionnaire) -> Iterator[Remark]:
    """English and French that ask for too much school."""
    every = list(_prose(questionnaire))
    for code in questionnaire.languages:
        sentences = [s for text in every if code in text.texts for s in sentences_of(text.texts[code])]
        words = [word for sentence in sentences for word in _WORD.findall(sentence)]
        if len(words) < FEWEST_WORDS:
            continue
        remedy = _l(
            "Use shorter sentences and everyday words; many people answer in a language they are learning."
        )
        if code.split("-")[0] == "en" and (grade := flesch_kincaid(words, len(sentences))) > HIGHEST_GRADE:
            yield Remark(
                "reading_hard",
                FORM,
                _l(
                    "In %(language)s it reads like grade %(grade)s (Flesch–Kincaid). Aim for %(limit)s.",
                    language=lazy_language_name(code),
                    grade=round(grade),
                    limit=round(HIGHEST_GRADE),
                ),
                remedy,
                language=code,
            )
        if code.split("-")[0] == "fr" and (value := lix(words, len(sentences))) > HIGHEST_LIX:
            yield Remark(
                "reading_hard",
                FORM,
                _l(
                    "In %(language)s it reads like an official text (LIX %(value)s). Aim for %(limit)s.",
                    language=lazy_language_name(code),
                    value=round(value),
                    limit=round(HIGHEST_LIX),
                ),
                remedy,
                language=code,
            )


def long_sentences(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Sentences in which people lose the thread."""
    for text in _prose(questionnaire):
        if text.path in _LISTS:
            continue
        most = LONGEST_IN_NOTICE if text.path.startswith("notice:") else LONGEST_SENTENCE
        for code, written in text.texts.items():
            is_unspaced = code.split("-")[0] in _UNSPACED
            longest = max((_length(sentence, is_unspaced) for sentence in sentences_of(written)), default=0)
            if longest <= (LONGEST_UNSPACED if is_unspaced else most):
                continue
            counted = (
                _ln(
                    "A sentence here has %(num)s character.",
                    "A sentence here has %(num)s characters.",
                    longest,
                )
                if is_unspaced
                else _ln("A sentence here has %(num)s word.", "A sentence here has %(num)s words.", longest)
            )
            remedy = _l(
                "Make two or three sentences of it; what is not needed for the answer goes into the hint."
            )
            yield Remark("sentence_long", text.path, counted, remedy, language=code)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a label without a full stop is one too."""
    marked = "\n".join(plain(line) for line in text.splitlines())
    return [sentence for sentence in _SENTENCE.split(marked) if sentence and _WORD.search(sentence)]


def flesch_kincaid(words: Sequence[str], sentences: int) -> float:
    """The grade level of an English text."""
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def lix(words: Sequence[str], sentences: int) -> float:
    """Björnsson's index of readability."""
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def syllables_of(word: str) -> int:
    """Syllables of an English word, about: its groups of vowels, without a silent e at the end."""
    lower = word.lower()
    count = len(_VOWELS.findall(lower))
    is_silent = lower.endswith(("e", "es", "ed")) and not _SPOKEN_END.search(lower)
    return max(count - is_silent, 1)


def _length(sentence: str, is_unspaced: bool) -> int:
    return sum(map(len, _WORD.findall(sentence))) if is_unspaced else len(_WORD.findall(sentence))


def _prose(questionnaire: Questionnaire) -> Iterator[Text]:
    """Texts in sentences: not the choices, whose lines are no sentences."""
    return (text for text in texts(questionnaire) if not text.path.startswith("choice:"))
