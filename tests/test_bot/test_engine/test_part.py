"""A part of one's own under a sealed answer: it is asked at once, tells the other nothing, and holds for a while."""

from datetime import timedelta

from bot.engine.acts import Close
from bot.engine.advance import Outcome
from bot.engine.exercise import COUPLE, Exercise
from bot.engine.moments import days
from bot.engine.sealed import HELD_FOR, Kept, Opened
from bot.engine.talk import Talk
from bot.engine.text import T
from tests.exercises import hunch
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import ANA, BEN

QUARTER = timedelta(seconds=HELD_FOR)
A_SECOND = timedelta(seconds=1)
OPEN = ["ana: And now?", "ben: And now?", "ana? Is it well?"]


def half() -> Play:
    """Ana has answered, and is asked for her hunch."""
    play = Play.couple(hunch)
    assert play.ana("A lake.") == ["ana: Kept.", "ana? And the other?"]
    return play


def both_in() -> Play:
    """Both have answered, Ben a minute later; both are asked for their hunch."""
    play = half()
    play.later(timedelta(minutes=1))
    assert play.ben("A hill.") == ["ben: Kept.", "ben? And the other?"]
    return play


def test_it_opens_when_both_are_through() -> None:
    """What each part was worth is there at the opening; its last line is not said above it."""
    play = both_in()
    play.ana("A hill.")
    assert play.ana("2") == ["ana: Noted."]
    play.ben("A pond.")
    assert play.ben("3") == [
        "ana: ana had a hunch: A hill.",
        "ben: ana had a hunch: A hill.",
        "ana: ben had a hunch: A pond.",
        "ben: ben had a hunch: A pond.",
        *OPEN,
    ]


def test_what_it_was_worth_is_the_same_in_every_later_run() -> None:
    """Nothing is asked or said again, and the exercise goes on."""
    play = both_in()
    play.ana("A hill.")
    play.ana("2")
    play.ben.press("pass")
    assert play.at(days(3)) == []
    assert play.ana("yes") == ["ana: Then well.", "ben: Then well."]


def test_one_that_is_ignored_holds_for_a_quarter_of_an_hour() -> None:
    """From one's own answer, to the second; then it is asked no longer."""
    play = both_in()
    play.ana.press("pass")
    no = play.ben.open().no
    assert play.at(QUARTER - A_SECOND) == []
    assert play.at(A_SECOND) == OPEN
    assert Close(no, BEN) in play.acts
    assert play.open == ["fine"]


def test_its_timer_comes_by_itself() -> None:
    """Nobody needs to do anything."""
    play = both_in()
    play.ana.press("pass")
    answered = play.now
    assert play.ring() == OPEN
    assert play.now == answered + HELD_FOR


def test_one_half_through_counts_for_nothing() -> None:
    """A hunch without a number is none, and it is not asked again later."""
    play = both_in()
    play.ana.press("pass")
    play.ben("A pond.")
    assert play.ring() == OPEN
    assert play.at(days(1)) == []
    assert play.open == ["fine"]


def test_it_stays_as_long_as_the_other_has_not_answered() -> None:
    """Hours later a hunch is still taken."""
    play = half()
    assert play.at(timedelta(hours=5)) == []
    assert play.ana("A hill.") == ["ana? How sure, from one to three?"]


def test_it_stays_while_the_other_is_at_theirs() -> None:
    """Its time is over, and nothing shows that somebody else has answered; it still counts."""
    play = half()
    play.later(timedelta(hours=5))
    play.ben("A hill.")
    assert [act for act in play.acts if isinstance(act, Close) and act.to == ANA] == []
    assert play.ana("A hill.") == ["ana? How sure, from one to three?"]
    play.ana("1")
    assert play.ben.press("pass")[0] == "ana: ana had a hunch: A hill."


def test_who_answers_second_has_a_quarter_of_an_hour_too() -> None:
    """Ana's is over long ago; Ben's is his own."""
    play = half()
    play.later(timedelta(hours=5))
    play.ben("A hill.")
    assert play.at(QUARTER - A_SECOND) == []
    assert play.at(A_SECOND) == OPEN


