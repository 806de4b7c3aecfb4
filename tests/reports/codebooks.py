"""What tests of the code book as DDI are made of: documents of tidy and of hostile surveys, read back."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

from consult.i18n import Localized
from consult.questionnaires.specification import Notice, Questionnaire
from consult.questions import Choice
from consult.reports.columns import Row
from consult.reports.research.ddi import NAMESPACE, write_ddi
from consult.reports.source import Source
from tests.reports.building import rows, source
from tests.samples.questions import ask

NAMES = {"d": NAMESPACE}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def ddi(of: Source) -> Any:
    written = io.BytesIO()
    write_ddi(of, written)
    return etree.fromstring(written.getvalue(), SAFE)


def answered() -> list[Row]:
    """Forty responses: 24 citizens, 16 workers; three who speak French."""
    return rows(
        *(
            {
                "arrival": 2000 + place % 7,
                "status": "worker" if place % 5 < 2 else "citizen",
                "spoken": ["ar", "fr"] if place < 3 else ["ar"],
                "welcome": place % 4,
                "needs": ["work", "home"] if place % 2 else ["home"],
                "one_change": "-1+1",
            }
            for place in range(40)
        )
    )


def hostile() -> Source:
    payload = "<f>&#0;</f>]]>&amp;\x00\ud800\ufffe😀\u202e <script>"
    label = Localized({"en": payload, "fr": payload, "x y": payload})
    question = ask("select_one", "it", dict(label), choices=(Choice(payload, label),))
    notice = Notice(label, label, label, label)
    form = Questionnaire("f", label, ("en", "fr", "x y"), (question,), {}, notice)
    return source(form, rows({"it": payload}), organisation=label, slug=payload)
