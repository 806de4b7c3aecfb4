"""What an author should look at before people are asked, and what was decided to stay as it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person
from consult.authoring.wording import short
from consult.i18n import Localized, LocalText
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Message
from consult.questionnaires.lint import Remark, Subject, remarks
from consult.questionnaires.routing import Page, pages
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.texts import TEXT_NAMES, What
from consult.questionnaires.xlsform.beside import missing_files
from consult.surveys.models import Survey, Waiver

MOST_ALIKE = 12
"""Remarks of one kind that are shown one by one."""
MOST_LACKING = 6
"""Texts missing in one language that are shown one by one; there is a page with all of them."""
_URGENT = (
    *("notice_authority_missing", "notice_purpose_missing", "notice_contact_missing"),
    *("official_language_missing", "language_empty"),
)
LONGEST_REASON = 500
_LACKING = "translation_missing"
"""Of these there are many, and one page on which all are written."""

SUBJECTS: Mapping[Subject, Message] = {
    "answering": _l("What people must be able not to answer"),
    "choices": _l("Choices"),
    "wording": _l("Words"),
    "length": _l("Length"),
    "languages": _l("Languages and notice"),
    "logic": _l("Logic"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark as staff see it: about which text (``title``, "" for the whole form), on which page.

    ``is_notice``: it is about the privacy notice, which has a page of its own.
    """

    remark: Remark
    name: str
    title: LocalText
    page: Page | None
    waiver: Waiver | None
    also: tuple[Advice, ...] = ()

    @property
    def all(self) -> tuple[Advice, ...]:
        """It, and the same about the same text in other languages (``also``)."""
        return (self, *self.also)

    @property
    def what(self) -> Message | None:
        """Which text of a question or group it is about, where it is not the label."""
        *_rest, last = self.remark.path.split(":")
        is_named = self.remark.path.count(":") == 2 and last != "label" and last in TEXT_NAMES
        return TEXT_NAMES[cast("What", last)] if is_named else None

    @property
    def is_notice(self) -> bool:
        return self.remark.path.startswith("notice:")


