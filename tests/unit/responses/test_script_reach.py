"""Questions that a looked-up value brings up are shown before anybody goes on, also where a script runs."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from consult.expressions.tables import Table
from consult.questionnaires.data.attach import attached
from consult.questionnaires.routing import pages
from consult.responses.page import LIVE, read_page
from consult.responses.script_reach import beyond_script
from tests.samples.questions import NOW, ask, group, questionnaire

TOWNS = {"towns.csv": Table(("name", "size"), [("london", "big"), ("hearst", "small")])}
SIZE = "pulldata('towns', 'size', 'name', ${town})"


def made() -> Any:
    return attached(
        questionnaire(
            group(
                ask("text", "town"),
                ask("calculate", "size", calculation=SIZE),
                ask("calculate", "is_big", calculation="${size} = 'big'"),
                ask("text", "bus", relevant="${is_big} = 'true'"),
                ask("text", "car", relevant="${town} != ''"),
                group(ask("text", "walk"), key="inner", relevant=f"{SIZE} = 'small'"),
                appearance="field-list",
            )
        ),
        TOWNS,
    )


def test_what_rests_on_a_lookup_is_beyond_the_script() -> None:
    form = made()
    assert beyond_script(form, pages(form)[0]) == {"bus", "walk"}


def test_question_that_a_lookup_brings_up_is_shown_before_going_on() -> None:
    form = made()
    sent = MultiDict({"q-town": "london", LIVE: "1"})
    read = read_page(form, pages(form)[0], sent, {}, now=NOW, language="en")
    assert read.revealed == ("bus",)


def test_question_that_the_script_could_show_is_not_shown_twice() -> None:
    form = made()
    sent = MultiDict({"q-town": "elsewhere", LIVE: "1"})
    assert read_page(form, pages(form)[0], sent, {}, now=NOW, language="en").revealed == ()
