"""A file somebody made → a questionnaire, with everything that is wrong or doubtful at its place."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.sources import ITEMSETS
from consult.questionnaires.dependencies import find_cycles
from consult.questionnaires.findings import Finding, Place, error, errors, warning
from consult.questionnaires.lint import lint
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import columns, kept
from consult.questionnaires.xlsform.assuming import ASSUMED, close_groups, hidden_questions
from consult.questionnaires.xlsform.beside import EXTERNAL_CHOICES, NO_FILES, external_choices, look_beside
from consult.questionnaires.xlsform.choices import ChoiceLists
from consult.questionnaires.xlsform.entries import with_sources
from consult.questionnaires.xlsform.headers import is_survey
from consult.questionnaires.xlsform.kobo import write_out_kobo
from consult.questionnaires.xlsform.kobo_written_out import gather_matrices
from consult.questionnaires.xlsform.logic import Logic
from consult.questionnaires.xlsform.loops import write_out_loops
from consult.questionnaires.xlsform.naming import give_names
from consult.questionnaires.xlsform.over_repeats import OverRepeats
from consult.questionnaires.xlsform.places import Places
from consult.questionnaires.xlsform.remarks import drop_remarks
from consult.questionnaires.xlsform.rows import RowReader
from consult.questionnaires.xlsform.settings_sheet import read_settings, with_rows, written_default_language
from consult.questionnaires.xlsform.sheets import Sheet, Unreadable
from consult.questionnaires.xlsform.sources import Source, plain, read_source
from consult.questionnaires.xlsform.spelling import Spelling
from consult.questionnaires.xlsform.survey_sheet import SurveyReader
from consult.questionnaires.xlsform.tables import Table
from consult.questionnaires.xlsform.tongues import give_languages
from consult.questionnaires.xlsform.yes_no import is_yes

MOST_FINDINGS = 2_000

_ALIASES: Mapping[str, Mapping[str, str]] = {
    "survey": columns.SURVEY,
    "choices": columns.CHOICES,
    "settings": columns.SETTINGS,
}
_NOT_USED = frozenset(("entities", "osm"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file came to. ``questionnaire`` is ``None`` as soon as one finding is an error.

    ``kinds``: how many questions of each kind were read, also when there are errors. ``files``: the content
    of every file beside the form that it uses, by name. ``notes``: of the warnings those about the file, all
    of them, in no order; the others are advice that the questionnaire itself can be asked for at any time.
    """

    questionnaire: Questionnaire | None
    findings: list[Finding]
    languages: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: Sequence[Finding] = ()


def read_xlsform(
    data: bytes, filename: str, files: Mapping[str, bytes] = NO_FILES, *, assume: bool = False
) -> Reading:
    """Read an XLSForm: an Excel workbook, Markdown tables or CSV. Never raises for what is in the file.

    ``filename`` gives key and title where the form has none; ``files`` is what lies beside it (name →
    content; only what the form uses is looked at). All findings come at once, in the order of
    sheets and rows, errors first; warnings for authors (:mod:`consult.questionnaires.lint`) among them.

    ``assume``: a person wants a part of a larger form to go in. What is missing of the rest is assumed, and
    said in warnings of its own (``assuming.ASSUMED``), instead of being an error.
    """
    findings: list[Finding] = []
    try:
        source = read_source(data, filename, (*_ALIASES, kept.SHEET, EXTERNAL_CHOICES))
        findings += source.findings
        tables = _tables(source, findings)
    except Unreadable as refused:
        return Reading(None, [refused.finding])
    if "survey" not in tables:
        return Reading(None, [_no_survey(source)])
    sheet = next((sheet for sheet in source.sheets if plain(sheet.name) == EXTERNAL_CHOICES), None)
    made = {ITEMSETS: external_choices(sheet)} if sheet is not None else {}
    # Of a folder only what the form names is read.
    beside: Mapping[str, bytes] = ChainMap(made, files)  # type: ignore[arg-type]
    return _read(tables, filename, findings, beside, assume=assume)


def _read(
    tables: Mapping[str, Table],
    filename: str,
    findings: list[Finding],
    files: Mapping[str, bytes],
    *,
    assume: bool,
) -> Reading:
    survey, settings = tables["survey"], tables.get("settings")
    languages = give_languages(list(tables.values()), *written_default_language(settings), findings)
    about = read_settings(settings, filename, languages[0], findings)
    spelling = Spelling()
    logic = Logic(spelling, findings)
    _write_out(survey, tables.get("choices"), spelling, findings, assume=assume)
    logic.over_repeats = OverRepeats(survey)
    may_repeat = is_yes(about.own.get("allow_choice_duplicates", ""))
    lists = ChoiceLists(tables.get("choices"), logic, spelling, findings, languages[0], may_repeat=may_repeat)
    reader = SurveyReader(RowReader(lists, logic, findings, languages[0]), spelling, findings)
    items = reader.read(survey) if survey.require("type") else ()
    known = reader.names.keys() | reader.groups.keys()
    assumed = logic.assumed(known) if assume else {}
    logic.check(known | assumed.keys())
    items = with_sources((*hidden_questions(assumed), *items), reader.places, findings)
    about = with_rows(about, reader.settings, languages[0])
    questionnaire = Questionnaire(
        about.key,
        about.title,
        languages,
        items,
        lists.lists,
        about.notice,
        about.minutes,
        about.author_version,
        about.own,
    )
    places = {f"question:{name}": place for name, place in assumed.items()} | lists.places | reader.places
    return _judged(questionnaire, Places(tables, places), findings, files)


