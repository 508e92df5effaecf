"""The same evenings over the store in memory and over the one on files: everybody reads the same, at the same time."""

from collections.abc import Callable

import pytest

from storage.store import SqlStore
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town


def _first_weeks(town: Town) -> None:
    """Linked, a week on, a pass, an evening at the table, a guess."""
    town.couple()
    town.later(8 * DAY)
    town.ana.answers("Mine.")
    town.ana.types("And more.")
    town.ben.presses("pass")
    town.later(HOUR)
    town.ana.presses("keep it")
    town.ana.gives("curious")
    town.ben.presses("at the table tonight")
    town.later(2 * DAY)
    town.ana.types("Geese.")
    town.ana.presses("one more question")
    town.ana.types("Bees.")
    town.ana.types("A workshop.")
    town.ana.presses("75")
    town.ben.answers("Pencils.")
    town.ben.presses("far")
    town.later(4 * DAY)


def _crossings(town: Town) -> None:
    """Two who invite each other, a stranger, a no, codes that are wrong."""
    town.invite()
    town.begin(town.ben)
    town.ben.types("A circus director.")
    town.ben.gives("pair")
    town.eve.gives("start", town.ana.code())
    town.eve.presses("Fine, and link me with Ana")
    town.ana.presses("No, somebody else")
    town.eve.gives("start", "WRONG")
    town.ana.gives("start", town.ben.code())
    town.ana.presses("Fine, and link me with Ben")
    town.ben.presses("Yes, that is Ana")
    town.later(4 * DAY)


def _repair(town: Town) -> None:
    """Taken back, edited, set aside, continued, stopped, odd words."""
    town.round()
    town.ana.types("Mien.")
    town.ana.edits(f"own.{town.messages}", "Mine.")
    town.ana.gives("back")
    town.ana.gives("later")
    town.ana.types("Over.", reply_to=town.ana.told[-3].message)
    town.ana.types("Open.", reply_to=town.ana.told[0].message)
    town.ana.types("\ud800 \u202e 💌 <b>")
    town.ana.presses("continue")
    town.ana.types("x" * 4_000)
    town.ben.sends("v1:p:zz:1:pass")
    town.ben.gives("stop", "9" * 5_000)
    town.ben.gives("stop", "9" * 19)
    town.later(12 * HOUR + MINUTE)
    town.ben.gives("stop")
    town.later(40 * DAY)


def _asks(town: Town) -> None:
    """Asked, taken from the jar, put in by both, drawn in two weeks."""
    town.couple()
    town.ben.gives("ask", "What do you hum?")
    town.ben.presses("ask us both")
    town.ana.gives("ask", "what's for dinner?")
    town.ana.presses("2")
    town.ana.presses("into the jar")
    town.later(DAY)
    town.ana.presses("…")
    town.ana.presses("rather not this way")
    town.later(4 * DAY)
    town.ben.gives("ask", "Where is the other glove?")
    town.ben.presses("ask us both")
    town.ben.gives("jar")
    town.ben.presses("take out 1")
    town.later(28 * DAY)
    town.ben.gives("jar")
    town.ana.gives("stop")


@pytest.mark.parametrize("evening", [_first_weeks, _crossings, _repair, _asks])
def test_both_stores_tell_the_same(database: SqlStore, evening: Callable[[Town], None]) -> None:
    """Message by message, button by button, second by second."""
    in_memory, on_files = Town(), Town(database)
    evening(in_memory)
    evening(on_files)
    assert [_all(phone) for phone in on_files.phones] == [_all(phone) for phone in in_memory.phones]


@pytest.mark.parametrize("evening", [_first_weeks, _crossings, _repair, _asks])
def test_nothing_is_left_to_be_said(database: SqlStore, evening: Callable[[Town], None]) -> None:
    """When all is over, no row of the outbox waits for anybody."""
    town = Town(database)
    evening(town)
    assert town.undelivered() == []


def _all(phone: Phone) -> list[object]:
    return [(told, phone.buttons[told.message]) for told in phone.told]
