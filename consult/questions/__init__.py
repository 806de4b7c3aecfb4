"""What a question is: one class per kind owns its whole life (see kind.py).

from consult.questions import KINDS, kind_of
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from consult.questions.attachment import ATTACHMENTS, Attachment
from consult.questions.barcode import Barcode
from consult.questions.choice import SelectMultiple, SelectOne
from consult.questions.entry import Entry
from consult.questions.file import Audio, File, Image, Video
from consult.questions.geo import GeoPoint, GeoShape, GeoTrace
from consult.questions.kind import Column, Given, Kind, Refused
from consult.questions.moment import Date, DateTime, Time
from consult.questions.number import Decimals, Integer, Range
from consult.questions.question import Choice, Question
from consult.questions.rank import Rank
from consult.questions.statement import Acknowledge, Note
from consult.questions.text import Email, Phone, Text
from consult.questions.unseen import METADATA, Calculate, Hidden, Metadata

__all__ = ["KINDS", "Choice", "Column", "Given", "Kind", "Question", "Refused", "kind_of"]


def _registry(*kinds: Kind) -> Mapping[str, Kind]:
    by_name = {kind.name: kind for kind in kinds}
    if len(by_name) != len(kinds):
        raise ValueError("two kinds of question have the same name")
    return MappingProxyType(by_name)


KINDS: Mapping[str, Kind] = _registry(
    *(Text(), Email(), Phone()),
    *(Integer(), Decimals(), Range()),
    *(Date(), Time(), DateTime()),
    *(SelectOne(), SelectMultiple(), Rank(), Entry()),
    *(Note(), Acknowledge()),
    *(GeoPoint(), GeoTrace(), GeoShape(), Barcode()),
    *(Image(), Audio(), Video(), File()),
    *(Calculate(), Hidden()),
    *(Metadata(name) for name in METADATA),
    *(Attachment(name) for name in ATTACHMENTS),
)
"""Every kind by its name."""


def kind_of(question: Question) -> Kind:
    """The class that owns this question's life. Raises KeyError for a kind nobody wrote."""
    return KINDS[question.kind]
