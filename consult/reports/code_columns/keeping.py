"""Keeping the columns of a survey beside its database, and as new as the responses.

    holding = holding_of(session, survey_id, folder, plan, numbers)      may raise Preparing
    prepare(database, …)                                                 whatever it takes; reports how far

Nothing is written when somebody answers. Whoever looks asks the database which ranges of identities have
changed (ranges.py), reads the responses of these anew, and keeps the result for all processes; the rest is
taken from files, each of 64 ranges. Files can be deleted at any moment: they are made again.
"""

from __future__ import annotations

import errno
import os
import secrets
import threading
import uuid
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from consult.db.locks import exclusive_file
from consult.reports.code_columns.coding import Piece, answer_of, coded
from consult.reports.code_columns.holding import Holding, Names
from consult.reports.code_columns.pieces import spliced
from consult.reports.code_columns.plan import HEADS, Plan
from consult.reports.code_columns.storage import Shelf, read_shelf, write_shelf
from consult.responses.ranges import RANGES, Mark, marks, moment, read_ranges

SHELVES = 16
_RANGES = RANGES // SHELVES

SOON = 25_000
"""Responses that a request reads anew; more are left to a process of their own."""

_READ_TOGETHER = 2_000
"""Responses in memory at a time, about."""

_BIRTH = "birth"
_NAME = "{:02}.columns"

_MOST_KEPT = 8
"""Surveys that a process has at hand."""


class Preparing(Exception):
    """So many responses of a survey have to be read first that nobody should wait for the page."""

    def __init__(self, survey_id: uuid.UUID) -> None:
        super().__init__("the columns of a survey are not ready")
        self.survey_id = survey_id


@dataclass(frozen=True, slots=True)
class Survey:
    """Of which survey, and where its files are. ``numbers`` of versions by 32 hexadecimal digits."""

    id: uuid.UUID
    folder: Path
    plan: Plan
    numbers: Mapping[str, int]

    def file(self, shelf: int) -> Path:
        return self.folder / _NAME.format(shelf)

    def is_read_so(self, shelf: Shelf) -> bool:
        """Whether its responses would be read the same way today."""
        return all(self.plan.stamp(int(version)) == stamp for version, stamp in shelf.stamps.items())


@dataclass(slots=True)
class _Kept:
    birth: str
    shelves: list[Shelf]
    holding: Holding
    seen: dict[Hashable, Hashable] = field(default_factory=dict)

    @property
    def marks(self) -> list[Mark]:
        return [mark for shelf in self.shelves for mark in shelf.marks]


_KEPT: dict[tuple[Path, uuid.UUID], _Kept] = {}
_LOCK = threading.Lock()


def columns_folder(data_dir: Path, survey_id: uuid.UUID) -> Path:
    """Where the files of a survey are (mode 0700). Raises OSError where nothing can be kept."""
    folder = data_dir / "columns" / survey_id.hex
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return folder


def forget(folder: Path) -> None:
    """Delete the files of a survey: they are made anew when somebody looks. Whoever has them at hand hears of
    it."""
    for path in (folder / _BIRTH, *folder.glob("*.columns")):
        path.unlink(missing_ok=True)


def forget_all(data_dir: Path) -> None:
    """The same of every survey: for when the database is another one."""
    for folder in (data_dir / "columns").glob("*/"):
        forget(folder)


def _birth(folder: Path) -> str:
    """Drawn when the first file is made. What was kept of another birth is not trusted: the database can have
    been replaced by one that has as many responses."""
    with suppress(OSError):
        with suppress(FileExistsError):
            descriptor = os.open(folder / _BIRTH, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(16))
        return (folder / _BIRTH).read_text(encoding="ascii")
    return ""


def holding_of(
    session: Session,
    survey: Survey,
    most: int | None = SOON,
    advance: Callable[[int], object] = lambda _: None,
) -> Holding:
    """All submitted responses on the snapshot of ``session``; nothing has a name yet.

    ``most``: how many responses may be read for it; None: any number. ``advance`` is told how many more are
    ready. Raises Preparing.
    """
    kept, birth = _KEPT.get((survey.folder, survey.id)), _birth(survey.folder)
    if kept is not None and kept.birth != birth:
        kept = None
    looker, state = moment(session)
    if kept is not None and kept.seen.get(looker) == state:
        return kept.holding
    now = marks(session, survey.id)
    if kept is None or kept.marks != now or not all(map(survey.is_read_so, kept.shelves)):
        shelves = _current(session, survey, now, kept, most, advance)
        corrections = sum(changes for _, changes in now)
        kept = _Kept(birth, shelves, Holding([shelf.piece for shelf in shelves], Names(), corrections))
    kept.seen[looker] = state
    with _LOCK:
        _KEPT.pop((survey.folder, survey.id), None)
        _KEPT[survey.folder, survey.id] = kept
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
    return kept.holding


