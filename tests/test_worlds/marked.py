"""A play in which every private word of Ana's carries a mark, and everything that leaves the program is searched."""

from __future__ import annotations

import asyncio
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields, is_dataclass
from functools import partial
from random import Random

from bot.changes import Change
from bot.engine.text import Words
from bot.errors import StoreError
from bot.events import Event
from bot.library import Library
from bot.ports import Message, Receipt, Row
from bot.turns import Turns
from scheduler.clock import StandingClock
from scheduler.delivery import Courier
from scheduler.halts import Halts
from storage.memory import MemoryStore
from storage.memory_unit import MemoryUnit
from tests.test_scheduler.parts import Phones
from tests.test_worlds.beginnings import BEGINNINGS, begun
from tests.test_worlds.steps import Steps
from tests.test_worlds.worlds import World

MARK = re.compile(r"(zebra|quagga)\d+")  # what she keeps to herself; what she wrote in danger, which nobody keeps
OPENED = {"a round that Ben has answered", "a round in such a group"}  # her answer opens there: it is no secret
SELDOM = 0.03

Find = Callable[[str, str], None]


class Tripping(StoreError):
    """The store fails, as full disks do."""


class SearchedUnit(MemoryUnit):
    """A turn's transaction whose changes are searched as they would be shown in a log; seldom it cannot keep them."""

    def __init__(self, store: SearchedStore) -> None:
        """Of that store."""
        super().__init__(store._tables)
        self._store = store

    def keep(self, changes: Sequence[Change]) -> None:
        """Searches, and keeps or fails."""
        self._store.find("the repr of a change", repr(changes))
        super().keep(changes)
        if self._store.chance.random() < SELDOM:
            raise Tripping("the disk is full")


class SearchedStore(MemoryStore):
    """A store like that, over what is kept already."""

    def __init__(self, before: MemoryStore, find: Find, chance: Random) -> None:
        """Goes on from there."""
        super().__init__()
        self._tables = before._tables
        self.find, self.chance = find, chance

    @contextmanager
    def turn(self) -> Iterator[MemoryUnit]:
        """A transaction of that kind."""
        with self._transaction():
            unit = SearchedUnit(self)
            yield unit
            unit.finish()

    def everything(self) -> Iterator[str]:
        """All that is kept, repr'd as it is and with what a repr hides."""
        for table in vars(self._tables).values():
            if hasattr(table, "rows"):
                for row in table.rows():
                    yield repr(_unhidden(row))


class SearchedTurns(Turns):
    """Turns whose events are searched as they would be shown."""

    def __init__(self, store: SearchedStore, library: Library) -> None:
        """Over that store."""
        super().__init__(store, library)
        self._find = store.find

    def take(self, event: Event) -> None:
        """Searches, and takes it."""
        self._find("the repr of an event", repr(event))
        super().take(event)


class Marking(World):
    """Ana, whose words are all marked."""

    def words(self) -> str:
        """A word that was never written before."""
        self.written += 1
        return f"zebra{self.written}"

    def fears(self) -> str:
        """The same about danger."""
        self.written += 1
        return f"{super().fears()} quagga{self.written}"

    def unheard(self) -> str:
        """What comes right after it, marked like it."""
        self.written += 1
        return f"quagga{self.written}"


