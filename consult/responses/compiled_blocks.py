"""The blocks of a page: questions, tables of questions with the same choices, groups inside a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from consult.responses.compiled_marks import Marks
from consult.responses.compiled_media import Media, MediaOf, Medium, nothing
from consult.responses.compiled_views import NO_HTML, Asked, View, Views, is_region_needed
from consult.responses.compiled_words import Words
from consult.responses.page_form import is_header


@dataclass(frozen=True, slots=True)
class Block:
    """A question, a table of questions with the same choices, or a group with its blocks."""

    what: Literal["question", "grid", "group"]
    key: str = ""
    label: Markup = NO_HTML
    second: Markup = NO_HTML
    hints: tuple[Markup, ...] = ()
    hidden: Markup = NO_HTML
    questions: tuple[Asked, ...] = ()
    blocks: tuple[Block, ...] = ()
    media: tuple[Medium, ...] = ()


def blocks_of(
    questionnaire: Questionnaire, page: Page, view: View, marks: Marks, media_of: MediaOf = nothing
) -> tuple[Block, ...]:
    """The page's blocks in order; no question of the page is left out."""
    words = Words(marks, view.language, questionnaire.default_language, view.second)
    maker = _Blocks(
        Views(view, marks, words, Media(questionnaire, words, media_of)),
        frozenset(question.key for question in page.questions),
    )
    if page.group is None:
        return tuple(maker.run(list(page.questions), is_table=False))
    return tuple(maker.inside(page.group))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """``shown``: keys of the questions of the page (a group can be longer than a page)."""

    views: Views
    shown: frozenset[str]

    def inside(self, group: Group) -> Iterator[Block]:
        is_table = "table-list" in group.appearance
        run: list[Question] = []
        for item in group.items:
            if isinstance(item, Question):
                run += [item] if item.key in self.shown else []
                continue
            yield from self.run(run, is_table)
            run = []
            inner = tuple(self.inside(item))
            if inner:
                yield self._group(item, inner)
        yield from self.run(run, is_table)

    def run(self, questions: list[Question], is_table: bool) -> Iterator[Block]:
        for rows in _tables(questions, is_table):
            if is_header(rows[0]):
                yield self._grid(rows[1:], rows[0])
            elif len(rows) > 1:
                yield self._grid(rows, None)
            else:
                yield Block("question", rows[0].key, questions=(self.views.asked(rows[0]),))

    def _group(self, group: Group, inner: tuple[Block, ...]) -> Block:
        words = self.views.words
        return Block(
            "group",
            group.key,
            words.first(group.label),
            words.second(group.label),
            self.views.both(group.hint),
            self.views.marks.hole("hidden-group", group.key),
            blocks=inner,
            media=self.views.media.of(group.media, group.label, group.key),
        )

    def _grid(self, rows: list[Question], header: Question | None) -> Block:
        asked = tuple(self.views.asked(row, in_grid=True) for row in rows)
        if header is None:
            return Block("grid", questions=asked)
        words = self.views.words
        return Block(
            "grid",
            header.key,
            words.first(header.label),
            words.second(header.label),
            self.views.both(header.hint),
            self.views.marks.hole("hidden", header.key),
            asked,
        )


def _tables(questions: list[Question], is_table: bool) -> Iterator[list[Question]]:
    """Neighbours that make a table together; everything else alone."""
    rows: list[Question] = []
    for question in questions:
        fits = bool(rows) and _fits(rows, question, is_table)
        if rows and not fits:
            yield rows
            rows = []
        rows.append(question)
    if rows:
        yield rows


def _fits(rows: list[Question], question: Question, is_table: bool) -> bool:
    if not (_can_be_row(question) and question.choices == rows[0].choices):
        return False
    if is_header(rows[0]):
        return bool({"list-nolabel", "list"} & {*question.appearance}) or is_table
    is_alike = question.kind == rows[0].kind and _can_be_row(rows[0])
    return is_alike and (
        is_table or ("list-nolabel" in question.appearance and "list-nolabel" in rows[0].appearance)
    )


def _can_be_row(question: Question) -> bool:
    return (
        question.kind in ("select_one", "select_multiple")
        and not question.has_other
        and not is_region_needed(question)
        and not is_header(question)
    )


def targets_of(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Question key → id to which an error leads."""
    for block in blocks:
        yield from ((asked.key, asked.target) for asked in block.questions)
        yield from targets_of(block.blocks)


def groups_of(blocks: tuple[Block, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    """Key of a group inside the page → keys of the questions in it."""
    for block in blocks:
        if block.what == "group":
            yield block.key, frozenset(_keys(block.blocks))
            yield from groups_of(block.blocks)


def _keys(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from (asked.key for asked in block.questions)
        yield from _keys(block.blocks)
