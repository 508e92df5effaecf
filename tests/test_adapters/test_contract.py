"""What every adapter does, whatever its platform: the same tests over the playground, Telegram and Discord."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.errors import Refused, StoreError
from bot.events import Command, Edited, Incoming, Pressed, Typed, Unreadable
from bot.ports import Choice
from tests.test_adapters.places import Place, each, hear, in_haste, message, play


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@each
def test_all_that_is_done_is_handed_in_in_order(place: str) -> None:
    """Words, a command, an edit, a press, a photo: each with an id and chance of its own."""

    async def played(there: Place) -> None:
        first = await there.says("hello")
        await there.says("/start CODE")
        await there.edits(first, "hello you")
        await there.presses(first, "v1:c:help:")
        await there.sends_a_photo()
        heard = await hear(there, 5)
        expected = [Typed("hello", first), Command("start", "CODE"), Edited("hello you", first)]
        assert [event.deed for event in heard] == [*expected, Pressed("v1:c:help:"), Unreadable("photo")]
        assert len({event.id for event in heard}) == len({event.chance for event in heard}) == 5
        assert {(event.sender.account.user, event.sender.chat) for event in heard} == {(there.user, there.chat)}

    play(place, played)


@each
def test_what_the_store_could_not_take_comes_again_as_the_same(place: str) -> None:
    """Before what came after it."""

    async def played(there: Place) -> None:
        await there.says("one")
        await there.says("two")
        tries = iter([True, True, False, False])

        def take(event: Incoming) -> None:
            if next(tries):
                raise StoreError

        heard = await hear(there, 4, take)
        assert [event.deed.text for event in heard if isinstance(event.deed, Typed)] == ["one", "one", "one", "two"]
        assert len({(event.id, event.at, event.chance) for event in heard}) == 2

    play(place, played)


@each
def test_a_bug_does_not_stop_the_next_event(place: str) -> None:
    """It is logged and passed over."""

    async def played(there: Place) -> None:
        await there.says("one")
        await there.says("two")

        def take(event: Incoming) -> None:
            raise RuntimeError("a bug")

        assert len(await hear(there, 2, take)) == 2

    play(place, played)


@each
def test_a_receipt_is_where_the_buttons_are(place: str) -> None:
    """An edit without words takes them away, and the words stay."""

    async def played(there: Place) -> None:
        limit = there.adapter.can.text_limit
        long = message(there, "x" * (limit + 904), choices=(Choice("a", "yes"),), sides=(Choice("b", "pass"),))
        receipt = await there.adapter.send(long)
        assert [buttons for _, buttons in there.shown()] == [[], ["yes", "pass"]]
        assert len(receipt.before) == 1
        edited = await there.adapter.send(message(there, None, delivery=2, edits=receipt.message))
        assert edited.message == receipt.message
        assert there.shown() == [("x" * limit, []), ("x" * 904, [])]

    play(place, played)


@each
def test_what_was_said_can_be_taken_out_again(place: str) -> None:
    """Every piece of it, and nothing else; what is not there any more, and hers, is passed over; an edit of what is
    gone changes nothing."""

    async def played(there: Place) -> None:
        hers = await there.says("mine")
        long = await there.adapter.send(message(there, "x" * (there.adapter.can.text_limit + 1)))
        kept = await there.adapter.send(message(there, "kept", delivery=2))
        gone = (*long.before, long.message, "999")
        for delivery in (3, 4):
            await there.adapter.send(message(there, None, delivery=delivery, removes=gone))
        assert there.shown() == [("kept", [])]
        again = message(there, None, delivery=5, edits=long.message, choices=(Choice("a", "yes"),))
        assert (await there.adapter.send(again)).message == long.message
        assert there.shown() == [("kept", [])]
        assert kept.message != hers
        await hear(there, 1)

    play(place, played)


@each
@pytest.mark.parametrize("wrong", [{"platform": "elsewhere"}, {"text": "half \ud800"}, {"text": "x", "edits": "seven"}])
def test_what_cannot_be_is_refused(place: str, wrong: dict[str, Any]) -> None:
    """Another platform's message, half a sign, no message."""

    async def played(there: Place) -> None:
        with pytest.raises(Refused):
            await there.adapter.send(message(there, **{"text": "hello", **wrong}))

    play(place, played)


def _at_work() -> set[asyncio.Task[Any]]:
    """What runs, but for the doubles' own connections."""
    return {task for task in asyncio.all_tasks() if "RequestHandler" not in repr(task.get_coro())}


@each
@pytest.mark.parametrize("busy", [True, False])
def test_what_is_cancelled_ends_and_leaves_nothing_behind(place: str, busy: bool) -> None:
    """In the middle of a turn, or while nothing happens: no task of it goes on, and it can be run again."""

    async def played(there: Place) -> None:
        before, begun = _at_work(), asyncio.Event()

        async def receive(event: Incoming) -> None:
            begun.set()
            if busy:
                await asyncio.Event().wait()

        running = asyncio.create_task(there.adapter.run(receive))
        await there.says("one")
        await begun.wait()
        await there.presses(await there.says("two"), "v1:c:help:")
        await asyncio.sleep(0.05)
        running.cancel()
        async with asyncio.timeout(15):
            assert isinstance((await asyncio.gather(running, return_exceptions=True))[0], asyncio.CancelledError)
            while _at_work() - before:  # noqa: ASYNC110 - what ends tells nobody
                await asyncio.sleep(0.01)
        await there.says("three")
        assert await hear(there, 1)

    play(place, played)
