"""What may stand in an address, in each of its parts."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter

from consult.i18n import OFFICIAL_LANGUAGES


class LanguageCode(BaseConverter):
    """A BCP 47 tag in an address: ``fr``, ``zh-Hans``, ``pt-BR``."""

    regex = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"


class OfficialLanguage(BaseConverter):
    """English or French: the languages of the office."""

    regex = "|".join(OFFICIAL_LANGUAGES)


class Place(BaseConverter):
    """A page of a questionnaire, and the numbers of the items it is about: ``work``, ``child/2``."""

    regex = "[^/]+(?:/[1-9][0-9]*)*"
    part_isolating = False


def install(app: Flask) -> None:
    """Let rules say ``<language:lang>``, ``<official:lang>``, ``<place:page>``."""
    app.url_map.converters["language"] = LanguageCode
    app.url_map.converters["official"] = OfficialLanguage
    app.url_map.converters["place"] = Place
    app.url_value_preprocessor(_replace_nul)


def _replace_nul(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """No name of ours holds a NUL, and to PostgreSQL it is an error to look for one."""
    if values:
        values.update({name: v.replace("\0", "\ufffd") for name, v in values.items() if isinstance(v, str)})
