"""What people must be able to answer, or not to answer.

Sensitive subjects are found by words of the question (English and French): income, religion, health,
immigration status, ethnic origin, sexual orientation, offences, violence. A list of the words is short on
purpose: "Which health services do you know?" is not about somebody's health.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_pgettext as _lp
from consult.questionnaires.findings import Message
from consult.questionnaires.lint.choices import explains_other
from consult.questionnaires.lint.exits import is_exit, is_refusal
from consult.questionnaires.lint.remark import Remark, asked, groups, plain, spoken
from consult.questionnaires.specification import Questionnaire
from consult.questions import kind_of
from consult.questions.question import Question

MOST_WORDS = 40

_SUBJECTS: tuple[tuple[Message, Mapping[str, str]], ...] = (
    (
        _lp("sensitive subject", "income"),
        {
            "en": r"\b(?<!to )(your|household|family|personal|annual|monthly|yearly|gross|net"
            r"|total) (\w+ )?income\b"
            r"|\bincome (level|bracket|group|range)|\byour (\w+ )?(salary|wages?|earnings)\b"
            r"|\bhow much (money )?(do|does|did) (you|your household|your family) (earn|make)\b",
            "fr": r"\brevenus? (\w+ ){0,2}(annuel|mensuel|total|brut|net|personnel|familial"
            r"|du ménage|de votre)"
            r"|\b(votre|vos|quels?( est| sont)?( le| les)?) (\w+ )?revenus?\b|\bvotre salaire\b"
            r"|\bcombien gagne[zs]?",
        },
    ),
    (
        _lp("sensitive subject", "religion"),
        {
            "en": r"\b(your|what|which) (\w+ ){0,2}(religion|faith)\b"
            r"|\breligious (affiliation|beliefs?|background|group|identity)\b",
            "fr": r"\b(votre|quelle( est)?( la| votre)?) (\w+ )?(religion|confession)\b"
            r"|\b(appartenance|croyances?|conviction|identité) religieuses?\b",
        },
    ),
    (
        _lp("sensitive subject", "health"),
        {
            "en": r"\b(your|personal) (\w+ ){0,2}(health|mental health)(?! (care|service|card"
            r"|insurance|centre|center|prov))"
            r"|\b(do|does|did) (you|anyone)\b.*\b(disabilit|chronic (illness|condition|disease)|hiv)"
            r"|\bare you (\w+ )?(disabled|pregnant)\b|\byour (\w+ )?disabilit",
            "fr": r"\bvotre (état de )?santé\b(?! publique)|\bvotre santé mentale\b|\b(votre|un"
            r"|quel) handicap"
            r"|\bmaladie (chronique|mentale)|\bêtes-vous enceinte",
        },
    ),
    (
        _lp("sensitive subject", "immigration status"),
        {
            "en": r"\b(immigration|residency|refugee|legal|visa|immigrant) status\b"
            r"|\bstatus in canada\b|\bundocumented\b",
            "fr": r"\bstatut (\w+[ -']){0,2}(d'immigra(tion|nte?)|migratoire|juridique|légal"
            r"|de réfugiée?|de résidence)\b"
            r"|\bstatut au canada\b|\bsans[ -]papiers\b",
        },
    ),
    (
        _lp("sensitive subject", "ethnic origin"),
        {
            "en": r"\bethnic(ity| origins?| backgrounds?| groups?| identit)|\b(your|what"
            r"|which) race\b(?! (did|do|will|have|are))|\brace or\b"
            r"|\bracial (group|identity|background|origin)|\bvisible minorit|\bracialized\b|\bskin colou?r\b",
            "fr": r"\b(origines?|appartenance|groupe|identité) (ethnique|ethnoculturel|racial)"
            r"|\bethnicité\b|\bvotre race\b"
            r"|\bminorité visible|\bracisée?s?\b|\bcouleur de (la|votre) peau\b",
        },
    ),
    (
        _lp("sensitive subject", "sexual orientation or gender identity"),
        {
            "en": r"\bsexual orientation\b|\bgender identity\b|\btransgender\b",
            "fr": r"\borientation sexuelle\b|\bidentité de genre\b|\btransgenre\b",
        },
    ),
    (
        _lp("sensitive subject", "offences"),
        {
            "en": r"\bcriminal record\b|\bhave you (ever )?been (arrested|convicted|imprisoned)\b",
            "fr": r"\bcasier judiciaire\b|\bavez-vous (déjà )?été (arrêt|condamn|emprisonn)",
        },
    ),
    (
        _lp("sensitive subject", "violence"),
        {
            "en": r"\bhave you (\w+ )?(been|experienced) (\w+ )?(abus|assault|violence|raped)",
            "fr": r"\bavez-vous (\w+ )?(été|subi|vécu) (\w+ ){0,2}(agress|abus|violence|viol)",
        },
    ),
)
_SPECIFY = re.compile(
    r"\b(please|if)\b.*\bspecify\b|^specify\b|\bif (\w+ )?other\b.*\b(describe|explain|name)\b"
    r"|\b(précise[rz]|spécifie[rz])\b|\bsi autre\b",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    (subject, {code: re.compile(pattern, re.IGNORECASE) for code, pattern in words.items()})
    for subject, words in _SUBJECTS
)


def open_questions(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Open questions that must be answered."""
    for question in questionnaire.questions.values():
        is_open = question.kind == "text" and question.calculation is None
        is_explanation = explains_other(question, questionnaire) or _specifies(question)
        if is_open and question.required is not None and not is_explanation:
            yield Remark(
                "open_question_required",
                f"question:{question.key}",
                _l("The open question “%(name)s” must be answered.", name=question.key),
                _l("Make it voluntary: who has nothing to say writes anything, or leaves."),
            )


