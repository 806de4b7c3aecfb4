"""Bar codes: typed as they are printed, or read by the camera where the browser can."""

from __future__ import annotations

from typing import Any

from consult.questions.kind import Summary
from consult.questions.question import Question
from consult.questions.text import Text


class Barcode(Text):
    """What a bar code says; coded as str."""

    name = "barcode"
    types = ("barcode", "q barcode", "add barcode prompt")
    summary: Summary = "none"
    device = ("camera",)

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {}
