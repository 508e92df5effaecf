"""The walker: it plays every option of every exercise, and finds neither a dead end nor an interrogation."""

from collections.abc import Iterable
from functools import cache

import pytest

from bot.engine.acts import Line
from bot.engine.exercise import ALONE, Exercise
from bot.engine.talk import Talk
from bot.engine.text import Name, T
from bot.engine.walker import Place, Step, Walker, edges, place, sentences
from bot.words.sentences import find_sentences
from tests.exercises import kind, sealed, village
from tests.test_bot.test_engine.sources import CODE, own_sentences
from tests.test_bot.test_engine.world import ALL, ANA, BEN, REAL, around, beginnings

MOST = 16  # questions between two pauses (rule 10)
EVERY = pytest.mark.parametrize("exercise", ALL, ids=lambda exercise: exercise.name)


@cache
def walked(exercise: Exercise) -> tuple[Step, ...]:
    """All steps from all beginnings."""
    return tuple(step for begin in beginnings(exercise) for step in Walker(exercise, around(), BEN).walk(begin))


@EVERY
def test_every_sentence_is_reached(exercise: Exercise) -> None:
    """Whatever an exercise can say is said on some way through it."""
    unheard = own_sentences(exercise) - sentences(walked(exercise))
    assert not unheard


def test_a_picture_that_goes_to_the_other_says_whose_it_is() -> None:
    """One's own does not; a later one has then and now."""
    (real,) = (exercise for exercise in REAL if exercise.name == "village")
    lines = [act for step in walked(real) for act in step.turn.acts if isinstance(act, Line) and act.picture]
    assert {(line.to, dict(line.picture.parts)["title"]) for line in lines if line.picture} == {
        (ANA, T("A village of needs")),
        (ANA, T("A village of needs, then and now")),
        (BEN, T("A village of needs, drawn by {name}", name=Name(ANA))),
    }


@EVERY
def test_in_every_state_something_can_happen(exercise: Exercise) -> None:
    """A question is open, a timer runs, or it is over."""
    assert [step.edge for step in walked(exercise) if not place(step.turn.session).alive] == []


@EVERY
def test_nobody_is_asked_more_than_sixteen_things_at_a_sitting(exercise: Exercise) -> None:
    """Between two pauses."""
    assert most_asked(walked(exercise)) <= MOST


@EVERY
def test_every_exercise_comes_to_an_end(exercise: Exercise) -> None:
    """On some way, and from every place that was gone on from."""
    assert any(place(step.turn.session).ended for step in walked(exercise))


def test_every_option_is_played() -> None:
    """From each place at which a question is open, an arrow leads for each of its options and taps."""
    for step in walked(sealed):
        for name, prompt in step.turn.session.open.items():
            wanted = {f"{prompt.to} taps {side.token} at {name}" for side in prompt.sides}
            assert wanted <= deeds_at(place(step.turn.session))


@cache
def deeds_at(spot: Place) -> set[str]:
    """What was done at a place of the sealed question."""
    return {word for (one, _), words in edges(walked(sealed)).items() if one == spot for word in words}


def test_people_come_and_go() -> None:
    """From a beginning alone, the walk comes to two who are linked, and back to one."""
    met = {(one.people, one.linked, other.people, other.linked) for one, other in edges(walked(sealed))}
    assert {(1, False, 2, False), (2, False, 2, True), (2, False, 1, False)} <= met


def most_asked(steps: Iterable[Step]) -> int:
    """The longest row of questions that one person had."""
    return max((len(names) for step in steps for names in step.asked.values()), default=0)


def eighteen(pause_at: int) -> Exercise:
    """Eighteen questions, with a pause before one of them."""

    def many(talk: Talk) -> None:
        for n in range(18):
            if n == pause_at:
                talk.pause("rest", talk.moment("m").day.plus(1).at(10))
            talk.confirm(f"q.{n}", "Yes?")

    return Exercise("many", ALONE, (), many)


@pytest.mark.parametrize(("pause_at", "most"), [(0, 18), (10, 10), (9, 9), (17, 17)])
def test_questions_in_a_row_are_counted(pause_at: int, most: int) -> None:
    """A pause begins a new row."""
    exercise = eighteen(pause_at)
    assert (
        most_asked(s for begin in beginnings(exercise) for s in Walker(exercise, around(), BEN, follow=2).walk(begin))
        == most
    )


def test_a_sentence_that_nothing_leads_to_is_found() -> None:
    """The comparison with the code has teeth."""

    def never(talk: Talk) -> None:
        if talk.confirm("a", "Is it so?") and not talk.people:
            talk.say("Nobody is here to hear this.")

    exercise = Exercise("never", ALONE, (), never)
    steps = [s for begin in beginnings(exercise) for s in Walker(exercise, around(), BEN).walk(begin)]
    assert own_sentences(exercise) - sentences(steps) == {"Nobody is here to hear this."}


def test_no_sentence_of_the_exercises_is_nobodys() -> None:
    """All that the catalogue has of `bot/exercises` is some exercise's own."""
    own = {key for exercise in REAL for key in own_sentences(exercise)}
    assert {said.key for said in find_sentences(CODE)[0] if said.path.parent.name == "exercises"} <= own


def test_the_sentences_of_an_exercise_are_found_in_its_code() -> None:
    """Those of its helpers, its constants and its classes, too."""
    assert {"Three.", "Did it happen?"} & own_sentences(village) == {"Did it happen?"}
    assert {"Tick five that matter.", "{n} of your needs rest on one person."} <= own_sentences(village)
    assert own_sentences(kind) == {"How is it, from one to three?", "Thank you for looking."}


def test_a_dead_end_is_found() -> None:
    """A place without question, timer or end is none that is alive."""
    assert not Place((), (), 1, linked=False, ended=False).alive
