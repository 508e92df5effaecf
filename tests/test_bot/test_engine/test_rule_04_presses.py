"""Rule 4: a press names its session, its prompt and its option; stale, foreign or forged ones count for nothing."""

import pytest

from bot.engine.acts import Close
from bot.engine.advance import Outcome
from bot.engine.moments import days
from bot.engine.text import T
from tests.exercises import sealed, space, village
from tests.test_bot.test_engine.play import Play


def test_a_press_of_a_prompt_that_is_over_is_stale() -> None:
    """An old keyboard does nothing."""
    play = Play.couple(sealed)
    no = play.ana.open().no
    play.ana("A lake.")
    before = play.session
    assert play.ana.press("pass", no=no) == []
    assert (play.outcome, play.session) == (Outcome.STALE, before)


def test_a_press_that_is_meant_for_the_other_is_told_so() -> None:
    """Ben's keyboard in Ana's hands does nothing, and says nothing to Ben."""
    play = Play.couple(sealed)
    assert play.ana.press("pass", no=play.ben.open().no) == []
    assert (play.outcome, play.acts) == (Outcome.FOREIGN, ())


@pytest.mark.parametrize("option", ["", "done", "more ", "another", "yes", "0", "pass;drop", "own.0", "never"])
def test_an_option_that_the_prompt_does_not_have_is_stale(option: str) -> None:
    """A forged or outdated option changes nothing; Ben's row has no *never*, Ana's has."""
    play = Play.couple(sealed)
    before = play.session
    assert play.ben.press(option) == []
    assert (play.outcome, play.session) == (Outcome.STALE, before)


@pytest.mark.parametrize("option", ["", "more", "own.0", "partner", "CALM"])
def test_a_tick_that_the_prompt_does_not_have_is_stale(option: str) -> None:
    """The same where several can be ticked."""
    play = Play(village)
    assert play.ana.press(option) == []
    assert (play.outcome, play.ana.open().ticks) == (Outcome.STALE, ())


def test_a_number_that_no_prompt_has_is_stale() -> None:
    """Numbers of prompts that never were are stale, too."""
    play = Play.couple(sealed)
    assert [(play.ana.press("pass", no=no), play.outcome) for no in (-1, 0, 99)] == [([], Outcome.STALE)] * 3


def test_an_answered_prompt_closes_with_what_was_chosen() -> None:
    """Its keyboard goes; the question and the choice stay to be read."""
    play = Play.couple(space)
    play.ana("To read.")
    play.ana("22:00")
    no = play.ben.open().no
    play.ben("no")
    assert Close(no, play.ben.person, T("Is that fine?"), (T("Not this one."),)) in play.acts


def test_a_press_that_came_too_late_is_shown_as_no_choice() -> None:
    """The time is over: the prompt closes without a choice that did not count."""
    play = asked_whether_it_happened()
    no = play.ana.open().no
    play.later(days(2))
    play.ana.press("yes")
    assert Close(no, play.ana.person) in play.acts
    assert play.outcome is Outcome.STALE


def asked_whether_it_happened() -> Play:
    """The village audit, days later."""
    play = Play(village)
    for typed in ("1, 2, 3, 4, 5", "1", "1", "1", "1", "1", "2", "Grandma", "2027-01-20", "yes"):
        play.ana(typed)
    play.ring()
    play.ring()
    return play


def test_an_ended_session_takes_nothing() -> None:
    """Everything is stale once it is over: presses, words, timers, a wish to go back."""
    play = Play.couple(sealed)
    no = play.ana.open().no
    play.stop()
    assert play.ana.press("pass", no=no) + play.ana.back() + play.ring() + play.join() + play.stop() == []
    assert (play.outcome, play.acts) == (Outcome.STALE, ())
