"""The one place where everything is wired: store, turns, clock, sender, adapters, and the playground's page.

With a Telegram token its people's store is in DATA_DIR; the playground has a folder, a store and a clock of its own.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette

from adapters.playground.adapter import Playground
from adapters.playground.phones import Phones
from adapters.playground.server import page
from bot.commanding import COMMANDS
from bot.commands import menu as menus
from bot.commands.registry import CONVERSATIONS
from bot.engine.exercise import registry
from bot.engine.ids import PersonId
from bot.engine.session import Prompt
from bot.errors import ConfigurationError
from bot.events import Incoming
from bot.exercises.registry import EXERCISES
from bot.library import Library
from bot.people import Couple, Person
from bot.ports import Adapter, Capabilities, Clock
from bot.settings import Settings
from bot.turns import Turns
from bot.words.catalogue import SOURCE
from bot.words.choices import pick
from bot.words.cities import country_of
from bot.words.content import Content, load_content
from bot.words.render import Reader, Renderer
from scheduler.clock import MovableClock, StandingClock
from scheduler.jobs import TICK_SECONDS, Jobs
from scheduler.limits import PACES, Pace, limits_of
from scheduler.sender import Sender
from scheduler.slots import Slot, couple_due
from scheduler.tick import Tick
from storage.keyring import key_ring
from storage.store import SqlStore, open_store
from storage.writer import Writer

if TYPE_CHECKING:  # its SDK is imported only where a token is set
    from adapters.telegram.menu import Menu

PORTS_TRIED = 50
HEARING = 60  # seconds that what is due waits at most for what had waited to be heard: a platform may be away
STEPS = 50  # silent things that may be due before something is said: a reminder that is no longer needed

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
    """A store with everything that works on it, and the platform of its people."""

    adapter: Adapter
    store: SqlStore
    writer: Writer
    turns: Turns
    sender: Sender
    tick: Tick

    async def receive(self, event: Incoming) -> None:
        """Takes what somebody did; raises `StoreError` when it could not be kept."""
        await self.writer.reply(partial(self.turns.take, event))
        self.sender.wake()

    async def run_due(self) -> None:
        """Lets what is due happen; after a start, what had waited to be heard goes first: an answer given in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HEARING):
                await self.adapter.caught_up.wait()
        await self.tick.run_due()

    async def catch_up(self) -> None:
        """Lets everything happen that is due now, and sends what may go."""
        while await self.tick.run_due():
            pass
        await self.sender.drain()


def open_rooms(
    settings: Settings, folder: Path, adapter: Adapter, clock: Clock, paces: Mapping[str, Pace] = PACES
) -> Rooms:
    """Opens the store in a folder and wires what works on it; `paces` by platform. Raises `ConfigurationError`."""
    content = load_content()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = key_ring(settings.vault_keys.get_secret_value(), folder / "vault.key")
    store = open_store(folder / "leeway.db", folder / "keys.db", ring)
    writer = Writer(store.together)
    turns = Turns(store, library(content, settings.time_zone, {adapter.platform: adapter.can}))
    adapters = {adapter.platform: adapter}
    sender = Sender(store, adapters, Renderer(content).message, clock, writer, limits=limits_of(paces))
    return Rooms(adapter, store, writer, turns, sender, Tick(store, turns.take, clock, writer))


@asynccontextmanager
async def _opened(settings: Settings, folder: Path, adapter: Adapter, clock: Clock) -> AsyncIterator[Rooms]:
    """A store with all that works on it, until it is closed."""
    rooms = open_rooms(settings, folder, adapter, clock)
    try:
        await rooms.sender.recover()
        yield rooms
    finally:
        await rooms.writer.close()
        rooms.store.close()


def _works(rooms: Rooms) -> list[Work]:
    """What runs for as long as the program does: hearing, sending, and what is due."""
    jobs = Jobs()
    jobs.every(TICK_SECONDS, "tick", rooms.run_due)
    return [partial(rooms.adapter.run, rooms.receive), rooms.sender.run, jobs.run]


# ---- the program


async def serve(settings: Settings, say: Callable[[str], None], clock: Clock) -> None:
    """Runs until it is told to stop: Telegram where there is a token, the playground where there is none or it is
    wanted beside. `say` tells where it is to be found; `clock` is people's: the playground has its own."""
    async with AsyncExitStack() as opened:
        works: list[Work] = []
        if with_telegram := bool(settings.telegram_bot_token.get_secret_value()):
            rooms = await opened.enter_async_context(_telegram_rooms(settings, clock))
            works += _works(rooms)
            say("Leeway serves Telegram. Ctrl+C ends it.")
        serving: Work = _told_to_end
        if settings.playground or not with_telegram:
            serving, more = await opened.enter_async_context(_playground_page(settings, say))
            works += more
        leave_alone_what_stays()
        await _until_the_first_ends(serving, works)


def leave_alone_what_stays() -> None:
    """All that stands now stays for as long as the program runs: looking through it for what can go would stop
    everything for 50 ms each time."""
    gc.collect()
    gc.freeze()


