"""Pairing in the middle of a round: somebody comes in, is linked, or is out of it again."""

from dataclasses import replace

from bot.engine.acts import Close, Visibility
from bot.engine.advance import Outcome
from bot.engine.codec import write_session
from bot.engine.exercise import COUPLE, Exercise
from bot.engine.moments import days
from bot.engine.session import Json
from bot.engine.talk import Talk
from tests.exercises import sealed
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import BEN


def test_alone_the_first_answer_waits_for_a_second_person() -> None:
    """It is kept and sealed; the limit is the timer that it waits with."""
    play = Play(sealed)
    assert play.ana("A lake.") == ["ana: Kept."]
    assert list(play.session.timers) == ["answer:within"]


def greets(talk: Talk) -> None:
    """Greets each the first time, and notes it."""

    def greet(part: Talk) -> None:
        if not part.past("greets.met"):
            part.record("met", Visibility.PRIVATE)
            part.say("Welcome.")

    talk.each(greet)
    talk.ask("a", "A?", to=talk.me)


GREETS = Exercise("greets", COUPLE, ("greets.met",), greets)


def test_what_who_comes_in_is_told_is_noted_with_it() -> None:
    """Both leave in the turn of their coming, though nothing moved on."""
    play = Play(GREETS)
    assert play.join() == ["ben: Welcome."]
    assert play.record("met", BEN) == "private"


def test_what_who_is_out_again_may_read_goes_with_them() -> None:
    """The next one in the seat has a past of their own."""
    play = Play(GREETS)
    met: Json = {"greets.met": [{"value": {}, "at": 0, "by": int(BEN)}]}
    play.session = replace(play.session, past={"0": {"greets.met": []}, "1": met})
    assert play.join() == []
    play.unseat()
    assert play.session.past == {"0": {"greets.met": []}}
    assert play.join() == ["ben: Welcome."]


def test_nothing_opens_before_the_two_are_linked() -> None:
    """Both are in, and each has heard only that it is kept."""
    play = Play(sealed)
    play.ana("A lake.")
    play.join()
    assert play.ben("A hill.") == ["ben: Kept."]
    assert play.link() == ["ben: ana wrote: A lake.", "ana: ben wrote: A hill."]


def test_linked_before_the_second_answer_it_opens_with_that() -> None:
    """The yes may come while he writes."""
    play = Play(sealed)
    play.ana("A lake.")
    play.join()
    assert play.link() == []
    assert play.ben("A hill.") == ["ben: ana wrote: A lake.", "ana: ben wrote: A hill."]


def test_who_is_out_again_takes_their_words_along() -> None:
    """The wrong guest: what they wrote is kept for them, their question closes, the seat is free."""
    play = Play(sealed)
    play.ana("A lake.")
    play.join()
    play.ben("A hill.")
    assert play.unseat() == []
    assert play.record("kept.answer", BEN) == "private"
    assert play.session.people == (play.ana.person,)
    assert "A hill." not in str(write_session(play.session))


def test_an_open_question_of_who_is_out_again_closes() -> None:
    """Its buttons go."""
    play = Play(sealed)
    play.join()
    no = play.ben.open().no
    play.unseat()
    assert Close(no, BEN) in play.acts
    assert play.open == ["0/answer"]


def test_who_comes_after_hears_everything_anew() -> None:
    """The next guest is told, asked and reminded like the first."""
    play = Play(sealed)
    play.ana("A lake.")
    first = play.join()
    play.unseat()
    assert play.join() == first == ["ben: A question for two.", "ben? <sample>", "ben~ Still here: <sample>"]


def test_joining_leaves_the_first_answer_in_its_writers_hands() -> None:
    """Ana may still change it while Ben writes."""
    play = Play(sealed)
    play.ana("A lake.")
    play.join()
    assert play.ana.back() == ["ana? <sample>"]


def test_what_was_said_to_who_came_in_is_a_message_to_them() -> None:
    """Ana's words have been read by Ben, so she cannot take them back any more."""

    def tells(talk: Talk) -> None:
        talk.say("So you said: {word}", word=talk.ask("word", "A word?", to=talk.me))
        talk.ask("more", "More?", to=talk.me)

    play = Play(Exercise("tells", COUPLE, (), tells))
    play.ana("Lake")
    assert play.join() == ["ben: So you said: Lake"]
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)


def test_nobody_comes() -> None:
    """After three days it closes for the one who is there."""
    play = Play(sealed)
    play.ana("A lake.")
    assert play.at(days(3)) == ["ana: Closed for now."]
