"""An upload and what is wrong with it: read, shown beside its rows, corrected there, read again.

Nothing is stored on the way: the page carries the form (questionnaires/mending.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request

from consult.authoring.assuming import Offer, offer
from consult.authoring.forms import UploadForm
from consult.i18n import gettext
from consult.questionnaires.bundle import files_alone
from consult.questionnaires.findings import errors, warnings
from consult.questionnaires.mending import Workpiece, unpack
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import Reading
from consult.questionnaires.xlsform.beside import bring_files, named_files
from consult.questionnaires.xlsform.marked import Marked, mark
from consult.questionnaires.xlsform.mended_workbook import CellName
from consult.questionnaires.xlsform.sheets import Unreadable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_CELL = re.compile(r"cell\.([0-9]{1,5})\.([0-9]{1,3})\.(.{1,200})")
_STILL_MISSING = ("file_missing", "external_choices_missing")
_PART = re.compile(r"part-([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Upload:
    """What a file came to. ``marked``, ``packed``: what the page shows and carries when it must come back.

    ``offer``: the assumptions with which it could be used, or is.
    """

    reading: Reading
    action: str = ""
    name: str = ""
    marked: Marked | None = None
    packed: str = ""
    with_warnings: bool = False
    offer: Offer | None = None
    are_files_alone: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can be kept, and is to be."""
        return self.reading.questionnaire is not None and self.action in ("read", "assume")

    @property
    def assumed(self) -> int:
        """How many assumptions it is kept with."""
        return len(self.offer.assumptions) if self.is_ready and self.offer else 0

    @property
    def status(self) -> int:
        """Of the page that shows it again."""
        return 200 if self.reading.questionnaire is not None else 422

    @property
    def errors(self) -> int:
        return len(errors(self.reading.findings))

    @property
    def warnings(self) -> int:
        return len(warnings(self.reading.findings))


NOTHING = Upload(Reading(None, []))


def receive(form: UploadForm, before: Mapping[str, bytes]) -> Upload | Response:
    """Read what was sent; a Response where somebody asked for the corrected file.

    ``before``: the files beside an earlier draft. An error of the form says that nothing was sent.
    """
    try:
        workpiece = _workpiece()
    except Unreadable as refused:
        found = [refused.finding]
        return Upload(Reading(None, found), marked=mark([], found, with_warnings=True))
    if workpiece is None:
        # Among the errors that a later validation of the form keeps.
        form.file.process_errors = [gettext("Choose the file with the questionnaire.")]
        form.file.errors = form.file.process_errors
        return NOTHING
    action = request.form.get("do", "read")
    if action == "download":
        return Response(
            workpiece.data,
            content_type=XLSX if workpiece.name.endswith(".xlsx") else "application/octet-stream",
            headers={"Content-Disposition": "attachment; filename=corrected.xlsx"},
        )
    if action == "assume" and (agreed := Offer(workpiece.read(before, assume=True))).is_agreed:
        return Upload(agreed.reading, action, workpiece.name, packed=workpiece.packed(), offer=agreed)
    return _read(workpiece, before, action)


def _read(workpiece: Workpiece, before: Mapping[str, bytes], action: str) -> Upload:
    reading = workpiece.read(before)
    if reading.questionnaire is not None and action == "read":
        return Upload(reading, action, workpiece.name, packed=workpiece.packed())
    sheets = workpiece.sheets()
    part = _PART.fullmatch(action)
    with_warnings = request.form.get("warnings") == "yes" or reading.questionnaire is not None
    return Upload(
        reading,
        action,
        workpiece.name,
        mark(sheets, reading.findings, int(part[1]) if part else 0, with_warnings=with_warnings),
        workpiece.packed() if sheets else "",
        with_warnings,
        offer(workpiece, reading, before),
    )


def bring(draft: Questionnaire | None, before: Mapping[str, bytes]) -> Upload | None:
    """Files that came without a form, beside the draft; None where they are something else."""
    if draft is None or request.form.get("carried"):  # where a page carries a form, they belong to that
        return None
    parts = []
    for file in request.files.getlist("file"):
        parts.append((file.filename or "", file.read()))
        file.seek(0)
    files = files_alone(parts, named_files(draft))
    if not files:
        return None
    beside = bring_files(draft, files, before)
    found = [one for one in beside.findings if one.code not in _STILL_MISSING]
    if errors(found):
        return Upload(Reading(None, found), marked=mark([], found, with_warnings=True))
    reading = Reading(beside.named_in(draft), found, files=beside.contents)
    action = request.form.get("do", "read")
    shown = mark([], found, with_warnings=True) if action != "read" else None
    return Upload(reading, action, marked=shown, are_files_alone=True)


def _workpiece() -> Workpiece | None:
    """What was uploaded now, else what the page carried, with the corrections made on it."""
    carried = unpack(request.form.get("carried", ""))
    parts = [(file.filename or "", file.read()) for file in request.files.getlist("file")]
    parts = [part for part in parts if part[1]]
    if not parts:
        return carried.corrected(_corrections()) if carried else None
    try:
        uploaded = Workpiece.of(parts)
    except Unreadable as refused:
        if carried is None or refused.finding.code != "form_missing":
            raise
        # Only the files that were missing beside the form.
        return carried.corrected(_corrections()).beside(dict(parts))
    return uploaded.beside(carried.files) if carried else uploaded


def _corrections() -> dict[CellName, str]:
    found = {}
    for name, text in request.form.items():
        if cell := _CELL.fullmatch(name):
            found[CellName(cell[3], int(cell[1]), int(cell[2]))] = text.replace("\r\n", "\n")
    return found
