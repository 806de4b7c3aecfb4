"""Chance and labels come from the context, so that a response always gets the same."""

from __future__ import annotations

from consult.expressions import Context, Expression
from consult.expressions.shuffle import seed_of, shuffled


def test_chance_repeats_itself_for_the_same_response() -> None:
    dice = Expression.parse("random()")
    assert dice.evaluate(Context(seed=5)) == dice.evaluate(Context(seed=5))
    assert dice.evaluate(Context(seed=5)) != dice.evaluate(Context(seed=6))


def test_two_draws_of_one_expression_differ() -> None:
    assert Expression.parse("random() = random()").evaluate(Context(seed=5)) is False


def test_draws_of_two_questions_differ() -> None:
    one, other = Context(seed=5), Context(seed=5)
    one.purpose, other.purpose = "q1", "q2"
    dice = Expression.parse("random()")
    assert dice.evaluate(one) != dice.evaluate(other)


def test_uuid_looks_like_one() -> None:
    made = str(Expression.parse("uuid()").evaluate(Context(seed=1)))
    assert [len(part) for part in made.split("-")] == [8, 4, 4, 4, 12]
    assert made[14] == "4"


def test_label_of_a_choice_is_its_code_where_no_labels_are_known() -> None:
    assert Expression.parse("jr:choice-name('a b', '${q}')").evaluate(Context()) == "a, b"


def test_shuffle_keeps_everything() -> None:
    assert sorted(shuffled(range(50), 7)) == list(range(50))


def test_shuffle_depends_on_the_seed_alone() -> None:
    assert shuffled("abcdefgh", 7) == shuffled("abcdefgh", 7)
    assert shuffled("abcdefgh", 7) != shuffled("abcdefgh", 8)


def test_shuffle_is_fair() -> None:
    firsts = [shuffled("abcd", seed_of(response))[0] for response in range(4000)]
    assert all(850 < firsts.count(letter) < 1150 for letter in "abcd")


def test_shuffle_takes_any_seed() -> None:
    for seed in (0, -3, 2**31 - 1, 2**200):
        assert sorted(shuffled("abc", seed)) == ["a", "b", "c"]


def test_shuffle_of_nothing_is_nothing() -> None:
    assert shuffled("", 1) == []
