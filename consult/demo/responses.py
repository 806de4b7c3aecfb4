"""The made-up responses of the example, one after the other, always the same for the same two days.

Every one is such as the questionnaire itself would let a person give: what its logic skips is dropped by
that logic (:func:`consult.questionnaires.routing.final_answers`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.demo import francophone_survey, immigrant_survey
from consult.demo.dice import Dice
from consult.demo.newcomers import meet_newcomer
from consult.demo.organisations import ExampleOrganisation, ExamplePerson, ExampleSession
from consult.demo.voices import pick_voice
from consult.i18n import OFFICIAL_LANGUAGES
from consult.questionnaires.routing import final_answers, pages
from consult.questionnaires.specification import Questionnaire

Answers = dict[str, Any]
Row = dict[str, Any]

WEEKS = 10
SKIPPED = 0.03
"""How often somebody leaves one question blank."""
GAVE_UP = 0.05
"""How often somebody sends what they have before the last page."""
SPOKE = 0.56
"""How often somebody answers the open question."""

WITH_A_COLLECTOR = {"online": 40, "collector": 38, "paper": 12, "phone": 6, "kiosk": 4}
ALONE = {"online": 74, "paper": 8, "kiosk": 10, "import": 8}
WITH_PEOPLE = ("collector", "phone", "paper")


@dataclass(frozen=True, slots=True)
class Subject:
    """One survey's way of answering: ``draw`` gives the language and the answers without the open one."""

    draw: Callable[[Dice, dt.date], tuple[str, Answers]]
    open_question: str
    about: Callable[[Answers], list[str]]
    helped: Mapping[str, str]


def _immigrant(dice: Dice, today: dt.date) -> tuple[str, Answers]:
    someone = meet_newcomer(dice, today.year)
    return someone.language, immigrant_survey.draw_answers(someone, dice)


SUBJECTS = {
    "immigrant_survey": Subject(
        _immigrant,
        "one_change",
        lambda answers: answers["challenges"],
        {"collector": "collector", "phone": "collector"},
    ),
    "services_en_francais": Subject(
        francophone_survey.draw_answers, "suggestion", lambda answers: [*answers["priorites"][:2], "vie"], {}
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """How a response reached the organisation."""

    channel: str
    collector: ExamplePerson | None = None
    session: ExampleSession | None = None

    @property
    def columns(self) -> Row:
        named: Row = {"collector": self.collector.email} if self.collector else {}
        return named | ({"session": self.session.place} if self.session else {})


def example_responses(
    organisation: ExampleOrganisation, questionnaire: Questionnaire, first_on: dt.date, last_on: dt.date
) -> Iterator[Row]:
    """Rows as in the NDJSON contract, plus ``collector`` (an address) where somebody collected it and
    ``session`` (a place) where it was filled in at a community consultation.

    ``first_on`` and ``last_on`` are the days between which people answered, both included.
    """
    for index in range(organisation.responses):
        yield _response(
            organisation, questionnaire, Dice(f"{organisation.form} {index}"), (first_on, last_on)
        )


def _response(
    organisation: ExampleOrganisation, questionnaire: Questionnaire, dice: Dice, days: tuple[dt.date, dt.date]
) -> Row:
    subject = SUBJECTS[organisation.form]
    identity = dice.identity()
    language, answers = subject.draw(dice, days[0])  # everybody had arrived before the survey opened
    way = _way(dice, organisation, language)
    if way.channel in subject.helped:
        answers["helped"] = subject.helped[way.channel]
    voice = pick_voice(organisation.form, subject.about(answers), dice)
    if dice.chance(SPOKE + 0.2 * (way.channel == "collector")):
        answers[subject.open_question] = voice.texts[language]
    collected_on = days[0] + dt.timedelta(days=way.session.days) if way.session else _day(dice, *days)
    kept = final_answers(
        questionnaire,
        _left_out(dice, questionnaire, _in_order(questionnaire, answers)),
        now=dt.datetime.combine(collected_on, dt.time(17), dt.UTC),
        language=language,
    )
    row: Row = {
        "id": str(identity),
        "version": 1,
        "language": language,
        "channel": way.channel,
        "collected_on": collected_on.isoformat(),
        "answers": kept,
        **way.columns,
    }
    if subject.open_question in kept:
        row["original_language"] = {subject.open_question: language}
        if translated := _translations(dice, language, voice.texts, way):
            row["translations"] = {subject.open_question: translated}
    return row


def _day(dice: Dice, first_on: dt.date, last_on: dt.date) -> dt.date:
    """More at the start and after a reminder half-way; seldom on a Sunday."""
    days = (last_on - first_on).days
    wave = dice.pick({0.05: 3, 0.55: 3})
    for _ in range(20):
        share = dice.near(wave, 0.14) if dice.chance(0.6) else dice.near(0.5, 0.4)
        day = first_on + dt.timedelta(days=round(abs(share) * days))
        if day <= last_on and (day.weekday() != 6 or dice.chance(0.3)):
            return day
    return first_on


def _way(dice: Dice, organisation: ExampleOrganisation, language: str) -> Way:
    able = [person for person in organisation.people if language in person.interviews_in]
    mother_tongue = [person for person in able if person.interviews_in[0] == language]
    channel = dice.pick(WITH_A_COLLECTOR if mother_tongue else ALONE)
    if channel not in WITH_PEOPLE:
        return Way(channel)
    everybody = [person for person in organisation.people if person.interviews_in]
    collector = dice.pick(dict.fromkeys(mother_tongue or able or everybody, 1))
    rooms = [session for session in organisation.sessions if session.language == language]
    is_in_a_room = channel == "paper" and bool(rooms) and dice.chance(0.75)
    return Way(channel, collector, dice.pick(dict.fromkeys(rooms, 1)) if is_in_a_room else None)


def _translations(dice: Dice, language: str, texts: Mapping[str, str], way: Way) -> dict[str, str]:
    """A collector translates at once, into one official language or both; a translator some of the rest."""
    if language in OFFICIAL_LANGUAGES:
        done = dice.chance(0.15)
    else:
        done = dice.chance(0.92 if way.channel in ("collector", "phone") else 0.4)
    if not done:
        return {}
    wanted = [official for official in OFFICIAL_LANGUAGES if official != language]
    return {official: texts[official] for official in wanted[: 1 if dice.chance(0.6) else 2]}


def _in_order(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Several choices in the order in which they are offered, as a form sends them."""
    ordered = dict(answers)
    for key, question in questionnaire.questions.items():
        if question.kind == "select_multiple" and key in ordered:
            offered = [choice.key for choice in question.choices] + ["other"]
            ordered[key] = sorted(ordered[key], key=offered.index)
    return ordered


def _left_out(dice: Dice, questionnaire: Questionnaire, answers: Answers) -> Answers:
    """What is left when some questions are skipped and some people stop early."""
    whole = pages(questionnaire)
    reached = whole[: dice.between(2, len(whole) - 1)] if dice.chance(GAVE_UP) else whole
    keys = [question.key for page in reached for question in page.questions]
    given = {}
    for key in keys:
        required = questionnaire.questions[key].required is not None
        if key in answers and (required or not dice.chance(SKIPPED)):
            given[key] = answers[key]
            if f"{key}_other" in answers:
                given[f"{key}_other"] = answers[f"{key}_other"]
    return given
