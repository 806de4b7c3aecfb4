"""A compiled page: constant while nothing stands on it, filled for each person, safe whatever is in it."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from markupsafe import Markup

from consult.questionnaires.routing import evaluate
from consult.questionnaires.specification import Questionnaire
from consult.questions import Choice
from consult.questions.rich_text import plain_text
from consult.responses.compiled import PageCache, PageState
from consult.responses.compiled_fill import told
from tests.samples.newcomers import ten_questions
from tests.samples.questions import NOW, ask, choices, group, one_page, text
from tests.samples.rendering import by_id, compiled, filled, parsed, view, words

ABC = choices(("a", "Apples"), ("b", "Bread"), ("c", "Cheese"))
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "</textarea><script>alert(1)</script>",
    "</script><!--",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&amp;",
    "\ue000deadbeef:0\ue001",
    "${other}",
    "javascript:alert(1)",
)
hostile = pytest.mark.parametrize("words_", HOSTILE)


def active(html: str) -> list[str]:
    """Elements and attributes that nobody of ours wrote."""
    tree = parsed(html)
    strange = [each.tag for each in tree.iter() if each.tag in ("img", "iframe", "svg", "style")]
    scripts = [each for each in tree.iter("script") if each.get("type") != "application/json"]
    handlers = [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
    return [*strange, *(each.tag for each in scripts), *handlers]


@hostile
def test_answers_are_text_wherever_they_stand(words_: str) -> None:
    page = one_page(
        ask("text", "one"),
        ask("text", "many", appearance="multiline"),
        ask("select_one", "pick", choices=ABC, has_other=True),
        ask("note", "echo", "You said ${one}."),
        ask("text", "live", relevant="${one} = ${elsewhere_is_nothing_here} or ${one} != ''"),
    )
    answers = {"one": words_, "many": words_, "pick": "other", "pick_other": words_}
    html = filled(page, answers)
    assert active(html) == []
    tree = parsed(html)
    assert by_id(tree, "a-one").get("value") == words_
    assert (by_id(tree, "a-many").text or "").removeprefix("\n") == words_
    assert words(by_id(tree, "q-echo")) == " ".join(f"You said {words_}.".split())


@hostile
def test_what_was_typed_and_refused_is_text_too(words_: str) -> None:
    page = one_page(ask("integer", "age"), ask("rank", "order", choices=ABC))
    unsaved = {"age": {"texts": [words_]}, "order": {"details": {"a": words_}}}
    html = filled(page, unsaved=unsaved, errors={"age": f"No: {words_}"})
    assert active(html) == []
    assert by_id(parsed(html), "a-age").get("value") == words_


@hostile
def test_labels_hints_and_choices_are_text(words_: str) -> None:
    label = words_.replace("${other}", "$other")
    listed = (Choice(label, text(label)), *ABC)
    page = one_page(
        ask("select_one", "one", label, choices=listed, hint=label, guidance=label),
        ask("select_one", "menu", label, choices=listed, appearance="minimal"),
        ask("rank", "order", label, choices=listed),
        group(ask("text", "inner", label), key="section", label=label, hint=label),
    )
    html = filled(page)
    assert active(html) == []
    assert words(next(parsed(html).iter("legend"))) == " ".join(plain_text(label).split())


@hostile
def test_room_holes_are_text_unless_they_are_markup(words_: str) -> None:
    page = one_page(ask("text"))
    assert active(filled(page, room={"note": words_})) == []
    assert "<b>fine</b>" in filled(page, room={"note": Markup("<b>fine</b>")})


def test_a_page_on_which_nothing_stands_is_constant_and_compressed_beforehand() -> None:
    page = compiled(ten_questions())
    assert page.is_blank_for({})
    assert gzip.decompress(page.compressed) == page.content
    assert page.content.decode() == filled(ten_questions())


def test_answers_of_other_pages_leave_a_page_blank_unless_it_reads_them() -> None:
    page = compiled(ten_questions())
    assert page.is_blank_for({"something_else": 1})
    assert not page.is_blank_for({"year": 2019})
    assert not page.is_blank_for({"services_other": "x"})
    assert not page.is_blank_for({}, {"year": {"texts": ["x"]}})


@pytest.mark.parametrize(
    "reader",
    [
        ask("text", "it", relevant="${sum} > 1"),
        ask("text", "it", required="${sum} > 1"),
        ask("text", "it", default="${sum}"),
        ask("note", "it", "It is ${sum}."),
        ask("text", "it", hint="It is ${sum}."),
        ask("select_one", "it", choices=choices(("a", "It is ${sum}"))),
        ask("select_one", "it", choices=ABC, choice_filter="name = ${sum}"),
    ],
)
def test_a_page_that_reads_an_answer_through_a_calculation_is_not_blank_with_it(reader: Any) -> None:
    from_far = ask("calculate", "sum", calculation="${far} + 1")
    made, _page = one_page(ask("integer", "far"))
    made, page = one_page(reader, from_far, ask("integer", "far"))
    only = type(page)("p", page.title, (reader,), None, 0)
    assert not compiled((made, only)).is_blank_for({"far": 1})


@pytest.mark.parametrize(
    "personal",
    [
        ask("date", default="today()"),
        ask("text", relevant="now() > '2020-01-01'"),
        ask("select_one", choices=ABC, parameters={"randomize": "true"}),
        ask("text", default="uuid()"),
    ],
)
def test_a_page_that_depends_on_time_or_chance_is_never_constant(personal: Any) -> None:
    assert not compiled(one_page(personal)).is_blank_for({})


def test_what_is_not_relevant_is_hidden_with_its_answer_kept_in_it() -> None:
    page = one_page(ask("text", "a"), ask("text", "b", relevant="${a} = 'yes'"))
    box = by_id(parsed(filled(page, {"a": "no", "b": "kept"})), "q-b")
    assert box.get("hidden") is not None
    assert next(box.iter("input")).get("value") == "kept"
    assert by_id(parsed(filled(page, {"a": "yes"})), "q-b").get("hidden") is None


def test_a_group_without_anything_to_ask_is_hidden_whole() -> None:
    page = one_page(
        ask("text", "a"), group(ask("text", "b"), key="inner", label="More", relevant="${a} = 'yes'")
    )
    assert by_id(parsed(filled(page)), "g-inner").get("hidden") is not None
    assert by_id(parsed(filled(page, {"a": "yes"})), "g-inner").get("hidden") is None


def test_answers_in_labels_are_shown_as_people_read_them() -> None:
    page = one_page(
        ask("select_one", "need", choices=choices(("home", {"en": "Housing", "fr": "Logement"}))),
        ask("note", "echo", {"en": "You need ${need}.", "fr": "Il vous faut : ${need}."}),
    )
    assert (
        words(by_id(parsed(filled(page, {"need": "home"}, "fr"), "fr"), "q-echo"))
        == "Il vous faut : Logement."
    )
    assert '<bdi data-piped="need">Housing</bdi>' in filled(page, {"need": "home"})


def test_strong_words_and_line_ends_of_authors_are_kept() -> None:
    html = filled(one_page(ask("note", label="# Please **read** this\nand that, 2 * 3 ** 4")))
    assert "<strong>Please <strong>read</strong> this</strong><br>and that, 2 * 3 ** 4</p>" in html


def test_a_text_that_fell_back_says_its_language_and_direction() -> None:
    page = one_page(
        ask("text", "a", {"ar": "اسمك"}), ask("text", "b", {"en": "Your name", "fr": "Votre nom"})
    )
    html = filled(page, code="fr")
    assert '<span lang="ar" dir="rtl">اسمك</span>' in html
    assert ">Votre nom</label>" in html


def test_messages_of_the_interface_say_their_language_on_a_page_without_a_catalogue() -> None:
    html = filled(one_page(ask("text", required="true()")), code="ti", interface="en")
    assert '<span lang="en" dir="ltr">(required)</span>' in html
    assert (
        told("Please answer.", view("ti", interface="en"))
        == '<span lang="en" dir="ltr">Please answer.</span>'
    )


def test_a_second_language_stands_beside_the_first() -> None:
    both = ask(
        "select_one",
        "a",
        {"en": "Area", "ar": "المجال"},
        choices=choices(("h", {"en": "Housing", "ar": "السكن"})),
    )
    html = filled(one_page(both), code="ar", second="en")
    assert '<span class="second" lang="en" dir="ltr">Area</span>' in html
    assert '<span class="second" lang="en" dir="ltr">Housing</span>' in html


def test_a_text_that_exists_once_is_not_shown_twice() -> None:
    html = filled(one_page(ask("text", "a", {"en": "Only English"})), code="fr", second="en")
    assert html.count("Only English") == 1


def test_a_menu_shows_both_languages_in_one_line() -> None:
    listed = choices(("h", {"en": "Housing", "fr": "Logement"}))
    html = filled(one_page(ask("select_one", choices=listed, appearance="minimal")), code="fr", second="en")
    assert '<option value="h">Logement / Housing</option>' in html


def test_choices_carry_digits_only_where_they_are_asked_for() -> None:
    many = ask("select_one", choices=choices(*(f"c{place}" for place in range(12))))
    assert "<kbd" not in filled(one_page(many))
    marks = [words(kbd) for kbd in parsed(filled(one_page(many), is_numbered=True)).iter("kbd")]
    assert marks == list("123456789")


def test_rows_of_a_table_and_steps_of_a_scale_carry_digits_too() -> None:
    rows = [ask("select_one", key, choices=ABC, list_name="abc") for key in ("r1", "r2")]
    page = one_page(group(*rows, key="table", appearance="table-list"), ask("range", "scale"))
    marks = [words(kbd) for kbd in parsed(filled(page, is_numbered=True)).iter("kbd")]
    assert marks == ["1", "2", "3"] * 2 + list("123456789")
    assert "<kbd" not in filled(page)


def test_digits_of_filtered_choices_follow_what_is_offered() -> None:
    some = ask("select_one", choices=ABC, choice_filter="name != 'a'")
    html = filled(one_page(some), is_numbered=True)
    assert [(words(label)) for label in parsed(html).iter("label")] == ["1Bread", "2Cheese"]


def test_a_filter_on_an_earlier_answer_offers_only_what_fits() -> None:
    made, page = one_page(
        ask("text", "far"), ask("select_one", "near", choices=ABC, choice_filter="name = ${far}")
    )
    only = type(page)("p", page.title, page.questions[1:], None, 0)
    html = filled((made, only), {"far": "b", "near": "b"})
    assert [(each.get("value"), "checked" in each.attrib) for each in parsed(html).iter("input")] == [
        ("b", True)
    ]


def test_a_filter_on_the_same_page_shows_all_choices_to_who_has_no_script() -> None:
    page = one_page(ask("text", "far"), ask("select_one", "near", choices=ABC, choice_filter="name = ${far}"))
    values = [each.get("value") for each in parsed(filled(page)).iter("input") if each.get("type") == "radio"]
    assert values == ["a", "b", "c"]


@pytest.mark.parametrize("appearance", ["", "minimal"])
def test_a_filter_on_the_same_page_hides_what_does_not_go_with_the_answers(appearance: str) -> None:
    page = one_page(
        ask("text", "far"),
        ask("select_one", "near", choices=ABC, choice_filter="name != ${far}", appearance=appearance),
    )
    html = parsed(filled(page, {"far": "b", "near": "b"}))
    places = list(html.iter("label" if not appearance else "option"))
    hidden = [words(each) or each.get("value") for each in places if "hidden" in each.attrib]
    assert hidden == ["Bread"]
    assert not any("checked" in each.attrib or "selected" in each.attrib for each in html.iter())


def test_a_mixed_list_keeps_its_order_for_one_response() -> None:
    mixed = ask("select_one", choices=choices(*"abcdefgh"), parameters={"randomize": "true"})

    def order(seed: int, answers: dict[str, Any]) -> list[str | None]:
        return [
            each.get("value") for each in parsed(filled(one_page(mixed), answers, seed=seed)).iter("input")
        ]

    assert order(7, {}) == order(7, {"it": "c"})
    assert order(7, {}) != order(8, {})


def test_private_kinds_are_not_offered_a_collector_s_own_address() -> None:
    page = one_page(ask("email", "mail"), ask("phone", "tel"))
    assert 'autocomplete="email"' in filled(page)
    assert 'autocomplete="tel"' in filled(page)
    assert 'autocomplete="email"' not in filled(page, is_private=True)


def test_a_room_can_add_something_below_each_open_question() -> None:
    page = one_page(ask("text", "why"), ask("integer", "age"))
    html = filled(
        page, extras=True, room={"extra-why": Markup("<i>here</i>"), "extra-age": Markup("<i>not</i>")}
    )
    assert "<i>here</i>" in html
    assert "<i>not</i>" not in html


def test_the_summary_lists_faults_in_the_order_of_the_page_by_their_labels() -> None:
    page = one_page(ask("text", "b", "Second ${a}"), ask("text", "a", "First"))
    html = filled(page, {"a": "x"}, errors={"a": "Shorten it.", "b": "Answer it."})
    links = [(each.get("href"), words(each)) for each in parsed(html).iter("a")]
    assert links == [("#a-b", "Second x"), ("#a-a", "First")]


def test_a_room_can_bring_its_own_summary() -> None:
    html = filled(one_page(ask("text")), errors={"it": "Answer it."}, room={"summary": Markup("<b>mine</b>")})
    assert "<b>mine</b>" in html
    assert 'id="problems"' not in html


def test_the_cache_forgets_the_least_recently_used_page_when_it_is_full() -> None:
    made = compiled(one_page(ask("text")))
    cache = PageCache(most_bytes=made.size * 2 + 10)
    asked: list[str] = []

    def get(digest: str) -> None:
        cache.get((digest, "page", view()), lambda: asked.append(digest) or made)  # type: ignore[func-returns-value]

    for digest in ("one", "two", "one", "three", "one", "two"):
        get(digest)
    assert asked == ["one", "two", "three", "two"]


def test_two_pages_of_one_state_are_equal_and_a_fill_changes_nothing() -> None:
    page = compiled(ten_questions())
    before = page.content
    made = ten_questions()[0]
    evaluation = page_state({"year": 1999}, made)
    assert page.fill(evaluation) == page.fill(evaluation)
    assert page.fill(page_state({}, made)).encode() == before


def page_state(answers: dict[str, Any], made: Questionnaire) -> PageState:
    return PageState(answers, evaluate(made, answers, now=NOW, language="en"))
