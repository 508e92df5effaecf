"""The playground, wired: a folder, a store and a clock of its own, and the page that is two phones and a group."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from adapters.playground.adapter import Playground
from adapters.playground.phones import Phones
from adapters.playground.server import page
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring.http import Measured, Well, address, listen, measures, server
from bot.wiring.rooms import Rooms, Work, content_of, opened, works_of
from bot.words.content import Content
from bot.words.pseudo import marked, marked_deck
from scheduler.clock import MovableClock

STEPS = 50  # silent things that may be due before something is said: a reminder that is no longer needed


def playground_folder(settings: Settings) -> Path:
    """The playground's own folder: its store is never that of real couples."""
    return settings.data_dir / "playground"


class Controls:
    """The playground's clock and its fresh start."""

    def __init__(self, rooms: Rooms, playground: Playground, clock: MovableClock) -> None:
        """Controls over these."""
        self._rooms, self._playground, self._clock = rooms, playground, clock

    def now(self) -> int:
        """What the playground's clock shows, in epoch seconds."""
        return self._clock.now()

    async def forward(self, seconds: int) -> None:
        """Moves the clock on, and returns when everything that became due has happened."""
        self._clock.forward(seconds)
        await self._rooms.catch_up()

    async def to_next(self) -> None:
        """Moves the clock to the next time at which something is said; where nothing is due, it stays."""
        said = self._said()
        await self._rooms.catch_up()
        for _ in range(STEPS):
            due = await self._rooms.writer.reply(self._rooms.store.next_due)
            if due is None or self._said() > said:
                return
            await self.forward(max(due - self._clock.now(), 0))

    def _said(self) -> int:
        return self._rooms.sender.counted["sent"]

    async def start_over(self) -> None:
        """Forgets everybody and all that they said, and sets the clock right."""
        await self._rooms.sender.drain()
        self._playground.forget()  # first: a delivery that a phone remembers is not shown to it again
        await self._rooms.writer.reply(self._rooms.store.empty)
        self._clock.offset = 0


@asynccontextmanager
async def playground_page(
    settings: Settings, say: Callable[[str], None], is_well: Well, measured: Measured | None = None
) -> AsyncIterator[tuple[Work, list[Work]]]:
    """The playground, open: what serves its page, and what runs beside that. `say` tells where it is to be found;
    `is_well`: whether what else the program serves is; `measured`: what is counted there, instead of here."""
    with _phones(settings) as phones:
        clock = MovableClock(phones.offset)

        def remember() -> None:
            phones.offset = clock.offset

        clock.on_moved = remember
        playground = Playground(phones, clock)
        async with opened(settings, playground_folder(settings), [playground], clock, says=_content) as rooms:
            listening = listen(settings.http_host, settings.http_port)
            controls = Controls(rooms, playground, clock)
            shown = page(
                playground, controls, lambda: rooms.is_well and is_well(), measures(measured or rooms.measured)
            )
            say(f"Leeway's playground: {address(settings, listening)}\nCtrl+C ends it; what was said is kept.")
            yield partial(server(shown).serve, [listening]), works_of(rooms)


@asynccontextmanager
async def playground_rooms(settings: Settings, clock: Clock) -> AsyncIterator[Rooms]:
    """The playground's two people and what works for them, without the page, until they are closed."""
    with _phones(settings) as phones:
        async with opened(
            settings, playground_folder(settings), [Playground(phones, clock)], clock, says=_content
        ) as rooms:
            yield rooms


def _content(settings: Settings) -> Content:
    """What is not translated yet stands out here, in a language of its own; people read English instead."""
    content = content_of(settings)
    decks = {name: marked_deck(deck, content.catalogue.languages) for name, deck in content.decks.items()}
    return replace(content, catalogue=marked(content.catalogue), decks=decks)


@contextmanager
def _phones(settings: Settings) -> Iterator[Phones]:
    """The playground's phones, in its folder, until they are put away."""
    folder = playground_folder(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    phones = Phones(folder / "phones.db")
    try:
        yield phones
    finally:
        phones.close()
