"""What every adapter does in a group, whatever its platform: over the playground, Telegram and Discord."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.errors import Overheard, Unreachable
from bot.events import Command, Incoming, Place, Pressed
from bot.people import SHARED, AccountKey
from bot.ports import Among, Choice, Doorway, Message
from tests.test_adapters.gatherings import Gathering, each, play
from tests.test_adapters.places import in_haste

ALONE = "Not for you."


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _said(there: Gathering, text: str, *choices: Choice, delivery: int = 1, **among: Any) -> Message:
    key = AccountKey(there.adapter.platform, SHARED)
    return Message(key, there.key.chat, delivery, text, choices, among=Among(server=there.server, **among))


def _only(there: Gathering, *who: str) -> dict[str, Any]:
    return {"only": tuple(there.accounts[name] for name in who), "people": 2}


@each
def test_what_is_done_there_says_so_and_what_comes_back_is_for_one_alone(place: str) -> None:
    """Who did it, where, and their own chat, which is another; what the turn has for them, nobody else is told."""

    async def played(there: Gathering) -> None:
        await there.adapter.send(_said(there, "Well?", Choice("v1:c:curious:", "a question")))
        heard, enough = list[Incoming](), asyncio.Event()

        async def receive(event: Incoming) -> str | None:
            heard.append(event)
            enough.set()
            return ALONE if isinstance(event.deed, Pressed) else None

        running = asyncio.create_task(there.adapter.run(receive))
        try:
            await there.adapter.hears.wait()
            await there.commands("ana", "start")
            await enough.wait()
            await there.presses("ben", "v1:c:curious:")
            while not [each for each in there.told_alone() if each[1] == ALONE]:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.005)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        command, press = heard
        assert (command.deed, press.deed) == (Command("start"), Pressed("v1:c:curious:"))
        assert command.sender.place == press.sender.place == Place(there.key, server=there.server)
        assert command.sender.account == there.accounts["ana"]
        assert command.sender.chat != there.key.chat
        assert [who for who, text in there.told_alone() if text == ALONE] == ["ben"]
        assert there.shown() == [("Well?", ["a question"])]

    play(place, played)


@each
def test_a_way_out_of_it_is_a_button(place: str) -> None:
    """To each one's own chat with the bot."""

    async def played(there: Gathering) -> None:
        await there.adapter.send(_said(there, "What comes next is for you alone.", door=Doorway("start me", "g-1a")))
        assert there.shown() == [("What comes next is for you alone.", ["start me"])]

    play(place, played)


@each
@pytest.mark.parametrize(
    ("members", "opens"),
    [(("ana",), False), (("ana", "ben"), True), (("ana", "ben", "eva"), False), (("ana", "eva"), False)],
)
def test_answers_open_only_before_the_two(place: str, members: tuple[str, ...], opens: bool) -> None:
    """One fewer, the two, one more, and somebody else in the place of one; not a word where it is not just the two."""
    if place == "playground" and "ben" not in members:
        members = ("ana", "ben", "eva")  # its two are always there

    async def played(there: Gathering) -> None:
        await there.members(*members)
        if opens:
            await there.adapter.send(_said(there, "Bees.", **_only(there, "ana", "ben")))
        else:
            with pytest.raises(Overheard):
                await there.adapter.send(_said(there, "Bees.", **_only(there, "ana", "ben")))
        assert [text for text, _ in there.shown()] == (["Bees."] if opens else [])

    play(place, played)


@each
def test_of_two_who_are_not_both_known_there_the_number_counts(place: str) -> None:
    """A couple on two platforms: two people and the bot, whoever the other is. Where none of the two is known there,
    nobody is."""

    async def played(there: Gathering) -> None:
        await there.adapter.send(_said(there, "Bees.", **_only(there, "ana")))
        with pytest.raises(Overheard):
            await there.adapter.send(_said(there, "Wasps.", delivery=3, **_only(there)))
        await there.members("ana", "ben", "eva")
        with pytest.raises(Overheard):
            await there.adapter.send(_said(there, "Geese.", delivery=2, **_only(there, "ana")))
        assert [text for text, _ in there.shown()] == ["Bees."]

    play(place, played)


@each
def test_where_the_bot_may_not_write_it_cannot_be_reached(place: str) -> None:
    """The same for what is for anybody there, and for what opens."""

    async def played(there: Gathering) -> None:
        await there.mutes()
        with pytest.raises(Unreachable):
            await there.adapter.send(_said(there, "A question is open."))
        with pytest.raises(Unreachable):
            await there.adapter.send(_said(there, "Bees.", delivery=2, **_only(there, "ana", "ben")))
        assert there.shown() == []

    play(place, played)
