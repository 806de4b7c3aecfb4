"""A questionnaire that asks about every member of a household, and every school of a member."""

from __future__ import annotations

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Question


def _question(key: str, kind: str, en: str, fr: str, **details: str | None) -> Question:
    logic = {name: Expression.parse(str(source)) for name, source in details.items()}
    return Question(key, kind, Localized({"en": en, "fr": fr, "ar": f"{en} ع"}), **logic)  # type: ignore[arg-type]


def _group(key: str, en: str, fr: str, *items: Question | Group, **details: object) -> Group:
    return Group(key, Localized({"en": en, "fr": fr, "ar": f"{en} ع"}), items=items, **details)  # type: ignore[arg-type]


SCHOOLS = _group(
    "schools",
    "Schools of ${name}",
    "Écoles de ${name}",
    _question("school", "text", "Which school?", "Quelle école?"),
    is_repeat=True,
)
MEMBERS = _group(
    "members",
    "Household member",
    "Membre du ménage",
    _group(
        "person",
        "The person",
        "La personne",
        _question("name", "text", "First name", "Prénom", required="true()"),
        _question("age", "integer", "Age of ${name}", "Âge de ${name}", constraint=". < 120"),
        _question("goes", "text", "What does ${name} learn?", "Qu’apprend ${name}?", relevant="${age} < 18"),
    ),
    SCHOOLS,
    is_repeat=True,
)
HOUSEHOLD = Questionnaire(
    "household",
    Localized({"en": "Household survey", "fr": "Sondage sur les ménages", "ar": "استبيان الأسرة"}),
    ("en", "fr", "ar"),
    (
        _group("home", "Your home", "Votre logement", _question("area", "text", "Area", "Secteur")),
        MEMBERS,
        _group(
            "end",
            "The end",
            "La fin",
            _question("people", "calculate", "People", "Personnes", calculation="count(${members})"),
            _question("years", "calculate", "Years", "Années", calculation="sum(${age})"),
            _question("wish", "text", "One wish", "Un souhait", relevant="${years} > 20"),
        ),
    ),
    {},
    Notice(purpose=Localized({"en": "To plan.", "fr": "Planifier."})),
)
COUNTED = Questionnaire(
    "counted",
    Localized({"en": "Counted survey", "fr": "Sondage compté", "ar": "استبيان"}),
    ("en", "fr", "ar"),
    (
        _group("home", "Your home", "Votre logement", _question("size", "integer", "How many?", "Combien?")),
        _group(
            "rooms",
            "Room",
            "Pièce",
            _question("use", "text", "Used for", "Usage"),
            is_repeat=True,
            repeat_count=Expression.parse("${size}"),
        ),
    ),
    {},
)
