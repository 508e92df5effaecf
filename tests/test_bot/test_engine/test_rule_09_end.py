"""Rule 9: when a session ends its answers are erased; a sealed one that never opened is kept for its writer."""

from datetime import timedelta

from bot.engine.acts import Close, Do, Link, Offer, Set, Visibility
from bot.engine.advance import Outcome
from bot.engine.codec import write_session
from bot.engine.exercise import ALONE, COUPLE, Exercise, exercise
from bot.engine.moments import days
from bot.engine.sealed import Kept, Opened
from bot.engine.session import REST
from bot.engine.talk import Talk
from bot.engine.text import T, Words
from tests.exercises import PASS, hunch, kind, renewal, sealed, space, village
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import ANA, BEN


def test_at_its_end_a_session_holds_nothing_of_what_was_said() -> None:
    """Answers, draws, what it was begun with, prompts, timers: gone."""
    play = Play.couple(space, secret="MARKER given")
    for hand, typed in ((play.ana, "MARKER"), (play.ana, "22:00"), (play.ben, "no")):
        hand(typed)
    assert play.ended
    assert "MARKER" not in str(write_session(play.session))
    assert (play.session.answers, play.session.open, play.session.timers, play.session.wake) == ({}, {}, {}, None)


def test_a_sealed_answer_that_never_opened_is_kept_for_its_writer() -> None:
    """With its question, private, and for nobody else."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.stop()
    kept = play.records["kept.answer", ANA]
    assert kept.visibility.value == "private"
    assert "A lake." in str(kept.value)
    assert "card" in str(kept.value)
    assert ("kept.answer", BEN) not in play.records


def test_a_pass_that_never_opened_is_not_kept() -> None:
    """There is nothing in it."""
    play = Play.couple(sealed)
    play.ana.press("pass")
    play.stop()
    assert play.record("kept.answer") is None


def test_what_lies_beside_a_sealed_answer_is_not_kept_without_it() -> None:
    """The answer is its writer's; a hunch about one that never opened is of no use."""
    play = Play.couple(hunch)
    play.ana("A lake.")
    play.ana("A hill.")
    play.stop()
    assert play.record("kept.lake") == "private"
    assert [name for name, _ in play.records] == ["kept.lake"]


def test_what_has_opened_is_not_kept_again() -> None:
    """It was recorded when it opened."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.ben("A hill.")
    play.stop()
    assert play.record("kept.answer") is None
    assert play.record("opened.0") == "shared"


@exercise("sample-undecided", scope=COUPLE)
def undecided(talk: Talk) -> None:
    """A question that the other passes on: whoever wrote decides, and then there is something more."""
    answered = talk.both(
        "answer", "A?", kept=lambda person: Kept(T("Kept.")), sides=lambda person: (PASS,), within=days(3)
    )
    if isinstance(answered, Opened) and isinstance(words := answered.answers[talk.me], Words):
        if talk.confirm("show", "Show yours?", to=talk.me):
            talk.record("shown", Visibility.SHARED, owner=talk.me, answer=words)
        talk.ask("rest", "And now?", to=talk.me)


def test_beside_a_pass_the_words_stay_sealed_until_their_writer_shows_them() -> None:
    """Ended while that is open, or after a no, they are kept for the writer; once shown, they are not kept again."""
    endings = dict[str, str | None]()
    for decides in ("", "no", "yes"):
        play = Play.couple(undecided)
        play.ana("A lake.")
        play.ben.press("pass")
        play.ring()
        if decides:
            play.ana(decides)
        play.stop()
        endings[decides] = play.record("kept.answer")
    assert endings == {"": "private", "no": "private", "yes": None}


def test_a_silent_partner_leaves_the_answer_with_its_writer() -> None:
    """Closed by time; at the end of the session the words are their writer's own."""
    play = Play.couple(renewal)
    play.ana("1\n2")
    play.ben("1, 3")
    play.ana.press("done")
    play.ben.press("done")
    play.ana("A vow.")
    play.ring()
    play.ring()
    assert play.ended
    assert play.record("kept.vow") == "private"
    assert play.said[-2:] == ["ana: Not this year.", "ben: Not this year."]


