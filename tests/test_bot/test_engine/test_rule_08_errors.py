"""Rule 8: an exercise that raises changes nothing."""

import traceback

import pytest

from bot.engine.acts import Visibility
from bot.engine.errors import ExerciseError, RuleBroken
from bot.engine.exercise import ALONE, Exercise
from bot.engine.moments import days
from bot.engine.parsers import CLOCK
from bot.engine.talk import Talk
from tests.exercises import village
from tests.test_bot.test_engine.play import Play

SECRET, CLOCK_SAID = "a lighthouse", "21:07"  # not in the lines that a traceback shows


def raises(talk: Talk) -> None:
    """Raises on a certain answer, and on its timer."""
    talk.say("Hello.")
    word = talk.ask("word", "A word?")
    talk.record("word", Visibility.PRIVATE, word=word)
    if word.text == "break":
        raise ValueError("broken")
    talk.say("Thank you.")
    talk.pause("night", talk.moment("m").plus(days(1)))
    raise ValueError("broken by time")


RAISES = Exercise("raises", ALONE, (), raises)


def test_an_exercise_that_raises_on_an_answer_keeps_nothing_of_the_turn() -> None:
    """No line, no record, no answer: the question is as open as before, and takes another."""
    play = Play(RAISES)
    before = play.session
    with pytest.raises(ExerciseError):
        play.ana("break")
    assert (play.session, play.records) == (before, {})
    assert play.ana("lake") == ["ana: Thank you."]


def test_an_exercise_that_raises_on_its_timer_keeps_it_due() -> None:
    """The pause is not over, so that the timer finds it again."""
    play = Play(RAISES)
    play.ana("lake")
    before = play.session
    with pytest.raises(ExerciseError, match="the exercise 'raises' failed at 'night'"):
        play.ring()
    assert play.session is before
    play.deploy(Exercise("raises", ALONE, (), lambda talk: mended(talk)))
    assert play.ring() == ["ana: Good night."]


def mended(talk: Talk) -> None:
    """The same without the mistake."""
    talk.ask("word", "A word?")
    talk.pause("night", talk.moment("m").plus(days(1)))
    talk.say("Good night.")


def test_the_error_names_exercise_and_question_and_never_the_answer() -> None:
    """Neither its words nor its representation nor its traceback have what was typed."""

    def counts(talk: Talk) -> None:
        talk.ask("word", "A word?")
        raise ValueError("no number")

    with pytest.raises(ExerciseError) as caught:
        Play(Exercise("counts", ALONE, (), counts)).ana(SECRET)
    assert (caught.value.exercise, caught.value.question) == ("counts", "word")
    assert str(caught.value) == "the exercise 'counts' failed at 'word'"
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + repr(caught.value)


def test_an_exercise_cannot_swallow_that_it_waits() -> None:
    """A careless `except Exception` around a question does not make it an answer."""

    def careless(talk: Talk) -> None:
        try:
            talk.ask("word", "A word?")
        except Exception:
            talk.end()

    play = Play(Exercise("careless", ALONE, (), careless))
    assert play.open == ["word"]


def test_more_than_200_calls_are_an_error() -> None:
    """A loop that has lost its way ends there (rule 10), and nothing of it counts."""

    def loops(talk: Talk) -> None:
        talk.ask("word", "A word?")
        while True:
            talk.say("And on.")

    play = Play(Exercise("loops", ALONE, (), loops))
    with pytest.raises(ExerciseError) as caught:
        play.ana("go")
    assert isinstance(caught.value.__cause__, RuleBroken)
    assert play.open == ["word"]


def test_a_value_that_cannot_be_kept_is_an_error_that_names_its_type_alone() -> None:
    """What a text cannot carry is not carried by accident."""

    def odd(talk: Talk) -> None:
        clock = talk.ask("when", "When?", parser=CLOCK)
        talk.record("odd", Visibility.PRIVATE, what=clock.isoformat())  # type: ignore[arg-type]  # that is the mistake

    with pytest.raises(ExerciseError) as caught:
        Play(Exercise("odd", ALONE, (), odd)).ana(CLOCK_SAID)
    assert CLOCK_SAID not in "".join(traceback.format_exception(caught.value))


def test_a_step_on_the_way_of_a_real_play_raises_nothing() -> None:
    """The village audit from its first to its last word."""
    play = Play(village)
    for typed in ("1, 2, 3, 4, 5", "1", "2", "3", "1", "1", "2", "Grandma", "2027-01-20", "yes"):
        play.ana(typed)
    assert play.ring() == ["ana: Today is the day for play."]
    assert play.ring() == ["ana? Did it happen?"]
    assert play.ana("It did.") == ["ana? How good was it?"]
    assert play.ana("4") == ["ana: Thank you."]
    assert play.ended
