"""What can be wrong with an expression, said so that its author can mend it."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Message = Any
"""A text, or one that is translated when it is read (``lazy_gettext``)."""

Code = Literal[
    "empty",
    "syntax",
    "unknown_function",
    "unknown_name",
    "arity",
    "argument",
    "cycle",
    "pattern",
    "unsupported",
    "too_long",
    "too_deep",
    "too_much_work",
    "too_many_items",
]


class ExpressionError(ValueError):
    """An expression that cannot be read, or whose evaluation went past its limits.

    ``message`` what is wrong, ``remedy`` what to do (both translated when read); ``offset`` the place in
    the source, in characters from its start. The message never holds an answer.
    """

    def __init__(
        self, message: Message, code: Code = "syntax", offset: int = 0, remedy: Message = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code: Code = code
        self.offset = offset
        self.remedy = remedy

    def __str__(self) -> str:
        return str(self.message)


class Problem(NamedTuple):
    """Something a check found in an expression that could be read; fields as in ExpressionError."""

    code: str
    message: Message
    remedy: Message = ""
    offset: int = 0
    severity: Literal["error", "warning"] = "error"
