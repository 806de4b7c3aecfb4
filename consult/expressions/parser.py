"""Tokens → syntax tree, as lists that are JSON.

| node | meaning |
|---|---|
| ``["n", 18]`` · ``["s", "yes"]`` | number · text |
| ``["v", "age"]`` | the answer to a question, ``${age}`` |
| ``["."]`` | the question's own answer |
| ``["a", "region"]`` | a bare name: a column of the choice that is being filtered |
| ``["f", "selected", …]`` | a function |
| ``["or", …]`` ``["and", …]`` ``["+", …]`` | two operands or more |
| ``["=", x, y]``, ``!= < <= > >= * div mod``; ``["neg", x]`` | a − b is ``["+", a, ["neg", b]]`` |
| ``["|", x, y]`` | union of two node lists |
| ``["p", start, step, …]`` | path; start null (here), "/" or a tree; step ``[axis, name, predicate, …]`` |
| ``["[", x, predicate, …]`` | a node list, filtered as a whole |

The grammar is XPath 1.0's, without variables ($x), attributes and the rarer axes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consult.expressions import signatures
from consult.expressions.errors import ExpressionError
from consult.expressions.lexer import Token, tokens
from consult.i18n import lazy_gettext as _l

Tree = list[Any]

MAXIMUM_DEPTH = 100
"""Brackets within brackets; evaluation goes as deep, far from the interpreter's own limit."""

_BINDING = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5}
_BINDING |= {"*": 6, "div": 6, "mod": 6, "|": 8}
_UNARY_BINDING = 7
_AXES = {"child", "self", "parent", "descendant-or-self", "descendant", "ancestor", "ancestor-or-self"}


def parse(source: str) -> Tree:
    """Read a whole expression; ExpressionError says what is wrong, where, and what to do."""
    if not source.strip():
        raise ExpressionError(_l("The expression is empty."), "empty", 0, _l("Write it, or clear the cell."))
    tree = _Parser(source).whole()
    if _height(tree) > MAXIMUM_DEPTH:
        raise _too_deep(0)
    return tree


