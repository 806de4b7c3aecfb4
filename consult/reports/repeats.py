"""What is asked several times over: each has a table of its own in a report, a row for each entry. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from consult.i18n import Localized
from consult.reports.merging import Asked
from consult.reports.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Repeat:
    """``path``: keys of the repeats it stands in, the outermost first, its own last; ``labels``: theirs.
    ``versions``: numbers of those that asked anything in it."""

    path: tuple[str, ...]
    labels: tuple[Localized, ...]
    versions: frozenset[int]

    @property
    def key(self) -> str:
        return self.path[-1]

    @property
    def label(self) -> Localized:
        return self.labels[-1]


def repeats_of(asked: Iterable[Asked]) -> tuple[Repeat, ...]:
    """In the order of the questionnaire, each after those it stands in; worded as in the newest version."""
    found: dict[tuple[str, ...], Repeat] = {}
    newest: dict[tuple[str, ...], int] = {}
    for each in asked:
        for depth in range(1, len(each.repeats) + 1):
            path, version = each.path[:depth], max(each.versions)
            labels = tuple(label for _, label in each.repeats[:depth])
            known = found.get(path)
            if known is not None and newest[path] >= version:
                labels = known.labels
            versions = each.versions if known is None else known.versions | each.versions
            found[path] = Repeat(path, labels, versions)
            newest[path] = max(version, newest.get(path, version))
    return tuple(found.values())


def repeat_said(w: Wording, key: str, label: Localized) -> Said:
    """The name of a repeat, or its key."""
    return w.text(label, key)


def repeat_of(asked: Asked) -> Repeat | None:
    """In which repeat a question stands."""
    if not asked.repeats:
        return None
    return Repeat(asked.path, tuple(label for _, label in asked.repeats), asked.versions)


@lru_cache(maxsize=4096)
def place_said(w: Wording, repeat: Repeat, numbers: tuple[int, ...]) -> Said:
    """Which entry: "Household member 2, School 1"."""
    parts = [
        w.gettext("%(repeat)s %(number)s", repeat=repeat_said(w, key, label), number=str(number))
        for key, label, number in zip(repeat.path, repeat.labels, numbers, strict=True)
    ]
    return w.joined(parts)
