"""A deploy in the middle: questions are found by name, and nothing is sent because of it."""

from collections.abc import Callable

import pytest

from bot.engine.advance import Outcome
from bot.engine.exercise import ALONE, Exercise
from bot.engine.moments import days, hours
from bot.engine.parsers import CLOCK, DAY
from bot.engine.session import Option
from bot.engine.talk import Talk, options
from bot.engine.text import T
from tests.exercises import CARRIERS, NEEDS, PASS
from tests.test_bot.test_engine.play import Play

COLOURS = options(red=T("red"), blue=T("blue"))


def exercise(*questions: Callable[[Talk], object]) -> Exercise:
    """Asks one after the other, then how it was."""

    def play(talk: Talk) -> None:
        for question in questions:
            question(talk)
        talk.ask("last", "Last?")

    return Exercise("deployed", ALONE, (), play)


def ask(name: str, was: str | None = None) -> Callable[[Talk], object]:
    """A question with that name."""
    return lambda talk: talk.ask(name, f"{name}?", was=was)


def answered(*questions: Callable[[Talk], object], typed: str = "well") -> Play:
    """Those questions, answered but for the last."""
    play = Play(exercise(*questions))
    for _ in questions:
        play.ana(typed)
    return play


def test_a_question_added_is_asked_when_it_is_reached() -> None:
    """Those after it keep their answers."""
    play = answered(ask("a"), ask("b"))
    play.deploy(exercise(ask("a"), ask("new"), ask("b")))
    assert play.at(hours(1)) == ["ana? new?"]
    assert play.ana("well") == ["ana? Last?"]


def test_a_question_removed_leaves_its_answer_unused() -> None:
    """Nothing is asked again."""
    play = answered(ask("a"), ask("b"))
    play.deploy(exercise(ask("b")))
    assert play.at(hours(1)) == []
    assert play.open == ["last"]


def test_a_question_removed_while_it_is_open() -> None:
    """What is typed for it goes to no other question: the next one is asked."""
    play = Play(exercise(ask("a")))
    play.deploy(exercise())
    assert play.ana("well") == ["ana? Last?"]
    assert play.outcome is Outcome.STALE


def test_questions_reordered_are_found_by_name() -> None:
    """Nobody is asked what they have answered."""
    play = answered(ask("a"), ask("b"), ask("c"))
    play.deploy(exercise(ask("c"), ask("a"), ask("b")))
    assert play.at(hours(1)) == []
    assert play.ana("well") == []
    assert play.ended


def test_nothing_is_sent_because_of_a_deploy() -> None:
    """A timer after it finds the same open question, its sentence improved, and says nothing."""
    play = answered(ask("a"))
    play.deploy(exercise(ask("a"), ask("last-but-one", was="a")))
    assert play.at(hours(1)) == []


def test_a_question_renamed_finds_its_answer() -> None:
    """With `was=` it is the same question."""
    play = answered(ask("old"))
    play.deploy(exercise(ask("new", was="old")))
    assert play.at(hours(1)) == []
    assert play.ana("well") == []


def test_a_question_renamed_while_it_is_open_takes_its_answer() -> None:
    """It stands there under its old name; what is typed for it counts, and it is not sent again."""
    play = Play(exercise(ask("old")))
    play.deploy(exercise(ask("new", was="old")))
    assert play.at(hours(1)) == []
    assert play.ana("well") == ["ana? Last?"]
    assert play.outcome is Outcome.TOOK


def test_a_limit_goes_on_when_its_question_is_renamed() -> None:
    """The time that it was given runs from when it was asked first."""

    def named(name: str, was: str | None = None) -> Callable[[Talk], object]:
        return lambda talk: talk.ask(name, "A?", was=was, within=days(2))

    play = Play(exercise(named("old")))
    due = play.session.wake
    play.deploy(exercise(named("new", was="old")))
    play.at(days(1))
    assert play.session.wake == due


