"""Rows that only name a table beside the form, for expressions to look things up in."""

from __future__ import annotations

from consult.questions.kind import Column
from consult.questions.question import Question
from consult.questions.unseen import Unseen


class Attachment(Unseen):
    """Nothing is asked and nothing is stored: the file's name is the question's ``source``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.types = (name,)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """It never has an answer."""
        return ()


ATTACHMENTS = ("csv-external", "xml-external")
"""Names of the kinds that :class:`Attachment` is."""
