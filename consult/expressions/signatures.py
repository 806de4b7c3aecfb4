"""Which functions exist, and how many arguments each takes."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from consult.expressions.errors import ExpressionError
from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext as _nl

MANY = 10_000
"""No upper bound: the length of the expression is one."""

SIGNATURES: Mapping[str, tuple[int, int]] = MappingProxyType(
    # choices
    {
        "selected": (2, 2),
        "selected-at": (2, 2),
        "count-selected": (1, 1),
        "jr:choice-name": (2, 2),
        "checklist": (3, MANY),
        "weighted-checklist": (4, MANY),
    }
    # conditions
    | {
        "if": (3, 3),
        "coalesce": (2, MANY),
        "once": (1, 1),
        "not": (1, 1),
        "true": (0, 0),
        "false": (0, 0),
        "boolean": (1, 1),
        "boolean-from-string": (1, 1),
    }
    # texts
    | {
        "string": (0, 1),
        "string-length": (0, 1),
        "concat": (0, MANY),
        "join": (1, MANY),
        "contains": (2, 2),
        "starts-with": (2, 2),
        "ends-with": (2, 2),
        "substr": (2, 3),
        "substring": (2, 3),
        "substring-before": (2, 2),
        "substring-after": (2, 2),
        "translate": (3, 3),
        "normalize-space": (0, 1),
        "regex": (2, 2),
        "uuid": (0, 1),
        "digest": (2, 3),
        "base64-encode": (1, 1),
        "base64-decode": (1, 1),
        "version": (0, 0),
        "jr:itext": (1, 1),
    }
    # numbers
    | {
        "number": (0, 1),
        "int": (1, 1),
        "round": (1, 2),
        "floor": (1, 1),
        "ceiling": (1, 1),
        "abs": (1, 1),
        "pow": (2, 2),
        "exp": (1, 1),
        "exp10": (1, 1),
        "log": (1, 1),
        "log10": (1, 1),
        "sqrt": (1, 1),
        "sin": (1, 1),
        "cos": (1, 1),
        "tan": (1, 1),
        "asin": (1, 1),
        "acos": (1, 1),
        "atan": (1, 1),
        "atan2": (2, 2),
        "pi": (0, 0),
        "random": (0, 0),
        "min": (1, MANY),
        "max": (1, MANY),
    }
    # dates and times
    | {
        "today": (0, 0),
        "now": (0, 0),
        "date": (1, 1),
        "date-time": (1, 1),
        "decimal-date-time": (1, 1),
        "decimal-time": (1, 1),
        "format-date": (2, 2),
        "format-date-time": (2, 2),
    }
    # lists of nodes
    | {
        "sum": (1, 1),
        "count": (1, 1),
        "count-non-empty": (1, 1),
        "position": (0, 1),
        "last": (0, 0),
        "name": (0, 1),
        "local-name": (0, 1),
        "current": (0, 0),
        "indexed-repeat": (3, 7),
        "index": (0, 1),
        "randomize": (1, 2),
    }
    # places
    | {
        "area": (1, MANY),
        "enclosed-area": (1, MANY),
        "distance": (1, MANY),
        "distance-between": (2, 2),
        "geofence": (2, 2),
        "short-geopoint": (1, 1),
    }
    # what one product added
    | {
        "lower": (1, 1),
        "upper": (1, 1),
        "empty": (1, 1),
        "linebreak": (0, 0),
        "item-at": (3, 3),
        "item-index": (3, 3),
        "item-present": (3, 3),
        "count-items": (2, 2),
        "rank-value": (2, 2),
        "de-duplicate": (2, 2),
        "format-number": (1, 1),
        "choice-label": (2, 2),
        "duration": (0, 1),
        "device-info": (0, 0),
        "enumerator-name": (0, 0),
        "enumerator-id": (0, 0),
        "plug-in-metadata": (1, 1),
        "phone-call-log": (0, 0),
        "phone-call-duration": (0, 0),
        "collect-is-phone-app": (0, 0),
        "username": (0, 0),
        "caseid": (0, 0),
        "property": (1, 1),
    }
    # tables beside the form
    | {
        "instance": (1, 1),
        "pulldata": (3, MANY),
    }
)

OF_OWN_VALUE = frozenset(("string", "string-length", "normalize-space", "number", "name", "local-name"))
"""Without arguments these are about the question's own answer (XPath 1.0: the context node)."""

OF_LISTS = frozenset(("count", "count-non-empty", "sum", "position", "name", "local-name"))
"""These are about lists of answers: a text or number written out in their place is a slip."""

