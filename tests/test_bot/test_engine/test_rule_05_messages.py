"""Rule 5, text that comes later: a thought in two messages is one answer, while that can still change."""

from bot.engine.acts import Visibility
from bot.engine.advance import Outcome
from bot.engine.exercise import ALONE, Exercise
from bot.engine.talk import Talk
from tests.exercises import renewal, sealed
from tests.test_bot.test_engine.play import Play


def test_a_thought_sent_as_two_messages_is_one_answer() -> None:
    """What comes behind is added, while the answer can still change."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    assert play.ana.adds("0/answer", "And a boat.") == []
    assert play.ben("A hill.")[0] == "ben: ana wrote: A lake.\nAnd a boat."


def test_an_edited_message_replaces_its_part() -> None:
    """The first of two messages is corrected."""
    play = Play.couple(sealed)
    play.ana("A leak.")
    play.ana.adds("0/answer", "And a boat.")
    play.ana.adds("0/answer", "A lake.", part=0)
    assert play.ben("A hill.")[0] == "ben: ana wrote: A lake.\nAnd a boat."


def test_after_the_opening_nothing_is_added() -> None:
    """What the other has read stays as it was."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.ben("A hill.")
    assert (play.ana.adds("0/answer", "And a boat."), play.outcome) == ([], Outcome.NOTHING)


def test_nobody_adds_to_the_words_of_the_other() -> None:
    """Ben cannot write into Ana's answer."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    play.ben.adds("0/answer", "Or a puddle.")
    assert play.outcome is Outcome.NOTHING


def test_what_was_recorded_is_not_added_to() -> None:
    """A record is what it was when it was kept."""

    def kept(talk: Talk) -> None:
        talk.record("word", Visibility.PRIVATE, word=talk.ask("word", "A word?"))
        talk.ask("next", "And now?")

    play = Play(Exercise("kept", ALONE, (), kept))
    play.ana("Lake")
    play.ana.adds("word", "and boat")
    assert play.outcome is Outcome.NOTHING


def test_what_has_opened_is_not_added_to() -> None:
    """Also where nothing was said or recorded at the opening."""
    play = Play.couple(renewal)
    play.ana("1, done")
    play.ben("2, done")
    play.ana("A vow.")
    play.ben("Another vow.")
    assert (play.ana.adds("0/vow", "And one more."), play.outcome) == ([], Outcome.NOTHING)