@dataclass(frozen=True, slots=True)
class Lacking:
    """Texts that are missing in one language, ``shown`` the first of them one by one."""

    code: str
    count: int
    shown: list[Advice]

    @property
    def hidden(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class Chapter:
    """All advice on one subject; ``hidden``: how many more there are like the ones that are shown."""

    subject: Message
    shown: list[Advice]
    hidden: int
    lacking: list[Lacking]

    @property
    def count(self) -> int:
        shown = sum(len(one.all) for one in self.shown)
        return shown + self.hidden + sum(one.count for one in self.lacking)


@dataclass(frozen=True, slots=True)
class Advised:
    """Open advice by subject, and what was let stand."""

    missing: list[Finding]
    chapters: list[Chapter]
    waived: list[Advice]
    open: int


def advice_on(
    session: DatabaseSession, survey: Survey, questionnaire: Questionnaire, language: str
) -> Advised:
    """Everything that an author should look at, the worst first."""
    titles = _Titles(questionnaire, language)
    waivers = waivers_of(session, survey)
    open_ones: dict[Subject, dict[str, list[Advice]]] = {}
    waived = []
    for subject, remark in remarks(questionnaire):
        name = name_of(remark)
        one = Advice(remark, name, titles.of(remark.path), titles.page(remark.path), waivers.get(name))
        if one.waiver is not None:
            waived.append(one)
        else:
            open_ones.setdefault(subject, {}).setdefault(remark.code, []).append(one)
    chapters = [_chapter(subject, by_code) for subject, by_code in open_ones.items()]
    missing = missing_files(questionnaire)
    return Advised(missing, chapters, waived, sum(chapter.count for chapter in chapters) + len(missing))


def _by_text(alike: Sequence[Advice]) -> list[Advice]:
    """Remarks of one kind, those about one text in several languages together."""
    texts: dict[str, list[Advice]] = {}
    for one in alike:
        texts.setdefault(one.remark.path if one.remark.language else one.name, []).append(one)
    return [replace(first, also=tuple(others)) for first, *others in texts.values()]


def _chapter(subject: Subject, by_code: Mapping[str, list[Advice]]) -> Chapter:
    alone = {code: _by_text(alike) for code, alike in by_code.items() if code != _LACKING}
    lacking: dict[str, list[Advice]] = {}
    for one in by_code.get(_LACKING, ()):
        lacking.setdefault(one.remark.language, []).append(one)
    return Chapter(
        SUBJECTS[subject],
        [one for alike in alone.values() for one in alike[:MOST_ALIKE]],
        sum(len(one.all) for alike in alone.values() for one in alike[MOST_ALIKE:]),
        [Lacking(code, len(alike), alike[:MOST_LACKING]) for code, alike in lacking.items()],
    )


@dataclass(frozen=True, slots=True)
class OpenRemarks:
    """How much there is to look at; ``urgent``: what the law, or people who read French, will ask about."""

    count: int
    urgent: tuple[Remark, ...]

    @property
    def lacks_notice(self) -> bool:
        return any(remark.path.startswith("notice:") for remark in self.urgent)


def open_remarks(session: DatabaseSession, survey: Survey, questionnaire: Questionnaire) -> OpenRemarks:
    """Everything that was not put aside."""
    waivers = waivers_of(session, survey)
    found = [remark for _subject, remark in remarks(questionnaire) if name_of(remark) not in waivers]
    urgent = tuple(remark for remark in found if remark.code in _URGENT)
    return OpenRemarks(len(found) + len(missing_files(questionnaire)), urgent)


def waivers_of(session: DatabaseSession, survey: Survey) -> dict[str, Waiver]:
    """What was let stand, by the name of the remark."""
    found = session.scalars(sa.select(Waiver).where(Waiver.survey_id == survey.id))
    return {waiver.remark: waiver for waiver in found}


def waive_remark(
    session: DatabaseSession, survey: Survey, name: str, *, reason: str, by: Person, on: dt.date
) -> None:
    """Let a remark stand. Once more with another reason: the later reason holds."""
    made = Waiver(survey_id=survey.id, remark=name, reason=reason, person_id=by.id, decided_on=on)
    session.merge(made)
    session.flush()


def restore_remark(session: DatabaseSession, survey: Survey, name: str) -> None:
    """Show a remark again."""
    session.execute(sa.delete(Waiver).where(Waiver.survey_id == survey.id, Waiver.remark == name))


def name_of(remark: Remark) -> str:
    """What a decision about a remark is kept under."""
    return hashlib.sha256(remark.name.encode()).hexdigest()


class _Titles:
    """What the path of a remark is called, and the page on which it is asked."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._questionnaire = questionnaire
        self._language = language
        self._pages: dict[str, Page] = {}
        for page in pages(questionnaire):
            self._pages.update({f"question:{question.key}": page for question in page.questions})
            if page.group is not None:
                self._pages.setdefault(f"group:{page.group.key}", page)
        self._lists = {
            question.list_name: f"question:{question.key}" for question in questionnaire.questions.values()
        }

    def of(self, path: str) -> LocalText:
        """The label of the question, group or choice; its key where it has none."""
        kind, *rest = path.split(":")
        labels = self._labels(kind, rest)
        found = next(labels, None)
        if kind in ("title", "notice"):
            return LocalText(str(TEXT_NAMES[cast("What", rest[0] if rest else "title")]), self._language)
        key = rest[0] if rest else ""
        return short(found or Localized(), self._language, self._questionnaire.default_language, key)

    def page(self, path: str) -> Page | None:
        parts = path.split(":")
        if parts[0] == "choice" and len(parts) > 1:
            return self._pages.get(self._lists.get(parts[1], ""))
        return self._pages.get(":".join(parts[:2]))

    def _labels(self, kind: str, rest: list[str]) -> Iterator[Localized]:
        questionnaire = self._questionnaire
        if kind == "question" and rest[0] in questionnaire.questions:
            yield questionnaire.questions[rest[0]].label
        elif kind == "choice" and len(rest) > 1:
            listed = questionnaire.choice_lists.get(rest[0], ())
            yield from (choice.label for choice in listed if choice.key == rest[1])
        elif kind == "group":
            yield from (
                page.title for page in pages(questionnaire) if page.group and page.group.key == rest[0]
            )
