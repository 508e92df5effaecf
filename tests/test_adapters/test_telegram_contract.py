"""What every adapter does, whatever its platform: the same tests over the playground and over Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from adapters.playground import adapter as playground
from adapters.playground.messages import Kind, Owner
from adapters.playground.phones import Phones
from adapters.telegram import polling
from bot.errors import Refused, StoreError
from bot.events import Command, Edited, Incoming, Pressed, Typed, Unreadable
from bot.people import AccountKey
from bot.ports import Adapter, Choice, Message
from tests.doubles.telegram.rig import ANA, Hand, rig

Do = Callable[[], Awaitable[Any]]


class Place(Protocol):
    """A platform with Ana's phone in the hand."""

    user: int

    @property
    def adapter(self) -> Adapter:
        """The adapter of the platform."""
        ...

    async def says(self, text: str) -> str:
        """Ana writes something; the id of her message."""
        ...

    async def edits(self, message: str, text: str) -> None:
        """She changes it."""
        ...

    async def presses(self, message: str, token: str) -> None:
        """She presses a button."""
        ...

    async def sends_a_photo(self) -> None:
        """She sends something that is no text."""
        ...

    def shown(self) -> list[tuple[str, int]]:
        """What the bot has said to her: words, and how many buttons they have."""
        ...


@dataclass
class OnPlayground:
    """The playground."""

    adapter: playground.Playground
    phones: Phones
    user: int = 1

    async def says(self, text: str) -> str:
        """On her phone."""
        await self.adapter.said(Owner.ANA, text)
        return str(self.adapter.since(0).messages[-1].id)

    async def edits(self, message: str, text: str) -> None:
        """On her phone."""
        await self.adapter.edited(Owner.ANA, int(message), text)

    async def presses(self, message: str, token: str) -> None:
        """On her phone."""
        await self.adapter.pressed(Owner.ANA, token)

    async def sends_a_photo(self) -> None:
        """On her phone."""
        await self.adapter.sent(Owner.ANA, Kind.PHOTO)

    def shown(self) -> list[tuple[str, int]]:
        """On her phone."""
        ours = [message.draft for message in self.adapter.since(0).messages if message.draft.author == "bot"]
        drafts = [draft for draft in ours if draft.kind is not Kind.GONE]
        return [(draft.text, sum(map(len, draft.choices)) + len(draft.sides)) for draft in drafts]


@dataclass
class OnTelegram:
    """The double of Telegram."""

    adapter: Adapter
    double: Any
    user: int = ANA.id

    async def says(self, text: str) -> str:
        """On her phone."""
        return str(self.double.says(ANA, text).id)

    async def edits(self, message: str, text: str) -> None:
        """On her phone."""
        self.double.edits(ANA, int(message), text)

    async def presses(self, message: str, token: str) -> None:
        """On her phone."""
        self.double.presses(ANA, int(message), token)

    async def sends_a_photo(self) -> None:
        """On her phone."""
        self.double.sends(ANA, "photo")

    def shown(self) -> list[tuple[str, int]]:
        """On her phone."""
        keyboards = [(p.text, p.keyboard or {"inline_keyboard": []}) for p in self.double.bots]
        return [(text, sum(map(len, keyboard["inline_keyboard"]))) for text, keyboard in keyboards]


@asynccontextmanager
async def _on_playground() -> AsyncIterator[Place]:
    phones = Phones(":memory:")
    try:
        yield OnPlayground(playground.Playground(phones, Hand()), phones)
    finally:
        phones.close()


@asynccontextmanager
async def _on_telegram() -> AsyncIterator[Place]:
    async with rig() as at_work:
        at_work.double.people[ANA.id] = ANA
        yield OnTelegram(at_work.adapter, at_work.double)


PLACES = {"playground": _on_playground, "telegram": _on_telegram}
each = pytest.mark.parametrize("place", PLACES)


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "AGAIN", 0.01)
    monkeypatch.setattr(playground, "AGAIN", 0.01)


async def _hear(place: Place, some: int, take: Callable[[Incoming], None] = lambda event: None) -> list[Incoming]:
    """What is handed in, until that many events were."""
    heard: list[Incoming] = []
    enough = asyncio.Event()

    async def receive(event: Incoming) -> None:
        heard.append(event)
        if len(heard) == some:
            enough.set()
        take(event)

    async with asyncio.timeout(20):
        running = asyncio.create_task(place.adapter.run(receive))
        await enough.wait()
        await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return heard


