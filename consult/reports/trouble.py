"""Why work in the background did not come to its end, so that people can be told what to do."""

from __future__ import annotations

import enum
import errno
import signal

from consult.db import StorageUnavailable


class Trouble(enum.Enum):
    """``storage``: nothing can be written, most likely the disk is full. ``time``: it took longer than it
    may. ``ended``: whoever worked on it was ended from outside. ``fault``: a mistake of ours."""

    STORAGE = "storage"
    TIME = "time"
    ENDED = "ended"
    FAULT = "fault"


_REFUSED = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM)
)
_EXIT = {Trouble.STORAGE: 3, Trouble.FAULT: 1}


def trouble_of(problem: BaseException) -> Trouble:
    """A writer that is broken off by a full disk may raise something else while it closes its file: what it
    was raised from counts too."""
    each: BaseException | None = problem
    while each is not None:
        if isinstance(each, StorageUnavailable) or (isinstance(each, OSError) and each.errno in _REFUSED):
            return Trouble.STORAGE
        each = each.__cause__ or each.__context__
    return Trouble.FAULT


def exit_of(trouble: Trouble) -> int:
    """The exit code with which a process says it."""
    return _EXIT.get(trouble, 1)


def trouble_of_exit(code: int) -> Trouble | None:
    """What the exit code of a process says; below zero it is the signal that ended it."""
    if code == 0:
        return None
    if code < 0:
        return Trouble.TIME if code == -signal.SIGALRM else Trouble.ENDED
    return next((trouble for trouble, exit_code in _EXIT.items() if exit_code == code), Trouble.FAULT)
