"""How fast the language of logic is: `python bench/logic.py`. Figures, no verdict."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from consult.expressions import Context, Expression
from consult.expressions.parser import parse
from consult.expressions.tables import Table
from consult.i18n import Localized
from consult.questionnaires.data.attach import attached
from consult.questionnaires.routing import evaluate, final_answers
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Choice, Question
from consult.questions.long_lists import matches

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
SOURCES = (
    "selected(${topics}, 'housing')",
    "${age} >= 18 and ${age} < 65",
    "not(selected(${topics}, 'none') and count-selected(${topics}) > 1)",
    "if(${age} > 30, 'older', concat('under ', 30))",
    "int((today() - ${arrived}) div 365.25)",
    "regex(${code}, '[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]')",
    "coalesce(${nickname}, ${name}) = 'Amal'",
    "${arrived} <= today()",
)
LOOKUPS = (
    "pulldata('towns', 'label', 'name', ${town})",
    "instance('towns')/root/item[name = ${town}]/label",
    "count(instance('towns')/root/item[region = ${region}])",
)
VALUES = {"age": 42.0, "topics": "housing jobs", "arrived": "2019-06-15", "code": "N6A 1B2", "name": "Amal"}


def main() -> None:
    context = Context(VALUES, now=NOW)
    each = []
    for source in SOURCES:
        expression = Expression.parse(source)
        each.append(_microseconds(lambda expression=expression: expression.evaluate(context), 20_000))
        print(f"{each[-1]:8.2f} µs  {source}")
    print(f"{statistics.median(each):8.2f} µs  median of an expression, its tree cached")
    print(f"{_microseconds(lambda: Expression.parse(SOURCES[2]), 20_000):8.2f} µs  parse, cached")
    print(f"{_microseconds(lambda: parse(SOURCES[2]), 500):8.2f} µs  parse, not cached")
    tables()
    form = hundred_questions()
    answers = {f"q{number}": number % 7 for number in range(0, 100, 2)}
    took = _microseconds(lambda: evaluate(form, answers, now=NOW, language="en"), 200)
    print(f"{took / 1000:8.3f} ms  100 questions in 10 groups with 120 expressions, all states")
    took = _microseconds(lambda: final_answers(form, answers, now=NOW, language="en"), 200)
    print(f"{took / 1000:8.3f} ms  the same, final answers")


class Beside(Context):
    """A context with a table beside the form."""

    __slots__ = ("towns",)
    towns: Table

    def table(self, name: str) -> Table | None:  # noqa: ARG002 - there is one
        return self.towns


def tables() -> None:
    """Lookups among 20,000 rows, as an expression and as the filter of a list."""
    towns = Table(("name", "label", "region"), [(f"t{n}", f"Town {n}", f"r{n % 400}") for n in range(20_000)])
    context = Beside({"town": "t19999", "region": "r7"}, now=NOW)
    context.towns = towns
    for source in LOOKUPS:
        took = _microseconds(partial(Expression.parse(source).evaluate, context), 2_000)
        print(f"{took:8.2f} µs  {source}")
    asked = Question(
        "town",
        "select_one",
        source="towns.csv",
        choice_filter=Expression.parse("region = ${region}"),
    )
    region = Question("region", "text")
    form = Questionnaire("bench", Localized({"en": "Bench"}), ("en",), (region, asked), {})
    form = attached(form, {"towns.csv": towns})
    took = _microseconds(lambda: evaluate(form, {"region": "r7"}, now=NOW, language="en"), 500)
    print(f"{took:8.2f} µs  a page with a list of 20,000, filtered to 50")
    found = tuple(choice.key for choice in form.questions["town"].choices)
    took = _microseconds(lambda: matches(form.questions["town"], found, "town 1999"), 5)
    print(f"{took / 1000:8.2f} ms  what people typed, looked for in 20,000 labels")


def hundred_questions() -> Questionnaire:
    """Ten groups of ten: integers with constraint, relevance on the one before, a calculation, a choice."""
    groups = []
    for start in range(0, 100, 10):
        questions = [_question(number) for number in range(start, start + 10)]
        relevant = Expression.parse(f"${{q{start - 1}}} != 3") if start else None
        groups.append(Group(f"g{start}", relevant=relevant, items=tuple(questions)))
    return Questionnaire("bench", Localized({"en": "Bench"}), ("en",), tuple(groups), {})


def _question(number: int) -> Question:
    key = f"q{number}"
    if number % 10 == 9:
        return Question(
            key, "calculate", calculation=Expression.parse(f"${{q{number - 9}}} + ${{q{number - 7}}}")
        )
    if number % 10 == 8:
        choices = tuple(Choice(code, Localized({"en": code}), {"of": code}) for code in ("1", "2", "3", "4"))
        return Question(
            key, "select_one", choices=choices, choice_filter=Expression.parse(f"of > ${{q{number - 2}}}")
        )
    relevant = Expression.parse(f"${{q{number - 1}}} > 1 or ${{q{number - 1}}} = ''") if number % 10 else None
    return Question(key, "integer", relevant=relevant, constraint=Expression.parse(". >= 0 and . < 150"))


def _microseconds(run: Callable[[], object], times: int) -> float:
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(times):
            run()
        best = min(best, (time.process_time() - start) / times)
    return best * 1e6


if __name__ == "__main__":
    main()
