"""Rule 11: `/back` takes back one's own last answer; never a draw, a pause, the other's, nor what others have seen."""

from bot.engine.acts import Forget, Visibility
from bot.engine.advance import Outcome
from bot.engine.exercise import ALONE, COUPLE, Exercise
from bot.engine.moments import days
from bot.engine.talk import Talk
from tests.exercises import renewal, sealed, village
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import ANA, BEN


def test_back_at_a_follow_up() -> None:
    """The question before is asked again, and the follow-up goes."""
    play = Play(village)
    play.ana("1, 2, 3, 4, 5")
    play.ana("my partner")
    assert play.ana.back() == ["ana? calm: from whom?"]
    assert play.open == ["from.1"]
    assert play.ana("nobody yet") == ["ana? play: from whom?"]


def test_back_twice_takes_back_two() -> None:
    """One step at a time, until nothing is left."""
    play = Play(village)
    play.ana("1, 2, 3, 4, 5")
    play.ana("1")
    play.ana.back()
    assert play.ana.back() == ["ana? Tick five that matter."]
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)


def test_back_to_an_answer_takes_what_came_after_it() -> None:
    """By its name: that one, and one's own after it; a name that is none of one's own takes back nothing."""
    play = Play(village)
    for typed in ("1, 2, 3, 4, 5", "1", "2", "3"):
        play.ana(typed)
    assert play.ana.back("from.2") == ["ana? play: from whom?"]
    assert play.ana("2") == ["ana? rest: from whom?"]
    assert (play.ana.back("from.5"), play.outcome) == ([], Outcome.NOTHING)


def test_back_before_the_opening_changes_a_sealed_answer() -> None:
    """One's own sealed answer can be taken back while the other's is not in."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    assert play.ana.back() == ["ana? <sample>"]
    assert play.ana("A sea.") == ["ana: Kept."]
    assert play.ben("A hill.")[0] == "ben: ana wrote: A sea."


def test_back_after_an_opening() -> None:
    """What the other has read is not taken back, by neither."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.ben("A hill.")
    assert [(hand.back(), play.outcome) for hand in (play.ana, play.ben)] == [([], Outcome.NOTHING)] * 2


def test_back_before_ones_own_first_answer() -> None:
    """There is nothing of Ben's to take back, though Ana has answered."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    before = play.session
    assert (play.ben.back(), play.outcome, play.session) == ([], Outcome.NOTHING, before)


def test_back_by_the_other_takes_ones_own() -> None:
    """In parts side by side each takes back their own last answer, whoever answered last."""
    play = Play.couple(renewal)
    play.ana("1, done")
    play.ben("2")
    assert play.ana.back() == ["ana? What shall stay?"]
    assert play.ben.open().ticks == ("play",)


def test_back_is_never_a_draw() -> None:
    """The card stays the card."""
    play = Play.couple(sealed)
    drawn = play.session.fixed["card"]
    play.ana("A lake.")
    play.ana.back()
    assert play.session.fixed["card"] == drawn


def test_back_is_nothing_before_a_pause() -> None:
    """Once a pause has begun, what led to it stays."""
    play = Play(village)
    for typed in ("1, 2, 3, 4, 5", "1", "1", "1", "1", "1", "2", "Grandma", "2027-01-20", "yes"):
        play.ana(typed)
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)
    play.ring()
    play.ring()
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)


def test_back_is_nothing_before_a_message_to_the_other() -> None:
    """What Ben was told stays told: the answers it came from stay, too."""

    def tells(talk: Talk) -> None:
        talk.say("{word}", to=talk.partner, word=talk.ask("word", "A word?", to=talk.me))
        talk.ask("more", "More?", to=talk.me)

    play = Play.couple(Exercise("tells", COUPLE, (), tells))
    assert play.ana("Lake") == ["ben: Lake", "ana? More?"]
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)


def test_back_is_nothing_before_something_in_the_group() -> None:
    """What was said in the group was said to both."""

    def announces(talk: Talk) -> None:
        talk.announce("{word}", word=talk.ask("word", "A word?", to=talk.me))
        talk.ask("more", "More?", to=talk.me)

    play = Play.couple(Exercise("announces", COUPLE, (), announces))
    assert play.ana("Lake") == ["group: Lake", "ana? More?"]
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)


def test_back_after_an_opening_that_says_nothing() -> None:
    """Open is open, even before a word is said about it."""
    play = Play.couple(renewal)
    play.ana("1, done")
    play.ben("2, done")
    play.ana("A vow.")
    play.ben("Another vow.")
    assert play.open == ["0/wish", "1/wish"]
    assert [(hand.back(), play.outcome) for hand in (play.ana, play.ben)] == [([], Outcome.NOTHING)] * 2


def quoting(talk: Talk) -> None:
    """Ana's words stand in Ben's question."""
    word = talk.ask("word", "A word?", to=talk.me)
    talk.ask("reply", "{word}: what does it bring to mind?", to=talk.partner, word=word)
    talk.ask("more", "More?", to=talk.me)


QUOTING = Exercise("quoting", COUPLE, (), quoting)


def test_back_is_nothing_before_a_question_to_the_other() -> None:
    """A question to Ben is a message to him, too: Ana's words in it have been read."""
    play = Play.couple(QUOTING)
    assert play.ana("Lake") == ["ben? Lake: what does it bring to mind?"]
    assert (play.ana.back(), play.outcome) == ([], Outcome.NOTHING)


