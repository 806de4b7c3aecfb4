"""The sheet ``settings`` → what a questionnaire says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from consult.i18n import Localized
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.specification import Notice
from consult.questionnaires.xlsform.repairs import clean_code
from consult.questionnaires.xlsform.tables import Record, Table

_DO_NOTHING = frozenset(("public_key", "submission_url", "instance_name", "auto_send", "auto_delete"))


@dataclass(frozen=True, slots=True)
class About:
    """Key, title and notice of a questionnaire. ``default_language`` as the author wrote it."""

    key: str
    title: Localized
    notice: Notice = field(default_factory=Notice)
    minutes: int | None = None
    author_version: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


def written_default_language(table: Table | None) -> tuple[str, Place]:
    """What the author calls the default language, and where; empty if nothing is said."""
    record = _record(table)
    if record is None:
        return "", Place()
    written = record.code("default_language")
    return "" if written.lower() == "default" else written, record.place("default_language")


def read_settings(
    table: Table | None, filename: str, default_language: str, findings: list[Finding]
) -> About:
    """Read the first row that is filled; key and title fall back to the name of the file."""
    fallback = PurePath(filename).stem or "survey"
    record = _record(table)
    if record is None:
        return About(fallback, Localized({default_language: fallback}))
    key = record.code("form_id") or fallback
    own = record.own_columns()
    for header in sorted(_DO_NOTHING.intersection(own)):
        findings.append(
            warning(
                "setting_without_effect",
                record.place(),
                _l("The setting “%(name)s” does nothing here.", name=header),
                _l("It is kept for other programs; you need not do anything."),
            )
        )
    return About(
        key,
        record.texts("form_title") or Localized({default_language: key}),
        Notice(
            record.texts("introduction"),
            record.texts("notice_authority"),
            record.texts("notice_purpose"),
            record.texts("notice_contact"),
        ),
        _minutes(record, findings),
        record.code("version"),
        own,
    )


def with_rows(about: About, rows: Mapping[str, str], language: str) -> About:
    """The same with what rows of the sheet survey set (``set form title``), as the first versions had it."""
    title = Localized({language: rows.get("form_title", "")}) or about.title
    return replace(about, key=clean_code(rows.get("form_id", "")) or about.key, title=title)


def _minutes(record: Record, findings: list[Finding]) -> int | None:
    written = record.code("minutes")
    if not written:
        return None
    if written.isascii() and written.isdigit() and 0 < int(written) < 1000:
        return int(written)
    findings.append(
        error(
            "minutes_unreadable",
            record.place("minutes"),
            _l("“%(text)s” is not a number of minutes.", text=written),
            _l("Write how many whole minutes the survey takes, for example 10."),
        )
    )
    return None


def _record(table: Table | None) -> Record | None:
    return next((record for record in table or () if not record.is_empty()), None)
