"""Questionnaires dense with logic, made by chance: each part is what some author writes."""

from __future__ import annotations

import random
from collections.abc import Callable

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Choice, Question

KINDS = (
    "integer",
    "integer",
    "decimal",
    "text",
    "date",
    "select_one",
    "select_multiple",
    "calculate",
    "calculate",
)
CODES = ("a", "b", "c", "1", "2")
CHOICES = tuple(Choice(code, Localized({"en": f"Label {code}"})) for code in CODES)
LISTS = {"codes": CHOICES}
_DATES = ("today()", "date('2026-03-05')", "date('1990-01-31')", "date(today() - 60)")
_PATTERNS = ("[a-z]+", "[0-9]{2,3}", ".*", "^[A-Za-z ]{1,8}$", "a|b")
_FORMATS = ("%Y-%m-%d", "%e %n %y", "%d/%m/%Y %H:%M", "%b %Y", "%a")


class Composer:
    """One questionnaire a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.number = 0
        self.known: list[Question] = []
        self.repeated: list[Question] = []

    def questionnaire(self) -> Questionnaire:
        items: list[Question | Group] = []
        for _ in range(4):
            items += self.questions(4)
            items.append(self.group())
        items.append(self.repeat())
        items += self.questions(6)
        return Questionnaire("made", Localized({"en": "Made"}), ("en",), tuple(items), LISTS)

    def questions(self, count: int) -> list[Question]:
        return [self.question() for _ in range(count)]

    def group(self) -> Group:
        key = self.key("g")
        relevant = self.condition(2)
        return Group(key, Localized({"en": key}), relevant=relevant, items=tuple(self.questions(3)))

    def repeat(self) -> Group:
        key = self.key("r")
        outside = list(self.known)
        inside = self.questions(4)
        self.known, self.repeated = outside, [each for each in inside if each.kind != "calculate"]
        return Group(
            key, Localized({"en": key}), relevant=self.condition(1), items=tuple(inside), is_repeat=True
        )

    def key(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def question(self) -> Question:
        dice, kind = self.dice, self.dice.choice(KINDS)
        key = self.key("q")
        calculation = constraint = None
        if kind == "calculate":
            calculation = Expression.parse(dice.choice((self.numeric, self.textual, self.truth))(3))
        elif dice.random() < 0.3:
            constraint = Expression.parse(self.own(kind))
        listed = kind.startswith("select")
        made = Question(
            key,
            kind,
            Localized({"en": key}),
            relevant=self.condition(2) if dice.random() < 0.5 else None,
            required=self.condition(1) if kind != "calculate" and dice.random() < 0.2 else None,
            calculation=calculation,
            constraint=constraint,
            list_name="codes" if listed else "",
            choices=CHOICES if listed else (),
        )
        self.known.append(made)
        return made

    def own(self, kind: str) -> str:
        """A constraint of the kinds that authors write."""
        dice = self.dice
        if kind in ("integer", "decimal"):
            return dice.choice(
                (f". >= {self.numeric(1)}", ". > 0 and . < 100", f". mod 2 = 0 or . = {self.numeric(1)}")
            )
        if kind == "date":
            return dice.choice((". <= today()", f". > {self.dated(1)}", f". - {self.dated(0)} < 100"))
        if kind == "text":
            return dice.choice((f"regex(., '{dice.choice(_PATTERNS)}')", "string-length(.) < 6", ". != 'a'"))
        return dice.choice(("not(selected(., 'a'))", "count-selected(.) <= 2", ". != '1'", ". = 1 or . = 2"))

    def condition(self, depth: int) -> Expression:
        return Expression.parse(self.truth(depth))

    def reference(self, *kinds: str) -> str | None:
        found = [each for each in self.known if each.kind in kinds]
        return f"${{{self.dice.choice(found).key}}}" if found else None

    def truth(self, depth: int) -> str:
        if depth <= 0:
            listed = self.reference("select_one", "select_multiple")
            code = self.dice.choice(CODES)
            return f"selected({listed}, '{code}')" if listed else self.dice.choice(("true()", "false()"))
        n, t, d, c = self.numeric, self.textual, self.dated, self.truth
        less = depth - 1
        return self.pick(
            lambda: f"{n(less)} {self.dice.choice(('=', '!=', '<', '<=', '>', '>='))} {n(less)}",
            lambda: f"{t(less)} {self.dice.choice(('=', '!='))} {t(less)}",
            lambda: f"{d(less)} {self.dice.choice(('<', '<=', '>', '>=', '=', '!='))} {d(less)}",
            lambda: f"({c(less)} and {c(less)})",
            lambda: f"({c(less)} or {c(less)})",
            lambda: f"not({c(less)})",
            lambda: f"regex({t(less)}, '{self.dice.choice(_PATTERNS)}')",
            lambda: f"contains({t(less)}, 'a')",
            lambda: f"{self.reference('text', 'integer', 'select_one', 'calculate', 'date') or t(0)} = ''",
            lambda: f"{self.reference('text', 'integer', 'select_one', 'date') or t(0)} != ''",
            lambda: f"boolean-from-string({t(less)})",
            lambda: (
                f"{self.reference('select_one') or t(0)} = {self.dice.choice(('1', chr(39) + 'a' + chr(39)))}"
            ),
            lambda: f"checklist(1, 2, {c(less)}, {c(less)})",
        )

    def numeric(self, depth: int) -> str:
        if depth <= 0:
            known = self.reference("integer", "decimal")
            return (
                known
                if known and self.dice.random() < 0.7
                else self.dice.choice(("0", "1", "2.5", "10", "-3"))
            )
        n, t, d, c = self.numeric, self.textual, self.dated, self.truth
        less = depth - 1
        return self.pick(
            lambda: f"({n(less)} {self.dice.choice(('+', '-', '*', 'div', 'mod'))} {n(less)})",
            lambda: f"int({n(less)})",
            lambda: f"round({n(less)}, {self.dice.choice((0, 1, 2))})",
            lambda: f"abs({n(less)})",
            lambda: f"pow({n(less)}, 2)",
            lambda: f"if({c(less)}, {n(less)}, {n(less)})",
            lambda: f"coalesce({n(less)}, {n(less)})",
            lambda: f"count-selected({self.reference('select_multiple') or t(0)})",
            lambda: f"string-length({t(less)})",
            lambda: f"number({t(less)})",
            lambda: f"int(({d(less)} - {d(less)}) div 365.25)",
            lambda: f"max(0, {n(less)}, {n(less)})",
            lambda: f"min({n(less)}, {n(less)})",
            self.total,
        )

    def textual(self, depth: int) -> str:
        if depth <= 0:
            known = self.reference("text", "select_one", "select_multiple")
            return (
                known
                if known and self.dice.random() < 0.7
                else self.dice.choice(("'a'", "''", "'12'", "'Amal'"))
            )
        n, t, d, c = self.numeric, self.textual, self.dated, self.truth
        less = depth - 1
        one = self.reference("select_one")
        return self.pick(
            lambda: f"concat({t(less)}, {n(0)}, {t(less)})",
            lambda: f"substr({t(less)}, {self.dice.choice((0, 1, -2))}, {self.dice.choice((1, 3, -1))})",
            lambda: f"if({c(less)}, {t(less)}, {t(less)})",
            lambda: f"coalesce({t(less)}, {t(less)})",
            lambda: (
                f"selected-at({self.reference('select_multiple') or t(0)}, {self.dice.choice((0, 1, 5))})"
            ),
            lambda: f"substring-before({t(less)}, 'a')",
            lambda: f"substring-after({t(less)}, ' ')",
            lambda: f"translate({t(less)}, 'abc', 'AB')",
            lambda: f"normalize-space({t(less)})",
            lambda: f"string({n(less)})",
            lambda: f"format-date({d(less)}, '{self.dice.choice(_FORMATS)}')",
            lambda: f"jr:choice-name({one}, '{one}')" if one else t(0),
            lambda: f"join('-', {t(less)}, {t(less)})",
        )

    def dated(self, depth: int) -> str:
        known = self.reference("date")
        if depth <= 0 or known is None:
            return known if known and self.dice.random() < 0.6 else self.dice.choice(_DATES)
        return self.pick(
            lambda: known,
            lambda: f"date({self.dated(depth - 1)} + {self.dice.choice((1, 30, -7))})",
            lambda: f"if({self.truth(depth - 1)}, {self.dated(depth - 1)}, {self.dated(depth - 1)})",
        )

    def total(self) -> str:
        """Over all items of the repeat, once it is there."""
        found = [each for each in self.repeated if each.kind in ("integer", "decimal")]
        if not found:
            return self.numeric(0)
        name = f"${{{self.dice.choice(found).key}}}"
        return self.dice.choice((f"sum({name})", f"count({name})", f"max(0, {name})", f"min({name})"))

    def pick(self, *makers: Callable[[], str]) -> str:
        return self.dice.choice(makers)()
