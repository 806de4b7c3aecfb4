"""A survey of 30 questions that very many people answered, put into the table as quickly as it goes."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from consult.db import Database
from consult.i18n import Localized
from consult.questionnaires.document import to_document
from consult.questionnaires.specification import Questionnaire
from consult.questions import Choice, Question
from consult.responses.models import Channel, ResponseState
from consult.responses.rows import RESPONSE
from consult.schema import migrate
from tests import factories

SLUG = "bench"
KINDS = (
    *["select_one"] * 16,
    *["select_multiple"] * 4,
    *["integer"] * 3,
    *["range"] * 2,
    "rank",
    "date",
    *["text"] * 3,
)
LANGUAGES = ("en", "fr", "ar", "so", "ti", "es")
FIRST_DAY = dt.date(2026, 1, 1)
TEXTS = (
    "More evening classes, please, and a bus that runs after nine.",
    "Il faudrait reconnaître nos diplômes plus rapidement.",
    "نحتاج إلى سكن بسعر معقول قرب المدارس.",
)
_CHANNELS = [channel.value for channel in Channel]
_BATCH = 5_000


def form() -> Questionnaire:
    """30 questions, in English and French."""
    items = tuple(_question(kind, place) for place, kind in enumerate(KINDS))
    lists = {item.list_name: item.choices for item in items if item.list_name}
    return Questionnaire(SLUG, Localized({"en": "Bench"}), ("en", "fr"), items, lists)


def _question(kind: str, place: int) -> Question:
    label = Localized({"en": f"Question {place} of the survey", "fr": f"Question {place} du sondage"})
    many = {"select_one": 4 + place % 8, "select_multiple": 8, "rank": 4}.get(kind, 0)
    choices = tuple(
        Choice(f"c{code}", Localized({"en": f"Answer {code}", "fr": f"Réponse {code}"}))
        for code in range(many)
    )
    return Question(f"q{place}", kind, label, choices=choices, list_name=f"l{place}" if many else "")


def answers(of: Questionnaire, draw: random.Random) -> dict[str, object]:
    """Made up; one in ten questions is left out."""
    make: dict[str, Callable[[list[str]], object]] = {
        "select_one": lambda codes: draw.choice(codes),
        "select_multiple": lambda codes: [code for code in codes if draw.random() < 0.3] or codes[:1],
        "rank": lambda codes: draw.sample(codes, len(codes)),
        "integer": lambda _: draw.randrange(1940, 2026),
        "range": lambda _: draw.randrange(1, 11),
        "date": lambda _: f"20{draw.randrange(10, 26)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}",
        "text": lambda _: draw.choice(TEXTS),
    }
    asked = [
        (key, question, [choice.key for choice in question.choices]) for key, question in of.questions.items()
    ]
    return {key: make[question.kind](codes) for key, question, codes in asked if draw.random() < 0.9}


def fill(database: Database, number: int) -> None:
    """A migrated database with a survey of ``number`` responses, the same every time but for identities."""
    of, draw = form(), random.Random(2010)
    migrate(database)
    with database.write() as session:
        survey = factories.make_open_survey(session, to_document(of), slug=SLUG)
        collectors = [factories.make_person(session, name=f"Collector {place}").id for place in range(20)]
        ids = survey.id, survey.current_version_id
    # Twenty thousand different ones, of which each is sent again and again: as many combinations of choices
    # as a million people would make, without making up a million.
    different = [json.dumps(answers(of, draw)) for _ in range(min(number, 20_000))]
    rows = _rows(ids, different, collectors, number, draw, is_sqlite=database.is_sqlite)
    columns = [column.name for column in RESPONSE.columns]
    with database.write() as session:
        driver = session.connection().connection.cursor()
        if database.is_sqlite:
            marks = ", ".join("?" * len(columns))
            driver.executemany(f"INSERT INTO response ({', '.join(columns)}) VALUES ({marks})", rows)
        else:
            with driver.copy(f"COPY response ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE response"))


def _rows(
    ids: tuple[object, object],
    different: list[str],
    collectors: list[uuid.UUID],
    number: int,
    draw: random.Random,
    *,
    is_sqlite: bool,
) -> Iterator[tuple[object, ...]]:
    """In the order of their identities, which are random: so they are added most quickly."""
    identities = sorted(draw.getrandbits(128) for _ in range(number))
    written: Callable[[object], object] = (lambda each: each.hex) if is_sqlite else str  # type: ignore[attr-defined]
    survey, version = (written(each) for each in ids)
    people = [written(each) for each in collectors]
    for place, identity in enumerate(identities):
        day = (FIRST_DAY + dt.timedelta(draw.randrange(120))).isoformat()
        channel = draw.choice(_CHANNELS)
        values = {
            "id": written(uuid.UUID(int=identity)),
            "survey_id": survey,
            "version_id": version,
            "state": ResponseState.SUBMITTED.value,
            "channel": channel,
            "language": draw.choice(LANGUAGES),
            "started_on": day,
            "collected_on": day,
            "seed": 0,
            "collector_id": draw.choice(people) if channel == "collector" else None,
            "is_locked": False,
            "revision": 0,
            "answers": different[place % len(different)],
            "unsaved": "{}",
            "original_language": "{}",
            "translations": "{}",
        }
        yield tuple(values.get(column.name) for column in RESPONSE.columns)
