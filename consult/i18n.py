"""Languages: codes, own names, direction; text that knows which language it is in; messages.

Codes are BCP 47 in URLs, HTML and stored content ("zh-Hans"); the underscore form that Babel
wants ("zh_Hans") never leaves this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import flask_babel
from babel import Locale, UnknownLocaleError
from babel.support import NullTranslations, Translations
from flask_babel import format_decimal, gettext, lazy_gettext, lazy_ngettext, lazy_pgettext, pgettext
from flask_babel.speaklater import LazyString

__all__ = [
    "INTERFACE_LANGUAGES",
    "OFFICIAL_LANGUAGES",
    "Counted",
    "Language",
    "LocalText",
    "Localized",
    "babel_code",
    "catalogue",
    "gettext",
    "language",
    "language_name",
    "lazy_gettext",
    "lazy_language_name",
    "lazy_ngettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
    "translations_folder",
]

OFFICIAL_LANGUAGES = ("en", "fr")
"""Equals: never one before the other by more than the alphabet."""

INTERFACE_LANGUAGES = ("en", "fr", "ar", "es", "zh-Hans")
"""Languages in which respondents find every sentence of the interface, not only of the survey."""

Direction = Literal["ltr", "rtl"]

# Own names that CLDR lacks or writes in a way that people of the language do not use.
_OWN_NAMES = {
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "prs": "دری",
    "pdt": "Plautdietsch",
    "tl": "Tagalog",
    "fil": "Filipino",
}
_RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"}
_RIGHT_TO_LEFT_LANGUAGES = frozenset(
    ("ar", "fa", "prs", "ur", "ps", "he", "yi", "ckb", "ug", "sd", "dv", "syr", "pnb", "ks")
)


class Counted(int):
    """A count that writes itself as the language of the page does: 1,040 and 1 040."""

    def __str__(self) -> str:
        return str(format_decimal(int(self)))


def ngettext(singular: str, plural: str, num: int, **variables: object) -> str:
    """A sentence that counts; ``%(num)s`` stands for the number as the language writes it."""
    return str(flask_babel.ngettext(singular, plural, Counted(num), **variables))


@dataclass(frozen=True, slots=True)
class Language:
    """A language as people see it: ``code`` BCP 47, ``own_name`` in itself, ``direction``."""

    code: str
    own_name: str
    direction: Direction


def babel_code(code: str) -> str:
    """``zh-Hans`` → ``zh_Hans``: the form that Babel and catalogue folders use."""
    return code.replace("-", "_")


@cache
def language(code: str) -> Language:
    """Describe any BCP 47 tag, also one CLDR does not know (its own name is then its code)."""
    return Language(code=code, own_name=_own_name(code), direction=_direction(code))


def _own_name(code: str) -> str:
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    try:
        name = Locale.parse(babel_code(code)).get_display_name()
    except (UnknownLocaleError, ValueError, TypeError):
        name = None
    return (name[0].upper() + name[1:]) if name else code


@cache
def language_name(code: str, within: str) -> str:
    """The name of a language said in another (``ar`` within ``fr``: "Arabe"), else its own name."""
    wanted = babel_code(code)
    try:
        names = Locale.parse(babel_code(within)).languages
        name = names.get(wanted) or names.get(wanted.split("_")[0] if code not in _OWN_NAMES else "")
    except (UnknownLocaleError, ValueError, TypeError):
        name = None
    return (name[0].upper() + name[1:]) if name else _own_name(code)


def lazy_language_name(code: str) -> LazyString:
    """The name of a language in that of whoever reads it: for messages that are translated when read."""
    return LazyString(lambda: language_name(code, str(flask_babel.get_locale() or "en")))


def _direction(code: str) -> Direction:
    parts = code.split("-")
    script = next((part for part in parts[1:] if len(part) == 4), None)
    if script is not None:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT_LANGUAGES else "ltr"


class LocalText(str):
    """A text together with the language it is really in (after fall-back)."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> LocalText:
        made = super().__new__(cls, text)
        made.language = language
        return made


class Localized(Mapping[str, str]):
    """One text in several languages: ``{"en": "Yes", "fr": "Oui"}``; immutable and hashable.

    Empty texts are dropped on the way in, so that presence means that there is something to read.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._texts = {code: text for code, text in dict(texts).items() if text.strip()}

    def __getitem__(self, code: str) -> str:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def __repr__(self) -> str:
        return f"Localized({self._texts!r})"

    def pick(self, wanted: str, *fallbacks: str) -> LocalText:
        """The text in ``wanted``, else in the first fall-back that has one, else in any; may be empty.

        The answer's ``language`` says which it is, so that HTML can carry the right ``lang``.
        A regional tag falls back to its language first (``fr-CA`` → ``fr``).
        """
        for code in (wanted, wanted.split("-")[0], *fallbacks, *OFFICIAL_LANGUAGES, *self._texts):
            if code in self._texts:
                return LocalText(self._texts[code], code)
        return LocalText("", wanted)


def translations_folder() -> Path:
    """Absolute folder of the catalogues: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).parent
    bundled = package / "bundled" / "translations"
    return bundled if bundled.is_dir() else package.parent / "translations"


@cache
def catalogue(code: str) -> NullTranslations:
    """The messages of one language, for text in another language than the page's; empty if there are none."""
    return Translations.load(translations_folder(), [babel_code(code)])