def test_nothing_is_added_after_a_question_to_the_other() -> None:
    """For the same reason those words cannot be edited any more."""
    play = Play.couple(QUOTING)
    play.ana("Lake")
    play.ana.adds("word", "and boat")
    assert play.outcome is Outcome.NOTHING


def test_the_answer_to_the_others_question_can_be_taken_back_by_its_writer() -> None:
    """Until a message goes the other way."""
    play = Play.couple(Exercise("asks", COUPLE, (), lambda talk: asks_ben(talk)))
    play.ben("Well.")
    assert play.ben.back() == ["ben? How?"]


def asks_ben(talk: Talk) -> None:
    """Two questions to Ben."""
    talk.ask("how", "How?", to=talk.partner)
    talk.ask("why", "Why?", to=talk.partner)


def test_back_takes_back_the_record_too() -> None:
    """What was kept of the answer is forgotten, and kept anew with the next."""

    def keeps(talk: Talk) -> None:
        talk.record("word", Visibility.PRIVATE, word=talk.ask("word", "A word?"))
        talk.say("Kept.")
        talk.ask("next", "Next?")

    play = Play(Exercise("keeps", ALONE, (), keeps))
    play.ana("Lake")
    assert play.ana.back() == ["ana? A word?"]
    assert Forget("word", ANA) in play.acts
    assert play.ana("Sea") == ["ana: Kept.", "ana? Next?"]
    assert "Sea" in str(play.records["word", ANA].value)


def test_lines_that_came_before_the_answer_are_not_said_again() -> None:
    """Only the question comes back, and later what follows the new answer."""

    def speaks(talk: Talk) -> None:
        talk.say("Hello.")
        talk.ask("word", "A word?")
        talk.say("A good one.")
        talk.ask("next", "Next?")

    play = Play(Exercise("speaks", ALONE, (), speaks))
    play.ana("Lake")
    assert play.ana.back() == ["ana? A word?"]
    assert play.ana("Sea") == ["ana: A good one.", "ana? Next?"]


def test_a_limit_that_ran_out_is_nobodys_answer() -> None:
    """The answer before it is one's last; the time that was over stays over."""

    def slow(talk: Talk) -> None:
        talk.ask("a", "A?")
        talk.ask("b", "B?", within=days(1))
        talk.ask("c", "C?")

    play = Play(Exercise("slow", ALONE, (), slow))
    play.ana("a")
    assert play.ring() == ["ana? C?"]
    assert play.ana.back() == ["ana? A?"]
    assert play.ana("a, again") == ["ana? C?"]


def test_somebody_else_takes_nothing_back() -> None:
    """Ben is not part of what Ana does alone."""
    play = Play(village)
    play.ana("1, 2, 3, 4, 5")
    assert (play.ben.back(), play.outcome) == ([], Outcome.NOTHING)
    assert BEN not in play.session.people
