"""Rule 5, where several can be chosen: ticks toggle by press, are added by typing, and own words count as they are."""

import pytest

from bot.engine.text import Words
from tests.exercises import village
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import ANA


def test_the_same_need_ticked_twice_is_ticked_out() -> None:
    """A second press takes it out again; the third puts it back at the end."""
    play = Play(village)
    for token in ("calm", "play", "calm", "calm"):
        play.ana.press(token)
    assert play.ana.open().ticks == ("play", "calm")


def test_the_same_need_typed_twice_counts_once() -> None:
    """Of "1, 1, 3" there are two; own words are the same whatever their case."""
    play = Play(village)
    play.ana("1, 1, 3")
    play.ana("Sauna")
    play.ana("sauna")
    assert play.ana.open().ticks == ("calm", "rest", Words(("Sauna",), ANA))


def test_own_words_can_be_ticked_out() -> None:
    """A tick in one's own words has a button like the others."""
    play = Play(village)
    for typed in ("Sauna", "Snow"):
        play.ana(typed)
    play.ana.press("own.0")
    assert play.ana.open().ticks == (Words(("Snow",), ANA),)


@pytest.mark.parametrize("few", ["1, 2, 3, 4", "1, 2, 3, 4, 5, 6"])
def test_done_with_another_number_than_asked_for_is_answered_with_the_number(few: str) -> None:
    """Four or six are not five; the ticks stay."""
    play = Play(village)
    play.ana(few)
    before = play.ana.open().ticks
    assert [line.endswith(" Tick five that matter.") and "5" in line for line in play.ana.press("done")] == [True]
    assert play.ana.open().ticks == before


def test_typed_ticks_that_make_the_number_full_close_the_question() -> None:
    """Five typed at once need no *done*; ticks by press do."""
    play = Play(village)
    assert play.ana("1, 2, 3, 4, 5") == ["ana? calm: from whom?"]


def test_own_words_that_make_the_number_full_close_the_question() -> None:
    """The fifth in one's own words, too."""
    play = Play(village)
    play.ana("1, 2, 3, 4")
    assert play.ana("Sauna") == ["ana? calm: from whom?"]
    assert play.session.answers["needs"].value[-1] == {"words": ["Sauna"], "by": 1}  # type: ignore[index]
