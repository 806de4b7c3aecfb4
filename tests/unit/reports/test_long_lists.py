"""Lists of hundreds of choices in reports: what was chosen is counted, what nobody chose is left out."""

from __future__ import annotations

import time
from dataclasses import replace

from consult.i18n import Localized
from consult.questions import Choice
from consult.reports.merging import merge
from consult.reports.tables import question_tables
from consult.reports.tally import Tally
from tests.reports.building import row
from tests.samples.questions import ask, questionnaire


def towns(first: int, last: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"t{n}", Localized({"en": f"Town {n}"})) for n in range(first, last))


def test_versions_with_long_lists_are_merged_at_once() -> None:
    older = questionnaire(ask("select_one", "town", choices=towns(0, 10_000)))
    newer = questionnaire(ask("select_one", "town", choices=towns(5_000, 15_000)))
    begun = time.process_time()
    (asked,) = merge([(1, older), (2, newer)])
    assert time.process_time() - begun < 6
    assert len(asked.question.choices) == 15_000
    assert asked.question.choices[0].key == "t5000"


def test_list_that_did_not_change_stays_as_it_is() -> None:
    form = questionnaire(ask("select_one", "town", choices=towns(0, 300)))
    (asked,) = merge([(1, form), (2, replace(form, author_version="2"))])
    assert asked.question.choices == form.questions["town"].choices


def test_of_thousands_only_what_somebody_chose_is_counted() -> None:
    form = questionnaire(ask("select_one", "town", choices=towns(0, 2_000)))
    tally = Tally(merge([(1, form)]))
    for code in ("t7", "t1999", "t7"):
        tally.add(row({"town": code}))
    (table,) = question_tables(tally)
    assert [(line.code, line.count) for line in table.lines] == [("t7", 2), ("t1999", 1)]
