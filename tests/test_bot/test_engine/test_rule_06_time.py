"""Rule 6: a pause and a limit keep their due time from the first run that reached them; a timer only wakes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engine.advance import Outcome
from bot.engine.events import Due
from bot.engine.exercise import ALONE, COUPLE, Exercise
from bot.engine.moments import days, hours
from bot.engine.sealed import Closed, Kept
from bot.engine.session import REST
from bot.engine.talk import Talk
from bot.engine.text import T
from tests.exercises import TABLE, sealed, space
from tests.test_bot.test_engine.play import Play


def paused(talk: Talk) -> None:
    """A question, two days, another question for a day."""
    talk.ask("a", "A?")
    talk.pause("two-days", talk.moment("m").plus(days(2)))
    talk.say("Two days later.")
    talk.ask("b", "B?", within=days(1))
    talk.say("That was it.")


PAUSED = Exercise("paused", ALONE, (), paused)


def resting() -> Play:
    """In the pause."""
    play = Play(PAUSED)
    play.ana("a")
    return play


def test_a_timer_that_comes_early_does_no_harm() -> None:
    """It wakes nothing, and the pause ends when it would have ended."""
    play = resting()
    due = play.session.wake
    assert play.at(days(1)) == []
    assert play.session.wake == due
    assert play.ring() == ["ana: Two days later.", "ana? B?"]


def test_a_timer_that_comes_late_counts_from_when_it_comes() -> None:
    """A day late, the pause is over, and the limit of the next question begins then."""
    play = resting()
    assert play.at(days(3)) == ["ana: Two days later.", "ana? B?"]
    assert play.session.wake == play.now + 86_400


def test_a_timer_that_comes_twice_does_no_harm() -> None:
    """The second finds nothing to do."""
    play = resting()
    play.ring()
    assert play.take(Due(play.now)) == []


def test_a_timer_that_never_comes_is_made_good_by_the_next_event() -> None:
    """A swallowed timer: whatever happens next, the pause is over when its time has come."""
    play = Play.couple(space)
    for hand, typed in ((play.ana, "To read."), (play.ana, "22:00"), (play.ben, "yes")):
        hand(typed)
    play.later(days(1))
    assert play.ana.back() == []  # nothing of hers to take back: that does not even run
    assert play.take(Due(play.now)) == ["ana? Was it good?", "ben? Was it good?"]


def test_an_answer_wakes_what_is_due() -> None:
    """A part whose limit has passed while the timer slept is over when the other answers."""
    play = Play.couple(space)
    for hand, typed in ((play.ana, "To read."), (play.ana, "22:00"), (play.ben, "yes")):
        hand(typed)
    play.ring()
    play.ben("no")
    play.ben("no")
    play.later(days(1))
    assert play.ana("yes") == ["group: An evening apart was taken."]


def test_a_limit_is_over_when_its_time_is_reached() -> None:
    """One second before it is still open; at its time it is over."""
    play = resting()
    play.ring()
    assert play.at(days(1) - timedelta(seconds=1)) == []
    assert play.at(timedelta(seconds=1)) == ["ana: That was it."]
    assert play.ended


def test_a_question_added_above_a_pause_that_is_running() -> None:
    """It is asked; the pause goes on meanwhile, and ends at the time it was given first."""

    def more(talk: Talk) -> None:
        talk.ask("a", "A?")
        talk.ask("added", "Added?")
        paused_rest(talk)

    play = resting()
    due = play.session.wake
    play.deploy(Exercise("paused", ALONE, (), more))
    assert play.at(days(1)) == ["ana? Added?"]
    assert play.ana("well") == []
    assert play.session.wake == due
    assert play.ring() == ["ana: Later."]


def test_a_question_added_above_a_pause_that_is_answered_after_it() -> None:
    """The pause is over by then, so the conversation goes on at once."""

    def more(talk: Talk) -> None:
        talk.ask("a", "A?")
        talk.ask("added", "Added?")
        paused_rest(talk)

    play = resting()
    play.deploy(Exercise("paused", ALONE, (), more))
    play.at(days(1))
    play.later(days(5))
    assert play.ana("well") == ["ana: Later."]


def paused_rest(talk: Talk) -> None:
    """The pause and what comes after it."""
    talk.pause("two-days", talk.moment("m").plus(days(2)))
    talk.say("Later.")


def test_a_changed_length_does_not_move_a_pause_that_is_running() -> None:
    """A deploy makes it a week: who waits already waits the two days that were said."""

    def longer(talk: Talk) -> None:
        talk.ask("a", "A?")
        talk.pause("two-days", talk.moment("m").plus(days(7)))
        talk.say("Later.")

    play = resting()
    play.deploy(Exercise("paused", ALONE, (), longer))
    play.at(hours(1))
    assert play.at(days(2)) == ["ana: Later."]


def test_a_branch_on_a_moment_days_later() -> None:
    """What was early when it happened stays early, however late it is looked at."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.ben("A hill.")
    assert play.at(days(9)) == [
        "ana: That was a while ago.",
        "ben: That was a while ago.",
        "ana? Does it still hold?",
        "ben? Does it still hold?",
    ]
    play.later(days(20))
    play.ana("2")
    assert play.ben("3") == ["ana: 5 of six.", "ben: 5 of six."]


