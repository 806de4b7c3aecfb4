"""The code book as DDI Codebook 2.5 (https://ddialliance.org/Specification/DDI-Codebook/2.5/), for archives.

    ddi_document(source, tally)  →  bytes

It describes the coded files (codebook.py) and holds no answer of a single person: frequencies stand only
where no group is so small, or could be worked out to be, that somebody could be recognised; never the
smallest or largest number that was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO
from xml.etree import ElementTree as ET

from consult.questions.kind import ColumnType
from consult.reports.cells import clean
from consult.reports.guard import hidden_groups
from consult.reports.research.ddi_study import add_document, add_study
from consult.reports.research.elements import add, add_each, root_of, written
from consult.reports.research.variables import Code, Described, DescribedFile, described_files
from consult.reports.source import Source
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import Tally
from consult.reports.wording import BOTH, Wording

NAMESPACE = "ddi:codebook:2_5"

_DOMAINS: Mapping[ColumnType, str] = {
    "text": "text",
    "choice": "category",
    "flag": "category",
    "integer": "numeric",
    "number": "numeric",
    "date": "datetime",
    "time": "datetime",
    "datetime": "datetime",
    "any": "text",
}
_NUMERIC = ("integer", "number", "flag")


def write_ddi(source: Source, file: IO[bytes]) -> None:
    """From one pass over the responses."""
    tally = Tally(source.asked)
    for row in source.rows():
        tally.add(row)
    file.write(ddi_document(source, tally))


def ddi_document(source: Source, tally: Tally) -> bytes:
    """Valid by the schema of version 2.5."""
    root = root_of("codeBook", NAMESPACE, version="2.5")
    both = Wording.of(BOTH, source.fallback)
    files = described_files(source)
    add_document(root, both, source)
    add_study(root, both, source, tally)
    for number, file in enumerate(files, 1):
        _add_file(root, both, file, tally, f"F{number}")
    data = add(root, "dataDscr")
    tables = _safe_tables(source, tally)
    groups: list[ET.Element] = []
    variables: list[ET.Element] = []
    for number, file in enumerate(files, 1):
        _add_variables(file, f"F{number}", tables, source.threshold, groups, variables)
    data.extend([*groups, *variables])
    return written(root)


def _safe_tables(source: Source, tally: Tally) -> Mapping[str, QuestionTable]:
    """Those of which numbers may be told: answered by enough people; none of entries, of which ten can be of
    one household."""
    if source.hides(tally.responses):
        return {}
    return {
        table.asked.key: table
        for table in question_tables(tally)
        if table.behind >= source.threshold and not table.asked.repeats
    }


def _add_file(root: ET.Element, w: Wording, file: DescribedFile, tally: Tally, identity: str) -> None:
    about = add(add(root, "fileDscr", ID=identity), "fileTxt")
    add(about, "fileName", f"{file.name}.csv")
    if file.repeat is None:
        cases, said = tally.responses, w.gettext("coded responses, one in each row")
    else:
        cases = tally.entries[file.repeat]
        label = w.text(file.repeat.label, file.repeat.key)
        said = w.gettext("entries of “%(repeat)s”, one in each row", repeat=label)
    add(about, "fileCont", said.line)
    size = add(about, "dimensns")
    add(size, "caseQnty", str(cases))
    add(size, "varQnty", str(len(file.variables)))
    add(about, "fileType", "CSV", charset="UTF-8")
    empty = w.gettext(
        "An empty value means no answer, or a question that did not apply. It is never a zero or a “no”."
    )
    add_each(about, "dataMsng", dict(zip(w.languages, empty, strict=True)))


def _add_variables(
    file: DescribedFile,
    identity: str,
    tables: Mapping[str, QuestionTable],
    threshold: int,
    groups: list[ET.Element],
    variables: list[ET.Element],
) -> None:
    sections: dict[tuple[object, ...], list[tuple[str, Described]]] = {}
    several: dict[str, list[tuple[str, Described]]] = {}
    for position, each in enumerate(file.variables, 1):
        name = f"{identity}V{position}"
        asked = each.column.asked
        variables.append(_variable(each, name, identity, tables, threshold))
        if asked is not None and asked.section:
            sections.setdefault(asked.section, []).append((name, each))
        if asked is not None and asked.question.kind in ("select_multiple", "rank"):
            several.setdefault(asked.key, []).append((name, each))
    for members in sections.values():
        asked = members[0][1].column.asked
        label = asked.section[-1] if asked else {}
        groups.append(_group("section", members, dict(label)))
    for members in several.values():
        groups.append(_group("multipleResp", members, dict(members[0][1].question)))


def _group(kind: str, members: Sequence[tuple[str, Described]], labels: Mapping[str, str]) -> ET.Element:
    group = ET.Element("varGrp", {"type": kind, "var": " ".join(name for name, _ in members)})
    add_each(group, "labl", labels)
    return group


def _variable(
    each: Described, name: str, file: str, tables: Mapping[str, QuestionTable], threshold: int
) -> ET.Element:
    column = each.column
    is_number = column.type in ("integer", "number")
    interval = "contin" if is_number else "discrete"
    variable = ET.Element("var", {"ID": name, "name": clean(column.key), "files": file, "intrvl": interval})
    add(variable, "location", fileid=file)
    add_each(variable, "labl", each.labels)
    if each.question:
        question = add(variable, "qstn", responseDomainType=_domain(each))
        add_each(question, "qstnLit", each.question)
        add_each(question, "ivuInstr", each.hint)
    if each.scale:
        units = "INT" if all("." not in end for end in each.scale) else "REAL"
        add(add(variable, "valrng"), "range", UNITS=units, min=each.scale[0], max=each.scale[1])
    missing = [code for code in each.codes if code.is_missing]
    if missing:
        invalid = add(variable, "invalrng")
        for code in missing:
            add(invalid, "item", VALUE=code.code)
    add_each(variable, "universe", each.asked_when)
    table = tables.get(column.asked.key) if column.asked else None
    if table is not None and not _is_other_text(each):
        _add_statistics(variable, table, is_number=is_number and column.code is None)
    _add_codes(variable, each, table, threshold)
    _add_format(variable, each)
    if each.versions:
        add(variable, "notes", each.versions, type="versions")
    return variable


def _domain(each: Described) -> str:
    return "multiple" if each.is_joined else _DOMAINS[each.column.type]


def _is_other_text(each: Described) -> bool:
    asked = each.column.asked
    return asked is not None and each.column.type == "text" and each.column.key != asked.key


def _add_statistics(variable: ET.Element, table: QuestionTable, *, is_number: bool) -> None:
    add(variable, "sumStat", str(table.base), type="vald")
    add(variable, "sumStat", str(table.missing), type="invd")
    found = table.statistics
    if found is None or not is_number:
        return
    add(variable, "sumStat", repr(found.mean), type="mean")
    add(variable, "sumStat", repr(found.median), type="medn")
    if found.deviation is not None:
        add(variable, "sumStat", repr(found.deviation), type="stdev")


def _add_codes(variable: ET.Element, each: Described, table: QuestionTable | None, threshold: int) -> None:
    counts = {} if table is None else _counts(each, table)
    hidden = hidden_groups(counts, threshold)
    for code in each.codes:
        category = add(variable, "catgry", **_missing(code))
        add(category, "catValu", code.code)
        add_each(category, "labl", code.labels)
        if code.code in counts and code.code not in hidden:
            add(category, "catStat", str(counts[code.code]), type="freq")


def _missing(code: Code) -> dict[str, str]:
    return {"missing": "Y", "missType": "refusal"} if code.is_missing else {}


def _counts(each: Described, table: QuestionTable) -> dict[str, int]:
    """Responses by code; together they are all that answered. Nothing where they would not be."""
    known = {line.code: line.count for line in table.lines}
    if each.column.code is not None and each.column.type == "flag":
        chosen = known.get(each.column.code, 0)
        return {"1": chosen, "0": table.base - chosen}
    if table.is_multiple or each.is_joined or each.column.type != "choice":
        return {}
    return known


def _add_format(variable: ET.Element, each: Described) -> None:
    kind = each.column.type
    category = {"date": "date", "time": "time", "datetime": "date"}.get(kind, "other")
    is_number = kind in _NUMERIC
    add(
        variable,
        "varFormat",
        type="numeric" if is_number else "character",
        schema="ISO",
        category=category,
    )
