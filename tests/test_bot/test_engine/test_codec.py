"""What a session holds goes to JSON and back unchanged; what has no form is refused."""

import json
from datetime import date, time

import pytest

from bot.engine.codec import read_arg, read_session, read_text, write_arg, write_session, write_text
from bot.engine.exercise import Exercise
from bot.engine.moments import Moment
from bot.engine.text import Arg, Card, Country, HelpLines, Invite, Language, Name, T, Weekday, Words, Zone
from bot.engine.walker import Walker
from tests.exercises import sealed, village
from tests.test_bot.test_engine.world import ANA, BEN, around, beginnings

ARGUMENTS: list[Arg] = [
    7, True, False, Words(("a", "b"), ANA), Name(BEN), Card("deck", "card"), Invite("code"), Zone("Europe/Lisbon"),
    Weekday(0), HelpLines(""), Language("de"), Country("PT"),
    T("{a} and {b}", a=1, b=T("{c}", c=Words(("d",), BEN))), date(2027, 2, 28), time(7, 5),
    Moment(1_800_000_000, "Europe/Berlin"), (), (1, Name(ANA), (T("x"),)),
]  # fmt: skip


@pytest.mark.parametrize("argument", ARGUMENTS, ids=repr)
def test_an_argument_comes_back_as_it_was(argument: Arg) -> None:
    """Of whatever kind, also inside a text; yes stays yes and does not become 1."""
    back = read_arg(json.loads(json.dumps(write_arg(argument))))
    assert (back, type(back)) == (argument, type(argument))
    assert read_text(json.loads(json.dumps(write_text(T("{x}", x=argument))))) == T("{x}", x=argument)


@pytest.mark.parametrize("value", [None, "words", {}, {"unknown": 1}, 1.5])
def test_a_form_that_is_none_is_refused(value: object) -> None:
    """Without showing it."""
    with pytest.raises(ValueError, match="this is no argument of a text"):
        read_arg(value)  # type: ignore[arg-type]  # that is the point


def test_plain_strings_have_no_form() -> None:
    """What people typed travels as `Words`, all else as what it is."""
    with pytest.raises(KeyError, match="str"):
        write_arg("typed")  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize("exercise", [village, sealed], ids=lambda exercise: exercise.name)
def test_a_session_comes_back_as_it_was(exercise: Exercise) -> None:
    """In every state that a walk finds."""
    for begin in beginnings(exercise):
        for step in Walker(exercise, around(), BEN, follow=1, straight=2).walk(begin):
            after = step.turn.session
            assert read_session(json.loads(json.dumps(write_session(after)))) == after
