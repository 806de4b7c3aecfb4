"""The code book is valid DDI Codebook 2.5: order, occurrence, attributes, values, and what refers to what.

The official schema is another's work and no package carries it, so the part of the standard that we write
stands in ``ddi_codebook.rng``, written by hand from the standard's facts (it says which); each run
validates with. Where ``CONSULT_DDI_SCHEMA`` names the official ``codebook.xsd``, every test here asks it too,
and random damage shows that ours never takes what the official one refuses.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from consult.reports.research.ddi import NAMESPACE
from consult.reports.source import Source
from tests.reports.building import newcomers, rows, source
from tests.reports.codebooks import NAMES, answered, ddi, hostile
from tests.reports.households import FORM as HOMES
from tests.reports.households import LARGE
from tests.samples.questions import ask, choices, questionnaire

OURS = Path(__file__).parent / "ddi_codebook.rng"
OFFICIAL = os.environ.get("CONSULT_DDI_SCHEMA")
BOTH = [OURS, *([Path(OFFICIAL)] if OFFICIAL else [])]


def refusing() -> Source:
    form = questionnaire(
        ask("select_one", "it", {"en": "It?"}, hint={"en": "One"}, choices=choices("1", "prefer_not"))
    )
    return source([form, form], rows({"it": "1"}))


SOURCES: dict[str, Callable[[], Source]] = {
    "answered": lambda: source(newcomers(), answered()),
    "empty": lambda: source(newcomers()),
    "repeats": lambda: source(HOMES, rows(LARGE, {"area": "South"})),
    "two versions": refusing,
    "hostile": hostile,
}


@cache
def _kept(name: str) -> Any:
    return ddi(SOURCES[name]())


def document(name: str) -> Any:
    return deepcopy(_kept(name))


@cache
def schema(path: Path) -> Any:
    parsed = etree.parse(str(path))
    return etree.RelaxNG(parsed) if path.suffix == ".rng" else etree.XMLSchema(parsed)


def broken_references(root: Any) -> list[str]:
    """What the standard types as ID, IDREF or IDREFS and the validator does not follow: names given twice,
    and references to nothing of the right kind (a variable belongs to a file, a group holds variables)."""
    named = root.xpath("//@ID")
    files = set(root.xpath("//d:fileDscr/@ID", namespaces=NAMES))
    variables = set(root.xpath("//d:var/@ID", namespaces=NAMES))
    to_files = " ".join(root.xpath("//d:var/@files | //d:location/@fileid", namespaces=NAMES)).split()
    to_variables = " ".join(root.xpath("//d:varGrp/@var", namespaces=NAMES)).split()
    twice = [name for name in set(named) if named.count(name) > 1]
    return [*twice, *(set(to_files) - files), *(set(to_variables) - variables)]


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
@pytest.mark.parametrize("name", SOURCES)
def test_document_is_valid(name: str, path: Path) -> None:
    schema(path).assertValid(document(name))


@pytest.mark.parametrize("name", SOURCES)
def test_everything_that_is_referred_to_is_there(name: str) -> None:
    assert broken_references(document(name)) == []


def test_documents_of_these_tests_hold_every_element_of_the_schema() -> None:
    described = set(etree.parse(str(OURS)).xpath("//*[local-name()='element']/@name"))
    written = {each.tag for name in SOURCES for each in document(name).iter()}
    assert written == {f"{{{NAMESPACE}}}{tag}" for tag in described}


Damage = Callable[[Any], object]


def first(root: Any, path: str) -> Any:
    return root.xpath(f"(//{path})[1]", namespaces=NAMES)[0]


def swapped(path: str) -> Damage:
    """The element behind its next neighbour of another name."""

    def damage(root: Any) -> None:
        element = first(root, path)
        other = next(each for each in element.itersiblings() if each.tag != element.tag)
        other.addnext(element)

    return damage


def removed(path: str) -> Damage:
    return lambda root: [each.getparent().remove(each) for each in [first(root, path)]]


def without(path: str, attribute: str) -> Damage:
    return lambda root: first(root, path).attrib.pop(attribute)


def having(path: str, attribute: str, value: str) -> Damage:
    return lambda root: first(root, path).set(attribute, value)


def holding(path: str, tag: str, namespace: str = NAMESPACE) -> Damage:
    return lambda root: etree.SubElement(first(root, path), f"{{{namespace}}}{tag}")


def twice(path: str) -> Damage:
    return lambda root: [each.addnext(deepcopy(each)) for each in [first(root, path)]]


def said(path: str, text: str) -> Damage:
    return lambda root: setattr(first(root, path), "text", text)


LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DAMAGES: dict[str, Damage] = {
    "files after variables": swapped("d:fileDscr"),
    "study after files": swapped("d:stdyDscr"),
    "title after its number": swapped("d:titlStmt/d:titl[following-sibling::*]"),
    "place after label": swapped("d:location[following-sibling::d:labl]"),
    "question after the rest": swapped("d:qstn"),
    "statistics after categories": swapped("d:sumStat[following-sibling::d:catgry][last()]"),
    "code after its label": swapped("d:catValu[following-sibling::d:labl]"),
    "groups after variables": swapped("d:varGrp[last()]"),
    "mode before procedure": swapped("d:sampProc[last()]"),
    "unknown element in a variable": holding("d:var", "question"),
    "unknown element in a category": holding("d:catgry", "count"),
    "known element in the wrong place": holding("d:citation", "var"),
    "element of another namespace": holding("d:var", "notes", "http://example.org/"),
    "no study": removed("d:stdyDscr"),
    "no citation of the study": removed("d:stdyDscr/d:citation"),
    "no title": removed("d:titl"),
    "empty range": removed("d:valrng/d:range"),
    "variable without a name": without("d:var", "name"),
    "statistic without its kind": without("d:sumStat", "type"),
    "missing value without the value": without("d:invalrng/d:item", "VALUE"),
    "unknown attribute": having("d:var", "colour", "red"),
    "another version": having("d:dataDscr/..", "version", "3.3"),
    "unknown interval": having("d:var", "intrvl", "sometimes"),
    "unknown domain": having("d:qstn", "responseDomainType", "sound"),
    "unknown group": having("d:varGrp", "type", "page"),
    "unknown unit": having("d:range", "UNITS", "km"),
    "unknown event": having("d:collDate", "event", "middle"),
    "unknown statistic": having("d:sumStat", "type", "average"),
    "unknown frequency": having("d:catStat", "type", "count"),
    "perhaps missing": having("d:catgry", "missing", "perhaps"),
    "unknown format": having("d:varFormat", "category", "place"),
    "no language": having("d:qstnLit", LANG, "x y"),
    "identity with a space": having("d:fileDscr", "ID", "F 1"),
    "two titles": twice("d:titl"),
    "two formats": twice("d:varFormat"),
    "text between elements": said("d:dataDscr", "here"),
}


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_refused(name: str, path: Path) -> None:
    source_name = "two versions" if "missing value" in name else "answered"
    root = document(source_name)
    DAMAGES[name](root)
    assert not schema(path).validate(root)


@pytest.mark.parametrize(
    "damage",
    [
        having("d:var", "files", "F9"),
        having("d:location", "fileid", "F1V1"),
        having("d:varGrp", "var", "F1V1 nobody"),
        twice("d:var"),
    ],
    ids=["file", "kind", "variable", "twice"],
)
def test_broken_reference_is_found(damage: Damage) -> None:
    root = document("answered")
    damage(root)
    assert broken_references(root) != []


def at_random(seed: int) -> Iterator[Any]:
    """A document, damaged once more each time."""
    drawn = random.Random(seed)
    root = document(drawn.choice(sorted(SOURCES)))
    elements = list(root.iter())
    for _ in range(3):
        one, other = drawn.choice(elements[1:]), drawn.choice(elements)
        if other in one.iterdescendants() or one is other or one.getparent() is None:
            continue
        match drawn.randrange(6):
            case 0:
                one.getparent().remove(one)
            case 1:
                one.addnext(deepcopy(one))
            case 2:
                other.append(deepcopy(one))
            case 3 if one.attrib:
                one.attrib.pop(drawn.choice(sorted(one.attrib)))
            case 4 if other.attrib:
                one.set(drawn.choice(sorted(other.attrib)), drawn.choice(sorted(other.attrib.values())))
            case _:
                # RELAX NG takes blanks in an element without content, XML Schema does not.
                one.text = (other.text or "").strip() or one.text
        yield etree.fromstring(etree.tostring(root))


if OFFICIAL:

    def test_ours_takes_nothing_that_the_official_schema_refuses() -> None:
        official = schema(Path(OFFICIAL))
        taken = 0
        for seed in range(3_000):
            for damaged in at_random(seed):
                if schema(OURS).validate(damaged) and not broken_references(damaged):
                    taken += 1
                    official.assertValid(damaged)
        assert taken > 300
