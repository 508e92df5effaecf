"""A store with everything that works on it: turns, clock, sender, and the platforms of its people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import perf_counter

from bot.commands.registry import CONVERSATIONS
from bot.engine.exercise import registry
from bot.engine.ids import PersonId
from bot.engine.session import Prompt
from bot.engine.text import Text
from bot.events import Event, Incoming
from bot.exercises.registry import EXERCISES
from bot.library import Library
from bot.people import Couple, Person
from bot.pictures.studio import Studio
from bot.ports import Adapter, Capabilities, Clock
from bot.settings import Settings
from bot.turns import Aside, Turns
from bot.wiring.figures import Figures, Now
from bot.words.choices import pick
from bot.words.cities import country_of
from bot.words.content import Content, load_content
from bot.words.render import Reader, Renderer
from scheduler.jobs import TICK_SECONDS, Jobs
from scheduler.limits import PACES, Pace, limits_of
from scheduler.sender import Sender
from scheduler.slots import Slot, couple_due
from scheduler.sweep import Sweep
from scheduler.tick import Tick
from storage.keyring import key_ring
from storage.store import SqlStore, open_server_store, open_store
from storage.writer import Writer

DATABASE, KEY_FILE, KEY_DATABASE = "leeway.db", "vault.key", "keys.db"  # of a store, in its folder
SWEEP_SECONDS = 86_400
HEARING = 60  # seconds that what is due waits at most for what had waited to be heard: a platform may be away

Work = Callable[[], Awaitable[None]]


def library(content: Content, zone: str, platforms: Mapping[str, Capabilities]) -> Library:
    """What every turn needs, made of the content; `platforms`: what each that is served can do."""
    renderer = Renderer(content)

    def meant(prompt: Prompt, typed: str, reader: Person, names: Mapping[PersonId, str]) -> tuple[str, ...] | None:
        return pick(prompt, typed, Reader(reader.language, reader.zone), renderer, names)

    return Library(
        conversations=registry(*EXERCISES, *CONVERSATIONS),
        decks={name: deck.cards for name, deck in content.decks.items()},
        vocabulary=cache(content.vocabulary),
        is_crisis=content.is_crisis,
        pick=meant,
        next_due=_next_due,
        language=content.catalogue.language,
        country=country_of,
        zone=zone,
        languages=content.catalogue.languages,
        countries=tuple(sorted(content.helplines.countries)),
        platforms=platforms,
    )


def _next_due(couple: Couple, zones: tuple[str, str], after: int) -> int:
    if couple.weekday is None or couple.minute is None:
        raise ValueError("a couple without a rhythm has no next prompt")
    return couple_due(Slot(couple.weekday, couple.minute), zones, after)


@dataclass(slots=True)
class Rooms:
    """A store with everything that works on it, and the platforms of its people."""

    adapters: Sequence[Adapter]
    store: SqlStore
    writer: Writer
    turns: Turns
    take: Callable[[Event], Aside | None]
    sender: Sender
    tick: Tick
    sweep: Sweep
    render: Callable[[Text, Reader], str]
    studio: Studio
    clock: Clock
    figures: Figures
    has_heard: bool = False

    @property
    def is_well(self) -> bool:
        """Whether every platform is heard."""
        return all(adapter.hears.is_set() for adapter in self.adapters)

    async def receive(self, event: Incoming) -> str | None:
        """Takes what happened; what comes back is for whoever did it, alone. Raises `StoreError` when it could not be
        kept."""
        begun = perf_counter()
        aside = await self.writer.reply(partial(self.take, event))
        self.figures.kept(perf_counter() - begun)
        self.sender.wake()
        return None if aside is None else self.render(aside.text, Reader(aside.language, "UTC"))

    async def measured(self) -> bytes:
        """What is counted for whoever runs the bot; it waits for everybody who waits for an answer. Raises
        `StoreError`."""
        lines = await self.writer.bulk(self.store.lines)
        hears = {adapter.platform: adapter.hears.is_set() for adapter in self.adapters}
        return self.figures.page(Now(lines, self.sender.ends, hears, self.turns.failed, self.clock.now()))

    async def run_due(self) -> None:
        """Lets what is due happen; after a start, what had waited to be heard goes first: an answer given in time. A
        platform that is away is waited for once."""
        if not self.has_heard:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARING):
                    for adapter in self.adapters:
                        await adapter.caught_up.wait()
            self.has_heard = True
        await self.tick.run_due()

    async def catch_up(self) -> None:
        """Lets everything happen that is due now, and sends what may go; what that brings about happens, too."""
        while await self.tick.run_due():
            pass
        await self.sender.drain()
        if await self.tick.run_due():
            await self.catch_up()


def content_of(settings: Settings) -> Content:
    """What Leeway says, with the decks of whoever runs it. Raises `ConfigurationError`."""
    return load_content(own=settings.content_dir)


def open_rooms(
    settings: Settings,
    folder: Path,
    adapters: Sequence[Adapter],
    clock: Clock,
    *,
    paces: Mapping[str, Pace] = PACES,
    says: Callable[[Settings], Content] = content_of,
    server: str = "",
) -> Rooms:
    """Opens the store in a folder and wires what works on it; `paces` by platform. With a PostgreSQL `server` the
    database is there, and only its keys are in the folder. Raises `ConfigurationError`."""
    content = says(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = key_ring(settings.vault_keys.get_secret_value(), folder / KEY_FILE)
    keys = folder / KEY_DATABASE
    store = open_server_store(server, keys, ring) if server else open_store(folder / DATABASE, keys, ring)
    writer = Writer(store.together)
    turns = Turns(store, library(content, settings.time_zone, {adapter.platform: adapter.can for adapter in adapters}))
    figures = Figures()
    take = figures.counting(turns.take)
    by_platform = {adapter.platform: adapter for adapter in adapters}
    studio = Studio()
    limits = limits_of(paces)
    sender = Sender(
        store, by_platform, Renderer(content).message, clock, writer, limits=limits, draw=studio.draw, aside=studio.make
    )
    tick = Tick(store, take, clock, writer)
    sweep = Sweep(store, take, clock, writer, settings.retention_months)
    render = Renderer(content).text
    return Rooms(adapters, store, writer, turns, take, sender, tick, sweep, render, studio, clock, figures)


@asynccontextmanager
async def opened(
    settings: Settings,
    folder: Path,
    adapters: Sequence[Adapter],
    clock: Clock,
    *,
    says: Callable[[Settings], Content] = content_of,
    server: str = "",
) -> AsyncIterator[Rooms]:
    """A store with all that works on it, until it is closed."""
    rooms = open_rooms(settings, folder, adapters, clock, says=says, server=server)
    try:
        await rooms.sender.recover()
        yield rooms
    finally:
        rooms.studio.close()
        await rooms.writer.close()
        rooms.store.close()


def works_of(rooms: Rooms) -> list[Work]:
    """What runs for as long as the program does: hearing, sending, and what is due."""
    jobs = Jobs()
    jobs.every(TICK_SECONDS, "tick", rooms.run_due)
    jobs.every(SWEEP_SECONDS, "sweep", rooms.sweep.run)
    hearing = [partial(adapter.run, rooms.receive) for adapter in rooms.adapters]
    return [*hearing, rooms.sender.run, jobs.run]
