"""What made-up people say in their own words: each thought in five languages, so it has its translation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consult.demo.dice import Dice
from consult.demo.tables import Row, read_sheets

FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said: ``texts`` by language. ``about`` is the choice or subject that it belongs to."""

    about: str
    texts: Row

    def followed_by(self, other: Voice) -> Voice:
        """Both thoughts, one after the other. Chinese puts no space between sentences."""
        texts = {
            code: f"{text}{'' if code.startswith('zh') else ' '}{other.texts[code]}"
            for code, text in self.texts.items()
        }
        return Voice(self.about, texts)


@cache
def voices(name: str) -> tuple[Voice, ...]:
    """All thoughts on the open question of one survey (``forms/<name>/voices.md``)."""
    (rows,) = read_sheets((FORMS / name / "voices.md").read_text(encoding="utf-8")).values()
    return tuple(Voice(row["about"], {code: row[code] for code in row if code != "about"}) for row in rows)


def pick_voice(name: str, about: list[str], dice: Dice) -> Voice:
    """A thought on one of these subjects (on any, if none is known); sometimes two in one breath."""
    known = voices(name)
    fitting = [voice for voice in known if voice.about in about] or list(known)
    first = fitting[dice.between(0, len(fitting) - 1)]
    second = fitting[dice.between(0, len(fitting) - 1)]
    return first.followed_by(second) if second.about != first.about and dice.chance(0.5) else first
