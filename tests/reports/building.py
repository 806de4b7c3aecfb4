"""What report tests are made of: sources without a database, and workbooks read back as tables."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform
from consult.reports.analysis.profiles import Profile
from consult.reports.columns import Row
from consult.reports.contents import WHOLE, Contents
from consult.reports.merging import merge
from consult.reports.source import Source, VersionNote
from consult.reports.wording import Wording
from consult.reports.workbook import write_workbook

HERE = Path(__file__).parent
MADE_ON = dt.date(2026, 3, 31)


def newcomers() -> Questionnaire:
    """A form with a question of nearly every kind, in English, French and Arabic."""
    reading = read_xlsform((HERE / "newcomers.md").read_bytes(), "newcomers.md")
    assert reading.questionnaire is not None
    return reading.questionnaire


def row(answers: Mapping[str, Any] | None = None, /, *, place: int = 0, **given: Any) -> Row:
    """A response; ``place`` makes an identity that is the same in every run."""
    drawn = uuid.uuid5(uuid.NAMESPACE_URL, str(place))
    kept = {"version": 1, "language": "en", "channel": "online", "collected_on": dt.date(2026, 3, 5)}
    return Row(id=drawn, answers=answers or {}, **{**kept, **given})


def rows(*answers: Mapping[str, Any], **given: Any) -> list[Row]:
    return [row(each, place=place, **given) for place, each in enumerate(answers)]


def source(
    questionnaires: Questionnaire | Iterable[Questionnaire], found: Iterable[Row] = (), **given: Any
) -> Source:
    """Versions are numbered in the order given; the last one is the newest."""
    if isinstance(questionnaires, Questionnaire):
        questionnaires = [questionnaires]
    versions = list(enumerate(questionnaires, 1))
    listed = list(found)
    newest = versions[-1][1]
    made: dict[str, Any] = {
        "slug": "newcomers",
        "title": newest.title,
        "organisation": Localized({"en": "Lakeside Partnership", "fr": "Partenariat du bord du lac"}),
        "languages": newest.languages,
        "fallback": "en",
        "opened_on": dt.date(2026, 3, 1),
        "closed_on": None,
        "versions": tuple(
            VersionNote(number, dt.date(2026, 2, 20 + number), version.notice) for number, version in versions
        ),
        "asked": merge(versions),
        "rows": lambda: iter(listed),
        "total": len(listed),
        "threshold": 10,
        "made_on": MADE_ON,
    }
    return Source(**{**made, **given})


def written(
    of: Source, words: str, folder: Path, contents: Contents = WHOLE, profile: Profile | None = None
) -> Path:
    """The report as a file."""
    path = folder / f"report-{words}.xlsx"
    write_workbook(of, Wording.of(words, of.fallback), path, contents, profile)
    return path


def as_tables(path: Path, left_out: Collection[int] = ()) -> str:
    """The whole workbook as text that people can read, and compare. ``left_out``: sheets, from 0."""
    shown, formulas = load_workbook(path, data_only=True), load_workbook(path)
    for place in sorted(left_out, reverse=True):
        del shown[shown.sheetnames[place]]
    return "\n".join(_tables(shown, formulas))


def cells(workbook: Workbook) -> Iterator[Cell]:
    """Every cell that holds something."""
    for sheet in workbook.worksheets:
        for line in sheet.iter_rows():
            yield from (cell for cell in line if cell.value is not None)


def _tables(workbook: Workbook, written: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        formulas = written[sheet.title]
        direction = " (right to left)" if sheet.sheet_view.rightToLeft else ""
        yield f"## {sheet.title}{direction}"
        yield ""
        for line in sheet.iter_rows():
            shown = [_shown(cell) + _formula(formulas[cell.coordinate]) for cell in line]
            while shown and not shown[-1]:
                shown.pop()
            if shown:
                yield f"| {' | '.join(shown)} |"
        yield from (f"* chart {_charted(chart)}" for chart in sheet._charts)  # type: ignore[attr-defined]
        yield ""


def _formula(cell: Any) -> str:
    return f" {cell.value}" if cell.data_type == "f" else ""


def _shown(cell: Any) -> str:
    """Texts as they are; numbers with the format they are shown in, where it says more than the number."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value.replace("\n", " ⏎ ")
    if isinstance(cell.value, dt.datetime | dt.date):
        return cell.value.strftime("%Y-%m-%d")
    style = cell.number_format.replace("_)", "").replace("\u00a0", "~")
    number = f"{cell.value:g}"
    return f"#{number}" if style in ("General", "0", "#,##0") else f"#{number} [{style}]"


def _charted(chart: Any) -> str:
    series = chart.series[0]
    return f"{series.cat.strRef.f} × {series.val.numRef.f}"