async def run_due(settings: Settings, at: int) -> int:
    """Runs what is due at that instant, once, and sends it; says how many turns that were."""
    clock = StandingClock(at)
    with_telegram = bool(settings.telegram_bot_token.get_secret_value())
    async with _telegram_rooms(settings, clock) if with_telegram else _playground_rooms(settings, clock) as rooms:
        turns = await rooms.tick.run_due()
        await rooms.sender.drain()
    return turns


# ---- Telegram


@asynccontextmanager
async def _telegram_rooms(settings: Settings, clock: Clock) -> AsyncIterator[Rooms]:
    from adapters.telegram.adapter import Access, Telegram

    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    access = Access(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base)
    adapter = Telegram(access, clock, telegram_menus(load_content()), settings.data_dir / "telegram.menu")
    try:
        async with _opened(settings, settings.data_dir, adapter, clock) as rooms:
            yield rooms
    finally:
        await adapter.close()


def telegram_menus(content: Content) -> list[Menu]:
    """The menu in each language: of all its commands those that exist."""
    from adapters.telegram.menu import Menu

    render = Renderer(content).text

    def menu(language: str) -> Menu:
        reader = Reader(language, "UTC")
        there = [(name, render(words, reader)) for name, words in menus.ALL.items() if name in COMMANDS]
        return Menu(
            "" if language == SOURCE else language.split("-")[0],
            private=tuple(each for each in there if each[0] in menus.PRIVATE),
            groups=tuple(each for each in there if each[0] in menus.IN_A_GROUP),
            about=render(menus.ABOUT, reader),
            short=render(menus.SHORT, reader),
        )

    return [menu(language) for language in content.catalogue.languages]


# ---- the playground


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
        """Forgets both people and all that they said, and sets the clock right."""
        await self._rooms.sender.drain()
        self._playground.forget()  # first: a delivery that a phone remembers is not shown to it again
        await self._rooms.writer.reply(self._rooms.store.empty)
        self._clock.offset = 0


@asynccontextmanager
async def _playground_page(settings: Settings, say: Callable[[str], None]) -> AsyncIterator[tuple[Work, list[Work]]]:
    """The playground, open: what serves its page, and what runs beside that. `say` tells where it is to be found."""
    with _phones(settings) as phones:
        clock = MovableClock(phones.offset)

        def remember() -> None:
            phones.offset = clock.offset

        clock.on_moved = remember
        playground = Playground(phones, clock)
        async with _opened(settings, playground_folder(settings), playground, clock) as rooms:
            listening = _listen(settings.http_host, settings.http_port)
            server = _server(page(playground, Controls(rooms, playground, clock), lambda: playground.open))
            say(_where(settings, listening))
            yield partial(server.serve, [listening]), _works(rooms)


@asynccontextmanager
async def _playground_rooms(settings: Settings, clock: Clock) -> AsyncIterator[Rooms]:
    with _phones(settings) as phones:
        async with _opened(settings, playground_folder(settings), Playground(phones, clock), clock) as rooms:
            yield rooms


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


def _listen(host: str, port: int) -> socket.socket:
    """A socket on that port or the next free one. Raises `ConfigurationError` when none of fifty is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen()
        except OSError:
            listening.close()
            continue
        return listening
    raise ConfigurationError([f"HTTP_PORT: {port} and the {PORTS_TRIED} ports after it are taken; name another"])


def _where(settings: Settings, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    taken = "" if port == settings.http_port else f" (port {settings.http_port} is taken)"
    return f"Leeway's playground: http://{host}:{port}/{taken}\nCtrl+C ends it; what was said is kept."


def _server(application: Starlette) -> uvicorn.Server:
    config = uvicorn.Config(
        application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2, server_header=False
    )
    return uvicorn.Server(config)


async def _told_to_end() -> None:
    """Returns when a signal tells the program to end."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    with suppress(NotImplementedError):  # Windows: there Ctrl+C interrupts
        for each in signals:
            loop.add_signal_handler(each, told.set)
    try:
        await told.wait()
    finally:
        for each in signals:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(each)


async def _until_the_first_ends(serving: Work, works: Sequence[Work]) -> None:
    """Runs everything until the server ends; whatever fails ends all. Raises `ConfigurationError` bare."""
    try:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(_run(work)) for work in works]
            await serving()
            for task in running:
                task.cancel()
    except BaseExceptionGroup as group:
        if (mistake := _mistake(group)) is not None:
            raise mistake from None
        raise


def _mistake(group: BaseExceptionGroup) -> ConfigurationError | None:
    """What whoever runs the bot has to mend, wherever in a group it stands."""
    for error in group.exceptions:
        if isinstance(error, ConfigurationError):
            return error
        if isinstance(error, BaseExceptionGroup) and (mistake := _mistake(error)) is not None:
            return mistake
    return None


async def _run(work: Work) -> None:
    await work()
