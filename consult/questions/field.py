"""The form field of a question: WTForms takes what arrives, the question's kind makes an answer of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from wtforms import Field
from wtforms.meta import DefaultMeta

from consult.questions.kind import Coded, Given, Kind, Refused
from consult.questions.question import Question

_NO_DETAILS: Mapping[str, str] = MappingProxyType({})


class AnswerField(Field):
    """``data``: coded answers by key, empty when unanswered; ``given``: what was typed, to show it again.

    The form's meta tells ``language`` and ``now`` (see Given). Rendering is not its business.
    """

    data: dict[str, Coded]
    given: Given

    def __init__(self, question: Question, kind: Kind, **arguments: Any) -> None:
        super().__init__(label="", **arguments)
        self.question = question
        self.kind = kind
        self.given = Given()

    def process(self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None) -> None:
        """Read this question's inputs: ``name`` and ``name/detail``."""
        self.process_errors = []
        self.data = {}
        if formdata is None:
            return
        self.given = Given(
            tuple(formdata.getlist(self.name)),
            _details(self.name, self.kind.details(self.question), formdata),
            self.meta.language,
            self.meta.now,
        )
        try:
            self.data = self.kind.clean(self.question, self.given)
        except Refused as refusal:
            self.process_errors.append(refusal.message)

    def forget(self) -> None:
        """As it was before anything was sent."""
        self.data, self.given = {}, Given()
        self.errors, self.process_errors = (), []


class AnswerMeta(DefaultMeta):
    """What every field of a page knows; no CSRF token here: the surfaces guard their posts themselves."""

    csrf = False
    language = "en"
    now: dt.datetime | None = None

    def get_translations(self, form: Any) -> None:  # type: ignore[override]
        """Every message is our own."""


def _details(name: str, wanted: tuple[str, ...], formdata: Any) -> Mapping[str, str]:
    if not wanted:
        return _NO_DETAILS
    found = {detail: formdata.getlist(f"{name}/{detail}") for detail in wanted}
    return {detail: texts[0] for detail, texts in found.items() if texts}
