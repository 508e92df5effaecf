"""Rule 3: an open prompt is not sent again; one answered wrongly comes with its hint, once a minute at most."""

from bot.engine.acts import Ask, Redraw
from bot.engine.advance import Outcome
from bot.engine.exercise import COUPLE, Exercise
from bot.engine.moments import hours
from bot.engine.session import Kind
from bot.engine.talk import Talk, options
from bot.engine.text import T
from tests.exercises import hunch, sealed, space, village
from tests.test_bot.test_engine.play import Play

A_MINUTE = hours(1 / 60)


def planned() -> Play:
    """Ana is asked for a time of day."""
    play = Play.couple(space)
    play.ana("To read.")
    return play


def test_an_open_question_is_not_sent_again() -> None:
    """Whatever else happens, a question that stands there stands there once."""
    play = Play.couple(sealed)
    no = play.ben.open().no
    assert play.ana("A lake.") == ["ana: Kept."]
    assert play.at(hours(1)) == []
    assert play.ben.open().no == no


def test_a_wrong_answer_brings_the_question_again_with_its_hint() -> None:
    """What is not understood is said so, above the same question."""
    play = planned()
    assert play.ana("when I am done") == ["ana? A time, please. When will you be back?"]
    assert play.outcome is Outcome.WRONG


def test_hints_come_once_a_minute() -> None:
    """Twenty wrong answers in a minute bring one hint; the next minute another."""
    play = planned()
    play.ana("late")
    assert [play.ana("late") for _ in range(20)] == [[]] * 20
    play.later(A_MINUTE)
    assert play.ana("late") == ["ana? A time, please. When will you be back?"]


def test_a_wrong_answer_is_no_answer() -> None:
    """After a hint the right words still count."""
    play = planned()
    play.ana("late")
    assert play.ana("22:00") == ["ben: ana takes an evening, and is back at 22:00:00.", "ben? Is that fine?"]


def test_a_blank_is_no_thought() -> None:
    """Spaces alone are not taken for an answer."""
    play = Play.couple(sealed)
    assert play.ana(" \n ") == ["ana? I did not get that. Once more, in words? <sample>"]


def test_a_tick_edits_the_buttons_and_sends_nothing() -> None:
    """Ticks live in the open prompt; each makes an edit of its message."""
    play = Play(village)
    assert play.ana.press("calm") == []
    assert play.acts == (Redraw(play.ana.open().no),)
    assert play.ana.open().ticks == ("calm",)


def test_the_folded_row_unfolds_by_an_edit() -> None:
    """Behind "…" are more taps; the question is not sent again for them, and stays unfolded."""
    play = Play.couple(sealed)
    play.ana.press("more")
    assert play.acts == (Redraw(play.ana.open().no),)
    play.ben("A hill.")
    assert play.ana.open().unfolded


def test_numbers_tell_nothing_of_what_the_other_was_asked() -> None:
    """Ben's questions have the same numbers, however often Ana was asked hers again."""
    alone, beside = Play.couple(hunch), Play.couple(hunch)
    beside.ana("A lake.")
    beside.ana.back()
    beside.ana("A lake.")
    for play in (alone, beside):
        play.ben("A hill.")
    assert alone.ben.open().no == beside.ben.open().no == 4


def test_a_question_of_another_kind_is_sent_once() -> None:
    """A deploy turned words into a choice: what was typed for the words brings the choice, and brings it once."""
    play = planned()
    play.deploy(_with_choice_for_back(space.name))
    before = play.ana.open().no
    assert play.ana("22:00") == ["ana? When will you be back?"]
    assert play.ana.open().kind is Kind.CHOICE
    assert [a for a in play.acts if isinstance(a, Ask)] == [Ask(before + 2)]
    assert play.outcome is Outcome.WRONG


def _with_choice_for_back(name: str) -> Exercise:
    def play(talk: Talk) -> None:
        talk.ask("plan", "What will the evening be for?", to=talk.me)
        talk.choose("back", "When will you be back?", options(early=T("early"), late=T("late")), to=talk.me)

    return Exercise(name, COUPLE, (), play)
