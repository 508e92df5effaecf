"""How much the outbox holds is counted, and nothing else is looked at."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from bot.changes import Lane, SaveAccount
from bot.ports import Dropped
from storage.counting import Line
from tests.test_storage.parts import ANAS, BEN, NOON, Place, claimed, keep, line, meet


def test_rows_are_counted_by_state_and_lane(place: Place) -> None:
    """Waiting, sending, held, and those that could not be sent; each with the first of them."""
    with closing(place.open()) as store:
        meet(store)
        assert list(store.lines()) == [Line("failed", "", 0, 0)]
        keep(store, line(1, to=BEN.id), line(2), line(3, lane=Lane.BULK), line(4, lane=Lane.BULK, earliest=NOON + 9))
        assert claimed(store, limit=1) == [1]
        store.settle(1, Dropped("refused", "Bad Request"))
        assert claimed(store, limit=1) == [2]
        assert {*store.lines()} == {
            Line("sending", "reply", 1, NOON - 60),
            Line("waiting", "bulk", 2, NOON - 60),
            Line("failed", "", 1, 0),
        }


def test_what_is_held_is_counted(place: Place) -> None:
    """Whoever cannot be reached keeps their lane."""
    with closing(place.open()) as store:
        meet(store)
        keep(store, SaveAccount(replace(ANAS, reachable=False)), line(1))
        assert claimed(store) == []
        assert list(store.lines()) == [Line("held", "reply", 1, NOON - 60), Line("failed", "", 0, 0)]
