"""Who was asked a follow-up is known to everybody: its base does not tell what is hidden before it."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest

from consult.reports.disclosure.cells import Cell, Dimension, Link, Table
from consult.reports.disclosure.merging import merge_small
from consult.reports.disclosure.protect import Edition, Protected, TooFew, TooLittleNew, protect
from consult.reports.disclosure.suppression import Unprotectable
from tests.unit.reports.disclosure.attacker import Attacker, Route, truth_of
from tests.unit.reports.disclosure.made_up import Response, table

KEY = b"a key for tests"
THRESHOLD = 10
PUBLICATIONS = int(os.environ.get("CONSULT_TABLES", "40"))
NO_ANSWER = frozenset(("",))
WORKS = Dimension("works", ("yes", "no", "unsure", ""), fixed=NO_ANSWER)
HOURS = Dimension("hours", ("full", "part", ""), fixed=NO_ANSWER)
TOWN = Dimension("town", ("a", "b", "c"), may_merge=False)
ROUTE: Route = ("hours", "works", frozenset(("yes",)))
LINK = Link(("hours", ""), "works", frozenset(("yes",)))


def person(draw: random.Random, leaning: Sequence[int]) -> Response:
    works = draw.choices(WORKS.categories, leaning)[0]
    is_told = works == "yes" and draw.random() > 0.03
    hours = draw.choice(("full", "part")) if is_told else ""
    return {"works": works, "hours": hours, "town": draw.choices(TOWN.categories, (6, 3, 1))[0]}


def published(seed: int, *, links: Sequence[Link] = (LINK,), editions: int = 1) -> list[Protected]:
    draw = random.Random(seed)
    leaning = draw.choice(((90, 5, 0, 2), (60, 30, 3, 2), (85, 4, 4, 0), (30, 50, 8, 4)))
    by_town = draw.random() < 0.5
    found = [person(draw, leaning) for _ in range(draw.randint(40, 200))]
    made: list[Protected] = []
    for _ in range(editions):
        try:
            made.append(protect(_tables(found, by_town), key=KEY, earlier=_earlier(made), links=links))
        except (TooFew, TooLittleNew, Unprotectable):
            break
        found = found + [person(draw, leaning) for _ in range(draw.randint(THRESHOLD, 60))]
    return made


def _tables(found: Sequence[Response], by_town: bool) -> list[Table]:
    kinds = [(WORKS,), (HOURS,)]
    crossed = [(WORKS, TOWN), (HOURS, TOWN)] if by_town else []
    return [table(of, found, THRESHOLD) for of in (*kinds, *crossed)]


def _earlier(made: Sequence[Protected]) -> list[Edition]:
    return [each.edition for each in reversed(made)]


def recovered(made: list[Protected]) -> int:
    attacker = Attacker(made, exact=True, routes=(ROUTE,)) if made else None
    return len(attacker.recovered(truth_of(made), THRESHOLD)) if attacker else 0


def test_base_of_a_follow_up_gives_no_small_count_away() -> None:
    assert [seed for seed in range(PUBLICATIONS) if recovered(published(seed))] == []


def test_nor_do_the_bases_of_two_editions() -> None:
    assert [seed for seed in range(PUBLICATIONS // 2) if recovered(published(seed, editions=2))] == []


def test_without_looking_at_who_was_asked_it_does() -> None:
    assert any(recovered(published(seed, links=())) for seed in range(10))


def answers(**counts: int) -> Table:
    return Table((WORKS,), {(code.lstrip("_"),): count for code, count in counts.items()})


def hours(**counts: int) -> Table:
    return Table((HOURS,), {(code.lstrip("_"),): count for code, count in counts.items()})


def is_hidden(found: Protected, key: str, code: str) -> bool:
    return found.shown[Cell(frozenset(((key, code),)))] is None


@pytest.mark.parametrize(("no", "is_told"), [(5, False), (14, True)])
def test_how_many_answered_is_hidden_where_it_tells_of_a_few(no: int, is_told: bool) -> None:
    """95 said yes and told their hours: of 104, at most 9 said no; of 113, that is no secret."""
    before = answers(yes=95, no=no, _=4)
    found = protect([before, hours(full=60, part=35, _=no + 4)], key=KEY, links=[LINK])
    assert is_hidden(found, "hours", "") is not is_told


def test_link_that_the_counts_contradict_hides_nothing() -> None:
    tables = [answers(yes=50, no=50, _=4), hours(full=60, part=40, _=4)]
    assert protect(tables, key=KEY, links=[LINK]).shown == protect(tables, key=KEY).shown


def test_answers_that_lead_on_are_not_put_together_with_others() -> None:
    tables = [answers(yes=8, no=60, unsure=9), hours(full=5, part=3, _=69)]
    assert list(merge_small(tables).parts["works"]) == ["yes+unsure", "no", ""]
    assert list(merge_small(tables, [LINK]).parts["works"]) == ["yes", "no+unsure", ""]
