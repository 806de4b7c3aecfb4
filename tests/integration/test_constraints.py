"""Each rule that the database keeps for itself, broken by name, on both engines: none without a test."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.schema import METADATA
from tests import factories

RULES: list[tuple[str, dict[str, Any]]] = [
    ("ck_organisation_threshold_positive", {"small_group_threshold": 0}),
    ("ck_organisation_organisationkind_known", {"kind": "club"}),
    ("ck_organisation_default_language_official", {"default_language": "es"}),
    ("ck_invitation_language_official", {"language": "es"}),
    ("ck_membership_role_known", {"role": "guest"}),
    ("ck_survey_target_positive", {"target": 0}),
    ("ck_survey_open_has_version", {"state": "open", "current_version_id": None}),
    ("ck_survey_surveystate_known", {"state": "paused"}),
    ("ck_response_submitted_has_date", {"collected_on": None}),
    ("ck_response_consent_whole", {"consent_notice": "f" * 64}),
    ("ck_response_consent_whole", {"consent_language": "en"}),
    ("ck_response_collected_draft_has_collector", {"state": "draft", "channel": "collector"}),
    ("ck_response_collected_draft_has_collector", {"state": "draft", "channel": "phone"}),
    ("ck_response_collected_draft_has_collector", {"state": "draft", "channel": "paper"}),
    ("ck_response_responsestate_known", {"state": "lost"}),
    ("ck_response_channel_known", {"channel": "telepathy"}),
    ("ck_response_consentmanner_known", {"consent_manner": "guessed"}),
    ("ck_report_job_jobstate_known", {"state": "forgotten"}),
    ("ck_report_job_trouble_known", {"trouble": "bad luck"}),
    ("ck_report_job_running_has_slot", {"state": "running"}),
    ("ck_report_job_running_has_slot", {"slot": 1}),
    ("ck_report_job_done_within_total", {"done": 1}),
    ("ck_group_target_target_positive", {"target": 0}),
    ("ck_edition_number_positive", {"number": 0}),
    ("ck_edition_threshold_positive", {"threshold": 0}),
    ("ck_quote_decision_quotestate_known", {"state": "whispered"}),
]
MAKERS: dict[str, Callable[..., Any]] = {
    "organisation": factories.make_organisation,
    "invitation": factories.make_invitation,
    "membership": factories.make_membership,
    "survey": factories.make_survey,
    "response": factories.make_response,
    "report_job": factories.make_job,
    "group_target": factories.make_group_target,
    "edition": factories.make_edition,
    "quote_decision": factories.make_quote_decision,
}
NEVER_CHANGED = ("edition", "quote_decision")
"""Tables in which only a new row can break a rule."""


def test_every_named_rule_has_its_test() -> None:
    named = {
        str(constraint.name)
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    assert {rule for rule, _broken in RULES} == named


@pytest.mark.parametrize(("rule", "broken"), RULES, ids=str)
def test_rule_is_kept_by_the_database(database: Database, rule: str, broken: dict[str, Any]) -> None:
    table = next(name for name in MAKERS if rule.startswith(f"ck_{name}_"))
    with database.write() as session:
        MAKERS[table](session)
    # As text: what the models refuse must be refused by the database as well.
    statement = _another_row(table, broken) if table in NEVER_CHANGED else _change(table, broken)

    with pytest.raises(sa.exc.IntegrityError, match=rule), database.write() as session:
        session.execute(statement, broken)


def _change(table: str, broken: dict[str, Any]) -> sa.TextClause:
    return sa.text(f"UPDATE {table} SET " + ", ".join(f"{column} = :{column}" for column in broken))


def _another_row(table: str, broken: dict[str, Any]) -> sa.TextClause:
    columns = METADATA.tables[table].columns.keys()
    values = [f":{column}" if column in {"id", *broken} else column for column in columns]
    statement = sa.text(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table}")
    return statement.bindparams(sa.bindparam("id", uuid.uuid4(), sa.Uuid()))
