"""The message catalogues as a gate: complete, and saying the same as the source.

A translator's text runs inside our pages: Flask-Babel marks it safe, so markup in it would be live and a
wrong placeholder would be an error page. Hence what is checked here is checked in every commit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "_nl": (1, 2),
    "_ln": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "_lp": ((1, "c"), 2),
}
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}

COMPLETE = ("fr",)
"""Whole interface. English is the language of the source and complete by that."""

RESPONDENT = ("ar", "es", "zh_Hans")
"""What respondents see."""

OFFICE_ONLY = (
    "accounts/",
    "authoring/",
    "cli/",
    "collecting/",
    "demo/",
    "expressions/",
    "organisations/",
    "questionnaires/",
    "reports/",
    "responses/loading",
    "responses/ndjson",
    "responses/strict_json",
    "surveys/",
    "ui/templates/office",
    "ui/templates/macros/form",
)

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[#0\- +]*[\d*]*(?:\.\d+)?([sdiouxXeEfFgGcr%])")
_MARKUP = re.compile(r"<[^>]*>|&#?\w+;|https?://\S+")
# "::" in the heading of a column and "!=" in an expression are code, not punctuation.
_FRENCH = (
    (
        re.compile(r"[^\s\u00a0\d/:]:(?![/\d:])|[^\u00a0]%(?![(\w])|(?<!\u00a0) :"),
        "no-break space before “:” and “%”",
    ),
    (re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"), "no-break space inside « »"),
    (re.compile(r"[\s\u00a0\u202f][;!?](?!=)"), "no space before “;”, “!”, “?”"),
    (re.compile(r"'"), "the typographic apostrophe ’"),
)


_TEMPLATE_COMMENT = "# The messages of consult: what every language’s catalogue is brought up to."
_SILENT = (b"POT-Creation-Date", b"PO-Revision-Date", b"EMAIL@ADDRESS", b"LL@li.org")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one message of one catalogue."""

    language: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.language}: {self.what}: {self.message!r}"


def extract() -> Catalog:
    """Every message of the source, with the files that use it."""
    catalogue = Catalog(header_comment=_TEMPLATE_COMMENT, fuzzy=False)
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in found:
        catalogue.add(message, None, [(f"consult/{name}", 1)], auto_comments=comments, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    with path.open("rb") as opened:
        return read_po(opened)


def text(catalogue: Catalog) -> bytes:
    """A catalogue as it stands in the repository: sorted, without line numbers and dates that every edit
    changes, without headers that nobody has filled in."""
    catalogue.project, catalogue.version = "consult", ""
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, width=110, ignore_obsolete=True)
    header, blank, messages = out.getvalue().partition(b"\n\n")
    kept = (line for line in header.split(b"\n") if not any(silent in line for silent in _SILENT))
    return b"\n".join(line.replace(b' \\n"', b'\\n"') for line in kept) + blank + messages


def update(template: Catalog, path: Path) -> None:
    """Bring a translator's file up to the template; nothing is guessed ("fuzzy" says yes to wrong texts)."""
    catalogue = read(path)
    catalogue.update(template, no_fuzzy_matching=True)
    path.write_bytes(text(catalogue))


def compile_all(folder: Path) -> int:
    """Write ``messages.mo`` beside every ``messages.po``; returns how many."""
    sources = sorted(folder.glob("*/LC_MESSAGES/messages.po"))
    for source in sources:
        with source.with_suffix(".mo").open("wb") as opened:
            write_mo(opened, read(source))
    return len(sources)


def faults(folder: Path) -> Iterator[Fault]:
    """Everything wrong with the catalogues below ``folder``, in no time at all when nothing is."""
    template = extract()
    stored = folder / "messages.pot"
    if not stored.exists() or text(template) != text(read(stored)):
        yield Fault(
            "messages.pot", "", "out of date; run: consult messages extract && consult messages update"
        )
    for code in (*COMPLETE, *RESPONDENT):
        yield from faults_of(code, template, folder)


def faults_of(code: str, template: Catalog, folder: Path) -> Iterator[Fault]:
    """Everything wrong with one language's catalogue below ``folder``."""
    path = folder / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        yield Fault(code, "", "no catalogue")
        return
    catalogue = read(path)
    for message in template:
        if message.id:
            yield from _message_faults(code, message, catalogue)


def _message_faults(code: str, message: Message, catalogue: Catalog) -> Iterator[Fault]:
    sources = _texts(message.id)
    if code not in COMPLETE and all(_is_office_only(name) for name, _line in message.locations):
        return
    translated = catalogue.get(sources[0], message.context)
    wanted = catalogue.num_plurals if len(sources) > 1 else 1
    strings = _texts(translated.string) if translated is not None else ()
    if translated is None or len([string for string in strings if string]) < wanted:
        yield Fault(code, sources[0], "not translated")
        return
    if translated.fuzzy:
        yield Fault(code, sources[0], "marked fuzzy")
    for string in strings:
        yield from (Fault(code, sources[0], what) for what in _text_faults(code, sources, string))


def _texts(value: object) -> tuple[str, ...]:
    """A message's singular, or its singular and plurals, always as a tuple."""
    return tuple(str(part) for part in value) if isinstance(value, (tuple, list)) else (str(value or ""),)


def _is_office_only(name: str) -> bool:
    return name.removeprefix("consult/").startswith(OFFICE_ONLY)


def _text_faults(code: str, sources: tuple[str, ...], string: str) -> Iterator[str]:
    allowed = [_placeholders(source) for source in sources]
    found = _placeholders(string)
    # A plural form for exactly one or two may leave the number out; it may never ask for another name.
    if not (found in allowed or (len(sources) > 1 and set(found) <= set(allowed[-1]))):
        yield f"placeholders differ: {sorted(found)} instead of {sorted(allowed[-1])}"
    if Counter(_MARKUP.findall(string)) != Counter(_MARKUP.findall(sources[-1])):
        yield "markup, entities or addresses differ"
    if code == "fr":
        plain = _PLACEHOLDER.sub("0", string)
        yield from (f"French typography: {rule}" for pattern, rule in _FRENCH if pattern.search(plain))


def _placeholders(string: str) -> Counter[str]:
    return Counter(match.group(0) for match in _PLACEHOLDER.finditer(string))
