"""What can go wrong with a database as such."""

from __future__ import annotations


class StorageUnavailable(Exception):
    """The database cannot take a write now (disk full, server gone): try again later.

    Nothing was promised: what was to be written may be sent again with the same identity.
    """


class NotAcknowledged(StorageUnavailable):
    """The commit came back with a warning: the standby that makes it safe has not confirmed it."""


class InsecureDatabase(Exception):
    """The database file can be read by other accounts of the machine."""
