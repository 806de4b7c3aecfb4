"""Languages and the notice: who cannot read what."""

from __future__ import annotations

from collections.abc import Iterator

from consult.expressions import Template
from consult.i18n import OFFICIAL_LANGUAGES, language, lazy_language_name
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.lint.remark import FORM, Remark
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import TEXT_NAMES, Text, missing, texts


def official_languages(questionnaire: Questionnaire) -> Iterator[Remark]:
    """English and French are equals: a form that lacks one of them."""
    spoken = {code.split("-")[0] for code in questionnaire.languages}
    for code in OFFICIAL_LANGUAGES:
        if code not in spoken:
            yield Remark(
                "official_language_missing",
                FORM,
                _l(
                    "There is no %(language)s version of the questionnaire.",
                    language=lazy_language_name(code),
                ),
                _l(
                    "Add the language on the page of the survey and translate there, or add a column "
                    "label::%(name)s (%(code)s) to your file.",
                    name=language(code).own_name,
                    code=code,
                ),
                language=code,
            )


def translations(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Texts that one language has and another lacks, and references that a translation lost."""
    every = list(texts(questionnaire))
    for code in questionnaire.languages:
        lacking = missing(questionnaire, code)
        name = lazy_language_name(code)
        if lacking and len(lacking) == len(every):
            yield Remark(
                "language_empty",
                lacking[0].path,
                _l("Nothing at all is written in %(language)s.", language=name),
                _l("Translate the texts, or delete the columns of this language."),
                language=code,
            )
            continue
        for text in lacking:
            yield Remark(
                "translation_missing",
                text.path,
                _l(
                    "A text of “%(place)s” is missing in %(language)s: %(what)s.",
                    what=TEXT_NAMES[text.what],
                    place=text.place or questionnaire.key,
                    language=name,
                ),
                _l("Translate it; until then another language is shown."),
                language=code,
            )
    for text in every:
        yield from _holes(text)


def _holes(text: Text) -> Iterator[Remark]:
    if not any("${" in written for written in text.texts.values()):
        return
    wanted = {code: Template.parse(written).references for code, written in text.texts.items()}
    every = frozenset().union(*wanted.values())
    for code, references in wanted.items():
        if references != every:
            yield Remark(
                "reference_not_translated",
                text.path,
                _l(
                    "“${%(name)s}” stands in other languages, but not in %(language)s.",
                    name=min(every - references),
                    language=lazy_language_name(code),
                ),
                _l("Put it into the translation too, or check that it is not needed."),
                language=code,
            )


def notice(questionnaire: Questionnaire) -> Iterator[Remark]:
    """What a respondent must be told before the first question (MFIPPA s. 29(2))."""
    of = questionnaire.notice
    parts = (
        ("authority", of.authority, _l("The privacy notice does not name the legal authority.")),
        ("purpose", of.purpose, _l("The privacy notice does not say what the answers are used for.")),
        ("contact", of.contact, _l("The privacy notice names nobody who answers questions.")),
    )
    for part, written, message in parts:
        if not written:
            yield Remark(
                f"notice_{part}_missing",
                f"notice:{part}",
                message,
                _l("Write it into the column notice_%(part)s of the sheet settings.", part=part),
                language=questionnaire.default_language,
            )
