"""The names of the sheets, and what is on them."""

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


def descriptions(w: Wording) -> list[Said]:
    """What is on those after the first."""
    return [
        w.gettext("Every question with its counts, percentages and a chart"),
        w.gettext("One row for each response, one column for each question and each choice"),
        w.gettext("What people wrote or said, in their own words, with its language and translation"),
        w.gettext("What each column means: the question and its choices in every language of the form"),
    ]


def who_answered_name(wording: Wording) -> Said:
    return wording.pgettext("sheet", "Who answered")


def method_name(wording: Wording) -> Said:
    return wording.pgettext("sheet", "Method")


def weighted_name(wording: Wording) -> Said:
    return wording.pgettext("sheet", "Weighted")


def breakdown_name(wording: Wording, number: int, of: int) -> Said:
    """Of the sheet of the breakdown ``number`` (from 1), of so many."""
    if of == 1:
        return wording.pgettext("sheet", "Breakdown")
    return wording.pgettext("sheet", "Breakdown %(number)s", number=number)


def open_answers_name(wording: Wording) -> Said:
    """Other sheets point to it."""
    return wording.pgettext("sheet", "Open answers")
