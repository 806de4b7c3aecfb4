"""Reports speak with the words beside these tests, so that a translator's work breaks no expected table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from consult.questionnaires import conditions
from consult.questions import choice, other
from consult.reports import columns, repeats, wording

WORDS = Path(__file__).parent / "words"


@cache
def _words(code: str) -> NullTranslations:
    path = WORDS / f"{code}.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as opened:
        write_mo(compiled, read_po(opened))
    compiled.seek(0)
    return Translations(compiled)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """French and Arabic as these tests know them."""
    _forget()
    monkeypatch.setattr(wording, "catalogue", _words)
    monkeypatch.setattr(other, "catalogue", _words)
    monkeypatch.setattr(conditions, "catalogue", _words)
    yield
    _forget()


def _forget() -> None:
    other.other_choice.cache_clear()
    choice.codes.cache_clear()
    columns._language.cache_clear()
    repeats.place_said.cache_clear()
