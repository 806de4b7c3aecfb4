"""Remarks: what an author should look at, each tied to the part of the questionnaire that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from consult.i18n import Localized
from consult.questionnaires.findings import Message
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question

FORM = ""
"""Path of a remark about the whole questionnaire."""

_HOLE = re.compile(r"\$\{[^}]*\}")
_TAG = re.compile(r"<[^>]{1,200}>")
_MARK = re.compile(r"[*_#`]{1,3}")


@dataclass(frozen=True, slots=True)
class Remark:
    """``path``: as in texts.py ("question:age:label"), or of what the text belongs to ("question:age").

    ``language``: of the text that the remark is about; empty where it is about no text. ``code``, ``path``
    and ``language`` together name a remark for as long as the questionnaire keeps its keys.
    """

    code: str
    path: str
    message: Message
    remedy: Message
    language: str = ""

    @property
    def name(self) -> str:
        """What a person's decision about it is remembered by."""
        return f"{self.code}|{self.path}|{self.language}"


def groups(items: tuple[Question | Group, ...]) -> Iterator[Group]:
    """Every group, the outer ones first."""
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups(item.items)


def spoken(text: Localized, language: str) -> Iterator[tuple[str, str]]:
    """(code, text) in a language, whatever its region: "fr" finds "fr" and "fr-CA"."""
    return ((code, written) for code, written in text.items() if code.split("-")[0] == language)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text as people hear it: without references, markup and needless space, its apostrophes alike."""
    text = _MARK.sub("", _TAG.sub(" ", _HOLE.sub("…", text)))
    return " ".join(text.replace("’", "'").split())


def asked(questionnaire: Questionnaire) -> Iterator[Question]:
    """Questions that have words for people."""
    return (question for question in questionnaire.questions.values() if question.label)
