"""The column ``parameters``: what each type of the converter takes, and in which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Message
from consult.questionnaires.xlsform.written_rows import Cells
from consult.questions.question import Question

Check = Callable[[str], object]


def _matching(pattern: str) -> Check:
    return re.compile(pattern).fullmatch


_NUMBER = _matching(r"-?[0-9]+(?:\.[0-9]+)?")
_WHOLE = _matching(r"[0-9]+")
_TRUTH = _matching(r"true|false")
_NAME = _matching(r"[^\W\d][\w.-]*")
# The converter makes values small: a reference to a name with capitals would lead nowhere.
_SEED = _matching(r"-?[0-9]+(?:\.[0-9]+)?|\$\{[^A-Z{}$\s]+\}")
_SELECT: Mapping[str, Check] = {"randomize": _TRUTH, "seed": _SEED}
_FROM_FILE: Mapping[str, Check] = {**_SELECT, "value": _NAME, "label": _NAME}
_GEO: dict[str, Check] = {"allow-mock-accuracy": _TRUTH}
_PLACED = _GEO | {"capture-accuracy": _NUMBER, "warning-accuracy": _NUMBER}
_DRAWN = _GEO | {"incremental": _matching("true|yes")}
_HEARD = {"quality": _matching("voice-only|low|normal|external")}
_APP = _matching(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+")

_LOCATED = ("location-priority", "location-min-interval", "location-max-age")

_ACCEPTED: Mapping[str, Mapping[str, Check]] = MappingProxyType(
    {
        **dict.fromkeys(("select_one", "select_multiple", "rank", "entry"), _SELECT),
        "select_one_from_file": _FROM_FILE,
        "select_multiple_from_file": _FROM_FILE,
        "text": {"rows": _WHOLE},
        "range": {"start": _NUMBER, "end": _NUMBER, "step": _NUMBER},
        "image": {"app": _APP, "max-pixels": _WHOLE},
        "audio": _HEARD,
        "background-audio": _HEARD,
        "geopoint": _PLACED,
        "geotrace": _DRAWN,
        "geoshape": _DRAWN,
        "audit": {
            **dict.fromkeys(_LOCATED, _WHOLE),
            "location-priority": _matching("no-power|low-power|balanced|high-accuracy"),
            "identify-user": _TRUTH,
            "track-changes": _TRUTH,
            "track-changes-reasons": _matching("on-form-edit"),
        },
    }
)
"""Type → parameter → whether a value is one. Types that are not here take any, and do nothing with them."""


def takes_parameters(kind: str) -> bool:
    """Whether parameters say something to questions of this kind."""
    return kind in _ACCEPTED


def fit_parameters(cells: Cells, question: Question) -> Iterator[Message]:
    """Leave out the parameters that the type would be refused for."""
    accepted = _ACCEPTED.get(cells["type"].split(" ")[0])
    if accepted is None or not (question.parameters or question.kind == "range"):
        return
    given = {name: value for name, value in question.parameters.items() if name != "type"}
    taken = {name: value for name, value in given.items() if name in accepted and accepted[name](value)}
    if "randomize" not in taken:
        taken.pop("seed", None)
    if not _is_located(taken):
        taken = {name: value for name, value in taken.items() if name not in _LOCATED}
    if question.kind == "range":
        taken |= _range(taken)
    written = " ".join(f"{name}={value}" for name, value in taken.items())
    if written != cells.get("parameters", ""):
        cells["parameters"] = written
    for name in given.keys() - taken.keys():
        yield _l(
            "“%(name)s”: the parameter “%(parameter)s” is not taken there.", name=question.key, parameter=name
        )


def _is_located(given: Mapping[str, str]) -> bool:
    """Whether all three parameters of the place are there, and fit each other."""
    if not all(name in given for name in _LOCATED):
        return False
    return int(given["location-max-age"]) >= int(given["location-min-interval"])


def _range(given: Mapping[str, str]) -> dict[str, str]:
    """A step that is wider than the range is refused; one step then leads from end to end."""
    start, end, step = (
        float(given.get(name, usual)) for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))
    )
    return {"step": f"{abs(end - start):g}"} if step > abs(end - start) else {}
