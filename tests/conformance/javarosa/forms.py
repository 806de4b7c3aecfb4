"""The forms that are filled: other people's, our own, and some made by chance."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from consult.demo.forms import FORMS as FORMS_OF_THE_EXAMPLE
from consult.demo.forms import example_questionnaire
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xform import XFormRefused, make_xform
from consult.questionnaires.xlsform import read_xlsform
from tests.conformance.javarosa.comparing import Form
from tests.conformance.javarosa.composing import Composer
from tests.samples.as_collect import lists_with_gaps, triggers
from tests.samples.entries import FAMILY
from tests.samples.household import COUNTED, HOUSEHOLD
from tests.samples.surveycto import over_repeats

SHARED = Path(__file__).parents[4] / "shared"
FORMS = SHARED / "xlsforms"
ROUND_TABLE = SHARED / "reference" / "round-table.xlsx"


def shared_forms() -> Iterator[Form]:
    """Every form beside the checkout that goes through, as pyxform takes it from its author or from us."""
    for path in sorted([*FORMS.glob("*/*.xls*"), ROUND_TABLE]):
        data = path.read_bytes()
        made = read_xlsform(data, path.name).questionnaire
        if made is None:
            continue
        xform = converted(data) or exported(made)
        if xform is not None:
            yield Form(f"{path.parent.name}/{path.name}", made, xform)


def own_forms() -> Iterator[Form]:
    """The example's questionnaires, the samples with repeats in repeats, choices out of one, functions of
    SurveyCTO over their items, lists with empty cells, and values that triggers set."""
    examples = {name: example_questionnaire(name) for name in FORMS_OF_THE_EXAMPLE}
    samples = {"household": HOUSEHOLD, "counted": COUNTED, "family": FAMILY, "surveycto": over_repeats()}
    samples |= {"lists": lists_with_gaps(), "triggers": triggers()}
    for name, made in {**examples, **samples}.items():
        xform = exported(made)
        assert xform is not None
        yield Form(name, made, xform)


def composed_forms(seeds: Iterable[int]) -> Iterator[Form]:
    for seed in seeds:
        made = Composer(seed).questionnaire()
        xform = exported(made)
        assert xform is not None
        yield Form(f"composed {seed}", made, xform)


def converted(workbook: bytes) -> str | None:
    """What pyxform makes of a workbook as it lies; None if it refuses it."""
    is_old = workbook.startswith(b"\xd0\xcf\x11\xe0")
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # of openpyxl, on what other programs put into workbooks
            xform = convert(workbook, warnings=[], file_type=".xls" if is_old else ".xlsx").xform
        ElementTree.fromstring(xform)
    except (PyXFormError, AttributeError, KeyError, TypeError, ValueError, ElementTree.ParseError):
        return None
    return str(xform)


def exported(questionnaire: Questionnaire) -> str | None:
    """What pyxform makes of our own export; None if it refuses it."""
    try:
        return make_xform(questionnaire, form_id="data", version=questionnaire.author_version or "1").xml
    except XFormRefused:
        return None
