"""Rule 10: no more than 200 calls of `Talk` in one run; no more than sixteen questions between two pauses."""

import pytest

from bot.engine.errors import ExerciseError, RuleBroken
from bot.engine.exercise import ALONE, COUPLE, Exercise
from bot.engine.run import CALLS
from bot.engine.talk import Talk
from tests.test_bot.test_engine.play import Play


def says(times: int) -> Exercise:
    """So many lines."""

    def play(talk: Talk) -> None:
        for _ in range(times):
            talk.say("La.")

    return Exercise("says", ALONE, (), play)


def test_two_hundred_calls_are_fine() -> None:
    """The limit itself is allowed."""
    assert len(Play(says(CALLS)).said) == CALLS == 200


def test_one_more_is_an_error() -> None:
    """It names the rule."""
    with pytest.raises(ExerciseError) as caught:
        Play(says(CALLS + 1))
    assert "more than 200 calls" in str(caught.value.__cause__)


def test_calls_in_parts_count_together() -> None:
    """What each of two does side by side is one run."""

    def many(part: Talk) -> None:
        for _ in range(CALLS // 2):
            part.say("La.")

    def play(talk: Talk) -> None:
        talk.each(many)

    with pytest.raises(ExerciseError) as caught:
        Play.couple(Exercise("parts", COUPLE, (), play))
    assert isinstance(caught.value.__cause__, RuleBroken)
