"""Whole-house rules for templates, style sheets and scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted((ROOT / "consult").rglob("templates/**/*.html"))
STYLES = sorted((ROOT / "consult").rglob("static/**/*.css"))
SCRIPTS = sorted((ROOT / "consult").rglob("static/**/*.js"))

PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right)|(?:left|right)\s*:|text-align\s*:\s*(?:left|right)"
    r"|float\s*:\s*(?:left|right))"
)
SPOKEN = re.compile(r"""(?:aria-label|title|placeholder|alt)=(["'])([^"'{]*[A-Za-z]{2}[^"'{]*)\1""")
OUR_NAME = {"consult"}


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def written_text(source: str) -> str:
    """What a template says outside of Jinja expressions, trans blocks and HTML tags."""
    without_trans = re.sub(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}", "", source, flags=re.DOTALL)
    tokens = Environment(autoescape=True).lex(without_trans)
    data = "".join(value if kind == "data" else "\0" for _line, kind, value in tokens)
    data = re.sub(r"<(script|style)\b.*?</\1>", "", data, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->|<[^>]*>|&\w+;", " ", data, flags=re.DOTALL)


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_every_word_of_a_template_goes_through_gettext(path: Path) -> None:
    words = re.findall(r"[^\W\d_]{2,}", written_text(path.read_text(encoding="utf-8")))
    assert [word for word in words if word not in OUR_NAME] == []


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_every_spoken_attribute_goes_through_gettext(path: Path) -> None:
    assert SPOKEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_no_template_switches_escaping_off_or_carries_inline_code(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "|safe" not in source.replace(" ", "")
    assert "autoescape false" not in source
    assert not re.search(r"<[^>]+\son\w+=", source)
    assert not re.search(r"<[^>]+\sstyle=", source)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))", source)


@pytest.mark.parametrize("path", named(STYLES))
def test_one_sheet_serves_both_directions(path: Path) -> None:
    assert PHYSICAL.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", named(SCRIPTS))
def test_no_script_evaluates_text_or_writes_markup(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert (
        re.findall(
            r"\b(?:eval|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b|new Function", source
        )
        == []
    )
