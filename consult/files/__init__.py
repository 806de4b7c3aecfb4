"""Files beside the database: kept by their content's hash, in folders that no web server looks into.

    store = answer_files(settings)                     # or form_files(settings)
    digest = store.put(content, limit=5_000_000)       # bytes or a stream; durable when it returns
    with store.open(digest) as file: …                 # FileMissing when it is not there
    store.exists(digest) · store.delete(digest) · store.every() · store.check()

Two stores, so that each sweep knows everything that can refer to its files: pictures and tables beside a
form (``files/forms``), and what people send as answers (``files/answers``). Both go into a backup
(:mod:`consult.backups`) and are tried by ``/readyz``.
"""

from __future__ import annotations

from pathlib import Path

from consult.files.store import FileMissing, FileStore, FileTooLarge, Kept
from consult.settings import Settings

__all__ = [
    "FileMissing",
    "FileStore",
    "FileTooLarge",
    "Kept",
    "answer_files",
    "file_stores",
    "form_files",
]


def form_files(settings: Settings) -> FileStore:
    """What lies beside forms: pictures, sound, tables."""
    return FileStore(_folder(settings, "forms"))


def answer_files(settings: Settings) -> FileStore:
    """What people sent as answers."""
    return FileStore(_folder(settings, "answers"))


def file_stores(settings: Settings) -> dict[str, FileStore]:
    """Every store by its name, for what concerns all of them."""
    return {"answers": answer_files(settings), "forms": form_files(settings)}


def _folder(settings: Settings, name: str) -> Path:
    return settings.data_dir / "files" / name
