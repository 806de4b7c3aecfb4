"""What authors write for a language → BCP 47: ``Français (fr)``, ``French``, ``العربية``, ``zh-CN``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

_CODE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*"
_IN_BRACKETS = re.compile(rf".*[(\[（]\s*({_CODE})\s*[)\]）]", re.DOTALL)
_ALONE = re.compile(_CODE)

# Own names that people in Canada write, and English names that CLDR files under another word.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "العربية": "ar",
        "عربي": "ar",
        "عربية": "ar",
        "አማርኛ": "am",
        "বাংলা": "bn",
        "中文": "zh-Hans",
        "chinese": "zh-Hans",
        "chinois": "zh-Hans",
        "mandarin": "zh-Hans",
        "简体中文": "zh-Hans",
        "繁體中文": "zh-Hant",
        "粵語": "yue",
        "دری": "prs",
        "dari": "prs",
        "فارسی": "fa",
        "farsi": "fa",
        "chichewa": "ny",
        "chinyanja": "ny",
        "creole": "ht",
        "cebuano": "ceb",
        "deutsch": "de",
        "bahasa": "id",
        "bahasa indonesia": "id",
        "kirundi": "rn",
        "luganda": "lg",
        "moore": "mos",
        "myanmar": "my",
        "nepali": "ne",
        "oromiffa": "om",
        "rohingya": "rhg",
        "sorani": "ckb",
        "kurmanji": "kmr",
        "tetun": "tet",
        "plautdietsch": "pdt",
        "ગુજરાતી": "gu",
        "kreyòl ayisyen": "ht",
        "हिन्दी": "hi",
        "हिंदी": "hi",
        "italiano": "it",
        "日本語": "ja",
        "한국어": "ko",
        "kurdî": "ku",
        "کوردی": "ckb",
        "नेपाली": "ne",
        "پښتو": "ps",
        "português": "pt",
        "ਪੰਜਾਬੀ": "pa",
        "polski": "pl",
        "română": "ro",
        "русский": "ru",
        "srpski": "sr",
        "српски": "sr",
        "සිංහල": "si",
        "soomaali": "so",
        "af-soomaali": "so",
        "kiswahili": "sw",
        "தமிழ்": "ta",
        "ትግርኛ": "ti",
        "tagalog": "tl",
        "türkçe": "tr",
        "українська": "uk",
        "اردو": "ur",
        "tiếng việt": "vi",
        "ייִדיש": "yi",
    }
)
_CHINESE = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}


def language_of(text: str) -> str | None:
    """The BCP 47 tag that a column header or setting means, or ``None`` if it says no language we know."""
    wanted = unicodedata.normalize("NFC", " ".join(text.split())).strip()
    if bracketed := _IN_BRACKETS.fullmatch(wanted):
        return canonical_code(bracketed[1])
    for name in (wanted.casefold(), _unaccented(wanted)):
        if name in _NAMES:
            return _NAMES[name]
        if name in _names_in_cldr():
            return _names_in_cldr()[name]
    if _ALONE.fullmatch(wanted) and canonical_code(wanted).split("-")[0] in _known_codes():
        return canonical_code(wanted)
    return None


def canonical_code(code: str) -> str:
    """``FR_ca`` → ``fr-CA``, ``fra`` → ``fr``; bare Chinese is taken as Simplified, as the interface does."""
    subtags = code.replace("_", "-").split("-")
    parts = [_two_letters(subtags[0].lower())]
    for part in subtags[1:]:
        parts.append(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower())
    tag = "-".join(parts)
    return _CHINESE.get(tag, tag)


def _two_letters(code: str) -> str:
    if len(code) != 3:
        return code
    alias = str(get_global("language_aliases").get(code, code))
    return alias if len(alias) == 2 else code


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(str(code).split("_")[0] for code in Locale.parse("en").languages)


@cache
def _names_in_cldr() -> Mapping[str, str]:
    """Names of languages in some widespread ones, with and without their accents."""
    names: dict[str, str] = {}
    for speaker in ("ar", "pt", "es", "fr", "en"):
        for code, name in Locale.parse(speaker).languages.items():
            names[_unaccented(name)] = names[name.casefold()] = canonical_code(code)
    return MappingProxyType(names)


def _unaccented(name: str) -> str:
    """As people write it on a keyboard without accents: ``francais``."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
