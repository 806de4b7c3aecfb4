"""Small questionnaires that these tests answer."""

from __future__ import annotations

from dataclasses import replace

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Choice, Question

YES_NO = (
    Choice("yes", Localized({"en": "Yes", "fr": "Oui", "ar": "نعم"})),
    Choice("no", Localized({"en": "No", "fr": "Non", "ar": "لا"})),
)

NOTICE = Notice(
    introduction=Localized(
        {
            "en": "The partnership plans how we welcome newcomers.\nTell us what works.",
            "fr": "Le partenariat planifie l’accueil.\nDites-nous ce qui fonctionne.",
            "ar": "تخطط الشراكة لكيفية الترحيب بالقادمين الجدد.",
        }
    ),
    authority=Localized({"en": "Municipal Act, 2001.", "fr": "Loi de 2001 sur les municipalités."}),
    purpose=Localized({"en": "To plan services.", "fr": "Planifier les services."}),
    contact=Localized({"en": "Maya Tremblay, 519 555 0142", "fr": "Maya Tremblay, 519 555-0142"}),
)

WELCOME = Questionnaire(
    key="welcome",
    title=Localized({"en": "Welcome survey", "fr": "Sondage sur l’accueil", "ar": "استبيان الترحيب"}),
    languages=("en", "fr", "ar", "ti"),
    items=(
        Group(
            "about",
            Localized({"en": "About you", "fr": "À propos de vous", "ar": "نبذة عنك", "ti": "ብዛዕባኹም"}),
            items=(
                Question(
                    "area",
                    "text",
                    Localized({"en": "Where do you live?", "fr": "Où habitez-vous?", "ar": "أين تسكن؟"}),
                    required=Expression.parse("true()"),
                ),
                Question(
                    "age",
                    "integer",
                    Localized({"en": "How old are you?", "fr": "Quel âge avez-vous?", "ar": "كم عمرك؟"}),
                ),
                Question(
                    "works",
                    "select_one",
                    Localized({"en": "Do you work?", "fr": "Travaillez-vous?", "ar": "هل تعمل؟"}),
                    required=Expression.parse("true()"),
                    list_name="yes_no",
                    choices=YES_NO,
                ),
            ),
        ),
        Group(
            "work",
            Localized({"en": "Your work", "fr": "Votre travail", "ar": "عملك"}),
            relevant=Expression.parse("${works} = 'yes'"),
            items=(
                Question(
                    "job",
                    "text",
                    Localized(
                        {"en": "What is your job?", "fr": "Quel est votre emploi?", "ar": "ما هي وظيفتك؟"}
                    ),
                    required=Expression.parse("true()"),
                ),
            ),
        ),
        Group(
            "wishes",
            Localized({"en": "Your wishes", "fr": "Vos souhaits", "ar": "أمنياتك"}),
            items=(
                Question(
                    "change",
                    "text",
                    Localized(
                        {
                            "en": "What would you change?",
                            "fr": "Que changeriez-vous?",
                            "ar": "ماذا تود أن تغيّر؟",
                        }
                    ),
                    appearance=("multiline",),
                ),
            ),
        ),
    ),
    choice_lists={"yes_no": YES_NO},
    notice=NOTICE,
    minutes=5,
)
"""Three pages, the second only for those who work. The notice has no Arabic, Tigrinya hardly a word."""

CHANGED_NOTICE = replace(
    WELCOME,
    notice=replace(
        NOTICE, purpose=Localized({"en": "To plan other services.", "fr": "Planifier autre chose."})
    ),
)