def test_what_is_stopped_or_expires_holds_nothing_either() -> None:
    """However it ends, the answers go."""
    stopped, expired = Play(village), Play(village)
    for play in (stopped, expired):
        play.ana("Sauna")
        play.ana("1, 2, 3, 4")
    stopped.stop()
    expired.at(timedelta(seconds=REST))
    assert stopped.ended
    assert expired.ended
    assert "Sauna" not in str(write_session(stopped.session)) + str(write_session(expired.session))


def test_a_month_without_an_event_keeps_the_sealed_one_too() -> None:
    """Also when nobody ended it."""

    def waits(talk: Talk) -> None:
        talk.both("a", "A?", kept=lambda person: Kept(T("Kept.")), within=days(1))
        talk.ask("rest", "And now?", to=talk.me)

    play = Play.couple(Exercise("waits", COUPLE, (), waits))
    play.ana("A lake.")
    play.ring()
    play.at(timedelta(seconds=REST))
    assert play.outcome is Outcome.EXPIRED
    assert play.record("kept.a") == "private"


def test_an_exercise_ends_from_a_branch() -> None:
    """Whoever's part it is in: it is over for both, and what was said and kept there counts."""
    play = Play.couple(space)
    for hand, typed in ((play.ana, "To read."), (play.ana, "22:00"), (play.ben, "yes")):
        hand(typed)
    play.ring()
    no = play.ana.open().no
    play.ben("no")
    assert play.ben("yes") == ["ben: Left."]
    assert play.ended
    assert play.record("left", BEN) == "private"
    assert Close(no, ANA) in play.acts


def test_an_exercise_ends_from_its_main_part() -> None:
    """The last line before the end is said."""
    play = Play(space)
    play.ana("To read.")
    assert play.ana("22:00") == ["ana: Then only you know."]
    assert play.ended


def test_stopping_says_and_keeps_nothing_more() -> None:
    """It ends where it is."""
    play = Play(village)
    play.ana("1, 2, 3, 4, 5")
    assert play.stop() == []
    assert play.ended


# ---- what comes of a conversation


def test_an_offer_begins_something_of_its_own_for_a_person() -> None:
    """Now or later; it names the exercise and the person, not the answers."""
    play = Play(village)
    for typed in ("1, 2, 3, 4, 5", "1", "1", "1", "1", "1", "2", "Grandma", "2027-01-20", "yes"):
        play.ana(typed)
    play.ring()
    play.ring()
    play.ana("It did not.")
    assert play.offers == ["sample-kind to ana"]
    offer = next(act for act in play.acts if isinstance(act, Offer))
    assert offer.at is not None
    assert offer.at.at == play.now + 86_400


def test_offers_and_effects_come_about_once() -> None:
    """Two in a row of the same are two; run again, they are not brought about again."""

    def offers(talk: Talk) -> None:
        talk.offer("sample-kind", to=ANA)
        talk.offer("sample-kind", to=ANA, n=2)
        talk.do("link", Link(BEN))
        talk.ask("a", "A?")
        talk.do("set", Set({"n": 1}))
        talk.ask("b", "B?")

    play = Play(Exercise("offers", ALONE, (), offers))
    assert (len(play.offers), play.done) == (2, [Do(Link(BEN), ANA)])
    play.ana("a")
    assert (play.offers, play.done) == ([], [Do(Set({"n": 1}), ANA)])
    play.ana("b")
    assert (play.offers, play.done) == ([], [])


def test_a_renewal_that_opened() -> None:
    """Everything at once: ticks of both, two sealed questions, an effect, an offer for next year, both told."""
    play = Play.couple(renewal, year=3)
    assert play.said[:2] == ["ana: Another year: 3.", "ben: Another year: 3."]
    play.ana("1, 2, done")
    assert play.ben("calm, fun, done")[0] == "ana: You both keep: calm"
    play.ana("A vow.")
    play.ben("Another vow.")
    play.ana("A wish.")
    assert play.ben("Another wish.") == ["ana: Both are open.", "ben: Both are open."]
    assert play.offers == ["sample-renewal to ana, ben"]


def test_small_questions_end_by_themselves() -> None:
    """Three numbers, a thank-you."""
    play = Play(kind)
    assert [play.ana(n) for n in "123"][-1] == ["ana: Thank you for looking."]
    assert play.ended
