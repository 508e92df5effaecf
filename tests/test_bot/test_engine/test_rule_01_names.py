"""Rule 1: everything that a run does has a name and is done once; names never contain what a person typed."""

import pytest

from bot.engine.acts import Visibility
from bot.engine.errors import ExerciseError
from bot.engine.exercise import ALONE, Exercise, exercise
from bot.engine.moments import hours
from bot.engine.talk import Talk
from tests.exercises import sealed
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import ANA


@exercise("chorus", scope=ALONE)
def chorus(talk: Talk) -> None:
    """The same sentence twice, a question, and the same sentence again."""
    talk.say("La.")
    talk.say("La.")
    talk.ask("name", "Who sings?")
    talk.say("La.")
    talk.ask("more", "More?")


@exercise("typed", scope=ALONE)
def typed(talk: Talk) -> None:
    """A mistake: a name with typed words in it."""
    who = talk.ask("who", "Who?")
    talk.ask(f"about.{who.text}", "And what about them?")


def test_a_line_is_named_by_its_sentence_and_how_often_it_has_come() -> None:
    """The same sentence said twice is heard twice, and each of them once."""
    play = Play(chorus)
    assert play.said == ["ana: La.", "ana: La.", "ana? Who sings?"]
    assert play.ana("Nina") == ["ana: La.", "ana? More?"]


def test_a_draw_is_made_once() -> None:
    """The card that was drawn at the start is the one that both are asked about, whatever is drawn later."""
    play = Play.couple(sealed)
    drawn = play.session.fixed["card"]
    play.ana("A lake.")
    play.at(hours(1))
    assert play.session.fixed["card"] == drawn


def test_a_draw_hangs_on_the_seed_alone() -> None:
    """Two sessions of the same seed draw the same card, at whatever time."""
    assert Play.couple(sealed).session.fixed["card"] == Play(sealed).session.fixed["card"]


def test_a_record_is_kept_once() -> None:
    """A record of the first run is not kept again by the runs after it."""
    play = Play.couple(sealed)
    assert play.record("asked") == "shared"
    play.records.clear()
    play.ana("A lake.")
    play.ben("A hill.")
    assert ("asked", ANA) not in play.records


@pytest.mark.parametrize("name", ["Ana Maria", "naïve", "a\nb", "-", "Ü", "x?"])
def test_a_name_that_is_no_constant_is_refused_and_not_repeated(name: str) -> None:
    """A name with typed words in it is an error, and the error does not show it."""
    play = Play(typed)
    with pytest.raises(ExerciseError) as caught:
        play.ana(f"{name} 7")
    assert f"{name} 7" not in str(caught.value) + repr(caught.value) + repr(caught.value.__cause__)


def test_two_parts_have_names_of_their_own() -> None:
    """What `each` asks goes by the seat, so that two people can be asked the same."""

    def part(talk: Talk) -> None:
        talk.each(lambda mine: mine.ask("wish", "A wish?"))

    play = Play.couple(Exercise("parts", sealed.scope, (), part))
    assert play.open == ["0/wish", "1/wish"]


def test_a_record_of_any_name_is_taken_back_by_that_name() -> None:
    """A record called `my.record.one` is forgotten as `my.record.one`."""

    def keep(talk: Talk) -> None:
        talk.ask("a", "A?")
        talk.record("my.record.one", Visibility.PRIVATE, n=1)
        talk.ask("b", "B?")

    play = Play(Exercise("keep", ALONE, (), keep))
    play.ana("x")
    assert play.record("my.record.one") == "private"
    play.ana.back()
    assert play.record("my.record.one") is None
