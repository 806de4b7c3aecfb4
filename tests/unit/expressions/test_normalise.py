"""What word processors and keyboards leave in expressions is repaired, and said."""

from __future__ import annotations

import pytest

from consult.expressions import normalise


@pytest.mark.parametrize(
    ("typed", "repaired", "note"),
    [
        ("“a”", '"a"', "Curly quotation marks were read as straight ones."),
        ("‘a’", "'a'", "Curly quotation marks were read as straight ones."),
        ("«a»", '"a"', "Curly quotation marks were read as straight ones."),
        ("„a“", '"a"', "Curly quotation marks were read as straight ones."),
        ("‘a'", "'a'", "Curly quotation marks were read as straight ones."),
        ("1\u00a0+\u202f1", "1 + 1", "No-break and other special spaces were read as ordinary ones."),
        ("\ufeff${\u200ba\u200f}", "${a}", "Invisible characters were left out."),
        ("'yes\u200e'", "'yes'", "Invisible characters were left out."),
        ("a ≤ b", "a <= b", "Typographic signs were read as their plain forms."),
        ("a – b", "a - b", "Typographic signs were read as their plain forms."),
    ],
)
def test_repairs(typed: str, repaired: str, note: str) -> None:
    source, notes = normalise(typed)
    assert source == repaired
    assert [str(each) for each in notes] == [note]


@pytest.mark.parametrize(
    "source",
    ["selected(${a}, 'x')", "'l’été'", '"a\u00a0b"', "'سلام\u200c'", "concat('“', ${a}, '”')", "${قيمة} > 1"],
)
def test_leaves_alone_what_is_meant(source: str) -> None:
    assert normalise(source) == (source, ())


def test_apostrophe_inside_curly_quotes_is_kept() -> None:
    assert normalise("“l'un”")[0] == '"l\'un"'


def test_each_kind_of_repair_is_said_once() -> None:
    assert len(normalise("“a” = “b” and “c”\u00a0= 1")[1]) == 2