class MarkedPlay:
    """A play of one world, searched; `found`: where a mark was that must not be there, and what had been done."""

    def __init__(self, seed: int, logged: Callable[[], str], runner: asyncio.Runner) -> None:
        """Stands where the play begins; `logged`: the lines that were logged since it was called last."""
        chance = Random(f"marked/{seed}")
        beginning = chance.choice([name for name in BEGINNINGS if name not in OPENED])
        self.found: list[str] = []
        self._where = f"seed {seed}, from {beginning!r}"
        self._logged, self._chance, self._runner = logged, Random(f"faults/{seed}"), runner
        self._town = begun(beginning)
        assert isinstance(self._town.store, MemoryStore)
        self._store = SearchedStore(self._town.store, self.find, self._chance)
        self._town.keeps_in(self._store)
        self._town.overhears = self._search
        self._town.turns = SearchedTurns(self._store, self._town.library)
        self._world = Marking(self._town, "", Random(f"ana/{seed}"))
        self._steps = Steps(chance, (self._world,), reticent=True)

    @property
    def written(self) -> int:
        """How many marks she wrote."""
        return self._world.written

    def play(self, steps: int) -> list[str]:
        """Plays, and searches after each step."""
        for _ in range(steps):
            self._guarded(self._steps.move)
            gap = self._steps.gap()
            self._guarded(partial(self._town.later, gap))
            self._look_around()
        for kept in self._store.everything():
            if "quagga" in kept:
                self.find("what is kept of words of danger", kept)
        return self.found

    def find(self, where: str, text: str) -> None:
        """Notes a mark that is where it must not be."""
        if mark := MARK.search(text):
            around = text[max(0, mark.start() - 100) : mark.end() + 40]
            deeds = "".join(f"\n    {deed}" for deed in self._world.deeds[-12:])
            self.found.append(f"{self._where}: {mark[0]} in {where}: {around!r}{deeds}")

    # ---- what is searched

    def _guarded(self, happens: Callable[[], object]) -> None:
        """What the store's failing raises is searched as it would be shown; then life goes on."""
        try:
            happens()
        except Tripping as error:
            self.find("a traceback", "".join(traceback.format_exception(error)))

    def _look_around(self) -> None:
        """Sessions and persons as they would be shown, and the lines of the log."""
        for phone in self._town.phones:
            if phone.told:
                self.find("the repr of a person", repr(phone.person))
                self.find("the repr of a session", repr(phone.sessions))
        self.find("the log", self._logged())

    def _search(self, row: Row, message: Message) -> None:
        self.find("the repr of a row", repr(row))
        self.find("the repr of a message", repr(message))
        buttons = (*message.choices, *message.sides)
        self.find("a button's token", " ".join(button.token for button in buttons))
        attached = message.attachment
        self.find("a file's name", attached.name if attached else "")
        shown = [message.text or "", *(button.label for button in buttons), str(attached.content if attached else "")]
        shown.append("" if message.picture is None else repr(astuple(message.picture)))
        may_read = set() if message.chat != self._town.ana.user or row.announces else _marks_in(row.put.content)
        for text in shown:
            if "quagga" in text or {mark[0] for mark in MARK.finditer(text)} - may_read:
                self.find("a message to " + ("Ana" if message.chat == self._town.ana.user else "another"), text)
        if self._chance.random() < SELDOM:
            self._fails_to_send(row, message)

    def _fails_to_send(self, row: Row, message: Message) -> None:
        """The same row with a renderer, or a platform, that raises and says what it was given."""

        def raises(row: Row) -> Message:
            raise ValueError(message.text)

        courier = Courier(Spilling(), raises, StandingClock(self._town.now), self._chance, Halts())
        outcome = self._runner.run(courier.bring(row))
        self.find("an outcome", repr(outcome))
        courier = Courier(Spilling(), lambda row: message, StandingClock(self._town.now), self._chance, Halts())
        self.find("an outcome", repr(self._runner.run(courier.bring(row))))


class Spilling(Phones):
    """A platform whose errors say what was sent."""

    async def send(self, message: Message) -> Receipt:
        """Raises."""
        raise ValueError(message.text)


def _marks_in(value: object) -> set[str]:
    """The marks in whatever of it is `Words`."""
    if isinstance(value, Words):
        return {mark[0] for mark in MARK.finditer(value.text)}
    if isinstance(value, tuple | list):
        return {mark for each in value for mark in _marks_in(each)}
    if is_dataclass(value):
        return {mark for each in fields(value) for mark in _marks_in(getattr(value, each.name))}
    return set()


def _unhidden(value: object) -> object:
    """A value with everything that its repr hides."""
    if isinstance(value, tuple | list):
        return [_unhidden(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _unhidden(each) for key, each in value.items()}
    if is_dataclass(value):
        return {each.name: _unhidden(getattr(value, each.name)) for each in fields(value)}
    return value
