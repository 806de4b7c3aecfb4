"""What researchers get: coded responses with their code book, and the code book as DDI, read by others."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from typing import Any

import pytest
from lxml import etree

from consult.reports.research.codebook import write_codebook_archive
from consult.reports.source import Source
from tests.reports.building import newcomers, rows, source
from tests.reports.codebooks import NAMES, SAFE, XML_LANG, answered, ddi, hostile
from tests.reports.households import FORM as HOMES
from tests.reports.households import LARGE
from tests.samples.questions import ask, choices, questionnaire


def archive(of: Source) -> dict[str, bytes]:
    written = io.BytesIO()
    write_codebook_archive(of, written)
    with zipfile.ZipFile(written) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def variable(document: Any, name: str) -> Any:
    (found,) = document.xpath("d:dataDscr/d:var[@name=$name]", namespaces=NAMES, name=name)
    return found


def texts(element: Any, path: str) -> dict[str, str]:
    found = element.xpath(path, namespaces=NAMES)
    return {each.get(XML_LANG): each.text for each in found}


@pytest.fixture(scope="module")
def of() -> Source:
    return source(newcomers(), answered())


@pytest.fixture(scope="module")
def document(of: Source) -> Any:
    return ddi(of)


def test_study_is_described_in_both_languages(document: Any) -> None:
    study = document.find("d:stdyDscr", NAMES)
    title = study.xpath("d:citation/d:titlStmt/*", namespaces=NAMES)
    assert [(each.tag.split("}")[1], each.get(XML_LANG), each.text) for each in title] == [
        ("titl", "en", "Newcomers"),
        ("parTitl", "fr", "Personnes nouvellement arrivées"),
        ("IDNo", None, "newcomers"),
    ]
    assert texts(study, "d:citation/d:rspStmt/d:AuthEnty") == {
        "en": "Lakeside Partnership",
        "fr": "Partenariat du bord du lac",
    }
    assert set(texts(study, "d:method/d:dataColl/d:sampProc")) == {"en", "fr"}
    assert texts(study, "d:method/d:dataColl/d:collMode") == {"en": "Online", "fr": "En ligne"}
    notices = study.xpath("d:notes[@subject='authority']", namespaces=NAMES)
    assert [each.get(XML_LANG) for each in notices] == ["en", "fr"]
    dates = study.xpath("d:stdyInfo/d:sumDscr/d:collDate/@date", namespaces=NAMES)
    assert dates == ["2026-03-05", "2026-03-05"]


def test_variables_are_the_columns_of_the_file(of: Source, document: Any) -> None:
    files = archive(of)
    head = files["responses.csv"].decode("utf-8-sig").splitlines()[0].split(",")
    assert document.xpath("d:dataDscr/d:var/@name", namespaces=NAMES) == head
    (size,) = document.xpath("d:fileDscr/d:fileTxt/d:dimensns/d:varQnty/text()", namespaces=NAMES)
    assert int(size) == len(head)


def test_variable_says_its_question_and_codes_in_every_language(document: Any) -> None:
    status = variable(document, "status")
    assert texts(status, "d:qstn/d:qstnLit") == {
        "en": "What is your status?",
        "fr": "Quel est votre statut?",
        "ar": "ما وضعكم؟",
    }
    codes = status.xpath("d:catgry", namespaces=NAMES)
    assert [each.findtext("d:catValu", namespaces=NAMES) for each in codes] == ["citizen", "worker"]
    assert texts(codes[1], "d:labl")["fr"] == "Travail temporaire"
    assert texts(variable(document, "one_change"), "d:universe").keys() == {"en", "fr"}


def test_frequencies_are_those_of_the_responses(document: Any) -> None:
    status = variable(document, "status")
    assert status.xpath("d:catgry/d:catStat/text()", namespaces=NAMES) == ["24", "16"]
    assert status.xpath("d:sumStat[@type='vald']/text()", namespaces=NAMES) == ["40"]


def test_small_groups_have_no_frequency_and_nothing_gives_them_away(document: Any) -> None:
    assert variable(document, "spoken/fr").xpath(".//d:catStat", namespaces=NAMES) == []
    assert variable(document, "spoken").xpath(".//d:catStat", namespaces=NAMES) == []


def test_nothing_that_one_person_alone_gave_is_a_statistic(document: Any) -> None:
    arrival = variable(document, "arrival")
    kinds = arrival.xpath("d:sumStat/@type", namespaces=NAMES)
    assert kinds == ["vald", "invd", "mean", "medn", "stdev"]
    assert document.xpath("//d:sumStat[@type='min' or @type='max']", namespaces=NAMES) == []


def test_few_answers_have_no_statistics_at_all() -> None:
    document = ddi(source(newcomers(), answered()[:9]))
    assert document.xpath("//d:sumStat | //d:catStat", namespaces=NAMES) == []


def test_selection_that_leaves_few_out_has_no_statistics() -> None:
    document = ddi(source(newcomers(), answered(), total=45))
    assert document.xpath("//d:sumStat | //d:catStat", namespaces=NAMES) == []


def test_refusal_is_a_missing_value() -> None:
    form = questionnaire(
        ask(
            "select_one",
            "it",
            choices=choices("1", "prefer_not"),
        )
    )
    it = variable(ddi(source(form)), "it")
    assert it.xpath("d:invalrng/d:item/@VALUE", namespaces=NAMES) == ["prefer_not"]
    assert it.xpath("d:catgry/@missing", namespaces=NAMES) == ["Y"]


def test_scale_has_its_range(document: Any) -> None:
    (range_,) = variable(document, "welcome").xpath("d:valrng/d:range", namespaces=NAMES)
    assert (range_.get("min"), range_.get("max"), range_.get("UNITS")) == ("0", "3", "INT")


def test_entries_of_repeats_are_files_of_their_own() -> None:
    of = source(HOMES, rows(LARGE, {"area": "South"}))
    files, document = archive(of), ddi(of)
    names = document.xpath("d:fileDscr/d:fileTxt/d:fileName/text()", namespaces=NAMES)
    assert names == [name for name in files if name.endswith(".csv") and name != "codebook.csv"]
    assert len(names) > 1
    counts = document.xpath("d:fileDscr/d:fileTxt/d:dimensns/d:caseQnty/text()", namespaces=NAMES)
    assert [int(count) for count in counts] == [len(table(files[name])) for name in names]
    described = Counter(line["file"] for line in table(files["codebook.csv"]) if not line["code"])
    assert {name: len(table(files[name])[0]) for name in names} == {name: described[name] for name in names}
    held = document.xpath("d:dataDscr/d:var/@files", namespaces=NAMES)
    assert Counter(held) == {f"F{place}": described[name] for place, name in enumerate(names, 1)}


def test_every_code_of_the_data_stands_in_the_code_book(of: Source) -> None:
    files = archive(of)
    book: dict[str, set[str]] = {}
    for line in table(files["codebook.csv"]):
        if line["code"]:
            book.setdefault(line["variable"], set()).add(line["code"])
    for line in table(files["responses.csv"]):
        for name in ("_language", "_channel", "status", "spoken", "needs", "spoken/ar", "spoken/fr"):
            assert set(line[name].split()) <= book[name]


def test_code_book_has_labels_in_every_language(of: Source) -> None:
    (line,) = [
        line
        for line in table(archive(of)["codebook.csv"])
        if (line["variable"], line["code"]) == ("status", "citizen")
    ]
    assert (line["label_en"], line["label_fr"], line["label_ar"]) == ("Citizen", "Citoyenneté", "مواطن")


def test_readme_speaks_both_languages(of: Source) -> None:
    told = archive(of)["README.txt"].decode("utf-8-sig")
    english, french = told.split("=" * 72)
    assert "Newcomers" in english
    assert "Personnes nouvellement arrivées" in french
    assert english.count("\n- ") == french.count("\n- ")


def test_texts_like_formulas_are_guarded_and_codes_below_zero_are_not() -> None:
    form = questionnaire(
        ask("text", "words"),
        ask("select_one", "it", choices=choices("-99")),
    )
    files = archive(source(form, rows({"words": "=1+1", "it": "-99"})))
    (line,) = table(files["responses.csv"])
    assert (line["words"], line["it"]) == ("'=1+1", "-99")
    assert "-99" in [each["code"] for each in table(files["codebook.csv"])]


def test_same_responses_give_the_same_file(of: Source) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_codebook_archive(of, first)
    write_codebook_archive(of, second)
    assert first.getvalue() == second.getvalue()


def test_archive_has_the_same_ddi(of: Source, document: Any) -> None:
    inside = etree.fromstring(archive(of)["codebook.ddi.xml"], SAFE)
    assert etree.tostring(inside) == etree.tostring(document)


def test_hostile_content_stays_text() -> None:
    document = ddi(hostile())
    assert document.xpath("//*[local-name()='script' or local-name()='f']") == []
    (code,) = document.xpath("//d:var[@name='it']/d:catgry/d:catValu", namespaces=NAMES)
    assert code.text == "<f>&#0;</f>]]>&amp;\ufffd\ufffd\ufffd😀\u202e <script>"
