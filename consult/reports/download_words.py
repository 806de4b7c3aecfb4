"""What a file is, in words: for lists of files."""

from __future__ import annotations

from consult.i18n import gettext, language_name
from consult.reports.wording import BOTH

CODES = "codes"


def kind_said(kind: str) -> str:
    """Its kind; an unknown one as it is."""
    names: dict[str, str] = {
        "xlsx": gettext("Excel report"),
        "council.xlsx": gettext("Tables and charts (Excel)"),
        "docx": gettext("Summary to edit (Word)"),
        "csv": gettext("Responses (CSV)"),
        "zip": gettext("Responses and their entries (CSV in a zip)"),
        "codebook.zip": gettext("Coded responses with their code book (CSV in a zip)"),
        "ddi.xml": gettext("Code book for archives (DDI)"),
        "sav": gettext("Responses for SPSS and R (SAV)"),
        "sav.zip": gettext("Responses for SPSS and R (SAV)"),
        "ndjson": gettext("Responses (NDJSON)"),
        "files.zip": gettext("Files that were sent"),
        "edition": gettext("Results to publish"),
        "file": gettext("A file that was sent"),
    }
    return names.get(kind, kind)


def words_said(words: str, language: str) -> str:
    """In which words it is: a language, both official ones, codes; "" for none."""
    if words == BOTH:
        return str(gettext("English and French side by side"))
    if words == CODES:
        return str(gettext("Codes instead of labels"))
    return language_name(words, language) if words else ""
