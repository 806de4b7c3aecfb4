"""Words: short and long text, e-mail address, telephone number."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from consult.questions import messages
from consult.questions.digits import western_digits
from consult.questions.kind import Coded, Given, Kind, Message, Refused, Summary
from consult.questions.question import Question

LONGEST_TEXT = 10_000
"""Characters; a question says less (or more) with the parameter ``max_length``."""

USUAL_ROWS, MOST_ROWS = 4, 20
"""Lines of the field for a long text."""

# What breaks a database, a spreadsheet or a reader's screen: control characters but tab and line ends,
# lone surrogates, noncharacters.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@.<>\"(),:;\[\]\\]+(?:\.[^\s@.<>\"(),:;\[\]\\]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-/]*(?:(?:#|;|,|x|ext\.?|poste) ?[0-9]{1,6})?", re.IGNORECASE)
_INPUT_TYPES = ("email", "tel", "url")
_PHONE_DIGITS = range(3, 21)


def limit_of(question: Question) -> int:
    """The longest text this question takes, in characters."""
    written = question.parameters.get("max_length", "")
    return int(written) if written.isdecimal() and int(written) else LONGEST_TEXT


def _rows(question: Question) -> int:
    written = question.parameters.get("rows", "")
    return min(max(int(written), 2), MOST_ROWS) if written.isdecimal() and len(written) < 4 else USUAL_ROWS


def text_problem(value: Any, limit: int) -> Message | None:
    """What keeps a text from being stored; None when nothing does."""
    if not isinstance(value, str):
        return messages.NOT_TEXT
    if _UNSTORABLE.search(value):
        return messages.CONTROL_CHARACTERS
    return messages.too_long(limit) if len(value) > limit else None


def showable(text: str) -> str:
    """What was refused can still be shown again: where a page cannot hold a character stands U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def stored_text(written: str, limit: int) -> str:
    """One written text as it is stored: line ends as \\n, composed letters (NFC), no blanks around it."""
    found = text_problem(written, limit * 2)
    if found is None:
        written = unicodedata.normalize("NFC", written.replace("\r\n", "\n").replace("\r", "\n").strip())
        found = text_problem(written, limit)
    if found is not None:
        raise Refused(found)
    return written


class Text(Kind):
    """A text in the person's own words; coded as str."""

    name = "text"
    types: tuple[str, ...] = ("text", "string")
    summary: Summary = "texts"

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        text = stored_text(next((text for text in given.texts if text.strip()), ""), limit_of(question))
        return {question.key: text} if text else {}

    def problem(self, question: Question, value: Any) -> Message | None:
        return text_problem(value, limit_of(question))

    def control(self, question: Question, language: str) -> dict[str, Any]:
        """``rows`` of a long text, 0 for one line. What is masked is never shown as a plain text."""
        appearance = question.appearance
        if "masked" in appearance:
            return {"rows": 0, "is_masked": True, "input_mode": ""}
        type_ = next((type_ for type_ in _INPUT_TYPES if type_ in appearance), "text")
        return {
            "rows": _rows(question) if "multiline" in appearance or "rows" in question.parameters else 0,
            "is_masked": False,
            "input_type": type_,
            "input_mode": "numeric" if "numbers" in appearance else "",
        }


class Email(Text):
    """An e-mail address; coded as str, as typed."""

    name = "email"
    types = ("email",)
    summary = "none"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"input_type": "email", "purpose": "email"}

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        cleaned = super().clean(question, given)
        if question.key in cleaned and not _is_email(str(cleaned[question.key])):
            raise Refused(messages.EMAIL)
        return cleaned

    def problem(self, question: Question, value: Any) -> Message | None:
        found = super().problem(question, value)
        return found or (None if _is_email(value) else messages.EMAIL)


class Phone(Text):
    """A telephone number; coded as str with Western digits and the person's own grouping."""

    name = "phone"
    types = ("phone", "phonenumber", "phone number", "tel")
    summary = "none"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"input_type": "tel", "purpose": "tel"}

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        cleaned = super().clean(question, given)
        if question.key not in cleaned:
            return {}
        number = " ".join(western_digits(str(cleaned[question.key])).split())
        if not _is_phone(number):
            raise Refused(messages.PHONE)
        return {question.key: number}

    def problem(self, question: Question, value: Any) -> Message | None:
        found = super().problem(question, value)
        return found or (None if _is_phone(value) else messages.PHONE)


def _is_email(value: str) -> bool:
    return len(value) <= 254 and _EMAIL.fullmatch(value) is not None


def _is_phone(value: str) -> bool:
    digits = sum(character.isdigit() for character in value)
    return digits in _PHONE_DIGITS and _PHONE.fullmatch(value) is not None
