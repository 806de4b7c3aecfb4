"""Whatever people write, and whatever a survey looks like: every file can be made, and read by others."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.questions import Choice
from consult.questions.rich_text import plain_text
from consult.reports.cells import clean
from consult.reports.delimited import guarded, write_csv_archive, write_csv_file
from consult.reports.outside_workbook import write_tables
from consult.reports.research.codebook import write_codebook_archive
from consult.reports.research.ddi import write_ddi
from consult.reports.source import Cleared, Source
from consult.reports.spss import write_sav_archive, write_sav_file
from consult.reports.word.summary import write_summary
from consult.reports.wording import Wording
from consult.reports.workbook import write_workbook
from tests.reports.building import newcomers, row, rows, source
from tests.reports.test_hostile_content import LONG, PAYLOADS, hostile_source, named
from tests.samples.questions import ask, choices, group, questionnaire

Writer = Callable[[Source, io.BytesIO], None]
WRITERS: dict[str, Writer] = {
    "xlsx": lambda of, file: write_workbook(of, Wording.of("both", "en"), file),
    "council.xlsx": lambda of, file: write_tables(of, Wording.of("both", "en"), file),
    "docx": lambda of, file: write_summary(of, Wording.of("both", "en"), file),
    "docx in Arabic": lambda of, file: write_summary(of, Wording.of("ar", "en"), file),
    "csv": lambda of, file: write_csv_file(of, "en", file),
    "csv of codes": lambda of, file: write_csv_file(of, "codes", file),
    "zip": lambda of, file: write_csv_archive(of, "fr", file),
    "sav": lambda of, file: write_sav_file(of, "both", file),
    "sav.zip": lambda of, file: write_sav_archive(of, "en", file),
    "ddi.xml": write_ddi,
    "codebook.zip": write_codebook_archive,
}
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
OLD_DAYS = ["1066-10-14", "1582-10-14", "1899-12-31", "1900-02-28", "9999-12-31"]


def content(of: Source, kind: str) -> bytes:
    file = io.BytesIO()
    WRITERS[kind](of, file)
    return file.getvalue()


def read(kind: str, written: bytes, folder: Path) -> None:
    """Open it with a reader that is not ours; raises when it cannot be read."""
    if kind == "xlsx":
        load_workbook(io.BytesIO(written))
    elif kind.startswith("docx"):
        Document(io.BytesIO(written))
    elif kind.startswith("csv"):
        assert len({len(line) for line in lines(written)}) == 1
    elif kind.endswith("zip"):
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                read(name.rsplit(".", 1)[1], archive.read(name), folder)
    elif kind == "sav":
        sav(written, folder)
    elif kind in ("ddi.xml", "xml"):
        etree.fromstring(written, SAFE)


def lines(written: bytes) -> list[list[str]]:
    before = csv.field_size_limit(10**7)  # of the whole process
    try:
        return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    finally:
        csv.field_size_limit(before)


def sav(written: bytes, folder: Path) -> tuple[dict[str, list[Any]], Any]:
    path = folder / "it.sav"
    path.write_bytes(written)
    columns, about = pyreadstat.read_sav(str(path), output_format="dict")
    return columns, about


def only(*questions: Any, languages: tuple[str, ...] = ("en", "fr")) -> Questionnaire:
    return questionnaire(*questions, languages=languages)


def made_300_by_12() -> Source:
    languages = ("en", "fr", "ar", "am", "zh-Hans", "fa", "sr", "so", "es", "ti", "tr", "uk")
    label = {code: f"سؤال — Question in {code} 😀" for code in languages}
    questions = [ask("text", f"q{number}", label) for number in range(300)]
    answers = [{f"q{number}": "a" for number in range(0, 300, 3)} for _ in range(12)]
    return source(only(group(*questions), languages=languages), rows(*answers))


ODD: dict[str, Callable[[], Source]] = {
    "no question": lambda: source(Questionnaire("f", Localized({"en": "F"}), ("en",), (), {})),
    "no response": lambda: source(newcomers()),
    "one response": lambda: source(newcomers(), rows({"status": "worker", "arrival": 2000})),
    "nothing answered": lambda: source(newcomers(), rows(*[{}] * 30)),
    "2,000 choices": lambda: source(
        only(ask("select_multiple", "it", choices=choices(*(f"c{number}" for number in range(2_000))))),
        rows(*({"it": [f"c{number}", "c0"]} for number in range(1, 30))),
    ),
    "days of long ago": lambda: source(
        only(ask("date", "it"), ask("dateTime", "at")),
        rows(*({"it": day, "at": f"{day}T12:30:00.000-05:00"} for day in OLD_DAYS)),
    ),
    "300 questions in 12 languages": made_300_by_12,
    "answers that their kind does not know": lambda: source(
        newcomers(),
        rows({"status": ["worker"], "spoken": "ar", "arrival": "x", "needs": "work", "moved_on": 3}),
    ),
}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_survey_becomes_every_file(odd: str, kind: str, tmp_path: Path) -> None:
    read(kind, content(ODD[odd](), kind), tmp_path)


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind != "xlsx"])
@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_payload_breaks_no_file(payload: str, kind: str, tmp_path: Path) -> None:
    read(kind, content(hostile_source(payload), kind), tmp_path)


@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_csv_gives_back_what_was_written_and_starts_no_formula(payload: str) -> None:
    head, first, *_ = lines(content(hostile_source(payload), "csv"))
    found = dict(zip(head, first, strict=True))
    assert found["words"] == guarded(payload)
    assert found["words"].removeprefix("'") == clean(payload).removeprefix("'")
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", found["words"] + found["mail"] + found["some_other"])


@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_spss_gives_back_what_was_written(payload: str, tmp_path: Path) -> None:
    form = only(ask("text", "words"))
    columns, _ = sav(content(source(form, [row({"words": payload})]), "sav"), tmp_path)
    parts = [values[0] for name, values in columns.items() if name.split("_")[0] == "words"]
    # SPSS fills texts with blanks, and its readers take those at the end away.
    assert "".join(parts).rstrip(" ") == clean(payload).rstrip(" ")


@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_word_shows_a_quote_and_labels_as_text(payload: str, tmp_path: Path) -> None:
    of = hostile_source(payload)
    quote = Cleared("words", "en", Localized({"en": f"q{payload}"}))
    answered = source_with(of, 12, quote)
    written = content(answered, "docx")
    document = Document(io.BytesIO(written))
    shown = [paragraph.text for paragraph in document.paragraphs]
    assert clean(f"q{payload}").replace("\r\n", "\n").replace("\r", "\n") in [
        text.replace("\r", "\n") for text in shown
    ]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        xml = archive.read("word/document.xml")
    assert set(re.findall(rb"<w:(hyperlink|fldSimple|object|altChunk)\b", xml)) == set()


def source_with(of: Source, number: int, quote: Cleared) -> Source:
    listed = [row({"words": "x"}, place=place) for place in range(number)]
    return Source(
        **{
            **{name: getattr(of, name) for name in of.__dataclass_fields__},
            "rows": lambda: iter(listed),
            "total": number,
            "cleared": (quote,),
        }
    )


@pytest.mark.parametrize("payload", LONG, ids=named)
def test_long_answer_is_whole_in_every_file_with_answers(payload: str, tmp_path: Path) -> None:
    of = source(only(ask("text", "words")), [row({"words": payload})])
    assert lines(content(of, "csv"))[1][-1].removeprefix("'") == payload
    with zipfile.ZipFile(io.BytesIO(content(of, "codebook.zip"))) as archive:
        assert lines(archive.read("responses.csv"))[1][-1].removeprefix("'") == payload


def test_days_of_long_ago_keep_their_date(tmp_path: Path) -> None:
    of = ODD["days of long ago"]()
    days = {line[-2] for line in lines(content(of, "csv"))[1:]}
    assert days == set(OLD_DAYS)
    columns, _ = sav(content(of, "sav"), tmp_path)
    kept = {day for day in columns["it"] if isinstance(day, dt.date)}
    assert {day.isoformat()[:10] for day in kept} >= {"1582-10-14", "1899-12-31", "1900-02-28"}


def test_arabic_words_run_from_right_to_left_in_an_english_summary() -> None:
    of = source(
        only(ask("text", "words")),
        rows(*[{"words": "x"}] * 12, language="ar"),
        cleared=(Cleared("words", "ar", Localized({"ar": "أريد حافلات أكثر"})),),
    )
    xml = content_of_document(content(of, "docx"))
    (paragraph,) = [each for each in xml.iter("{*}p") if "أريد" in "".join(each.itertext())]
    assert paragraph.find("{*}pPr/{*}bidi") is not None
    assert paragraph.find("{*}r/{*}rPr/{*}rtl") is not None


def test_english_words_run_from_left_to_right_in_an_arabic_summary() -> None:
    of = source(
        only(ask("text", "words")),
        rows(*[{"words": "x"}] * 12),
        cleared=(Cleared("words", "en", Localized({"en": "More buses"})),),
    )
    xml = content_of_document(content(of, "docx in Arabic"))
    (paragraph,) = [each for each in xml.iter("{*}p") if "More buses" in "".join(each.itertext())]
    bidi = paragraph.find("{*}pPr/{*}bidi")
    assert list(bidi.attrib.values()) == ["0"]


def content_of_document(written: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_labels_with_markup_are_plain_in_ddi() -> None:
    label = Localized({"en": "**Bold** <b>x</b>"})
    form = only(ask("select_one", "it", dict(label), choices=(Choice("a", label),)))
    document = etree.fromstring(content(source(form), "ddi.xml"), SAFE)
    (literal,) = document.iter("{*}qstnLit")
    assert literal.text == plain_text("**Bold** <b>x</b>")
