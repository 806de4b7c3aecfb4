"""Pictures, sound and film that lie beside a form, where a question or a choice shows them.

A room that serves files gives :data:`MediaOf`; without one, and for a file that is not there, the label
stands alone. Nothing plays by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from markupsafe import Markup

from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.responses.compiled_words import Words


class Served(NamedTuple):
    """Where browsers get a file; ``width`` and ``height`` in pixels, 0 where they are not known."""

    url: str
    width: int = 0
    height: int = 0


MediaOf = Callable[[str, str], Served | None]
"""Name and SHA-256 of a file beside the form → where it is served, None where it is not."""


def nothing(_name: str, _digest: str) -> None:
    """No file is served."""


@dataclass(frozen=True, slots=True)
class Medium:
    """One file as a template shows it. ``words``: what it is about, for who does not see it."""

    what: Literal["image", "audio", "video"]
    served: Served
    words: Markup
    large: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """Finds the files of one page."""

    questionnaire: Questionnaire
    words: Words
    media_of: MediaOf = nothing

    def of(self, media: Mapping[str, Localized], label: Localized, otherwise: str) -> tuple[Medium, ...]:
        """What to show beside a label, in the page's language."""
        return tuple(self._found(media, label, otherwise)) if media else ()

    def _found(self, media: Mapping[str, Localized], label: Localized, otherwise: str) -> Iterator[Medium]:
        words = self.words.plain(label) or Markup.escape(otherwise)
        large = self._served(media, "big-image")
        image = self._served(media, "image") or large
        if image:
            yield Medium("image", image, words, large.url if large else "")
        for what in ("audio", "video"):
            if served := self._served(media, what):
                yield Medium("audio" if what == "audio" else "video", served, words)

    def _served(self, media: Mapping[str, Localized], what: str) -> Served | None:
        name = str(self.words.text(media.get(what, Localized()))).strip()
        digest = self.questionnaire.files.get(name)
        return self.media_of(name, digest) if digest else None