def walk(tree: Tree) -> Iterator[Tree]:
    """Every node of a tree, itself first; without recursion."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part in reversed(node) if isinstance(part, list))


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = tokens(source)
        self.at = 0
        self.depth = 0

    def whole(self) -> Tree:
        tree = self.expression()
        if self.next.kind != "end":
            raise self.unexpected()
        return tree

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def is_operator(self, *texts: str, ahead: int = 0) -> bool:
        token = self.tokens[min(self.at + ahead, len(self.tokens) - 1)]
        return token.kind == "operator" and token.text in texts

    def expect(self, text: str) -> None:
        if not self.is_operator(text):
            raise self.unexpected(text)
        self.take()

    def expression(self, binding: int = 0) -> Tree:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise _too_deep(self.next.offset)
        left = self.operand()
        while self.next.kind == "operator" and _BINDING.get(self.next.text, 0) > binding:
            operator = self.take().text
            left = _joined(operator, left, self.expression(_BINDING[operator]))
        self.depth -= 1
        return left

    def operand(self) -> Tree:
        if self.is_operator("-"):
            self.take()
            inner = self.expression(_UNARY_BINDING)
            return ["n", -inner[1]] if inner[0] == "n" else ["neg", inner]
        if self.is_operator("/", "//"):
            return self.path("/")
        primary = self.primary()
        if primary is None:
            return self.path(None)
        if self.is_operator("["):
            primary = ["[", primary, *self.predicates()]
        return self.path(primary) if self.is_operator("/", "//") else primary

    def primary(self) -> Tree | None:
        """A value that may stand before a path; None if a path begins here."""
        token = self.next
        if token.kind == "number":
            self.take()
            value = float(token.text)
            return ["n", int(value) if value.is_integer() else value]
        if token.kind == "string":
            self.take()
            return ["s", token.text]
        if token.kind == "reference":
            self.take()
            return ["v", _reference(token)]
        if self.is_operator("("):
            self.take()
            inner = self.expression()
            self.expect(")")
            return inner
        if token.kind == "name" and token.text != "node" and self.is_operator("(", ahead=1):
            return self.call()
        return None

    def call(self) -> Tree:
        name = self.take()
        signatures.look_up(name.text, name.offset)
        self.expect("(")
        arguments: list[Tree] = []
        if not self.is_operator(")"):
            arguments.append(self.expression())
            while self.is_operator(","):
                self.take()
                arguments.append(self.expression())
        self.expect(")")
        signatures.check_arity(name.text, len(arguments), name.offset)
        signatures.check_arguments(name.text, arguments, name.offset)
        if not arguments and name.text in signatures.OF_OWN_VALUE:
            arguments.append(["."])
        if name.text == "choice-label":
            return ["f", "jr:choice-name", arguments[1], signatures.question_named(arguments[0], name.offset)]
        return ["f", name.text, *arguments]

    def path(self, start: Any) -> Tree:
        steps: list[Tree] = []
        if start is not None:
            self.separator(steps)
            if start == "/" and not steps and not self.is_step():
                return ["p", "/"]
        steps.append(self.step())
        while self.is_operator("/", "//"):
            self.separator(steps)
            steps.append(self.step())
        if start is None and len(steps) == 1:
            if steps[0] == ["self", "node()"]:
                return ["."]
            if steps[0][0] == "child" and len(steps[0]) == 2 and steps[0][1] not in ("*", "node()"):
                return ["a", steps[0][1]]
        return ["p", start, *steps]

    def separator(self, steps: list[Tree]) -> None:
        if self.take().text == "//":
            steps.append(["descendant-or-self", "node()"])

    def is_step(self) -> bool:
        return self.next.kind == "name" or self.is_operator(".", "..", "@")

    def step(self) -> Tree:
        if self.is_operator("."):
            self.take()
            return ["self", "node()", *self.predicates()]
        if self.is_operator(".."):
            self.take()
            return ["parent", "node()", *self.predicates()]
        if self.is_operator("@"):
            raise _unsupported(self.next.offset, _l("Attributes (@) cannot be used."))
        if self.next.kind != "name":
            raise self.unexpected()
        axis = "child"
        if self.is_operator("::", ahead=1):
            name = self.take()
            axis = name.text
            if axis not in _AXES:
                raise _unsupported(name.offset, _l("The axis “%(name)s” cannot be used.", name=axis))
            self.take()
            if self.next.kind != "name":
                raise self.unexpected()
        test = self.take()
        if self.is_operator("("):
            if test.text != "node":
                raise _unsupported(test.offset, _l("The test “%(name)s()” cannot be used.", name=test.text))
            self.take()
            self.expect(")")
            return [axis, "node()", *self.predicates()]
        return [axis, test.text, *self.predicates()]

    def predicates(self) -> list[Tree]:
        found = []
        while self.is_operator("["):
            self.take()
            found.append(self.expression())
            self.expect("]")
        return found

    def unexpected(self, wanted: str = "") -> ExpressionError:
        token = self.next
        if token.kind == "end":
            message = _l("The expression ends too early.")
            remedy = (
                _l("Close what is open: “%(sign)s” is missing.", sign=wanted)
                if wanted
                else _l("Complete it.")
            )
        else:
            message = _l(
                "“%(sign)s” at position %(position)s was not expected.",
                sign=token.text or "''",
                position=token.offset + 1,
            )
            remedy = _remedy(token, self.tokens[self.at - 1] if self.at else None, wanted)
        return ExpressionError(message, "syntax", token.offset, remedy)


def _joined(operator: str, left: Tree, right: Tree) -> Tree:
    """Left and right under an operator; a long sum or condition stays one flat node."""
    if operator == "-":
        operator, right = "+", ["neg", right]
    if operator in ("or", "and", "+") and left[0] == operator:
        left.append(right)
        return left
    return [operator, left, right]


def _height(tree: Tree) -> int:
    """Levels of lists in lists, counted without recursion."""
    level, height = [tree], 0
    while level:
        height += 1
        level = [part for node in level for part in node if isinstance(part, list)]
    return height


def _too_deep(offset: int) -> ExpressionError:
    return ExpressionError(
        _l("The expression is nested more than %(limit)s levels deep.", limit=MAXIMUM_DEPTH),
        "too_deep",
        offset,
        _l("Split it over several calculate questions."),
    )


def _reference(token: Token) -> str:
    name = token.text
    if name.startswith("last-saved#"):
        raise _unsupported(token.offset, _l("Answers of an earlier response (last-saved#) cannot be used."))
    if not name or any(sign.isspace() for sign in name):
        raise ExpressionError(
            _l("“${%(name)s}” is not the name of a question.", name=name),
            "syntax",
            token.offset,
            _l("Between the braces stands a name from the column “name”, without spaces."),
        )
    return name


def _unsupported(offset: int, message: Any) -> ExpressionError:
    return ExpressionError(message, "unsupported", offset, _l("Refer to questions as ${name}."))


def _remedy(token: Token, before: Token | None, wanted: str) -> Any:
    if before is not None and before.text == token.text and token.text == "=":
        return _l("Write one “=”, not two.")
    if before is not None and before.text == token.text == "|":
        return _l("Write “or” instead of “||”.")
    if before is not None and (before.text, token.text) == ("<", ">"):
        return _l("Write “!=” for “is not”.")
    if token.kind == "name" and token.text.lower() in ("and", "or", "div", "mod"):
        return _l("Write “%(word)s” in small letters.", word=token.text.lower())
    if wanted:
        return _l("“%(sign)s” is missing here.", sign=wanted)
    return _l("Something is missing before it: an operator, a comma or a closing bracket.")
