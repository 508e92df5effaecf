"""Rule 5: typed words are a choice where there are choices; beside free text, side taps are buttons only."""

import pytest

from bot.engine.acts import Keep, Line, Visibility
from bot.engine.advance import Outcome
from bot.engine.exercise import ALONE, COUPLE, Exercise
from bot.engine.moments import days
from bot.engine.parsers import DAY
from bot.engine.sealed import Broken, Kept
from bot.engine.talk import Talk
from bot.engine.text import T, Words
from tests.exercises import TABLE, sealed, village
from tests.test_bot.test_engine.play import Play
from tests.test_bot.test_engine.world import ANA, BEN


@pytest.mark.parametrize("typed", ["1", "2", "Deeper", "pass", "at the table", "more", "…", "/pass", "done"])
def test_beside_free_text_words_are_never_taps(typed: str) -> None:
    """Answers are words, "2" and "Deeper" too, whatever the buttons beside the question are called."""
    play = Play.couple(sealed)
    play.ana(typed)
    assert play.ben("A hill.") == [f"ben: ana wrote: {typed}", "ana: ben wrote: A hill."]


@pytest.mark.parametrize("typed", ["a\x00b", "\ud83d", "\u202eabc", "<b>{name}</b> %s", "x" * 100_000, "{card}"])
def test_odd_words_are_kept_as_they_were_typed(typed: str) -> None:
    """Markup, signs that turn the line around, a thousand lines: to the engine they are words, and stay."""
    play = Play.couple(sealed)
    play.ana(typed)
    play.ben("A hill.")
    assert Words((typed,), ANA) in [value for act in play.acts if isinstance(act, Line) for _, value in act.text.args]


def test_a_side_tap_can_be_the_answer() -> None:
    """Pass is an answer: it waits for the other's, and opens with it."""
    play = Play.couple(sealed)
    assert play.ana.press("pass") == ["ana: Kept."]
    play.later(days(1))
    assert play.ben("A hill.") == ["ben: ana passed.", "ana: ben wrote: A hill."]


def test_a_side_tap_can_be_noted() -> None:
    """A wish for deeper ones is kept, answered, and leaves the question open."""
    play = Play.couple(sealed)
    assert play.ana.press("deeper") == ["ana: Deeper next time."]
    assert play.acts[0] == Keep("wish", ANA, Visibility.SHARED, {"wish": "deeper"})
    assert play.open == ["0/answer", "1/answer"]


def test_a_noted_tap_may_keep_nothing() -> None:
    """One without a note only replies."""
    play = Play.couple(sealed)
    play.ana.press("never")
    assert play.acts == (Line(ANA, T("Never again.")),)


def test_a_side_tap_can_end_the_question_for_both() -> None:
    """At the table: closed for both, and what was written is in nobody's hands but the writer's."""
    play = Play.couple(sealed)
    play.ana("A lake.")
    assert play.ben.press("table") == ["ana: ben would rather talk.", "ben: ben would rather talk."]
    assert play.open == []


def test_the_exercise_is_told_who_ended_it_and_how() -> None:
    """It learns the tap and the person, and no answer."""
    told = list[object]()

    def two(talk: Talk) -> None:
        told.append(talk.both("a", "A?", kept=lambda p: Kept(T("Kept.")), within=days(1), sides=lambda p: (TABLE,)))

    play = Play.couple(Exercise("two", COUPLE, (), two))
    play.ana("A lake.")
    play.ben.press("table")
    assert told == [Broken(BEN, "table", frozenset())]


@pytest.mark.parametrize(("typed", "token"), [("2", "other"), ("someone else", "other"), ("Nobody yet.", "nobody")])
def test_a_choice_is_typed_as_its_number_or_its_label(typed: str, token: str) -> None:
    """Number and label are understood everywhere."""
    play = Play(village)
    play.ana("1, 2, 3, 4, 5")
    play.ana(typed)
    assert play.session.answers["from.1"].value == token


def test_without_own_words_other_words_are_no_choice() -> None:
    """What is neither label nor number is answered with a hint."""
    play = Play(village)
    play.ana("1, 2, 3, 4, 5")
    assert play.ana("my sister") == ["ana? One of the buttons, please, or its number. calm: from whom?"]
    assert play.outcome is Outcome.WRONG


def by_the_lake(talk: Talk) -> None:
    """A day, and much later what it was."""
    day = talk.ask("day", "Which day?", parser=DAY, hint=T("A day, please."))
    talk.pause("long", talk.moment("m").plus(days(90)))
    talk.ask("how", "How was {day}?", day=day)


LAKE = Exercise("lake", ALONE, (), by_the_lake)


@pytest.mark.parametrize("typed", ["tomorrow", "Monday", "2027-01-18"])
def test_a_date_that_was_in_the_future_when_it_was_given_stays_an_answer(typed: str) -> None:
    """Ninety days later the day is long over, and still the day that was meant."""
    play = Play(LAKE)
    play.ana(typed)
    assert play.ring() == ["ana? How was 2027-01-18?"]


@pytest.mark.parametrize("typed", ["yesterday", "2027-01-16", "someday", "31.02.2027", "2027-02-31"])
def test_a_day_that_is_over_or_none_is_no_answer(typed: str) -> None:
    """It is asked again with its hint."""
    play = Play(LAKE)
    assert play.ana(typed) == ["ana? A day, please. Which day?"]
