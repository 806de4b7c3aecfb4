"""Coded responses with their code book, in a zip: everything is in it, and every program can read it.

    write_codebook_archive(source, file)

``responses.csv`` and a file for each repeat, a row an entry; ``codebook.csv``, a row a variable and a row a
code; ``codebook.ddi.xml``, the same as DDI (ddi.py); ``README.txt`` in English and French.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.i18n import OFFICIAL_LANGUAGES
from consult.reports.archives import new_entry
from consult.reports.cells import clean
from consult.reports.delimited import coded, write_csv
from consult.reports.method import method_said
from consult.reports.research.ddi import ddi_document
from consult.reports.research.variables import Described, DescribedFile, described_files, spoken_in
from consult.reports.source import Source
from consult.reports.tally import Tally
from consult.reports.wording import Wording

HEAD = ("file", "position", "variable", "type", "code", "missing", "versions")
"""Columns of the code book before those of each language."""

_PER_LANGUAGE = ("label", "question")
_ASKED_WHEN = "asked_when"


def write_codebook_archive(source: Source, file: IO[bytes]) -> None:
    """Without clock times: the same responses give the same file."""
    files = described_files(source)
    tally = Tally(source.asked)
    for row in source.rows():
        tally.add(row)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for each in files:
            with new_entry(archive, f"{each.name}.csv") as opened:
                text = io.TextIOWrapper(opened, encoding="utf-8-sig", newline="")
                write_csv(each.table.columns, each.table.rows(source.rows()), text)
                text.detach()
        with new_entry(archive, "codebook.csv") as opened:
            opened.write(codebook_csv(files, spoken_in(source)).encode("utf-8-sig"))
        with new_entry(archive, "codebook.ddi.xml") as opened:
            opened.write(ddi_document(source, tally))
        with new_entry(archive, "README.txt") as opened:
            opened.write(readme(source, tally, files).encode("utf-8-sig"))


def codebook_csv(files: Sequence[DescribedFile], spoken: Sequence[str]) -> str:
    """A row for each variable (``code`` empty), followed by one for each of its codes."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    languages = [f"{name}_{code}" for name in _PER_LANGUAGE for code in spoken]
    conditions = [f"{_ASKED_WHEN}_{code}" for code in OFFICIAL_LANGUAGES]
    writer.writerow([*HEAD, *languages, *conditions])
    for file in files:
        for position, each in enumerate(file.variables, 1):
            for row in _rows(file, position, each, spoken):
                writer.writerow([coded(cell) for cell in row])
    return written.getvalue()


def _rows(file: DescribedFile, position: int, each: Described, spoken: Sequence[str]) -> Iterator[list[str]]:
    front = [f"{file.name}.csv", str(position), each.column.key]
    yield [
        *front,
        each.column.type,
        "",
        "",
        each.versions,
        *(each.labels.get(code, "") for code in spoken),
        *(each.question.get(code, "") for code in spoken),
        *(each.asked_when.get(code, "") for code in OFFICIAL_LANGUAGES),
    ]
    nothing = [""] * (len(spoken) + len(OFFICIAL_LANGUAGES))
    for code in each.codes:
        labels = (code.labels.get(language, "") for language in spoken)
        yield [*front, "", code.code, "1" if code.is_missing else "", "", *labels, *nothing]


def readme(source: Source, tally: Tally, files: Sequence[DescribedFile]) -> str:
    """What the files are, in English and in French."""
    parts = (
        "\n".join(_told(Wording((code,), source.fallback), source, tally, files))
        for code in OFFICIAL_LANGUAGES
    )
    return clean(f"\n\n{'=' * 72}\n\n".join(parts)) + "\n"


def _told(w: Wording, source: Source, tally: Tally, files: Sequence[DescribedFile]) -> Iterator[str]:
    yield w.text(source.title, source.slug).line
    yield w.text(source.organisation).line
    yield w.date(source.made_on).line
    yield ""
    yield w.gettext("Files").line
    for each in files:
        if each.repeat is None:
            said = w.gettext("coded responses, one in each row")
        else:
            label = w.text(each.repeat.label, each.repeat.key)
            said = w.gettext("entries of “%(repeat)s”, one in each row", repeat=label)
        yield f"- {each.name}.csv: {said.line}"
    book = w.gettext("variables and codes, with their labels in every language")
    yield f"- codebook.csv: {book.line}"
    archived = w.gettext("the same for archives, as DDI Codebook 2.5")
    yield f"- codebook.ddi.xml: {archived.line}"
    yield ""
    yield w.gettext("How to read them").line
    yield from (f"- {line}" for line in _reading(w, files))
    for title, sentences in method_said(w, source, tally):
        yield ""
        yield title.line
        yield from (f"- {said.line}" for said in sentences)


def _reading(w: Wording, files: Sequence[DescribedFile]) -> Iterator[str]:
    yield w.gettext(
        "The files are in UTF-8, with commas between values. In the first row stand the variables."
    ).line
    yield w.gettext(
        "An empty value means no answer, or a question that did not apply. It is never a zero or a “no”."
    ).line
    yield w.gettext(
        "Codes marked as missing in the code book mean that somebody preferred not to answer."
    ).line
    yield w.gettext(
        "Where several answers could be chosen, there is one variable with all codes, and one of 0 and 1 for "
        "each choice."
    ).line
    yield w.gettext(
        "A text that begins with a sign by which spreadsheets know formulas has an apostrophe before it. "
        "Take it away when you read the files with another program."
    ).line
    if len(files) > 1:
        yield w.gettext(
            "The entries of one response have its number in “_response”; it joins the files."
        ).line
    yield w.gettext(
        "These are answers of single people. Do not try to find out who they are, and do not pass the files "
        "on."
    ).line
