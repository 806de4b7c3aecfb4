"""The names of the sheets."""

from __future__ import annotations

from consult.reports.wording import Said, Wording


def sheet_names(wording: Wording) -> list[Said]:
    """In order."""
    return [
        wording.pgettext("sheet", "About"),
        wording.pgettext("sheet", "Summary"),
        wording.pgettext("sheet", "Responses"),
        open_answers_name(wording),
        wording.pgettext("sheet", "Codebook"),
    ]


def who_answered_name(wording: Wording) -> Said:
    return wording.pgettext("sheet", "Who answered")


def method_name(wording: Wording) -> Said:
    return wording.pgettext("sheet", "Method")


def breakdown_name(wording: Wording) -> Said:
    """Of the sheet that is there when one was asked for."""
    return wording.pgettext("sheet", "Breakdown")


def open_answers_name(wording: Wording) -> Said:
    """Other sheets point to it."""
    return wording.pgettext("sheet", "Open answers")
