"""Every validation message, in one table: whole sentences that say what to do.

A question's own ``required_message`` or ``constraint_message`` stands before these.
"""

from __future__ import annotations

from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext
from consult.questions.kind import Message

REQUIRED_MARK = _l("(required)")
OPTIONAL_MARK = _l("(optional)")

REQUIRED = _l("Please answer this question.")
REQUIRED_CHOICE = _l("Please choose an answer.")
REQUIRED_TICK = _l("Please tick the box to go on.")
CONSTRAINT = _l("This answer is not possible here. Please check it and correct it.")

CONTROL_CHARACTERS = _l(
    "This text contains characters that cannot be stored. Please type it again without them."
)
NOT_TEXT = _l("The answer must be a text.")
NOT_A_CODE = _l("The answer must be the code of a choice.")
NOT_CODES = _l("The answer must be a list of codes, each one once.")
NOT_A_NUMBER = _l("The answer must be a number.")

UNKNOWN_CHOICE = _l("Please choose one of the answers offered.")
NOT_YET_OFFERED = _l("What can be chosen here follows from other answers. Please give those first.")
NO_LONGER_OFFERED = _l("Only these answers go with what you answered before. Please choose again.")
EXCLUSIVE = _l("This answer cannot be chosen together with others. Please keep only one of them.")

WHOLE_NUMBER = _l("Please write a whole number in digits, such as 12.")
NUMBER = _l("Please write a number in digits, such as 12.5.")
TOO_MANY_DIGITS = _l("This number is too long. Please write at most 15 digits.")

DATE = _l("Please write a date as year-month-day, such as 2026-03-05.")
NO_SUCH_DAY = _l("There is no such day. Please write a date as year-month-day, such as 2026-03-05.")
YEAR = _l("Please write a year with four digits, such as 2019.")
MONTH = _l("Please write a year and month, such as 2026-03.")
DATE_PARTS = _l("Please fill in every part of the date.")
AMBIGUOUS_DATE = _l(
    "We cannot tell the day from the month. Please write the date as year-month-day, such as 2026-03-05."
)
TIME = _l("Please write a time with hours and minutes, such as 14:30.")
DATETIME = _l("Please write a date and a time, such as 2026-03-05 14:30.")

EMAIL = _l("Please write an e-mail address such as name@example.org.")
PHONE = _l("Please write a telephone number with its digits only, such as 519 555 0123.")

RANK_NUMBERS = _l("Please give each place only once, beginning with 1.")
RANK_ALL = _l("Please give a place to every item, or leave all of them empty.")

NOT_AN_ACKNOWLEDGEMENT = _l("The answer must be “OK”.")
TAKES_NO_ANSWER = _l("This question takes no answer.")


def too_long(limit: int) -> Message:
    """A text above its limit, in characters."""
    return lazy_ngettext(
        "This text is too long. Please keep it to %(num)d character.",
        "This text is too long. Please keep it to %(num)d characters.",
        limit,
    )


def outside(start: str, end: str) -> Message:
    """A number outside its range; both ends as written."""
    return _l("Please give a number from %(start)s to %(end)s.", start=start, end=end)


def off_step(step: str, start: str) -> Message:
    """A number between two steps of its range."""
    return _l("Please give a number in steps of %(step)s, beginning with %(start)s.", step=step, start=start)


def exclusive_with(label: str) -> Message:
    """ "None of these" together with something else."""
    return _l(
        "“%(choice)s” cannot be chosen together with other answers. Please keep only one.", choice=label
    )


UNKNOWN_QUESTION = _l("This questionnaire has no such question.")
NOT_OTHER = _l("This text belongs to “other”, which was not chosen.")