def test_a_moment_is_fixed_when_it_is_first_reached() -> None:
    """Each later run sees the same moment, in the zone of then."""
    seen = list[object]()

    def looks(talk: Talk) -> None:
        seen.append(talk.moment("m"))
        talk.ask("a", "A?")
        talk.ask("b", "B?")

    play = Play(Exercise("looks", ALONE, (), looks))
    play.later(days(3))
    play.ana("a")
    assert seen[0] == seen[1]


def test_a_silent_partner() -> None:
    """The time for both is over: it closes for both, and the one answer stays sealed."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    assert play.at(days(3)) == ["ana: Closed for now.", "ben: Closed for now."]
    assert "lake" not in str(play.said)


def test_a_tap_that_ends_it_for_both_comes_too_late() -> None:
    """When the time is over, *at the table* ends nothing any more, even if the timer has slept."""

    def two(talk: Talk) -> None:
        got = talk.both("a", "A?", kept=lambda p: Kept(T("Kept.")), within=days(1), sides=lambda p: (TABLE,))
        talk.say("Over." if isinstance(got, Closed) else "Ended by somebody.")

    play = Play.couple(Exercise("two", COUPLE, (), two))
    play.later(days(1))
    assert play.ben.press("table") == ["ana: Over.", "ben: Over."]
    assert play.outcome is Outcome.STALE


def test_an_answer_that_completes_comes_too_late() -> None:
    """The second answer after the end opens nothing."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.later(days(3))
    assert play.ben("A hill.") == ["ana: Closed for now.", "ben: Closed for now."]


def test_a_pause_until_a_time_of_day_is_in_the_zone_of_that_person() -> None:
    """Ten in the morning is ten in Lisbon, also across the change of clocks."""

    def morning(talk: Talk) -> None:
        talk.pause("spring", talk.moment("m").day.plus(70).at(10))

    play = Play(Exercise("morning", ALONE, (), morning))
    assert datetime.fromtimestamp(play.session.wake or 0, ZoneInfo("Europe/Lisbon")).time() == time(10)


def test_thirty_days_without_an_event_end_it() -> None:
    """A question that nobody answers is closed after a month, unless a timer waits for something."""
    play = Play(PAUSED)
    assert play.session.wake == play.now + REST
    play.at(timedelta(seconds=REST))
    assert (play.outcome, play.ended) == (Outcome.EXPIRED, True)


def test_one_second_before_the_month_is_over_nothing_ends() -> None:
    """Early timers do not end anything either."""
    play = Play(PAUSED)
    play.at(timedelta(seconds=REST - 1))
    assert (play.outcome, play.ended) == (Outcome.TOOK, False)