def test_a_question_renamed_without_was_is_a_new_one() -> None:
    """Names are what answers are found by."""
    play = answered(ask("old"))
    play.deploy(exercise(ask("new")))
    assert play.at(hours(1)) == ["ana? new?"]


KINDS: dict[str, tuple[str, Callable[[Talk], object]]] = {
    "words": ("well", lambda talk: talk.ask("a", "A?")),
    "time": ("21:30", lambda talk: talk.ask("a", "A?", parser=CLOCK)),
    "day": ("2027-02-01", lambda talk: talk.ask("a", "A?", parser=DAY)),
    "choice": ("red", lambda talk: talk.choose("a", "A?", COLOURS)),
    "number": ("2", lambda talk: talk.scale("a", "A?", 1, 3)),
    "yes or no": ("yes", lambda talk: talk.confirm("a", "A?")),
    "several": ("calm, done", lambda talk: talk.choose_many("a", "A?", NEEDS)),
}
OTHERS = pytest.mark.parametrize(
    ("was", "now"), [pytest.param(a, b, id=f"{a} to {b}") for a in KINDS for b in KINDS if a != b]
)


@OTHERS
def test_a_question_whose_type_changed_is_asked_again(was: str, now: str) -> None:
    """An answer of another type is no answer; the new one replaces it."""
    play = answered(KINDS[was][1], typed=KINDS[was][0])
    play.deploy(exercise(KINDS[now][1]))
    assert play.at(hours(1)) == ["ana? A?"]
    assert play.ana(KINDS[now][0]) == ["ana? Last?"]


@OTHERS
def test_a_question_whose_type_changed_while_it_is_open(was: str, now: str) -> None:
    """Whatever is answered to the old one, the new one stands there in the end, once, or has taken it."""
    play = Play(exercise(KINDS[was][1]))
    play.deploy(exercise(KINDS[now][1]))
    play.ana(KINDS[was][0])
    if play.open == ["a"]:
        play.ana(KINDS[now][0])
    assert play.open == ["last"]


def test_side_taps_removed() -> None:
    """A pass is no words: where passing is no longer possible, it is asked again."""
    play = Play(exercise(lambda talk: talk.ask("a", "A?", sides=(PASS,))))
    play.ana.press("pass")
    play.deploy(exercise(ask("a")))
    assert play.at(hours(1)) == ["ana? a?"]


def test_own_words_removed() -> None:
    """Own words are no choice any more: asked again."""
    play = Play(exercise(lambda talk: talk.choose("a", "A?", CARRIERS, own_words=True)))
    play.ana("my sister")
    play.deploy(exercise(lambda talk: talk.choose("a", "A?", CARRIERS)))
    assert play.at(hours(1)) == ["ana? A?"]


def test_an_option_added_while_it_is_open() -> None:
    """The press of an old keyboard counts."""
    play = Play(exercise(lambda talk: talk.choose("a", "A?", COLOURS)))
    play.deploy(exercise(lambda talk: talk.choose("a", "A?", (*COLOURS, Option("green", T("green"))))))
    assert play.ana.press("red") == ["ana? Last?"]


def test_an_option_removed_while_it_is_open() -> None:
    """The press of what is no longer offered is no answer: the exercise never sees it."""
    play = Play(exercise(lambda talk: talk.choose("a", "A?", COLOURS)))
    play.deploy(exercise(lambda talk: talk.choose("a", "A?", COLOURS[:1])))
    assert play.ana.press("blue") == ["ana? One of the buttons, please, or its number. A?"]


def test_a_tick_removed_while_it_is_open() -> None:
    """A need that is no longer offered is not ticked any more."""
    play = Play(exercise(lambda talk: talk.choose_many("a", "A?", NEEDS)))
    play.ana.press("help")
    play.ana.press("calm")
    play.deploy(exercise(lambda talk: talk.choose_many("a", "A?", NEEDS[:3])))
    play.at(hours(1))
    assert play.ana.press("done") == ["ana? Last?"]
    assert play.session.answers["a"].value == ["calm"]
