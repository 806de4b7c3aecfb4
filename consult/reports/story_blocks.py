"""The blocks that a summary is made of, before it becomes a document or a page. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from consult.reports.wording import Said


class Share(float):
    """Of 1."""


Figure = int | float | Share | None


@dataclass(frozen=True, slots=True)
class Heading:
    """``number`` of the question, 0 for none."""

    said: Said
    level: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """``is_note``: what stands above a table and belongs to it."""

    said: Said
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``words``: how many of the first columns are words; the others are numbers. ``figures``: these as
    numbers, None where none is shown. ``shares``: what its chart shows of each row, 0 to 1, None for nothing;
    ``about``: what that is, for people who cannot see it."""

    head: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]
    figures: tuple[tuple[Figure, ...], ...]
    words: int = 1
    shares: tuple[float | None, ...] = ()
    about: Said | None = None

    @property
    def bars(self) -> tuple[tuple[Said, float], ...]:
        """Label and length."""
        pairs = zip(self.rows, self.shares, strict=True) if self.shares else ()
        return tuple((row[self.words - 1], share) for row, share in pairs if share is not None)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one person, cleared for use. ``language``: BCP 47, in which ``text`` is; ``note``: of which
    language it is a translation, or in which language it stands, where readers cannot know."""

    text: str
    language: str
    note: Said | None = None


Block = Heading | Words | Table | Quotation


@dataclass(frozen=True, slots=True)
class Story:
    """``under``: what stands below the title."""

    title: Said
    under: tuple[Said, ...]
    blocks: tuple[Block, ...]
