"""Open answers that may be quoted: looked at, proposed, cleared, withdrawn; and what reports make of it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document

from consult.accounts.models import Role
from consult.db import Database
from consult.i18n import Localized
from consult.reports.cleared import Decision, Stale, decide
from consult.reports.cleared_models import QuoteDecision, QuoteState
from consult.reports.spoken import Spoken
from consult.responses.models import Response
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page, Pages

QUOTES = f"{RESULTS}quotes/"
ARABIC = "أريد حافلات أكثر، يقول سامي"
SHORTER = "أريد حافلات أكثر"
NOBODY = "00000000-0000-4000-8000-000000000000"
ENGLISH = "I want more buses"
PROMISES: dict[str, Any] = {"no_name": "y", "no_trace": "y", "no_story": "y"}


@pytest.fixture
def staff(reporting: Reporting) -> Pages:
    return reporting.office.browser(reporting.office.person("ana", Role.STAFF))


@pytest.fixture
def answered(reporting: Reporting, database: Database) -> Response:
    """One answer in Arabic, with a name in it."""
    with database.write() as session:
        return factories.make_response(
            session,
            survey=reporting.survey,
            language="en",
            answers={"change": ARABIC},
            original_language={"change": "ar"},
            translations={"change": {"en": "I want more buses, says Sami"}},
        )


@pytest.fixture
def arabic(reporting: Reporting, database: Database) -> None:
    """So many answered in Arabic that its name points to nobody."""
    with database.write() as session:
        for _ in range(12):
            factories.make_response(session, survey=reporting.survey, language="ar", answers={"change": "x"})


def where(answered: Response, question: str = "change", entry: str = "0") -> str:
    return f"{QUOTES}{question}/{answered.id}/{entry}"


def clear(browser: Pages, answered: Response, expect: int = 200, **fields: Any) -> Page:
    page = browser.open(where(answered))
    return page.fill(**{"words": SHORTER, "english": ENGLISH, **PROMISES, **fields}).press(
        "Clear for quoting", expect
    )


def summary(reporting: Reporting, words: str, chosen: str = "") -> list[str]:
    response = reporting.download(f"{RESULTS}download/docx?words={words}{chosen}")
    return [paragraph.text for paragraph in Document(io.BytesIO(response.data)).paragraphs]


def test_questions_are_listed_with_what_is_waiting(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)

    page = reporting.browser.open(QUOTES)

    rows = [[" ".join(cell.itertext()).strip() for cell in line] for line in page.document.iter("tr")]
    assert rows[1:] == [["3. What should change?", "0", "1"]]


def test_answers_come_in_pages_with_language_and_translation(
    reporting: Reporting, answered: Response
) -> None:
    seen: list[str] = []
    for number in range(1, 5):
        page = reporting.browser.open(f"{QUOTES}change/?page={number}")
        seen += ["".join(each.itertext()) for each in page.document.iter("blockquote")]
        quoted = [each for each in page.document.iter("blockquote") if each.get("lang") == "ar"]
        for each in quoted:
            assert each.get("dir") == "rtl" or "".join(each.itertext()) == "=1+1"
            assert "Arabic" in page.text
    assert len(seen) == 61
    assert seen.count(ARABIC) == 1


def test_no_answer_stands_in_an_address(reporting: Reporting, staff: Pages, answered: Response) -> None:
    clear(staff, answered)
    page = reporting.browser.open(f"{QUOTES}change/?show=cleared")
    addresses = [str(link.get("href")) for link in page.document.iter("a")]
    assert any(str(answered.id) in address for address in addresses)
    assert not any("%D8" in address or SHORTER in address for address in addresses)


@pytest.mark.usefixtures("arabic")
def test_cleared_words_stand_in_the_summary_with_their_translation(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)

    english, french = summary(reporting, "en"), summary(reporting, "fr")

    place = english.index(ENGLISH)
    assert english[place + 1] == "Translated from Arabic"
    assert "3. What should change?" in english[:place]
    assert SHORTER in french
    assert not any("سامي" in text or "Sami" in text for text in (*english, *french))


def test_language_of_one_person_is_not_named(reporting: Reporting, staff: Pages, answered: Response) -> None:
    clear(staff, answered)
    english, french = summary(reporting, "en"), summary(reporting, "fr")
    assert english[english.index(ENGLISH) + 1] == "Translated"
    assert SHORTER not in french


@pytest.mark.usefixtures("arabic")
def test_printed_summary_quotes_the_same(reporting: Reporting, staff: Pages, answered: Response) -> None:
    clear(staff, answered)

    english = reporting.browser.open(f"{RESULTS}print?words=en")
    french = reporting.browser.open(f"{RESULTS.replace('/en/', '/fr/')}print?words=fr")

    assert ENGLISH in english.text
    (quoted,) = french.document.iter("blockquote")
    (words,) = [each for each in quoted if each.get("lang") == "ar"]
    assert (words.text, words.get("dir")) == (SHORTER, "rtl")


def test_promise_that_nobody_is_pointed_to_is_needed(
    staff: Pages, answered: Response, reporting: Reporting
) -> None:
    page = clear(staff, answered, 422, no_story=[])

    assert "Read the quote with this in mind" in page.text
    assert SHORTER in page.html
    assert reporting.office.row(QuoteDecision) is None


def test_quote_without_words_is_refused(staff: Pages, answered: Response) -> None:
    assert "Say what is to be quoted." in clear(staff, answered, 422, words="  ").text


def test_quote_that_is_too_long_is_refused_and_kept_on_the_page(staff: Pages, answered: Response) -> None:
    page = clear(staff, answered, 422, words="x" * 2_001)
    assert "at most 2,000 characters" in page.text
    assert "x" * 2_001 in page.html


def test_the_answer_itself_is_not_touched(staff: Pages, reporting: Reporting, answered: Response) -> None:
    clear(staff, answered)
    kept = reporting.office.row(Response, Response.id == answered.id)
    assert (kept.answers, kept.revision) == ({"change": ARABIC}, 0)


def test_analyst_proposes_and_staff_decide(reporting: Reporting, staff: Pages, answered: Response) -> None:
    page = reporting.browser.open(where(answered))
    assert "Clear for quoting" not in page.html
    page.fill(words=SHORTER, english=ENGLISH).press("Propose for quoting")
    assert ENGLISH not in summary(reporting, "en")

    assert staff.open(f"{QUOTES}change/?show=proposed").html.count("<blockquote") == 1
    clear(staff, answered)

    history = staff.open(where(answered)).text
    assert "Rosa" in history
    assert "Ana" in history


def test_analyst_cannot_undo_what_is_cleared(reporting: Reporting, staff: Pages, answered: Response) -> None:
    clear(staff, answered)
    page = reporting.browser.open(where(answered))
    page.fill(words="Something else").press("Propose for quoting")
    assert ENGLISH in summary(reporting, "en")


def test_withdrawn_quote_is_in_no_summary_and_stays_in_the_history(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)
    staff.open(where(answered)).press("Withdraw")

    assert ENGLISH not in summary(reporting, "en")
    page = staff.open(where(answered))
    assert page.text.count("Withdrawn") == 2
    assert SHORTER in page.html


def test_changed_answer_is_left_out_until_somebody_looks(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)
    correct = sa.update(Response).where(Response.id == answered.id)
    reporting.office.change(lambda session: session.execute(correct.values(answers={"change": "شيء آخر"})))

    assert ENGLISH not in summary(reporting, "en")
    assert "The answer has changed since." in staff.open(f"{QUOTES}change/?show=cleared").text
    clear(staff, answered)
    assert ENGLISH in summary(reporting, "en")


def test_selection_quotes_only_its_own_responses(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)
    assert ENGLISH in summary(reporting, "en", "&since=2026-01-01")
    assert ENGLISH not in summary(reporting, "en", "&until=2026-01-01")


def test_selection_of_certain_people_quotes_nobody(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)
    assert ENGLISH not in summary(reporting, "en", "&language=en")


def test_two_people_at_once_are_told(staff: Pages, reporting: Reporting, answered: Response) -> None:
    first, second = staff.open(where(answered)), staff.open(where(answered))
    first.fill(words="one", **PROMISES).press("Clear for quoting")
    page = second.fill(words="other", **PROMISES).press("Clear for quoting", 409)
    assert "Somebody decided about this answer meanwhile." in page.text
    assert "other" in page.html
    page.fill(**PROMISES).press("Clear for quoting")
    newest = "select texts from quote_decision order by number desc"
    with reporting.office.database.read() as session:
        assert "other" in str(session.execute(sa.text(newest)).scalars().first())


def test_staff_who_decide_on_an_old_page_are_asked_for_the_promise(
    reporting: Reporting, staff: Pages, answered: Response
) -> None:
    clear(staff, answered)
    old = staff.open(where(answered))
    staff.open(where(answered)).fill(words="other", **PROMISES).press("Clear for quoting")
    page = old.press("Withdraw", 409)
    assert "Somebody decided about this answer meanwhile." in page.text
    page.fill(**PROMISES).press("Clear for quoting")


def test_staff_who_propose_nothing_are_told(staff: Pages, answered: Response) -> None:
    token = staff.open(where(answered)).value("csrf_token")
    page = staff.post(f"{where(answered)}/propose", {"csrf_token": token, "words": " "}, expect=422)
    assert "Say what is to be quoted." in page.text


def test_decision_made_twice_from_the_same_state_is_stale(
    reporting: Reporting, database: Database, answered: Response
) -> None:
    spoken = Spoken(answered.id, "change", (), ARABIC, "ar", {})
    decision = Decision(QuoteState.CLEARED, Localized({"ar": SHORTER}), 0)
    given = {"by": reporting.rosa.id, "now": dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)}
    with database.write() as session:
        decide(session, reporting.survey.id, "change", spoken, decision, **given)
    with database.write() as session, pytest.raises(Stale):
        decide(session, reporting.survey.id, "change", spoken, decision, **given)


@pytest.mark.parametrize(
    "address",
    [
        "stay/",
        "nothing/",
        "change/?show=other",
        "change/?page=0",
        "change/00000000-0000-4000-8000-000000000000/0",
    ],
)
def test_what_is_no_open_answer_is_not_there(address: str, reporting: Reporting) -> None:
    reporting.browser.open(QUOTES + address, expect=404)


def test_answer_of_another_survey_is_not_there(reporting: Reporting, database: Database) -> None:
    with database.write() as session:
        other = factories.make_response(session, answers={"change": "x"})
    reporting.browser.open(where(other), expect=404)


def test_collector_sees_no_open_answers(reporting: Reporting) -> None:
    reporting.office.browser(reporting.omar).open(QUOTES, expect=403)


def test_the_pages_speak_french(staff: Pages, answered: Response) -> None:
    clear(staff, answered)
    for address in (QUOTES, f"{QUOTES}change/", where(answered)):
        staff.open(address.replace("/en/", "/fr/"))
