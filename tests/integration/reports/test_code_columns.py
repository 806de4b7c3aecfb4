"""Columns beside the database are as new as the responses, whatever happened, on both engines."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports.breakdowns import BY_LANGUAGE, groupings_of
from consult.reports.code_columns import keeping
from consult.reports.code_columns.keeping import Preparing, columns_folder, forget
from consult.reports.comparing import breakdown_differences, differences, group_differences
from consult.reports.counting import broken_down, counted
from consult.reports.derived import Opening
from consult.reports.queries import source_of
from consult.reports.source import Source
from consult.reports.story import tell
from consult.reports.tally import Breakdown
from consult.reports.wording import Wording
from consult.responses.corrections import Correction, correct_response
from consult.responses.counting import count_together, progress_mark
from consult.responses.loading import Destination, load_responses
from consult.responses.models import Channel, Response
from consult.responses.reading import EVERY, AllBut, Filters
from consult.surveys.models import Survey, Version
from tests import factories
from tests.samples.counted import NEW, OLD, answers

TODAY = dt.date(2026, 3, 31)
ZONE = dt.UTC


@dataclass
class World:
    """A survey, and what may happen to it."""

    database: Database
    data_dir: Path
    survey: Survey
    draw: Random
    people: list[Person] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return columns_folder(self.data_dir, self.survey.id)

    def source(self, session: DatabaseSession, most: int | None = None, filters: Filters = EVERY) -> Source:
        counting = Opening(self.data_dir, few=-1, most=most)
        survey = session.get_one(Survey, self.survey.id)
        return source_of(session, survey, secret_key="key", made_on=TODAY, filters=filters, counting=counting)

    def differing(self, by: str = BY_LANGUAGE, filters: Filters = EVERY) -> list[str]:
        """What the columns count otherwise than a pass on the same snapshot."""
        with self.database.read() as session:
            source = self.source(session, filters=filters)
            assert source.columns is not None
            survey = session.get_one(Survey, self.survey.id)
            passed = source_of(session, survey, secret_key="key", made_on=TODAY, filters=filters)
            ours, ours_by = broken_down(source, by)
            theirs, theirs_by = broken_down(passed, by)
            full, full_by = source.columns.counted(source.asked, groupings_of(source.asked, by))
            assert source.columns.mark() == progress_mark(session, survey.id)
            if filters != EVERY:
                assert source.columns.together() == count_together(session, survey.id, filters)
            assert isinstance(theirs_by, Breakdown)
            return [
                *differences(ours, theirs),
                *breakdown_differences(ours_by, theirs_by),
                *differences(full, theirs),
                *group_differences(full_by, theirs_by.groups),
            ]

    def add(self, number: int = 1) -> None:
        with self.database.write() as session:
            for _ in range(number):
                factories.make_response(
                    session,
                    survey_id=self.survey.id,
                    version_id=session.get_one(Survey, self.survey.id).current_version_id,
                    language=self.draw.choice(("en", "fr")),
                    channel=self.draw.choice((Channel.ONLINE, Channel.PAPER)),
                    collector_id=self.draw.choice(self.people).id,
                    collected_on=dt.date(2026, self.draw.randint(1, 3), 5),
                    answers=answers(self.draw, is_odd=False),
                )

    def draft(self) -> None:
        with self.database.write() as session:
            factories.make_response(
                session, survey_id=self.survey.id, version_id=self.survey.current_version_id, state="draft"
            )

    def correct(self) -> None:
        with self.database.read() as session:
            found = list(session.query(Response.id, Response.revision).where(Response.state == "submitted"))
        if found:
            identity, revision = self.draw.choice(found)
            changed = Correction(revision, "Misheard.", "fr", answers(self.draw, is_odd=False))
            by, now = self.people[0].id, dt.datetime.now(dt.UTC)
            correct_response(self.database, identity, changed, by=by, now=now, as_staff=True)

    def load(self) -> None:
        lines = [
            f'{{"id": "{uuid.uuid4()}", "version": 1, "language": "en", "channel": "import", '
            f'"collected_on": "2026-02-0{place}", "answers": {{"age": {place}}}}}'
            for place in range(1, 4)
        ]
        file = io.BytesIO("\n".join(lines).encode())
        loaded = load_responses(self.database, Destination(self.survey.id, ZONE), file)
        assert loaded.accepted == 3

    def publish(self) -> None:
        with self.database.write() as session:
            survey = session.get_one(Survey, self.survey.id)
            older = session.query(Version).where(Version.survey_id == survey.id).count()
            document = to_document(NEW if older % 2 else OLD)
            made = factories.make_version(session, survey=survey, specification=document)
            survey.current_version_id = made.id

    def rename(self) -> None:
        with self.database.write() as session:
            session.get_one(Person, self.people[0].id).name = f"Person {self.draw.randint(1, 99)}"

    def lose_file(self) -> None:
        files = sorted(self.folder.glob("*.columns"))
        if files:
            self.draw.choice(files).write_bytes(b"something else")


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    with database.write() as session:
        survey = factories.make_open_survey(session, specification=to_document(OLD))
        people = [factories.make_person(session, name=name) for name in ("Omar", "Amal")]
    return World(database, tmp_path, survey, Random(2010), people)


@pytest.mark.parametrize("seed", range(3))
def test_columns_count_as_a_pass_does_after_any_history(world: World, seed: int) -> None:
    world.draw.seed(seed)
    events: list[Callable[[], None]] = [
        world.add, world.add, world.draft, world.correct, world.load, world.publish, world.rename,
        world.lose_file,
    ]  # fmt: skip
    world.add(20)
    for _step in range(12):
        for event in world.draw.sample(events, 2):
            event()
        assert world.differing(world.draw.choice((BY_LANGUAGE, "_collector", "stay,speaks"))) == []


@pytest.mark.parametrize("filters", [EVERY, Filters(languages=frozenset(("fr",)))])
def test_summary_tells_the_same_from_columns_and_from_a_pass(world: World, filters: Filters) -> None:
    world.add(60)
    world.publish()
    world.add(60)
    with world.database.read() as session:
        survey = session.get_one(Survey, world.survey.id)

        def passed(chosen: Filters = EVERY) -> Source:
            return source_of(session, survey, secret_key="key", made_on=TODAY, filters=chosen)

        both = Wording.of("both")
        ours = tell(world.source(session, filters=filters), both, world.source(session))
        theirs = tell(passed(filters), both, passed())
    assert len(ours.blocks) > 10
    assert ours == theirs


@pytest.mark.parametrize("kind", [Filters, AllBut])
@pytest.mark.parametrize(
    "answered",
    [
        (("stay", "a"),),
        (("speaks", "l3"),),
        (("stay", "b"), ("speaks", "l1")),
        (("stay", "nothing like it"),),
        (("age", "30"),),
        (("nowhere", "a"),),
    ],
)
def test_columns_select_by_answers_as_the_database_does(
    world: World, answered: tuple[tuple[str, str], ...], kind: type[Filters]
) -> None:
    world.add(40)
    world.publish()
    world.add(40)
    spoken = kind(answered=answered, languages=frozenset(("fr",)))
    assert [*world.differing(filters=kind(answered=answered)), *world.differing(filters=spoken)] == []


def test_columns_are_the_same_bytes_as_made_anew(world: World) -> None:
    world.add(30)
    assert world.differing() == []
    world.add(5)
    world.correct()
    assert world.differing() == []
    grown = {path.name: path.read_bytes() for path in world.folder.glob("*.columns")}
    forget(world.folder)
    assert world.differing() == []
    assert {path.name: path.read_bytes() for path in world.folder.glob("*.columns")} == grown


def test_one_new_response_is_all_that_is_read_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.add(50)
    assert world.differing() == []
    read: list[int] = []
    before = keeping.read_ranges

    def noted(*given: object) -> object:
        found = before(*given)  # type: ignore[arg-type]
        read.append(len(found))
        return found

    monkeypatch.setattr(keeping, "read_ranges", noted)
    world.draft()
    assert world.differing() == []
    assert read == []
    world.add()
    assert world.differing() == []
    assert sum(read) <= 5


def test_nothing_is_asked_twice_of_a_database_in_which_nothing_happened(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add(5)
    assert world.differing() == []
    monkeypatch.setattr(keeping, "marks", None)
    assert world.differing() == []


def test_page_does_not_wait_for_what_takes_long(world: World) -> None:
    world.add(5)
    with world.database.read() as session, pytest.raises(Preparing):
        world.source(session, most=4)


def test_older_snapshot_is_counted_as_it_is_and_hides_nothing_newer(world: World) -> None:
    world.add(10)
    with world.database.read() as session:
        assert len(list(session.query(Survey.id))) == 1  # the snapshot begins
        world.add()
        assert world.differing() == []
        newer = {path.name: path.read_bytes() for path in world.folder.glob("*.columns")}
        assert counted(world.source(session)).responses == 10
    assert {path.name: path.read_bytes() for path in world.folder.glob("*.columns")} == newer
    assert world.differing() == []


def test_another_database_under_the_same_identities_is_noticed(world: World) -> None:
    world.add(10)
    assert world.differing() == []
    with world.database.write() as session:
        for response in session.query(Response):
            response.answers = {"stay": "c"}  # as many responses and corrections as before
    keeping.forget_all(world.data_dir)
    assert world.differing() == []


def test_files_are_for_the_account_of_the_server_alone(world: World) -> None:
    world.add(5)
    assert world.differing() == []
    assert {path.stat().st_mode & 0o777 for path in world.folder.iterdir()} == {0o600}
    assert [path.stat().st_mode & 0o777 for path in (world.folder, world.folder.parent)] == [0o700, 0o700]


def test_without_a_place_for_files_everything_is_still_counted(world: World) -> None:
    world.add(5)
    (world.data_dir / "columns").write_text("not a folder", encoding="ascii")
    with world.database.read() as session:
        assert counted(world.source(session)).responses == 5
