"""A stage on which the program dies: before or after a commit, before or after a message leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.changes import Lane
from bot.events import Deed, Due
from bot.ports import Message, Outcome, Receipt, Row, Unit
from tests.playing.platform import Loop
from tests.playing.script import Player
from tests.playing.stages import Files, Hands, House, Memory, MemoryStage, among_others


class CrashError(BaseException):
    """The process dies here."""


class Fate:
    """Counts the moments at which the program could die; at one of them it does."""

    def __init__(self, at: int) -> None:
        """It dies at that moment; at none for 0."""
        self.at = at
        self.moments = 0
        self.under_way: dict[int, Row] = {}
        self.lost: list[int] = []
        self.once: set[int] = set()

    def moment(self) -> None:
        """One such moment. Raises `CrashError`."""
        self.moments += 1
        if self.moments == self.at:
            self.lost = [id_ for id_, row in self.under_way.items() if row.put.once]
            raise CrashError

    def claimed(self, rows: Sequence[Row]) -> None:
        """These are on their way."""
        self.under_way |= {row.put.id: row for row in rows}
        self.once |= {row.put.id for row in rows if row.put.once}


class MortalStore:
    """A store whose every commit may be the last."""

    def __init__(self, store: Memory, fate: Fate) -> None:
        """Over a real store."""
        self._store, self._fate = store, fate

    @contextmanager
    def turn(self) -> Iterator[Unit]:
        """A transaction; the program may die just before its commit, and just after."""
        with self._store.turn() as unit:
            yield unit
            self._fate.moment()
        self._fate.moment()

    def due(self, at: int, limit: int) -> Sequence[Due]:
        """What the store says."""
        return self._store.due(at, limit)

    def next_due(self) -> int | None:
        """What the store says."""
        return self._store.next_due()

    def claim(
        self,
        now: int,
        limit: int,
        busy: Sequence[int] = (),
        lanes: Sequence[Lane] = tuple(Lane),
        platform: str | None = None,
    ) -> Sequence[Row]:
        """Rows that are committed as sending."""
        rows = self._store.claim(now, limit, busy, lanes, platform)
        self._fate.claimed(rows)
        if rows:
            self._fate.moment()
        return rows

    def settle(self, row: int, outcome: Outcome) -> None:
        """What became of a row; before this is committed it may have been sent for nothing."""
        self._store.settle(row, outcome)
        self._fate.under_way.pop(row, None)
        self._fate.moment()

    def recover(self, now: int) -> None:
        """After a start."""
        self._store.recover(now)


class MortalLoop(Loop):
    """A platform that the program may die over, before it has the message and after."""

    def __init__(self, fate: Fate) -> None:
        """With that fate."""
        super().__init__()
        self._fate = fate

    async def send(self, message: Message) -> Receipt:
        """It arrives, unless the program died before."""
        self._fate.moment()
        receipt = await super().send(message)
        self._fate.moment()
        return receipt


class CrashStage(MemoryStage):
    """The program over a store; when it dies it is started again, and the platform delivers again."""

    def __init__(self, clock: Hands, fate: Fate, folder: Path | None) -> None:
        """It dies as fate has it. The store's files are in that folder; without one it is in memory."""
        super().__init__(clock)
        self.fate = fate
        self.loop = MortalLoop(fate)
        self._files = None if folder is None else Files(folder)
        self.house = self._built()

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Hands the deed in; once more if the program died over it."""
        event, message = self.event(player, deed, chance)
        event = among_others(event, self.loop) if in_group else event
        try:
            self.house.take(event)
        except CrashError:
            await self.restart()
            self.house.take(event)
        return message

    async def catch_up(self) -> None:
        """What is due happens; the rest of it after a new start, if the program died over it."""
        try:
            await self.house.catch_up()
        except CrashError:
            await self._again()
        except BaseExceptionGroup as group:
            if group.split(CrashError)[1] is not None:
                raise
            await self._again()

    async def restart(self) -> None:
        """Only the store stays."""
        if self._files is not None:
            self._files.close()
        self.fate.under_way.clear()
        self.house = self._built()
        await self.house.sender.recover()

    async def close(self) -> None:
        """The files are put away."""
        if self._files is not None:
            self._files.close()

    async def _again(self) -> None:
        await self.restart()
        await self.house.catch_up()

    def _built(self) -> House:
        store = self._store if self._files is None else self._files.open()
        return House(MortalStore(store, self.fate), self.loop, self._clock, 1)
