"""A questionnaire that lets people choose among those whom they have told about."""

from __future__ import annotations

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Question


def _question(key: str, kind: str, label: str, **details: str) -> Question:
    logic = {name: Expression.parse(source) for name, source in details.items() if name != "entries_of"}
    texts = Localized({"en": label, "fr": f"{label} (fr)", "ar": f"{label} ع"})
    return Question(key, kind, texts, entries_of=details.get("entries_of", ""), **logic)  # type: ignore[arg-type]


def _group(key: str, label: str, *items: Question, is_repeat: bool = False) -> Group:
    texts = Localized({"en": label, "fr": f"{label} (fr)", "ar": f"{label} ع"})
    return Group(key, texts, items=items, is_repeat=is_repeat)


FAMILY = Questionnaire(
    "family",
    Localized({"en": "Family", "fr": "Famille"}),
    ("en", "fr", "ar"),
    (
        _group(
            "members",
            "Member",
            _question("name", "text", "First name"),
            _question("age", "integer", "Age"),
            is_repeat=True,
        ),
        _group(
            "roles",
            "Roles",
            _question("head", "entry", "Who earns most?", entries_of="name", required="true()"),
            _question("adult", "entry", "Who signs?", entries_of="name", choice_filter="${age} >= 18"),
            _question("word", "text", "What does ${head} do?", relevant="${head} != ''"),
        ),
    ),
    {},
    Notice(purpose=Localized({"en": "To plan.", "fr": "Planifier."})),
)
