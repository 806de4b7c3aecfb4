"""What the script of a page can tell by itself, and what only the server can.

The script knows the answers on its page, and what it is told of others (compiled_logic.py): one value of a
question in the same item or in an item around it, all values of one that stands in other items. It walks no
paths, looks up no tables and asks nothing about the response or its items but their number. Where a condition
asks for more, it is not sent; if it can change while the page is answered, the server shows what it brings up
before anybody goes on (page.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from consult.expressions import Expression
from consult.expressions.parser import Tree, walk
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.naming import names_in
from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of
from consult.questions.long_lists import is_long

ITEM_NUMBER = "#"
"""As an earlier answer: the number of the item that the page is asked about."""

_SERVERS = frozenset(
    (
        *("instance", "pulldata", "current", "position", "last", "index", "indexed-repeat", "name"),
        *(
            "local-name",
            "random",
            "uuid",
            "randomize",
            "digest",
            "base64-encode",
            "base64-decode",
            "jr:itext",
        ),
        *("version", "property", "username", "caseid", "device-info", "duration", "collect-is-phone-app"),
        *("phone-call-duration", "phone-call-log", "enumerator-name", "enumerator-id", "plug-in-metadata"),
    )
)
_WALKS = frozenset(("p", "[", "|"))
_OWN_PLACE = ["f", "position", ["p", None, ["parent", "node()"]]]
_INDEX = ["f", "index"]

Conditions = tuple[Expression, ...]


@dataclass(frozen=True)
class Place:
    """Where a question or repeat stands. ``conditions``: what must hold for it to be asked, its own last;
    ``repeats``: keys of those around it; ``counts``: how often these are asked; ``is_directly``: nothing
    stands between it and the innermost repeat."""

    question: Question | None
    conditions: Conditions = ()
    repeats: tuple[str, ...] = ()
    counts: Conditions = ()
    is_directly: bool = False

    @cached_property
    def reads(self) -> frozenset[str]:
        """What its value hangs on."""
        calculation = self.question.calculation if self.question is not None else None
        triggers = self.question.trigger if self.question is not None else ()
        return frozenset(triggers).union(*(names_in(each) for each in (*self.conditions, calculation)))

    @cached_property
    def counts_read(self) -> frozenset[str]:
        """What the number of items hangs on."""
        return frozenset().union(*(names_in(each) for each in self.counts))


@dataclass(frozen=True)
class Reach:
    """Of one page. ``places`` by key; ``live``: keys whose value can change while the page is answered."""

    places: Mapping[str, Place]
    repeats: tuple[str, ...]
    live: frozenset[str]
    _known: dict[str, bool] = field(default_factory=dict)

    def depends(self, expressions: tuple[Expression | None, ...], but: str = "") -> bool:
        """Whether one of them can change. ``but``: a key that does not count."""
        return any(not (self.live - {but}).isdisjoint(names_in(each)) for each in expressions)

    def runs(self, key: str, *expressions: Expression | None) -> bool:
        """Whether the script can work these out, which belong to the question ``key``."""
        return all(each is None or self._runs(self.tree(key, each)) for each in expressions)

    def tree(self, key: str, expression: Expression) -> Tree:
        """As the script gets it: where the item is in its list, it is told."""
        place = self.places[key]
        if not place.repeats or place.repeats != self.repeats:
            return expression.tree
        return _told(expression.tree, is_directly=place.is_directly)

    def is_list(self, key: str) -> bool:
        """Whether a name leads into other items than those around the page."""
        return not _is_one(self.places[key], self.repeats)

    def _runs(self, tree: Tree) -> bool:
        for node in walk(tree):
            if node[:1] == ["f"] and node[1] in _SERVERS:
                return False
            if node[0] in _WALKS and len(node) > 1:
                return False
            if node[0] == "v" and len(node) == 2 and not self._is_known(node[1]):
                return False
        return True

    def _is_known(self, key: str) -> bool:
        if key == ITEM_NUMBER or key not in self.places:
            return True
        if key not in self._known:
            self._known[key] = True  # while it is looked at: a circle is no reason
            self._known[key] = self._can_be_told(key)
        return self._known[key]

    def _can_be_told(self, key: str) -> bool:
        if key not in self.live:
            return True
        place = self.places[key]
        if place.question is None or self.is_list(key):
            return False
        calculation = place.question.calculation
        return calculation is None or self.runs(key, calculation, *place.conditions)


def reach_of(questionnaire: Questionnaire, page: Page) -> Reach:
    """Worked out once and kept with the questionnaire."""
    kept: dict[str, Reach] = questionnaire.__dict__.setdefault("_reach", {})
    if page.key not in kept:
        places = _every_place(questionnaire)
        on_page = {question.key for question in page.questions}
        repeats = tuple(repeat.key for repeat in page.repeats)
        kept[page.key] = Reach(places, repeats, frozenset(_live(places, on_page, repeats)))
    return kept[page.key]


def _every_place(questionnaire: Questionnaire) -> Mapping[str, Place]:
    kept: dict[str, Place] | None = questionnaire.__dict__.get("_script_places")
    if kept is None:
        kept = questionnaire.__dict__["_script_places"] = dict(_places(questionnaire.items, Place(None)))
    return kept


def beyond_script(questionnaire: Questionnaire, page: Page) -> frozenset[str]:
    """Questions of the page of which its script cannot tell whether they are asked, or which of the choices
    on the page are offered, and both can change."""
    reach = reach_of(questionnaire, page)
    return frozenset(
        question.key
        for question in page.questions
        for conditions in (reach.places[question.key].conditions, _filters(question))
        if reach.depends(conditions, question.key) and not reach.runs(question.key, *conditions)
    )


def _filters(question: Question) -> Conditions:
    """What says which choices are offered; nothing of a long list, whose script asks the server."""
    condition = None if is_long(question) else filter_of(question)
    return () if condition is None else (condition,)


def _places(items: tuple[Question | Group, ...], around: Place) -> Iterator[tuple[str, Place]]:
    for item in items:
        conditions = (*around.conditions, item.relevant) if item.relevant is not None else around.conditions
        if isinstance(item, Question):
            yield item.key, Place(item, conditions, around.repeats, around.counts, around.is_directly)
            continue
        counts = (*around.counts, item.repeat_count) if item.repeat_count is not None else around.counts
        if item.is_repeat:
            yield item.key, Place(None, conditions, around.repeats, counts)
        repeats = (*around.repeats, item.key) if item.is_repeat else around.repeats
        yield from _places(item.items, Place(None, conditions, repeats, counts, item.is_repeat))


def _live(places: Mapping[str, Place], on_page: set[str], repeats: tuple[str, ...]) -> set[str]:
    live = {
        key
        for key in on_page
        if (question := places[key].question) is not None and kind_of(question).takes_answer
    }
    read = {
        key: place.reads if _is_one(place, repeats) else place.reads | place.counts_read
        for key, place in places.items()
    }
    grown = True
    while grown:
        more = {key for key, names in read.items() if key not in live and not names.isdisjoint(live)}
        grown = bool(more)
        live |= more
    return live


def _is_one(place: Place, repeats: tuple[str, ...]) -> bool:
    """Whether it means one answer on a page inside ``repeats``, not those of several items."""
    return place.question is not None and place.repeats == repeats[: len(place.repeats)]


def _told(tree: Tree, *, is_directly: bool) -> Tree:
    if tree == _INDEX or (is_directly and tree == _OWN_PLACE):
        return ["v", ITEM_NUMBER]
    return [_told(part, is_directly=is_directly) if isinstance(part, list) else part for part in tree]
