"""What a session holds goes to JSON and back unchanged; what has no form is refused."""

import json
from dataclasses import MISSING, fields, replace
from datetime import date, time

import pytest

from bot.engine.codec import read_arg, read_session, read_text, write_arg, write_session, write_text
from bot.engine.exercise import Exercise
from bot.engine.ids import SessionId
from bot.engine.moments import Moment
from bot.engine.session import Answer, Kind, Prompt, Session
from bot.engine.text import Arg, Card, Country, Dated, HelpLines, Invite, Language, Name, T, Weekday, Words, Zone
from bot.engine.walker import Walker
from tests.exercises import sealed, village
from tests.test_bot.test_engine.world import ANA, BEN, around, beginnings

ARGUMENTS: list[Arg] = [
    7, True, False, Words(("a", "b"), ANA), Name(BEN), Card("deck", "card"), Invite("code"), Zone("Europe/Lisbon"),
    Weekday(0), Dated(Moment(5, "UTC")), HelpLines(""), Language("de"), Country("PT"),
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


def test_what_is_not_written_is_known() -> None:
    """A part as it is by default is not kept. Who changes one of these defaults changes what is kept already: the rows
    of a store want a migration then."""
    least = Session(SessionId(1), "village", (ANA,), None, 4, 5)
    asked = Prompt("what", 1, ANA, T("What?"), Kind.TEXT)
    answered = Answer("walk", ANA, 6, 1)
    whole = replace(least, open={"what": asked}, answers={"first": answered})
    written = {"id": 1, "exercise": "village", "people": [ANA], "couple": None, "seed": 4, "started": 5}
    prompt = {"name": "what", "no": 1, "to": ANA, "text": "What?", "kind": "text"}
    answer = {"value": "walk", "by": ANA, "at": 6, "turn": 1}
    assert write_session(whole) == {**written, "open": {"what": prompt}, "answers": {"first": answer}}
    assert _unsaid(least) == {
        "status": "planned", "given": {}, "past": {}, "answers": {}, "fixed": {}, "dues": {}, "passed": frozenset(),
        "timers": {}, "done": {}, "open": {}, "fences": {}, "turn": 0, "prompts": (0, 0), "last": 0, "begins": None,
        "failures": 0, "retry": None, "aside": frozenset(), "partner": None,
    }  # fmt: skip
    assert _unsaid(asked) == {
        "options": (), "sides": (), "own_words": False, "ticks": (), "unfolded": False, "done": None, "least": 1,
        "most": 1, "free": False, "hinted": None, "sealed": False,
    }  # fmt: skip
    assert _unsaid(answered) == {"free": False, "sealed": None, "no": 0}


def _unsaid(whole: Session | Prompt | Answer) -> dict[str, object]:
    required = {field.name for field in fields(whole) if field.default is MISSING and field.default_factory is MISSING}
    return {name: getattr(whole, name) for name in (f.name for f in fields(whole)) if name not in required}