def _specifies(question: Question) -> bool:
    """Whether it asks, after something else, what exactly was meant: "If elsewhere, please specify"."""
    labels = (plain(text) for language in ("en", "fr") for _code, text in spoken(question.label, language))
    return question.relevant is not None and any(map(_SPECIFY.search, labels))


def sensitive_questions(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Questions about what is nobody's business, without a way not to say it."""
    for question in asked(questionnaire):
        if not kind_of(question).takes_answer:
            continue
        subject = sensitive_subject(question)
        if subject is None:
            continue
        choices = kind_of(question).choices(question)
        if choices and not any(is_refusal(choice) for choice in choices):
            yield Remark(
                "sensitive_without_refusal",
                f"question:{question.key}",
                _l(
                    "“%(name)s” is sensitive (%(subject)s), but nobody can choose not to say.",
                    name=question.key,
                    subject=subject,
                ),
                _l("Add the choice “Prefer not to answer”, and say in the hint why you ask."),
            )
        elif not choices and question.required is not None:
            yield Remark(
                "sensitive_required",
                f"question:{question.key}",
                _l(
                    "“%(name)s” is sensitive (%(subject)s), and must be answered.",
                    name=question.key,
                    subject=subject,
                ),
                _l("Make it voluntary, and say in the hint why you ask."),
            )


def sensitive_subject(question: Question) -> Message | None:
    """Of which sensitive subject the label speaks, if it speaks of one."""
    labels = {
        language: [
            heard for _code, text in spoken(question.label, language) if _is_short(heard := plain(text))
        ]
        for language in ("en", "fr")
    }
    for subject, patterns in _PATTERNS:
        if any(patterns[language].search(text) for language, texts in labels.items() for text in texts):
            return subject
    return None


def _is_short(text: str) -> bool:
    """Long labels tell more than they ask."""
    return len(text.split()) <= MOST_WORDS


def grids(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Grids that must be answered, without a way out."""
    for group in groups(questionnaire.items):
        rows = [item for item in group.items if isinstance(item, Question) and item.required is not None]
        is_grid = "table-list" in group.appearance or any("list-nolabel" in row.appearance for row in rows)
        if is_grid and any(row.choices and not any(map(is_exit, row.choices)) for row in rows):
            yield Remark(
                "grid_without_exit",
                f"group:{group.key}",
                _l("The grid “%(name)s” must be answered, and no choice lets people out.", name=group.key),
                _l(
                    "Make the rows voluntary, or add “Prefer not to answer” with yes in the column exclusive."
                ),
            )
