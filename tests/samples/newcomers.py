"""Ten questions as partnerships ask them, in English, French, Arabic and Simplified Chinese."""

from __future__ import annotations

from consult.questionnaires.routing import Page, pages
from consult.questionnaires.specification import Questionnaire
from consult.questions import Choice
from tests.samples.questions import ask, group, questionnaire, text

_AGREE = (
    ("1", "Strongly disagree", "Pas du tout d’accord", "لا أوافق بشدة", "非常不同意"),
    ("2", "Disagree", "Pas d’accord", "لا أوافق", "不同意"),
    ("3", "Neither", "Ni l’un ni l’autre", "محايد", "中立"),
    ("4", "Agree", "D’accord", "أوافق", "同意"),
    ("5", "Strongly agree", "Tout à fait d’accord", "أوافق بشدة", "非常同意"),
)
_STATUS = (
    ("resident", "Permanent resident", "Résident permanent", "مقيم دائم", "永久居民"),
    (
        "refugee",
        "Refugee or protected person",
        "Réfugié ou personne protégée",
        "لاجئ أو شخص محمي",
        "难民或受保护人士",
    ),
    ("student", "International student", "Étudiant étranger", "طالب دولي", "国际学生"),
    ("worker", "Temporary worker", "Travailleur temporaire", "عامل مؤقت", "临时工"),
    ("citizen", "Canadian citizen", "Citoyen canadien", "مواطن كندي", "加拿大公民"),
    ("silent", "Prefer not to answer", "Je préfère ne pas répondre", "أفضل عدم الإجابة", "不想回答"),
)
_SERVICES = (
    ("language", "Language classes", "Cours de langue", "دروس اللغة", "语言课程"),
    ("job", "Help to find a job", "Aide à la recherche d’emploi", "المساعدة في إيجاد عمل", "求职帮助"),
    ("housing", "Help with housing", "Aide au logement", "المساعدة في السكن", "住房帮助"),
    ("health", "Help with health care", "Aide en santé", "المساعدة في الرعاية الصحية", "医疗帮助"),
    ("none", "None of these", "Aucun de ces services", "لا شيء مما سبق", "以上都没有"),
)


def _words(row: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(("en", "fr", "ar", "zh-Hans"), row, strict=True))


def _listed(rows: tuple[tuple[str, ...], ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(row[0], text(_words(row[1:])), is_exclusive=row[0] in ("none", "silent")) for row in rows
    )


def ten_questions() -> tuple[Questionnaire, Page]:
    """One page: choices, several choices, numbers, a scale, a date, words."""
    agree, status, services = _listed(_AGREE), _listed(_STATUS), _listed(_SERVICES)
    labels = {
        "year": (
            "In which year did you arrive in Canada?",
            "En quelle année êtes-vous arrivé au Canada ?",
            "في أي سنة وصلت إلى كندا؟",
            "您是哪一年抵达加拿大的？",
        ),
        "status": (
            "What is your status today?",
            "Quel est votre statut aujourd’hui ?",
            "ما هو وضعك القانوني اليوم؟",
            "您目前的身份是什么？",
        ),
        "household": (
            "How many people live in your home?",
            "Combien de personnes vivent chez vous ?",
            "كم شخصا يعيش في منزلك؟",
            "您家里住几口人？",
        ),
        "housing": (
            "My home suits my family.",
            "Mon logement convient à ma famille.",
            "منزلي مناسب لعائلتي.",
            "我的住所适合我的家庭。",
        ),
        "welcome": (
            "I feel welcome in this community.",
            "Je me sens bien accueilli dans cette communauté.",
            "أشعر بالترحيب في هذا المجتمع.",
            "我在这个社区感到受欢迎。",
        ),
        "services": (
            "Which services have you used?",
            "Quels services avez-vous utilisés ?",
            "ما هي الخدمات التي استخدمتها؟",
            "您使用过哪些服务？",
        ),
        "satisfied": (
            "How satisfied are you with them, from 0 to 10?",
            "Dans quelle mesure en êtes-vous satisfait, de 0 à 10 ?",
            "ما مدى رضاك عنها من 0 إلى 10؟",
            "您对这些服务的满意度（0到10）？",
        ),
        "since": (
            "When did you move here?",
            "Quand avez-vous emménagé ici ?",
            "متى انتقلت إلى هنا؟",
            "您何时搬到这里？",
        ),
        "stay": (
            "I intend to stay here.",
            "J’ai l’intention de rester ici.",
            "أنوي البقاء هنا.",
            "我打算留在这里。",
        ),
        "change": (
            "What is one thing that should change?",
            "Qu’est-ce qui devrait changer en premier ?",
            "ما هو الشيء الذي يجب أن يتغير؟",
            "您最希望改变的一件事是什么？",
        ),
    }
    said = {key: _words(row) for key, row in labels.items()}
    page = group(
        ask("integer", "year", said["year"], required="true()", constraint=". > 1900 and . < 2027"),
        ask("select_one", "status", said["status"], choices=status, list_name="status"),
        ask("integer", "household", said["household"]),
        ask("select_one", "housing", said["housing"], choices=agree, list_name="agree", appearance="likert"),
        ask("select_one", "welcome", said["welcome"], choices=agree, list_name="agree", appearance="likert"),
        ask(
            "select_multiple",
            "services",
            said["services"],
            choices=services,
            list_name="services",
            has_other=True,
        ),
        ask(
            "range",
            "satisfied",
            said["satisfied"],
            parameters={"start": "0", "end": "10"},
            relevant="${services} != '' and not(selected(${services}, 'none'))",
        ),
        ask("date", "since", said["since"]),
        ask("select_one", "stay", said["stay"], choices=agree, list_name="agree", appearance="likert"),
        ask(
            "text",
            "change",
            said["change"],
            appearance="multiline",
            hint=_words(
                (
                    "In your own words, in any language.",
                    "Dans vos mots, dans n’importe quelle langue.",
                    "بكلماتك وبأي لغة.",
                    "请用任何语言自由填写。",
                )
            ),
        ),
        label=_words(("You and your community", "Vous et votre communauté", "أنت ومجتمعك", "您和您的社区")),
    )
    made = questionnaire(page, languages=("en", "fr", "ar", "zh-Hans"))
    return made, pages(made)[0]
