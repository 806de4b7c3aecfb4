"""Markup in authors' texts: what is read, what is left, and that nothing else ever comes out."""

from __future__ import annotations

import random
import time

import html5lib
import pytest

from consult.i18n import Localized, LocalText
from consult.questions.rich_text import plain_text
from consult.responses.compiled_marks import Marks
from consult.responses.compiled_words import Words

ALLOWED = {"strong", "em", "br", "ul", "li", "p", "a", "span", "bdi"}
SIGNS = """* ** *** _ __ # - 1. \\ &lt; &amp; & " ' ` < > <!-- --> ${ } [ ]( ) word كلمة ’ <18|years>"""
ELEMENTS = """<b> </b> <i> </i> <script> </script> <style> </style> <br/> <p> </p> </span> </a> <li> </li>
<span|style="color:red"> <img|src=x|onerror=alert(1)> <svg/onload=alert(1)> <a|href="javascript:alert(1)">
<a|href='https://example.org/?a=1&b="2'> onclick="x" ${name} [m](mailto:a@example.org) [t](tel:+15195550123)
[text](https://example.org) [text](javascript:alert(1)) [x](data:text/html,y)"""
BLANKS = (" ", "# ", "\n", "\n\n", "- ", "\ufdd0", "\x00")
PIECES = (
    *SIGNS.split(),
    *(each.replace("|", " ") for each in ELEMENTS.split()),
    " ",
    "# ",
    "\n",
    "\n\n",
    "- ",
    "\ufdd0",
    "\x00",
)


def html(text: str, *, is_block: bool = False) -> str:
    """A text on a page, with a reference filled by nothing."""
    marks = Marks()
    words = Words(marks, "en", "en", None)
    return "".join(marks.cut(str(words.first(Localized({"en": text}), is_block=is_block))).parts)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Why** do we *ask*?", "<strong>Why</strong> do we <em>ask</em>?"),
        ("__Why__ do we _ask_?", "<strong>Why</strong> do we <em>ask</em>?"),
        ("You are ** 20 years **old", "You are <strong> 20 years </strong>old"),
        ("***Both***", "<strong><em>Both</em></strong>"),
        ("## Housing\nNow", "<strong>Housing</strong><br>Now"),
        ("<B>Bold</B> and <i>slanted</i>", "<strong>Bold</strong> and <em>slanted</em>"),
        ("One<br />two", "One<br>two"),
        ("<p>One</p><p>Two</p>", "One<br>Two"),
        ("Choose:\n- tea\n- bread", "Choose:<br>• tea<br>• bread"),
        ("<ul><li>tea</li><li>bread</li></ul>", "• tea<br>• bread"),
        ('<span style="color: #ff0000;">Stop</span>', '<span class="tone-red">Stop</span>'),
        ('<font color="blue">Sea</font>', '<span class="tone-blue">Sea</span>'),
        ('<span style="color:#FFFFFF">Unseen</span>', "Unseen"),
        ("<b>One<br>two</b>", "<strong>One</strong><br><strong>two</strong>"),
        ("&#9742; Phone &#x2014; caf&eacute; &nosuch; &", "☎ Phone — café &amp;nosuch; &amp;"),
        ("&#60;b&#62; &amp;lt;", "&lt;b&gt; &amp;lt;"),
        ("Write to [us](mailto:a@example.org)", 'Write to <a href="mailto:a@example.org">us</a>'),
        ("<style>p{}</style>Text", "Text"),
        ("Tea &amp; &lt;bread&gt;", "Tea &amp; &lt;bread&gt;"),
    ],
)
def test_markup_of_authors_becomes_elements(written: str, shown: str) -> None:
    assert html(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        *("# of children", "2*3*4", "name_of_head", "Required *", "*Only at its beginning", "_____", "* * *"),
        *("Under <18 years>", "a < b and c > d", "1. First", "- 18", "[x] done", "5 ** 2"),
    ],
)
def test_what_only_looks_like_markup_is_text(written: str) -> None:
    assert plain_text(written) == written
    assert "".join(html5lib.parseFragment(html(written)).itertext()) == written


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://example.org", "data:text/html,x", "//x.org", "https://"]
)
def test_links_lead_only_where_they_may(address: str) -> None:
    assert "<a" not in html(f"[here]({address})")
    assert "<a" not in html(f'<a href="{address}">here</a>')


def test_link_opens_beside_the_answers_and_tells_the_other_side_nothing() -> None:
    made = html("[here](https://example.org/?a=1&b=2)")
    assert 'href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"' in made


def test_reference_inside_markup_stays_a_place_for_an_answer() -> None:
    assert html("*${name}*") == '<em><bdi data-piped="name"></bdi></em>'
    assert plain_text("*${first_name}* said") == "${first_name} said"


def test_no_answer_can_become_part_of_an_address() -> None:
    assert "<a" not in html("[here](https://example.org/${name})")


def test_long_texts_have_paragraphs_and_lists() -> None:
    made = html("**Please bring**\n\n- a pen\n- paper\n\nThank you", is_block=True)
    assert made == "<p><strong>Please bring</strong></p><ul><li>a pen</li><li>paper</li></ul><p>Thank you</p>"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Why** do we *ask*?", "Why do we ask?"),
        ("## Housing\n<i>Now</i>", "Housing\nNow"),
        ("See [our page](https://example.org)", "See our page (https://example.org)"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("Bring:\n- tea\n- bread", "Bring:\n• tea\n• bread"),
        ("&nbsp;A\\_B", "A_B"),
        ("Water? _x000D_\r\nTea?", "Water?\nTea?"),
    ],
)
def test_plain_text_has_the_words_alone(written: str, said: str) -> None:
    assert plain_text(written) == said


def test_plain_text_keeps_its_language() -> None:
    assert plain_text(LocalText("**Oui**", "fr")).language == "fr"


@pytest.mark.parametrize("seed", range(8))
def test_nothing_but_the_known_elements_ever_comes_out(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(150):
        text = "".join(dice.choices(PIECES, k=dice.randint(1, 25)))
        for is_block in (False, True):
            made = html(text, is_block=is_block)
            tree = html5lib.parseFragment(made, namespaceHTMLElements=False)
            for element in tree.iter():
                if element is tree:
                    continue
                assert element.tag in ALLOWED, (text, made)
                assert set(element.attrib) <= {"href", "target", "rel", "class", "data-piped"}, (text, made)
                assert element.get("href", "https:").split(":")[0] in ("https", "mailto", "tel")
                assert element.get("class", "tone-red").startswith("tone-")
            assert made.count("<strong>") == made.count("</strong>")
            assert made.count("<span") == made.count("</span>")


@pytest.mark.parametrize(
    "sign", ["*a ", "<b>", "[", "<style>", "**_", "_a*", "<", "\\", "[a](", "# \n", "- \n"]
)
def test_hostile_texts_take_time_that_grows_with_their_length(sign: str) -> None:
    begun = time.process_time()
    html(sign * (32_000 // len(sign)))
    assert time.process_time() - begun < 6
