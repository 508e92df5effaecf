"""Rule 2: lines and records leave only in a turn that moved on; what stands before the last old answer is dropped."""

from bot.engine.acts import Visibility
from bot.engine.advance import Outcome
from bot.engine.exercise import ALONE, Exercise
from bot.engine.moments import days
from bot.engine.talk import Talk
from tests.exercises import sealed, space
from tests.test_bot.test_engine.play import Play


def old(talk: Talk) -> None:
    """Two questions and a pause."""
    talk.ask("a", "A?")
    talk.ask("b", "B?")
    talk.pause("rest", talk.moment("m").plus(days(1)))
    talk.ask("c", "C?")


def new(talk: Talk) -> None:
    """The same after a deploy: a line before each step, and records."""
    talk.say("Before A.")
    talk.ask("a", "A?")
    talk.say("Before B.")
    talk.record("one", Visibility.PRIVATE, n=1)
    talk.ask("b", "B?")
    talk.say("Before the rest.")
    talk.record("two", Visibility.PRIVATE, n=2)
    talk.pause("rest", talk.moment("m").plus(days(1)))
    talk.say("Before C.")
    talk.ask("c", "C?")


OLD, NEW = Exercise("steps", ALONE, (), old), Exercise("steps", ALONE, (), new)


def test_lines_before_the_last_old_answer_are_dropped() -> None:
    """A line put above an answered question is never said, neither now nor later."""
    play = Play(OLD)
    play.ana("a")
    play.deploy(NEW)
    assert play.ana("b") == ["ana: Before the rest."]


def test_nothing_is_said_because_of_a_deploy() -> None:
    """A timer that only wakes the session says nothing of what was put above the pause."""
    play = Play(OLD)
    play.ana("a")
    play.ana("b")
    play.deploy(NEW)
    assert play.at(days(0.5)) == []
    assert play.ring() == ["ana: Before C.", "ana? C?"]


def test_nothing_is_kept_because_of_a_deploy() -> None:
    """Nor is a record kept before the conversation moves on."""
    play = Play(OLD)
    play.ana("a")
    play.ana("b")
    play.deploy(NEW)
    play.at(days(0.5))
    assert play.acts == ()


def test_what_follows_a_new_answer_is_dropped_before_an_old_one() -> None:
    """A question added in the middle: the line after it, which leads to a question answered long ago, is not said."""

    def middle(talk: Talk) -> None:
        talk.ask("added", "Added?")
        talk.say("Now to A.")
        talk.ask("a", "A?")
        talk.say("Now to B.")
        talk.ask("b", "B?")

    play = Play(OLD)
    play.ana("a")
    play.deploy(Exercise("steps", ALONE, (), middle))
    play.at(days(0.1))
    assert play.ana("well") == ["ana? B?"]


def test_records_leave_with_the_next_step_and_not_twice() -> None:
    """A record put above a running pause is kept when the pause is over; one that was kept is not kept again."""
    play = Play(NEW)
    play.ana("a")
    play.ana("b")
    assert play.record("one") == play.record("two") == "private"
    play.records.clear()
    play.ring()
    play.ana("c")
    assert not play.records


def test_a_question_that_became_open_is_sent_even_in_a_turn_that_did_not_move() -> None:
    """A question added above a running pause is asked at the next event, whatever that is."""

    def more(talk: Talk) -> None:
        talk.ask("a", "A?")
        talk.ask("added", "Added?")
        talk.say("After what was added.")

    play = Play(OLD)
    play.ana("a")
    play.ana("b")
    play.deploy(Exercise("steps", ALONE, (), more))
    assert play.at(days(0.1)) == ["ana? Added?"]


def test_words_that_no_question_took_are_answered() -> None:
    """A text for a question that has just run out of time counts as stale, so that one line answers it."""

    def quick(talk: Talk) -> None:
        talk.ask("a", "A?", within=days(1))
        talk.ask("b", "B?")

    play = Play(Exercise("quick", ALONE, (), quick))
    play.later(days(1))
    assert play.ana("too late") == ["ana? B?"]
    assert play.outcome is Outcome.STALE


def test_words_that_came_too_late_are_answered_at_the_end_too() -> None:
    """The same where the conversation is over with it."""

    def quick(talk: Talk) -> None:
        talk.ask("a", "A?", within=days(1))

    play = Play(Exercise("quick", ALONE, (), quick))
    play.later(days(2))
    play.ana("too late")
    assert play.ended
    assert play.outcome is Outcome.STALE


def test_a_step_of_one_says_nothing_again_to_the_other() -> None:
    """In parts side by side, an answer of one repeats no line to the other."""
    play = Play.couple(space)
    for hand, typed in ((play.ana, "To read."), (play.ana, "22:00"), (play.ben, "Enjoy it.")):
        hand(typed)
    play.ring()
    play.ana("no")
    assert play.ben("yes") == []
    assert play.ana("no") == ["ana? What would help next time?"]
    assert play.ana("Tea.") == ["ana: Kept, for you alone.", "group: An evening apart was taken."]


def test_who_comes_in_hears_what_was_said_before_and_nobody_else_does() -> None:
    """The second person is told what the first was told, once."""
    play = Play(sealed)
    play.ana("A lake.")
    assert play.join() == ["ben: A question for two.", "ben? <sample>", "ben~ Still here: <sample>"]
    assert play.ben("A hill.") == ["ben: Kept."]
