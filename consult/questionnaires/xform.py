"""A questionnaire → the XForm that ODK Collect, Enketo and other OpenRosa clients fill in.

It is made from our own export by the converter of the field (see xform_process.py), so that what is
published here, what KoboToolbox imports and what Collect shows are one form.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from consult.expressions.tables import Table
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform.writer import export_xlsform

_PROGRAM = Path(__file__).with_name("xform_process.py")
_PATIENCE = 90.0
"""Seconds on the clock, for a machine that is busy with something else; its own limit is processor time."""
_MOST_SAID = 500
_FOR_OTHER_SERVERS = frozenset(("submission_url", "public_key", "auto_send", "auto_delete"))
"""Settings that would send answers elsewhere, or encrypted so that nobody here can read them."""
_NO_TABLES: Mapping[str, Table] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class XForm:
    """``xml`` as it is sent to devices; ``itemsets`` the file itemsets.csv beside it, or empty.

    ``warnings``: what the converter remarks, in English.
    """

    xml: str
    itemsets: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def md5(self) -> str:
        """Of the UTF-8 bytes, hexadecimal: OpenRosa clients compare it to see whether a form is new."""
        return hashlib.md5(self.xml.encode(), usedforsecurity=False).hexdigest()


class XFormRefused(Exception):
    """The converter does not take the questionnaire; the text says why, in its own (English) words."""


def make_xform(
    questionnaire: Questionnaire, *, form_id: str, version: str, tables: Mapping[str, Table] = _NO_TABLES
) -> XForm:
    """The XForm of a published version. ``form_id`` and ``version`` come back with every answer.

    ``tables``: the lists beside the form, by file name. Takes about a second. Raises XFormRefused.
    """
    settings = {name: text for name, text in questionnaire.settings.items() if name not in _FOR_OTHER_SERVERS}
    of = replace(questionnaire, key=form_id, author_version=version, settings=MappingProxyType(settings))
    try:
        workbook = export_xlsform(of, tables).workbook
    except ValueError as problem:
        raise XFormRefused(str(problem)) from problem
    return convert_workbook(workbook)


def convert_workbook(workbook: bytes) -> XForm:
    """The XForm of an .xlsx workbook. Raises XFormRefused, also when it takes too long or too much memory."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_PROGRAM)],
            input=workbook,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as problem:
        raise XFormRefused("the converter did not finish") from problem
    if "refused" in answer:
        raise XFormRefused(str(answer["refused"])[:_MOST_SAID])
    return XForm(answer["xform"], answer["itemsets"], tuple(answer["warnings"]))
