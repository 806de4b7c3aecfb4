"""A file of responses is loaded once, line by line, with a reason for each line that was not taken."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.db import Database
from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.document import to_document
from consult.questionnaires.specification import Questionnaire
from consult.questions.question import Choice, Question
from consult.responses.corrections import Correction, correct_response
from consult.responses.loading import Destination, Loaded, load_responses
from consult.responses.models import Response, ResponseState
from consult.responses.ndjson import write_line
from consult.responses.reading import stream_responses
from consult.responses.service import save_page
from tests import factories
from tests.factories import NOW
from tests.integration.responses.conftest import SECRET_KEY, Asked, a_page

YES_NO = (Choice("yes", Localized({"en": "Yes"})), Choice("no", Localized({"en": "No"})))
CITIES = (Choice("a", Localized({"en": "A"})), Choice("b", Localized({"en": "B"})))


def _question(key: str, kind: str, **logic: Any) -> Question:
    written = ("relevant", "required", "constraint", "calculation")
    parsed = {name: Expression.parse(value) if name in written else value for name, value in logic.items()}
    return Question(key, kind, Localized({"en": key}), **parsed)


QUESTIONNAIRE = Questionnaire(
    "newcomers",
    Localized({"en": "Newcomers"}),
    ("en", "fr"),
    (
        _question("has_job", "select_one", list_name="yes_no", choices=YES_NO, required="true()"),
        _question("job", "text", relevant="${has_job} = 'yes'"),
        _question("arrival_year", "integer", constraint=". <= 2026"),
        _question("cities", "select_multiple", list_name="cities", choices=CITIES, has_other=True),
        _question("wish", "text"),
        _question("since", "calculate", calculation="2026 - ${arrival_year}"),
    ),
    {"yes_no": YES_NO, "cities": CITIES},
)


@pytest.fixture
def destination(database: Database) -> Destination:
    with database.write() as session:
        survey = factories.make_open_survey(session, to_document(QUESTIONNAIRE))
        return Destination(survey.id, ZoneInfo("America/Toronto"))


def _line(*, has_job: Any = "no", identity: str | None = None, **changes: Any) -> dict[str, Any]:
    answers = {"has_job": has_job, **changes.pop("answers", {})}
    return {
        "id": identity or str(uuid.uuid4()),
        "version": 1,
        "language": "fr",
        "channel": "paper",
        "collected_on": "2026-03-05",
        "answers": {key: value for key, value in answers.items() if value is not ...},
        **changes,
    }


def _load(database: Database, destination: Destination, *lines: dict[str, Any] | bytes) -> Loaded:
    raw = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return load_responses(database, destination, io.BytesIO(b"\n".join(raw)))


def _stored(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        return list(session.scalars(sa.select(Response.answers)))


def test_line_becomes_a_response(database: Database, destination: Destination) -> None:
    spoken = _line(
        answers={"wish": "دروس"},
        original_language={"wish": "ar"},
        translations={"wish": {"en": "Lessons"}},
    )
    assert _load(database, destination, spoken) == Loaded(accepted=1)

    with database.read() as session:
        row = session.scalars(sa.select(Response)).one()
    assert (row.language, row.channel.value, str(row.collected_on)) == ("fr", "paper", "2026-03-05")
    assert (row.original_language, row.translations) == ({"wish": "ar"}, {"wish": {"en": "Lessons"}})
    assert (row.consent_notice, row.collector_id) == (None, None)


def test_what_is_calculated_is_added(database: Database, destination: Destination) -> None:
    _load(database, destination, _line(answers={"arrival_year": 2021}))

    assert _stored(database) == [{"has_job": "no", "arrival_year": 2021, "since": 5}]


def test_same_file_again_is_all_duplicates(database: Database, destination: Destination) -> None:
    lines = [_line(answers={"arrival_year": year}) for year in range(1990, 2020)]
    assert _load(database, destination, *lines) == Loaded(accepted=30)

    assert _load(database, destination, *lines) == Loaded(duplicate=30)
    assert len(_stored(database)) == 30


def test_line_twice_in_one_file_is_stored_once(database: Database, destination: Destination) -> None:
    line = _line()

    assert _load(database, destination, line, line) == Loaded(accepted=1, duplicate=1)


def test_same_id_with_other_content_changes_nothing(database: Database, destination: Destination) -> None:
    identity = str(uuid.uuid4())
    _load(database, destination, _line(identity=identity, answers={"wish": "one"}))
    again = _load(database, destination, _line(identity=identity, answers={"wish": "another"}))

    (rejection,) = again.rejected
    assert (rejection.line, rejection.question) == (1, None)
    assert "other content" in str(rejection.reason)
    assert _stored(database) == [{"has_job": "no", "wish": "one"}]


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"has_job": "perhaps"}, "has_job"),
        ({"has_job": 1}, "has_job"),
        ({"has_job": ...}, "has_job"),
        ({"job": "baker"}, "job"),
        ({"arrival_year": "2021"}, "arrival_year"),
        ({"arrival_year": 2.5}, "arrival_year"),
        ({"arrival_year": 2090}, "arrival_year"),
        ({"arrival_year": True}, "arrival_year"),
        ({"arrival_year": None}, "arrival_year"),
        ({"cities": "a"}, "cities"),
        ({"cities": ["a", "z"]}, "cities"),
        ({"cities": ["a", "a"]}, "cities"),
        ({"cities": [["a"]]}, "cities"),
        ({"cities": {"a": 1}}, "cities"),
        ({"cities_other": "Paris"}, "cities_other"),
        ({"wish": ["text"]}, "wish"),
        ({"wish": "bell \u0007"}, "wish"),
        ({"income": 5}, "income"),
        ({"Has_Job": "no"}, "Has_Job"),
    ],
    ids=str,
)
def test_answer_that_cannot_be_given_is_rejected_with_its_question(
    database: Database, destination: Destination, answers: dict[str, Any], question: str
) -> None:
    loaded = _load(database, destination, _line(), _line(answers=answers), _line())

    (rejection,) = loaded.rejected
    assert (loaded.accepted, rejection.line, rejection.question) == (2, 2, question)
    assert str(rejection.reason)


def test_other_with_its_text_is_taken(database: Database, destination: Destination) -> None:
    loaded = _load(database, destination, _line(answers={"cities": ["a", "other"], "cities_other": "Paris"}))

    assert loaded == Loaded(accepted=1)


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 60_000, b"{}", b'{"id": NaN}'])
def test_line_that_is_no_response_is_rejected_and_the_others_taken(
    database: Database, destination: Destination, raw: bytes
) -> None:
    loaded = _load(database, destination, _line(), raw, b"", _line())

    assert loaded.accepted == 2
    assert [rejection.line for rejection in loaded.rejected] == [2]


def test_unknown_version_is_rejected(database: Database, destination: Destination) -> None:
    (rejection,) = _load(database, destination, _line(version=7)).rejected

    assert "7" in str(rejection.reason)


def test_id_of_another_surveys_response_is_rejected(database: Database, destination: Destination) -> None:
    with database.write() as session:
        elsewhere = factories.make_response(session).id

    assert len(_load(database, destination, _line(identity=str(elsewhere))).rejected) == 1


def test_draft_of_a_respondent_is_not_taken_for_stored(
    database: Database, destination: Destination, asked: Asked
) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    loaded = _load(database, destination, _line(identity=str(asked.start.response_id)))

    assert len(loaded.rejected) == 1
    with database.read() as session:
        assert session.scalars(sa.select(Response.state)).one() is ResponseState.DRAFT


def test_many_lines_are_taken_in_several_commits(database: Database, destination: Destination) -> None:
    seen: list[int] = []
    raw = b"\n".join(json.dumps(_line()).encode() for _number in range(450)) + b"\n"
    loaded = load_responses(database, destination, io.BytesIO(raw), seen.append)

    assert loaded == Loaded(accepted=450)
    assert (len(seen), sum(seen)) == (3, len(raw))


def test_what_was_exported_is_all_duplicates(database: Database, destination: Destination) -> None:
    _load(
        database,
        destination,
        _line(answers={"arrival_year": 2021, "cities": ["b", "a"]}),
        _line(answers={"wish": "دروس"}, original_language={"wish": "ar"}),
        _line(has_job="yes", answers={"job": "baker\nand more"}, channel="collector"),
    )
    stream = stream_responses(database, destination.survey_id, SECRET_KEY)
    exported = [write_line(stored, 1).rstrip(b"\n") for stored in stream]

    assert _load(database, destination, *exported) == Loaded(duplicate=3)


def test_corrected_response_is_a_duplicate_of_both_its_states(
    database: Database, destination: Destination
) -> None:
    line = _line(answers={"wish": "before"})
    _load(database, destination, line)
    correction = Correction(0, "Misheard.", "fr", {"has_job": "no", "wish": "after"})
    with database.write() as session:
        staff = factories.make_person(session).id
    correct_response(database, uuid.UUID(line["id"]), correction, by=staff, now=NOW, as_staff=True)

    after = {**line, "answers": {"has_job": "no", "wish": "after"}}
    assert _load(database, destination, line, after) == Loaded(duplicate=2)


def test_rejection_does_not_quote_the_answer(database: Database, destination: Destination) -> None:
    loaded = _load(
        database,
        destination,
        _line(has_job="my secret"),
        _line(answers={"arrival_year": "my secret"}),
        b'{"id": "my secret"}',
        b'my secret {"',
    )

    assert len(loaded.rejected) == 4
    assert "secret" not in " ".join(str(rejection.reason) for rejection in loaded.rejected)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
keys = st.sampled_from([*QUESTIONNAIRE.questions, "cities_other", "unknown"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(keys, values, max_size=4))
def test_whatever_is_answered_is_taken_or_rejected(
    sqlite_database: Database, answers: dict[str, Any]
) -> None:
    with sqlite_database.write() as session:
        survey = factories.make_open_survey(session, to_document(QUESTIONNAIRE))
        place = Destination(survey.id, ZoneInfo("America/Toronto"))
    loaded = _load(sqlite_database, place, _line(answers=answers))

    assert loaded.accepted + len(loaded.rejected) == 1