def test_words_in_the_very_moment_come_too_late() -> None:
    """They open it, count for nothing, and are answered."""
    play = both_in()
    play.ana.press("pass")
    play.later(QUARTER)
    assert play.ben("A pond.") == OPEN
    assert play.outcome is Outcome.STALE


def test_the_last_tap_in_the_very_moment_counts() -> None:
    """With it the part is whole."""
    play = both_in()
    play.ana.press("pass")
    play.ben("A pond.")
    play.later(QUARTER)
    assert play.ben("3")[0] == "ana: ben had a hunch: A pond."
    assert play.outcome is Outcome.TOOK


def test_the_limit_opens_what_both_have_answered() -> None:
    """At the end of the day both answers were in: a hunch does not close them."""
    play = half()
    play.later(days(1) - timedelta(minutes=5))
    play.ben("A hill.")
    assert play.at(timedelta(minutes=5)) == OPEN


def test_the_limit_closes_what_one_has_answered() -> None:
    """Whatever the hunch: without the other's answer it closes when the time is over."""
    play = half()
    play.ana("A hill.")
    assert play.at(days(1)) == ["ana? Is it well?"]
    assert play.open == ["fine"]


def test_a_break_ends_it() -> None:
    """Ben would rather talk: Ana's hunch is asked no longer."""
    play = half()
    no = play.ana.open().no
    assert play.ben.press("table") == ["ana? Is it well?"]
    assert Close(no, ANA) in play.acts


def test_who_passed_has_none_here() -> None:
    """The part knows one's own answer. Who answers by a tap is told the same, whether it opens with that or not."""
    play = Play.couple(hunch)
    assert play.ana.press("pass") == ["ana: Passed."]
    assert play.ben.press("pass") == ["ben: Passed.", *OPEN]


def test_it_waits_for_the_link_like_the_opening() -> None:
    """Both are in and through, and not yet linked."""
    play = Play(hunch)
    play.ana("A lake.")
    play.ana.press("pass")
    play.join()
    play.ben("A hill.")
    play.later(timedelta(hours=1))
    assert play.ben.press("pass") == []
    assert play.link() == OPEN


def test_the_button_takes_back_the_answer_and_the_hunch() -> None:
    """By its name, with what came after it; the other way round, one by one."""
    play = half()
    play.ana("A hill.")
    play.ana("2")
    assert play.ana.back("0/lake") == ["ana? Lake or hill?"]
    assert play.ana("A pond.") == ["ana: Kept.", "ana? And the other?"]
    play.ana("A hill.")
    assert play.ana.back() == ["ana? And the other?"]
    assert play.ana.back() == ["ana? Lake or hill?"]


def test_another_answer_has_another_quarter_of_an_hour() -> None:
    """It counts from the answer that stands."""
    play = both_in()
    play.ana.press("pass")
    play.later(timedelta(minutes=10))
    play.ben.back("1/lake")
    play.ben("A mountain.")
    assert play.at(QUARTER - A_SECOND) == []
    assert play.at(A_SECOND) == OPEN


def test_nothing_of_it_is_taken_back_after_the_opening() -> None:
    """Neither the last answer nor the one of that name."""
    play = both_in()
    play.ana.press("pass")
    play.ben.press("pass")
    for name in ("", "0/lake", "0/felt"):
        assert (play.ana.back(name), play.outcome) == ([], Outcome.NOTHING)


def test_a_name_that_is_the_others_takes_back_nothing() -> None:
    """Ana knows how Ben's answer is called; it is his."""
    play = both_in()
    assert (play.ana.back("1/lake"), play.outcome) == ([], Outcome.NOTHING)


def test_what_it_asks_once_with_a_limit_of_its_own_goes_with_it() -> None:
    """A question in the part that waits for some time leaves no timer behind."""

    def slow(talk: Talk) -> None:
        opened = talk.both(
            "lake",
            "Lake or hill?",
            kept=lambda person: Kept(T("Kept.")),
            within=days(1),
            then=lambda part, own: part.ask("felt", "And the other?", within=days(1)),
        )
        assert isinstance(opened, Opened)
        talk.ask("rest", "And now?", to=talk.me)

    play = Play.couple(Exercise("slow", COUPLE, (), slow))
    play.ana("A lake.")
    play.ben("A hill.")
    assert play.ring() == ["ana? And now?"]
    assert play.session.timers == {}
