"""What only comes about by making it: a published edition, one that waits to be published, a saved report."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from consult.accounts.models import Person
from consult.db import Database
from consult.reports.definitions import Definition, keep_definition
from consult.reports.edition_publishing import publish_edition
from consult.reports.files import Order, write_file
from consult.reports.jobs import jobs_folder
from consult.reports.jobs_models import JobState
from consult.reports.order_documents import document_of
from consult.surveys.editions import rounding_key
from consult.surveys.models import Survey
from tests.factories import make_job
from tests.live import Live

TODAY = dt.date(2026, 3, 5)
NOW = dt.datetime(2026, 3, 5, 15, tzinfo=dt.UTC)


def publish(database: Database, live: Live, survey: Survey, by: Person) -> tuple[str, str]:
    """The identities of a job with an edition that can be looked at, and of a saved report. The first edition
    of the survey is public afterwards."""
    questions = ("status", "languages", "gender", "area")
    order = Order(survey.slug, "edition", "", questions=questions, groupings=("gender",))
    with database.write() as session:
        rounding_key(session, survey.id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition"
        write_file(database, live.settings.secret_key, order, path, TODAY)
        with database.write() as session:
            done = {"state": JobState.DONE, "content": document_of(order), "made_on": TODAY}
            job = make_job(session, survey=survey, person=by, **done).id
            kept = keep_definition(session, survey.id, Definition("Every month"), by=by.id, now=NOW)
        shutil.copyfile(path, jobs_folder(live.settings) / str(job))
        with database.write() as session:
            publish_edition(session, survey.id, TODAY, path, by=by.id, at=NOW)
    return str(job), str(kept)
