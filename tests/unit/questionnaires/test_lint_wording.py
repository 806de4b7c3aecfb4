"""Words that lead, negations that cancel out, texts that are hard to read: found there, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.i18n import Localized
from consult.questionnaires.lint import reading, wording
from consult.questionnaires.lint.remark import Remark
from consult.questionnaires.specification import Notice, Questionnaire
from consult.questions.question import Choice, Question


def form(label: str, language: str = "en", choices: tuple[Choice, ...] = ()) -> Questionnaire:
    kind = "select_one" if choices else "text"
    question = Question("q", kind, Localized({language: label}), list_name="l", choices=choices)
    return Questionnaire("f", Localized({language: "Form"}), (language,), (question,), {"l": choices})


def agreement(first: str, last: str, language: str) -> tuple[Choice, ...]:
    words = (("a", first), ("b", "…"), ("c", last))
    return tuple(Choice(key, Localized({language: text})) for key, text in words)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Do you not feel unsafe in your street?"),
        ("en", "Would you never go without an interpreter?"),
        ("en", "Is it not impossible to find a doctor?"),
        ("en", "Nobody should not be allowed to vote."),
        ("fr", "N’est-il pas impossible de trouver un médecin?"),
        ("fr", "N’iriez-vous jamais chez le médecin sans interprète?"),
        ("fr", "Vous n’êtes pas mécontent de votre logement"),
    ],
)
def test_two_negations_at_once_are_found(language: str, label: str) -> None:
    assert wording.has_double_negative(label, language)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "If you do not use this service, why not?"),
        ("en", "Do you know whether or not your credentials are recognized?"),
        ("en", "Why did you not ask for help?"),
        ("en", "Which services do you not use, and which do you not know?"),
        ("en", "Have you never been to the library?"),
        ("en", "Do you agree or disagree? Answer yes or no."),
        ("en", "How many rooms do you have, not counting bathrooms?"),
        ("fr", "Pourquoi n’avez-vous pas demandé d’aide?"),
        ("fr", "Si vous ne travaillez pas, cherchez-vous un emploi?"),
        ("fr", "Ne sait pas"),
        ("fr", "Quels services n’utilisez-vous pas?"),
        ("fr", "Êtes-vous sans emploi?"),
    ],
)
def test_a_single_negation_is_fine(language: str, label: str) -> None:
    assert not wording.has_double_negative(label, language)


@pytest.mark.parametrize(
    ("language", "label", "first", "last"),
    [
        ("en", "I do not feel welcome here", "Strongly agree", "Strongly disagree"),
        ("fr", "Je ne me sens pas bienvenue ici", "Tout à fait d’accord", "Pas du tout d’accord"),
    ],
)
def test_disagreeing_with_a_negated_statement_is_a_double_negative(
    language: str, label: str, first: str, last: str
) -> None:
    scale = agreement(first, last, language)
    assert [one.code for one in wording.double_negatives(form(label, language, scale))] == ["double_negative"]
    assert list(wording.double_negatives(form(label, language))) == []


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Don’t you think that our services are helpful?"),
        ("en", "As everyone knows, winters are hard. How do you cope?"),
        ("en", "Obviously, language matters. Do you take classes?"),
        ("fr", "Ne pensez-vous pas que nos services sont utiles?"),
        ("fr", "Les cours sont utiles, n’est-ce pas?"),
        ("fr", "Bien sûr, la langue compte. Suivez-vous des cours?"),
    ],
)
def test_leading_words_are_found(language: str, label: str) -> None:
    found = list(wording.leading(form(label, language)))
    assert [(one.code, one.path, one.language) for one in found] == [
        ("wording_leading", "question:q:label", language)
    ]


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Why don’t you agree with this?"),
        ("en", "Do you agree that your answers may be used?"),
        ("en", "How satisfied are you with this great river?"),
        ("en", "Are you sure that you want to go on?"),
        ("fr", "Que pensez-vous de nos services?"),
        ("fr", "Êtes-vous sûr de vouloir continuer?"),
    ],
)
def test_neutral_words_are_fine(language: str, label: str) -> None:
    assert list(wording.leading(form(label, language))) == []


PLAIN = "How long have you lived here? Do you like your home? What would you change in your street? "
OFFICIAL = (
    "Considering institutional accessibility, characterize organizational responsiveness regarding "
    "settlement-related informational requirements, including interdepartmental administrative procedures. "
)
ADMINISTRATIF = (
    "Veuillez caractériser l’accessibilité institutionnelle ainsi que la réactivité organisationnelle "
    "concernant les renseignements administratifs interministériels relatifs à l’établissement. "
)


def levels(text: str, language: str) -> list[Remark]:
    return list(reading.levels(form(text, language)))


@pytest.mark.parametrize(("language", "text"), [("en", OFFICIAL * 10), ("fr", ADMINISTRATIF * 10)])
def test_official_language_is_hard_to_read(language: str, text: str) -> None:
    assert [(one.code, one.language) for one in levels(text, language)] == [("reading_hard", language)]


def test_everyday_words_are_easy_to_read() -> None:
    assert levels(PLAIN * 10, "en") == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_few_words_say_nothing_about_reading(language: str) -> None:
    assert levels(OFFICIAL, language) == []


def test_the_grade_follows_the_published_formula() -> None:
    # 0.39 · 6 + 11.8 · 1 - 15.59, for six words of one syllable
    words = ["the", "cat", "sat", "on", "the", "mat"]
    assert reading.flesch_kincaid(words, 1) == pytest.approx(-1.45)


def test_lix_follows_the_published_formula() -> None:
    assert reading.lix(["kort", "ord", "langtrukket"], 1) == pytest.approx(3 + 100 / 3)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("home", 1), ("language", 2), ("community", 4), ("table", 2), ("settled", 2), ("the", 1)],
)
def test_syllables_are_counted_about_right(word: str, syllables: int) -> None:
    assert reading.syllables_of(word) == syllables


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "word " * 31), ("ar", "كلمة " * 31), ("fr", "Bref. " + "mot " * 31), ("zh-Hans", "字" * 61)],
)
def test_a_long_sentence_is_found_in_every_language(language: str, text: str) -> None:
    found = list(reading.long_sentences(form(text, language)))
    assert [(one.code, one.path, one.language) for one in found] == [
        ("sentence_long", "question:q:label", language)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "word " * 30),
        ("en", ("word " * 20 + ". ") * 3),
        ("en", "word\n" * 60),
        ("zh-Hans", "字" * 40 + "。" + "字" * 40),
    ],
)
def test_short_sentences_are_fine(language: str, text: str) -> None:
    assert list(reading.long_sentences(form(text, language))) == []


def test_references_and_markup_are_no_words() -> None:
    assert list(reading.long_sentences(form("**word** ${a_name} " * 15))) == []


@pytest.mark.parametrize(("words", "found"), [(41, 1), (40, 0)])
def test_sentences_of_the_notice_may_be_longer(words: int, found: int) -> None:
    told = replace(form("Why?"), notice=Notice(purpose=Localized({"en": "word " * words})))
    assert len(list(reading.long_sentences(told))) == found


def test_addresses_in_the_notice_are_no_sentences() -> None:
    told = replace(form("Why?"), notice=Notice(contact=Localized({"en": "word " * 90})))
    assert list(reading.long_sentences(told)) == []
