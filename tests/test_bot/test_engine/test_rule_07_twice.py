"""Rule 7: a name used twice in one run is an error that names exercise and question, never an answer."""

from collections.abc import Callable

import pytest

from bot.engine.acts import Set, Visibility
from bot.engine.errors import ExerciseError, RuleBroken
from bot.engine.exercise import ALONE, COUPLE, Exercise
from bot.engine.moments import days
from bot.engine.sealed import Kept
from bot.engine.talk import Talk
from bot.engine.text import T
from tests.exercises import CARRIERS
from tests.test_bot.test_engine.play import Play


def kept(_person: object) -> Kept:
    """Thanks."""
    return Kept(T("Kept."))


def _pause(talk: Talk) -> None:
    talk.pause("a", talk.moment("m"))


def _record(talk: Talk) -> None:
    talk.record("a", Visibility.PRIVATE, n=1)


def _do(talk: Talk) -> None:
    talk.do("a", Set({}))


STEPS: dict[str, Callable[[Talk], object]] = {
    "ask": lambda talk: talk.ask("a", "A?"),
    "choose": lambda talk: talk.choose("a", "A?", CARRIERS),
    "both": lambda talk: talk.both("a", "A?", kept=kept, within=days(1)),
    "draw": lambda talk: talk.draw("a", "sample"),
    "moment": lambda talk: talk.moment("a"),
    "pause": _pause,
    "record": _record,
    "do": _do,
    "part": lambda talk: talk.each(lambda part: (part.ask("a", "A?"), part.ask("a", "Again?"))),
}
TWICE = [("ask", other) for other in ("ask", "choose", "both", "draw", "moment", "pause")]
TWICE += [("moment", "moment"), ("record", "record"), ("do", "do"), ("part", "part")]


@pytest.mark.parametrize(("one", "other"), TWICE)
def test_a_name_used_twice_is_an_error(one: str, other: str) -> None:
    """Whatever the two are."""

    def twice(talk: Talk) -> None:
        STEPS[one](talk)
        STEPS[other](talk)
        talk.ask("last", "Last?")

    with pytest.raises(ExerciseError, match=r"the exercise 'twice' failed at '.*a'") as caught:
        Play(Exercise("twice", ALONE, (), twice)).ana("A secret.")
    assert isinstance(caught.value.__cause__, RuleBroken)
    assert "secret" not in str(caught.value) + str(caught.value.__cause__)


def test_a_question_to_both_and_one_to_each_have_different_names() -> None:
    """Else the sealed answer would be taken for the answer to the other question."""

    def same(talk: Talk) -> None:
        talk.both("a", "A?", kept=kept, within=days(1))
        talk.each(lambda part: part.ask("a", "And alone?"))

    play = Play.couple(Exercise("same", COUPLE, (), same))
    play.ana("One.")
    with pytest.raises(ExerciseError, match="'0/a'"):
        play.ben("Two.")


def test_no_name_of_an_exercise_is_one_of_the_engines_own() -> None:
    """What the engine notes of a question has a sign in its name that an exercise cannot use."""

    def clash(talk: Talk) -> None:
        talk.pause("a:open", talk.moment("m"))

    with pytest.raises(ExerciseError):
        Play(Exercise("clash", ALONE, (), clash))


def test_the_same_name_in_two_runs_is_the_same_question() -> None:
    """That is what names are for: a branch that is taken later finds its answer."""

    def either(talk: Talk) -> None:
        if talk.confirm("first", "First?"):
            talk.ask("a", "A?")
        else:
            talk.ask("a", "A, then?")

    play = Play(Exercise("either", ALONE, (), either))
    play.ana("yes")
    assert play.open == ["a"]
