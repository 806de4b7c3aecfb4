"""Advice on a questionnaire: by subject, with a way to the page; put aside with a reason."""

from __future__ import annotations

from dataclasses import replace

from consult.accounts.models import Role
from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import write_xlsform
from consult.questions.question import Choice, Question
from consult.surveys.models import Waiver
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

ADVICE = f"{SURVEYS}welcome/advice"
FAITH = (
    Choice("a", Localized({"en": "Any", "fr": "Une"})),
    Choice("b", Localized({"en": "None", "fr": "Aucune"})),
)
SENSITIVE = replace(
    WELCOME,
    items=(
        *WELCOME.items,
        Question(
            "faith",
            "select_one",
            Localized({"en": "What is your religion?", "fr": "Quelle est votre religion?"}),
            list_name="faith",
            choices=FAITH,
        ),
    ),
    choice_lists={**WELCOME.choice_lists, "faith": FAITH},
)


def advice(authoring: Authoring, questionnaire: Questionnaire = SENSITIVE) -> Page:
    authoring.new(questionnaire)
    return authoring.ana.open(ADVICE)


def test_advice_names_the_question_and_what_to_do(authoring: Authoring) -> None:
    page = advice(authoring)
    assert "“faith” is sensitive (religion), but nobody can choose not to say." in page.text
    assert "Add the choice “Prefer not to answer”" in page.text


def test_advice_leads_to_the_page_of_the_question(authoring: Authoring) -> None:
    page = advice(authoring).follow("What is your religion?")
    assert page.heading == "As respondents will see it"


def test_the_survey_says_how_much_there_is_to_look_at(authoring: Authoring) -> None:
    authoring.new(SENSITIVE)
    assert "What would make it better" in authoring.ana.open(f"{SURVEYS}welcome/").text


def waive(page: Page, reason: str) -> Page:
    """Put the remark about religion aside."""
    found = next(
        block
        for block in page.document.iter("div")
        if block.get("class") == "finding" and "sensitive" in "".join(block.itertext())
    )
    name = next(str(each.get("value")) for each in found.iter("input") if each.get("name") == "remark")
    token = next(str(each.get("value")) for each in found.iter("input") if each.get("name") == "csrf_token")
    return page.pages.post(
        f"{ADVICE}/decide", {"csrf_token": token, "remark": name, "reason": reason, "do": "waive"}
    )


def test_a_remark_is_put_aside_with_its_reason(authoring: Authoring) -> None:
    page = waive(advice(authoring), "The council asked for it.")
    assert "1 remark put aside" in page.text
    assert "The council asked for it." in page.text
    waiver = authoring.office.row(Waiver)
    assert (waiver.reason, len(waiver.remark)) == ("The council asked for it.", 64)


def test_a_reason_is_needed(authoring: Authoring) -> None:
    page = waive(advice(authoring), "  ")
    assert "Say in a few words why it stays as it is." in page.text
    assert authoring.office.row(Waiver) is None


def test_the_later_reason_holds(authoring: Authoring) -> None:
    page = advice(authoring)
    waive(page, "First")
    waive(page, "Second")
    assert authoring.office.row(Waiver).reason == "Second"


def test_a_newer_draft_keeps_the_decision(authoring: Authoring) -> None:
    waive(advice(authoring), "Meant so.")
    authoring.upload(write_xlsform(SENSITIVE), to=f"{SURVEYS}welcome/form")
    assert "1 remark put aside" in authoring.ana.open(ADVICE).text


def test_a_remark_is_shown_again(authoring: Authoring) -> None:
    page = waive(advice(authoring), "Meant so.")
    page.press("Show it again: What is your religion?")
    assert authoring.office.row(Waiver) is None


def test_a_name_that_nothing_has_is_refused(authoring: Authoring) -> None:
    token = str(advice(authoring, WELCOME).pages.open(f"{SURVEYS}new").value("csrf_token"))
    authoring.ana.post(
        f"{ADVICE}/decide", {"csrf_token": token, "remark": "x" * 64, "reason": "y"}, expect=404
    )


def test_remarks_of_one_kind_are_not_told_by_the_hundred(authoring: Authoring) -> None:
    many = tuple(
        Question(
            f"q{number}", "text", Localized({"en": "Why?", "fr": "Pourquoi?"}), required=Expression.parse("1")
        )
        for number in range(100)
    )
    page = advice(authoring, replace(WELCOME, items=many))
    assert "more remarks of the same kinds" in page.text


def test_translators_read_advice_and_decide_nothing(authoring: Authoring) -> None:
    authoring.new(SENSITIVE)
    tove = authoring.office.browser(authoring.office.person("tove", Role.TRANSLATOR))
    page = tove.open(ADVICE)
    assert "is sensitive" in page.text
    assert [each.get("name") for each in page.document.iter("input") if each.get("name") == "remark"] == []


def test_hostile_reasons_are_only_text(authoring: Authoring) -> None:
    page = waive(advice(authoring), "<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in page.text


HALF = b"""| survey |
| | type | name | label::English (en) | label::French (fr) | constraint | constraint_message::English (en) |
| | integer | age | Your age? | | . > 0 | Above zero |
| | text | town | Your town? | | | |
| settings |
| | default_language |
| | English (en) |
"""


def test_missing_translations_are_counted_by_language_with_a_way_to_write_them(authoring: Authoring) -> None:
    authoring.upload(
        HALF.replace(b"Your town? | |", b"Your town? | Votre ville? |"), "form.md", slug="welcome"
    )
    page = authoring.ana.open(ADVICE)
    assert "Français 3 texts are missing." in page.text
    assert "A text of “age” is missing in French: Message when an answer cannot be right." in page.text
    page = page.follow("Translate what is missing (Français)")
    assert page.heading == "Translate: English → Français"
    assert "Your town?" not in page.text


def test_remark_about_the_notice_leads_to_where_it_is_written(authoring: Authoring) -> None:
    authoring.upload(HALF, "form.md", slug="welcome")
    page = authoring.ana.open(ADVICE).follow("Notice: legal authority")
    assert page.heading == "Privacy notice (English)"


def test_remarks_about_one_text_in_several_languages_are_told_and_decided_together(
    authoring: Authoring,
) -> None:
    endless = Localized({code: " ".join(["mot"] * 45) for code in ("en", "fr")})
    page = advice(authoring, replace(WELCOME, items=(Question("long", "text", endless),)))
    assert "English A sentence here has 45 words. Français A sentence here has 45 words." in page.text
    found = next(
        block
        for block in page.document.iter("div")
        if block.get("class") == "finding" and "45 words" in "".join(block.itertext())
    )
    names = [str(each.get("value")) for each in found.iter("input") if each.get("name") == "remark"]
    assert len(names) == 2
    token = next(str(each.get("value")) for each in found.iter("input") if each.get("name") == "csrf_token")
    page = page.pages.post(
        f"{ADVICE}/decide", {"csrf_token": token, "remark": names, "reason": "Law.", "do": "waive"}
    )
    assert "2 remarks put aside" in page.text
