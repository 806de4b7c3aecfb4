"""How much is asked at once, and in all.

Minutes: everything that is read at 200 words a minute (Brysbaert 2019 measured 238 for silent reading in a
first language; respondents here often read their second), and for each answer the seconds of ``_SECONDS``.
What stands behind a condition counts half. Galesic and Bosnjak (2009) found that fewer people begin and
fewer finish at 20 minutes than at 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext as _ln
from consult.questionnaires.lint.remark import FORM, Remark, plain
from consult.questionnaires.routing import MOST_QUESTIONS_ON_A_PAGE, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import kind_of
from consult.questions.question import Question

MOST_MINUTES = 20
WORDS_A_MINUTE = 200
MOST_WORDS_OF_CHOICES = 60
"""Of a long list nobody reads every line."""

_SECONDS: Mapping[str, float] = {"texts": 25, "numbers": 7, "dates": 8, "ranks": 20, "choices": 4, "none": 3}


def long_pages(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Pages on which too much is asked."""
    for page in pages(questionnaire):
        asked = [question for question in page.questions if kind_of(question).takes_answer]
        if len(asked) > MOST_QUESTIONS_ON_A_PAGE:
            yield Remark(
                "page_long",
                f"group:{page.group.key}" if page.group else f"question:{asked[0].key}",
                _l("The page “%(page)s” asks %(count)s questions.", page=page.key, count=len(asked)),
                _l("Split it into groups of at most %(limit)s.", limit=MOST_QUESTIONS_ON_A_PAGE),
            )


def minutes(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Surveys that take long, and notices that promise less."""
    likely = estimated_minutes(questionnaire)
    promised = questionnaire.minutes
    if likely > MOST_MINUTES:
        yield Remark(
            "survey_long",
            FORM,
            _ln(
                "Answering takes about %(num)s minute.",
                "Answering takes about %(num)s minutes.",
                round(likely),
            ),
            _l(
                "Leave out what you will not use: beyond %(limit)s minutes fewer people finish.",
                limit=MOST_MINUTES,
            ),
        )
    if promised and likely > 2 * promised and likely - promised > 5:
        yield Remark(
            "minutes_understated",
            FORM,
            _l(
                "The notice promises %(promised)s minutes, but answering takes about %(likely)s.",
                promised=promised,
                likely=round(likely),
            ),
            _l("Say honestly how long it takes, in the column minutes of the sheet settings, or ask less."),
        )


def estimated_minutes(questionnaire: Questionnaire) -> float:
    """About how long one person needs, in minutes."""
    return sum(_seconds(item, questionnaire, 1) for item in questionnaire.items) / 60


def _seconds(item: Question | Group, questionnaire: Questionnaire, share: float) -> float:
    share = share / 2 if item.relevant is not None else share
    if isinstance(item, Group):
        return sum(_seconds(inner, questionnaire, share) for inner in item.items)
    kind = kind_of(item)
    if not item.label and not kind.takes_answer:
        return 0
    read = (
        item.label.pick(questionnaire.default_language) + " " + item.hint.pick(questionnaire.default_language)
    )
    words = _words(read) + min(
        MOST_WORDS_OF_CHOICES,
        sum(_words(choice.label.pick(questionnaire.default_language)) for choice in item.choices[:60]),
    )
    answering = _SECONDS.get(kind.summary, 5) if kind.takes_answer else 0
    return share * (words * 60 / WORDS_A_MINUTE + answering)


def _words(text: str) -> int:
    return len(plain(text).split())
