"""``consult survey export``: a survey's questions for other programs, as a workbook or as an XForm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from consult.cli.files import written_whole
from consult.cli.findings import echo_findings, echo_json
from consult.cli.language import language_option
from consult.cli.storage import unit_of_work
from consult.cli.survey_store import named_survey
from consult.i18n import gettext
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.bundle import write_bundle
from consult.questionnaires.data import tables_in
from consult.questionnaires.document import from_document
from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.xform import XFormRefused, convert_workbook
from consult.questionnaires.xlsform.writer import export_xlsform
from consult.surveys.files import Kept
from consult.surveys.models import Version
from consult.surveys.xforms import draft_of_version, keep_xform, work_out, xform_of


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@language_option
def export(slug: str, file: Path, is_json: bool) -> None:
    """Write a survey's draft, or else its published version, as an XLSForm workbook (FILE.xlsx), or with the
    files beside it (FILE.zip); or its published version as an XForm for ODK Collect (FILE.xml). What other
    programs will not do is listed.
    """
    if file.suffix.lower() == ".xml":
        _write(file, _xform(slug).encode())
        remarks: list[Finding] = []
    else:
        workbook, files, remarks = _workbook(slug)
        if file.suffix.lower() == ".zip":
            workbook = write_bundle(f"{slug}.xlsx", workbook, files)
        elif files:
            remarks.append(_left_out(files))
        _write(file, workbook)
    if is_json:
        echo_json({"file": str(file), "warnings": [remark.as_dict() for remark in remarks]})
        return
    _echo(file, remarks)


def _workbook(slug: str) -> tuple[bytes, Mapping[str, bytes], list[Finding]]:
    with unit_of_work() as session:
        survey = named_survey(session, slug)
        published = survey.current_version.specification if survey.current_version else None
        document = survey.draft or published
        files = dict(Kept(session, document))
    if document is None:
        raise click.ClickException(gettext("The survey has no questions yet."))
    exported = export_xlsform(from_document(document), tables_in(files))
    remarks = list(exported.remarks)
    try:
        convert_workbook(exported.workbook)
    except XFormRefused as refusal:
        remarks.append(_refused(str(refusal)))
    return exported.workbook, files, remarks


def _xform(slug: str) -> str:
    """The XForm kept with the published version; if it has none, made now and kept."""
    with unit_of_work() as session:
        version = named_survey(session, slug).current_version
        if version is None:
            raise click.ClickException(gettext("The survey has no published version."))
        if kept := xform_of(session, version.id):
            return kept.xml
        draft, version_id = draft_of_version(session, version, slug), version.id
    worked = work_out(draft)
    if worked.made is None:
        raise click.ClickException(str(_refused(worked.refusal).message))
    with unit_of_work() as session:
        keep_xform(session, session.get_one(Version, version_id), worked)
    return worked.made.xml


def _write(file: Path, content: bytes) -> None:
    with written_whole(file) as opened:
        opened.write(content)


def _echo(file: Path, remarks: Iterable[Finding]) -> None:
    echo_findings(remarks)
    click.echo(str(file))


def _left_out(files: Iterable[str]) -> Finding:
    return warning(
        "files_left_out",
        Place(),
        _l("The files beside the form are not in a workbook: %(names)s.", names=", ".join(sorted(files))),
        _l("Write a file that ends in .zip to have them with it."),
    )


def _refused(reason: str) -> Finding:
    return warning(
        "xform_refused",
        Place(),
        _l("The converter of ODK and KoboToolbox refuses the form: %(reason)s", reason=reason),
        _l("Mend the form and export it again."),
    )