OVER_ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "join-if": "join-if(', ', ${name}, ${age} > 17)",
        "count-if": "count-if(${members}, ${age} > 17)",
        "sum-if": "sum-if(${amount}, ${age} > 17)",
        "min-if": "min-if(${amount}, ${age} > 17)",
        "max-if": "max-if(${amount}, ${age} > 17)",
        "rank-index": "rank-index(1, ${score})",
        "rank-index-if": "rank-index-if(1, ${score}, ${age} > 17)",
    }
)
"""Functions of SurveyCTO over the items of a repeat, each with an example. An import says them in functions
of the standard (over_repeats.py); what comes here could not be said so."""

ELSEWHERE = frozenset(OVER_ITEMS) | frozenset(
    (
        # of one product: what they come to is known to it alone
        *("relevant", "hash", "geo-scatter", "mean-if"),
        # of a device or an account that a survey in the browser does not have
        *("extract-signed", "pulldata-geo", "custom-phone-call", "device-phone-number"),
        # of health trackers
        *("add-date", "difference-in-days", "difference-in-weeks", "difference-in-months"),
        *("difference-in-years", "parse-timestamp-to-date", "to-bikram-sambat", "z-score"),
        "cht:extension-lib",
    )
)
"""Functions of other products, refused by name."""


def look_up(name: str, offset: int = 0) -> tuple[int, int]:
    """Fewest and most arguments of a function; ExpressionError, with the likeliest spelling, if unknown."""
    if name in SIGNATURES:
        return SIGNATURES[name]
    if name in OVER_ITEMS:
        raise misused(name, offset)
    if name in ELSEWHERE or name.startswith("cht:"):
        raise ExpressionError(
            _l("The function “%(name)s” belongs to one other product.", name=name),
            "unsupported",
            offset,
            _l("Work it out with functions of the XLSForm standard, or take the question out."),
        )
    near = get_close_matches(name.lower(), SIGNATURES, n=1, cutoff=0.6)
    remedy = _l("Did you mean “%(name)s”?", name=near[0]) if near else _l("Check the spelling.")
    raise ExpressionError(
        _l("There is no function “%(name)s”.", name=name), "unknown_function", offset, remedy
    )


def misused(name: str, offset: int = 0) -> ExpressionError:
    """What is said where one of OVER_ITEMS is given what it cannot work with."""
    return ExpressionError(
        _l("“%(name)s” works on a question inside a repeat, named as ${name}.", name=name),
        "argument",
        offset,
        _l("Write it as %(example)s.", example=OVER_ITEMS[name]),
    )


def check_arity(name: str, given: int, offset: int = 0) -> None:
    """ExpressionError if ``name`` does not take ``given`` arguments."""
    fewest, most = look_up(name, offset)
    if fewest <= given <= most:
        return
    if fewest == most:
        remedy = _nl("It takes %(num)d.", "It takes %(num)d.", fewest)
    elif most == MANY:
        remedy = _nl("It takes at least %(num)d.", "It takes at least %(num)d.", fewest)
    else:
        remedy = _l("It takes %(fewest)s to %(most)s.", fewest=fewest, most=most)
    message = _nl(
        "“%(name)s” cannot work with %(num)d argument.",
        "“%(name)s” cannot work with %(num)d arguments.",
        given,
        name=name,
    )
    raise ExpressionError(message, "arity", offset, remedy)


def check_arguments(name: str, arguments: list[list[Any]], offset: int = 0) -> None:
    """ExpressionError if a constant stands where only a list of answers makes sense."""
    if name in OF_LISTS and any(argument[0] in ("n", "s") for argument in arguments):
        raise ExpressionError(
            _l("“%(name)s” works on answers, not on a text or number that is written out.", name=name),
            "argument",
            offset,
            _l("Name a question as ${name}."),
        )
    if name == "indexed-repeat":
        _check_indexed(arguments, offset)


def _check_indexed(arguments: list[list[Any]], offset: int) -> None:
    """A question, then pairs of a repeat and a place (ODK: up to three)."""
    names = [arguments[0], *arguments[1::2]]
    if len(arguments) % 2 and all(argument[0] in ("v", "p") for argument in names):
        return
    raise ExpressionError(
        _l("“indexed-repeat” takes a question, then a repeat and a place, up to three times."),
        "argument",
        offset,
        _l("Write for example indexed-repeat(${age}, ${members}, 1)."),
    )


def question_named(tree: list[Any], offset: int = 0) -> list[Any]:
    """``${city}`` as the name of a question, not its answer."""
    if tree[0] != "v":
        raise ExpressionError(
            _l("“%(name)s” needs a question: ${name}.", name="choice-label"),
            "argument",
            offset,
            _l("Refer to questions as ${name}."),
        )
    return ["s", tree[1]]