def _write_out(
    survey: Table, choices: Table | None, spelling: Spelling, findings: list[Finding], *, assume: bool
) -> None:
    """Put into the cells what each row comes to: whole groups, and names of their own."""
    drop_remarks(survey, findings)
    survey.ensure("name")
    write_out_loops(survey, choices)
    write_out_kobo(survey, choices, spelling, findings)
    gather_matrices(survey, findings)
    if assume:
        close_groups(survey, findings)
    give_names(survey, choices, findings, assume=assume)


def _judged(
    questionnaire: Questionnaire, places: Places, findings: list[Finding], files: Mapping[str, bytes]
) -> Reading:
    """What was read, with what can only be said of the whole and of the files beside it."""
    findings += _circles(questionnaire, places.rows)
    beside = look_beside(questionnaire, places, files)
    findings += beside.findings
    kinds = Counter(question.kind for question in questionnaire.questions.values())
    if not kinds and not errors(findings):
        findings.append(_no_questions())
    is_right = not errors(findings)
    notes = tuple(findings) if is_right else ()
    if is_right:
        findings += lint(questionnaire, places.locate)
    return Reading(
        beside.named_in(questionnaire) if is_right else None,
        _sorted(findings),
        questionnaire.languages,
        dict(kinds.most_common()),
        beside.contents,
        notes,
    )


def _tables(source: Source, findings: list[Finding]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for sheet in kept.put_back(source.sheets):
        # The only sheet of a workbook needs no name.
        name = known if (known := plain(sheet.name)) in _ALIASES or not is_survey(sheet) else "survey"
        if name not in _ALIASES:
            continue
        if name in tables:
            findings.append(_twice(sheet))
            continue
        tables[name] = Table(name, sheet, _ALIASES[name], findings, has_media=name != "settings")
        tables[name].report_header()
    for name in source.names:
        if plain(name) in _NOT_USED:
            findings.append(_unused(name))
    return tables


def _circles(questionnaire: Questionnaire, places: Mapping[str, Place]) -> list[Finding]:
    found = []
    for circle in find_cycles(questionnaire):
        key = circle[0]
        place = places.get(f"question:{key}") or places.get(f"group:{key}") or Place("survey")
        found.append(
            error(
                "expression_cycle",
                place,
                _l("These wait for each other in a circle: %(names)s.", names=", ".join(circle[:10])),
                _l("Take one of them out of the expressions of the others."),
            )
        )
    return found


def _sorted(findings: list[Finding]) -> list[Finding]:
    """Errors first, then what was assumed; each kind by sheet and row, without repetitions."""
    order = {"settings": 0, "survey": 1, "choices": 2}
    unique = {(f.code, f.sheet, f.row, f.column, str(f.message)): f for f in findings}

    def place(found: Finding) -> tuple[bool, bool, int, int, int, str]:
        sheet, is_other = order.get(plain(found.sheet), 0), found.code not in ASSUMED
        return found.severity != "error", is_other, sheet, found.row or 0, len(found.column), found.column

    ordered = sorted(unique.values(), key=place)
    return ordered if len(ordered) <= MOST_FINDINGS else [*ordered[:MOST_FINDINGS], _more(ordered)]


def _more(findings: list[Finding]) -> Finding:
    return Finding(
        "more_findings",
        findings[MOST_FINDINGS].severity,
        *Place(),
        _l("There are %(count)s more findings like these.", count=len(findings) - MOST_FINDINGS),
        _l("Mend the first ones and check the form again."),
    )


def _no_survey(source: Source) -> Finding:
    near = get_close_matches("survey", [plain(name) for name in source.names], n=1, cutoff=0.6)
    return error(
        "sheet_missing",
        Place("survey"),
        _l("There is no sheet called “survey”."),
        _l("Rename the sheet “%(name)s” to survey.", name=near[0])
        if near
        else _l("The questions stand in a sheet called survey, with the columns type, name and label."),
    )


def _no_questions() -> Finding:
    return error(
        "no_questions",
        Place("survey"),
        _l("The sheet survey has no questions."),
        _l("Write at least one question: its type, its name and its label."),
    )


def _twice(sheet: Sheet) -> Finding:
    return error(
        "sheet_twice",
        Place(sheet.name),
        _l("There are two sheets called “%(name)s”.", name=plain(sheet.name)),
        _l("Delete or rename one of them."),
    )


def _unused(name: str) -> Finding:
    return warning(
        "sheet_unused",
        Place(name),
        _l("The sheet “%(name)s” is not used yet.", name=name),
        _l("You need not do anything, as long as no question needs it."),
    )
