"""Staff decide whether those who answer online may send files; without a word of theirs, nobody may."""

from __future__ import annotations

from dataclasses import replace

from consult.accounts.models import Role
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.samples.questions import ask, group

ASKS = replace(WELCOME, items=(group(ask("image", "photo", "Show us your street"), key="first"),))
HERE = f"{SURVEYS}welcome/"


def test_files_are_off_until_staff_switch_them_on(authoring: Authoring) -> None:
    page = authoring.new(ASKS)
    assert authoring.survey().takes_files is False
    page = page.press("Take files online")

    assert authoring.survey().takes_files is True
    assert "can send files now" in page.text
    page.press("Take no more files online")
    assert authoring.survey().takes_files is False


def test_survey_that_asks_for_no_file_is_not_asked_about_them(authoring: Authoring) -> None:
    assert "Take files online" not in authoring.new().text


def test_translators_cannot_switch_it(authoring: Authoring) -> None:
    authoring.new(ASKS)
    tove = authoring.office.browser(authoring.office.person("vera", Role.TRANSLATOR))
    token = str(tove.open("/office/en/account").value("csrf_token"))

    assert tove.client.post(f"{HERE}files", data={"taken": "yes", "csrf_token": token}).status_code == 403
    assert authoring.survey().takes_files is False