def _play(place: str, play: Callable[[Place], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with PLACES[place]() as there:
            await play(there)

    asyncio.run(whole())


def _message(there: Place, text: str | None, **more: Any) -> Message:
    key = AccountKey(more.pop("platform", there.adapter.platform), there.user)
    return Message(key, there.user, more.pop("delivery", 1), text, **more)


@each
def test_all_that_is_done_is_handed_in_in_order(place: str) -> None:
    """Words, a command, an edit, a press, a photo: each with an id and chance of its own."""

    async def play(there: Place) -> None:
        first = await there.says("hello")
        await there.says("/start CODE")
        await there.edits(first, "hello you")
        await there.presses(first, "v1:c:help:")
        await there.sends_a_photo()
        heard = await _hear(there, 5)
        expected = [Typed("hello", first), Command("start", "CODE"), Edited("hello you", first)]
        assert [event.deed for event in heard] == [*expected, Pressed("v1:c:help:"), Unreadable("photo")]
        assert len({event.id for event in heard}) == len({event.chance for event in heard}) == 5
        assert {(event.sender.account.user, event.sender.chat) for event in heard} == {(there.user, there.user)}

    _play(place, play)


@each
def test_what_the_store_could_not_take_comes_again_as_the_same(place: str) -> None:
    """Before what came after it."""

    async def play(there: Place) -> None:
        await there.says("one")
        await there.says("two")
        tries = iter([True, True, False, False])

        def take(event: Incoming) -> None:
            if next(tries):
                raise StoreError

        heard = await _hear(there, 4, take)
        assert [event.deed.text for event in heard if isinstance(event.deed, Typed)] == ["one", "one", "one", "two"]
        assert len({(event.id, event.at, event.chance) for event in heard}) == 2

    _play(place, play)


@each
def test_a_bug_does_not_stop_the_next_event(place: str) -> None:
    """It is logged and passed over."""

    async def play(there: Place) -> None:
        await there.says("one")
        await there.says("two")

        def take(event: Incoming) -> None:
            raise RuntimeError("a bug")

        assert len(await _hear(there, 2, take)) == 2

    _play(place, play)


@each
def test_a_receipt_is_where_the_buttons_are(place: str) -> None:
    """An edit without words takes them away, and the words stay."""

    async def play(there: Place) -> None:
        long = _message(there, "x" * 5000, choices=(Choice("a", "yes"),), sides=(Choice("b", "pass"),))
        receipt = await there.adapter.send(long)
        assert [buttons for _, buttons in there.shown()] == [0, 2]
        assert len(receipt.before) == 1
        edited = await there.adapter.send(_message(there, None, delivery=2, edits=receipt.message))
        assert edited.message == receipt.message
        assert there.shown() == [("x" * 4096, 0), ("x" * 904, 0)]

    _play(place, play)


@each
def test_what_was_said_can_be_taken_out_again(place: str) -> None:
    """Every piece of it, and nothing else; what is not there any more, and hers, is passed over; an edit of what is
    gone changes nothing."""

    async def play(there: Place) -> None:
        hers = await there.says("mine")
        long = await there.adapter.send(_message(there, "x" * 5000))
        kept = await there.adapter.send(_message(there, "kept", delivery=2))
        gone = (*long.before, long.message, "999")
        for delivery in (3, 4):
            await there.adapter.send(_message(there, None, delivery=delivery, removes=gone))
        assert there.shown() == [("kept", 0)]
        again = _message(there, None, delivery=5, edits=long.message, choices=(Choice("a", "yes"),))
        assert (await there.adapter.send(again)).message == long.message
        assert there.shown() == [("kept", 0)]
        assert kept.message != hers
        await _hear(there, 1)

    _play(place, play)


@each
@pytest.mark.parametrize("wrong", [{"platform": "discord"}, {"text": "half \ud800"}, {"text": "x", "edits": "seven"}])
def test_what_cannot_be_is_refused(place: str, wrong: dict[str, Any]) -> None:
    """Another platform's message, half a sign, no message."""

    async def play(there: Place) -> None:
        with pytest.raises(Refused):
            await there.adapter.send(_message(there, **{"text": "hello", **wrong}))

    _play(place, play)
