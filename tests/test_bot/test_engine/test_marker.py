"""What somebody types is an answer and nothing else: no name, key, timer, token or error ever has it (rule 1)."""

import traceback
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from bot.engine.acts import Act, Do, Forget, Keep, Line, Offer
from bot.engine.advance import advance
from bot.engine.codec import write_session
from bot.engine.errors import ExerciseError
from bot.engine.events import Amended, Said
from bot.engine.exercise import ALONE, Exercise
from bot.engine.run import Run
from bot.engine.session import Answer, Session
from bot.engine.talk import Talk
from bot.engine.walker import ANSWER, Step, Walker
from tests.exercises import village
from tests.test_bot.test_engine.world import ALL, BEN, around, beginnings

MARKER = "zzmarkerzz"  # allowed in a name, so that nothing but this test would refuse it
EVERY = pytest.mark.parametrize("exercise", ALL, ids=lambda exercise: exercise.name)


@cache
def marked(exercise: Exercise) -> tuple[Step, ...]:
    """All steps through an exercise in which everything typed freely is the marker."""
    walker = Walker(exercise, around(), BEN, follow=1, straight=2, words=MARKER)
    return tuple(step for begin in beginnings(exercise) for step in walker.walk(begin))


def names(session: Session) -> Iterator[str]:
    """Everything by which a session knows things, as it is stored: keys, tokens, timers, marks."""
    written = write_session(session)
    for part in ("answers", "fixed", "dues", "timers", "done", "open", "given", "past"):
        yield from (str(key) for key in written.get(part, ()))
    yield from written.get("passed", ())
    yield str([written.get(part) for part in ("dues", "timers", "done", "fixed", "exercise")])
    for prompt in session.open.values():
        yield from (prompt.name, *(o.token for o in prompt.options), *(s.token for s in prompt.sides))
        yield from (tick for tick in prompt.ticks if isinstance(tick, str))
        yield from (str(side.note) for side in prompt.sides)
    yield from keys(written)


def named(act: Act) -> Iterator[str]:
    """The names and tokens in what a turn brings about."""
    match act:
        case Line():
            yield from (f"{button.command}:{button.argument}" for button in act.buttons)
        case Keep() | Forget():
            yield act.name
        case Offer():
            yield act.exercise
            yield from keys(dict(act.given))
        case Do():
            yield repr(act)
        case _:
            return


def keys(written: Any) -> Iterator[str]:
    """All keys of a JSON value, however deep."""
    if isinstance(written, dict):
        for key, value in written.items():
            yield key
            yield from keys(value)
    elif isinstance(written, list):
        for value in written:
            yield from keys(value)


@EVERY
def test_what_was_typed_is_in_no_name(exercise: Exercise) -> None:
    """Nor in any key, timer, mark or token of any state."""
    for step in marked(exercise):
        found = [*names(step.turn.session), *(name for act in step.turn.acts for name in named(act))]
        assert not [name for name in found if MARKER in name]


@EVERY
def test_what_was_typed_shows_in_no_representation(exercise: Exercise) -> None:
    """A log or a debugger that shows sessions, events and acts shows no words."""
    for step in marked(exercise):
        assert MARKER not in repr(step.event) + repr(step.turn)


@EVERY
def test_what_was_typed_is_in_no_error(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever call of `Talk` an exercise fails: neither message nor traceback have the words."""
    steps = [step for step in marked(exercise) if step.turn.session.answers]
    for calls in range(1, 12, 2):
        _fail_at(calls, monkeypatch)
        for step in steps[:: len(steps) // 10 + 1]:
            assert MARKER not in _failure(exercise, step)


def _fail_at(calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def count(run: Run) -> None:
        run.calls += 1
        if run.calls >= calls:
            raise ZeroDivisionError("broken on purpose")

    monkeypatch.setattr(Run, "count_call", count)


def _failure(exercise: Exercise, step: Step) -> str:
    try:
        advance(exercise, step.before, step.event, around())
    except ExerciseError as error:
        return repr(error) + "".join(traceback.format_exception(error))
    return ""


def test_the_marker_is_typed_and_kept() -> None:
    """The test has teeth: the words are in the answers, and only there and in what quotes them."""
    steps = marked(village)
    assert any(MARKER in str(write_session(step.turn.session).get("answers")) for step in steps)
    assert not any(ANSWER in str(write_session(step.turn.session)) for step in steps)


def test_a_name_made_of_what_was_typed_is_found() -> None:
    """Small letters pass for a name, so no rule but this test stands in the way."""

    def typed(talk: Talk) -> None:
        talk.confirm(f"about.{talk.ask('who', 'Who?').text}", "And?")

    exercise = Exercise("typed", ALONE, (), typed)
    assert any(MARKER in name for step in marked(exercise) for name in names(step.turn.session))


@pytest.mark.parametrize(
    "value",
    [
        Said(1, BEN, 1, MARKER),
        Amended(1, BEN, "a", 0, MARKER),
        Answer({"words": [MARKER]}, BEN, 1, 1, sealed={"text": MARKER}),
        replace(next(beginnings(ALL[0])), given={"a": MARKER}, past={"0": {"a.b": [{"value": MARKER}]}}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_do_not_show_what_they_carry(value: object) -> None:
    """Words have no place in a representation, wherever they travel."""
    assert MARKER not in repr(value)
