"""Templates without an application: pages are rendered as the surfaces do, messages in English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import consult.ui
from consult.i18n import gettext, language, ngettext, pgettext
from consult.questionnaires.routing import Page, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.responses.compiled import Compiled, Holes, PageState, View, compile_page
from tests.samples.questions import NOW


@cache
def environment() -> Environment:
    """The house's environment; what a template names and nobody gives it is an error here."""
    made: Any = Environment(
        loader=FileSystemLoader(Path(consult.ui.__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)
    made.globals["asset_url"] = "/static/{}".format
    environment_: Environment = made
    return environment_


def view(code: str = "en", **given: Any) -> View:
    return View(language=code, interface=given.pop("interface", code), room="test", **given)


def compiled(made: tuple[Questionnaire, Page], code: str = "en", **given: Any) -> Compiled:
    """One page, compiled without a room's frame."""
    return compile_page(environment(), *made, view(code, **given), _framed, now=NOW)


def _framed(holes: Holes) -> str:
    return f"{holes.summary}<h1>Page</h1>{holes.note}<form>{holes.questions}</form>"


def filled(
    made: tuple[Questionnaire, Page],
    answers: dict[str, Any] | None = None,
    code: str = "en",
    *,
    unsaved: dict[str, Any] | None = None,
    errors: dict[str, Any] | None = None,
    room: dict[str, str] | None = None,
    seed: int = 0,
    **given: Any,
) -> str:
    """The HTML of one page for one person."""
    answers = answers or {}
    state = PageState(
        answers,
        evaluate(made[0], answers, now=NOW, language=code, seed=seed),
        unsaved or {},
        errors or {},
        room or {},
    )
    return compiled(made, code, **given).fill(state)


def parsed(html: str, code: str = "en") -> Element:
    """The body as a tree; raises on the first error in the markup."""
    head = (
        f'<!doctype html><html lang="{code}" dir="{language(code).direction}"><head><title>x</title></head>'
    )
    whole = f"{head}<body>{html}</body></html>"
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    tree: Element = parser.parse(whole)
    return tree


def by_id(tree: Element, wanted: str) -> Element:
    """The one element with this id."""
    found = [element for element in tree.iter() if element.get("id") == wanted]
    assert len(found) == 1, f"{len(found)} elements have the id {wanted}"
    return found[0]


def words(element: Element) -> str:
    """The text inside, with single spaces."""
    return " ".join("".join(element.itertext()).split())