def are_kept(session: Session, survey_id: uuid.UUID, folder: Path) -> bool:
    """Whether the files are at least as new as the snapshot of ``session``: on a full disk what was made is
    right in memory alone."""
    now = marks(session, survey_id)
    for place in range(SHELVES):
        on_disk = read_shelf(folder / _NAME.format(place), survey_id.hex)
        if on_disk is None or _age(on_disk.marks) < _age(now[place * _RANGES : (place + 1) * _RANGES]):
            return False
    return True


def _current(
    session: Session,
    survey: Survey,
    now: Sequence[Mark],
    kept: _Kept | None,
    most: int | None,
    advance: Callable[[int], object],
) -> list[Shelf]:
    wanted = [tuple(now[place * _RANGES : (place + 1) * _RANGES]) for place in range(SHELVES)]
    found = [
        _nearest(survey, place, wanted[place], kept.shelves[place] if kept else None)
        for place in range(SHELVES)
    ]
    if most is not None and sum(_to_read(*pair) for pair in zip(found, wanted, strict=True)) > most:
        raise Preparing(survey.id)
    shelves = []
    for place, (shelf, then) in enumerate(zip(found, wanted, strict=True)):
        if shelf is None or shelf.marks != then:
            shelf = _folded(session, survey, place, then, shelf)
        advance(sum(count for count, _ in then))
        shelves.append(shelf)
    return shelves


def _nearest(survey: Survey, place: int, wanted: tuple[Mark, ...], held: Shelf | None) -> Shelf | None:
    """What of memory and file is closest to what is wanted."""
    if held is not None and held.marks == wanted and survey.is_read_so(held):
        return held
    on_disk = read_shelf(survey.file(place), survey.id.hex)
    fitting = [shelf for shelf in (held, on_disk) if shelf is not None and survey.is_read_so(shelf)]
    return min(fitting, key=lambda shelf: _to_read(shelf, wanted), default=None)


def _changed(shelf: Shelf | None, wanted: Sequence[Mark]) -> Iterator[int]:
    for place, mark in enumerate(wanted):
        if shelf is None or shelf.marks[place] != mark:
            yield place


def _to_read(shelf: Shelf | None, wanted: Sequence[Mark]) -> int:
    return sum(wanted[place][0] for place in _changed(shelf, wanted))


def _folded(
    session: Session, survey: Survey, place: int, wanted: tuple[Mark, ...], known: Shelf | None
) -> Shelf:
    """One shelf as it is now, kept for all processes if that is possible; without that it is as right."""
    with suppress(OSError), exclusive_file(survey.folder / "folding.lock"):
        on_disk = read_shelf(survey.file(place), survey.id.hex)  # somebody else may have been quicker
        if on_disk is not None and survey.is_read_so(on_disk):
            if on_disk.marks == wanted:
                return on_disk
            known = min((on_disk, known or on_disk), key=lambda shelf: _to_read(shelf, wanted))
        made = _made(session, survey, place, wanted, known)
        # Whoever looks at an older state of the database must not put it in the place of a newer one.
        if on_disk is None or not survey.is_read_so(on_disk) or _age(on_disk.marks) <= _age(wanted):
            write_shelf(survey.file(place), made)
        return made
    return _made(session, survey, place, wanted, known)


def _age(of: Sequence[Mark]) -> int:
    """Grows with every response and every correction."""
    return sum(count + changes for count, changes in of)


def _made(
    session: Session, survey: Survey, place: int, wanted: tuple[Mark, ...], known: Shelf | None
) -> Shelf:
    fresh = {}
    for first, last in _runs(list(_changed(known, wanted)), wanted):
        start = place * _RANGES
        responses = read_ranges(session, survey.id, start + first, start + last)
        counts = [count for count, _ in wanted[first : last + 1]]
        fresh[first] = coded(responses, counts, survey.numbers, survey.plan)
    piece = spliced(known.piece if known else Piece((0,) * _RANGES, {}), fresh)
    heads = piece.tables[()].columns if () in piece.tables else {}
    keys = heads[HEADS["version"]].keys[1:] if HEADS["version"] in heads else []
    versions = [answer_of(key)[0] for key in keys]
    return Shelf(
        survey.id.hex, wanted, {version: survey.plan.stamp(int(version)) for version in versions}, piece
    )


def _runs(ranges: Sequence[int], wanted: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """First and last of neighbouring ranges that are read together."""
    run: list[int] = []
    for place in ranges:
        is_full = sum(wanted[each][0] for each in run) >= _READ_TOGETHER
        if run and (place != run[-1] + 1 or is_full):
            yield run[0], run[-1]
            run = []
        run.append(place)
    if run:
        yield run[0], run[-1]
