"""The store in memory, for tests: the same answers as the database, and gone with the process."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.changes import Lane
from bot.events import Crowded, Due, SessionDue, WeekDue
from bot.ports import Outcome, Row
from storage.claiming import Wanted, claim
from storage.memory_erasing import erase
from storage.memory_outbox import MemoryShelf, recover, settle
from storage.memory_tables import Tables
from storage.memory_unit import MemoryUnit


class MemoryStore:
    """Store and outbox in memory. One turn runs at a time."""

    def __init__(self) -> None:
        """An empty store."""
        self._tables = Tables()
        self._lock = threading.RLock()

    def copy(self) -> MemoryStore:
        """The same store once more, which goes its own way: one beginning for many plays."""
        twin = MemoryStore()
        with self._lock:
            twin._tables = self._tables.copy()
        return twin

    @contextmanager
    def turn(self) -> Iterator[MemoryUnit]:
        """A transaction: kept when the block ends, undone when it raises."""
        with self._transaction() as tables:
            unit = MemoryUnit(tables)
            yield unit
            unit.finish()
            erase(tables)

    def due(self, at: int, limit: int) -> Sequence[Due]:
        """The sessions and couples that are due by then, longest due first, and the groups of which there is something
        to tell, as events of that time."""
        sessions = [
            (wake, SessionDue(session, at, 0, at - wake)) for wake, session in self._tables.wakes() if wake <= at
        ]
        couples = [(due, WeekDue(couple, at, 0, at - due)) for due, couple in self._tables.weeks() if due <= at]
        groups = [(since, Crowded(group, at, 0, at - since)) for since, group in self._tables.crowded() if since <= at]
        found: list[tuple[int, Due]] = [*sessions, *couples, *groups]
        return [event for _, event in sorted(found, key=lambda pair: pair[0])[:limit]]

    def next_due(self) -> int | None:
        """When the next session, couple or waiting row of the outbox is due, in epoch seconds."""
        times = [time for time, _ in (*self._tables.wakes(), *self._tables.weeks(), *self._tables.crowded())]
        times += [row.put.earliest for row in self._tables.outbox.find(("state", "waiting"))]
        return min(times, default=None)

    def claim(
        self,
        now: int,
        limit: int,
        busy: Sequence[int] = (),
        lanes: Sequence[Lane] = tuple(Lane),
        platform: str | None = None,
    ) -> Sequence[Row]:
        """Rows that may go now, marked as sending; at most one per reader, none for a chat in `busy`."""
        wanted = Wanted(limit, busy, lanes, platform)
        with self._transaction() as tables:
            return claim(MemoryShelf(tables), now, wanted)

    def settle(self, row: int, outcome: Outcome) -> None:
        """What became of a claimed row."""
        with self._transaction() as tables:
            settle(tables, row, outcome)

    def recover(self, now: int) -> None:
        """After a start: rows that were *sending* are uncertain; those marked `once` are dropped."""
        with self._transaction() as tables:
            recover(tables, now)

    @contextmanager
    def _transaction(self) -> Iterator[Tables]:
        with self._lock:
            try:
                yield self._tables
            except BaseException:
                self._tables.undo()
                raise
            self._tables.commit()
