"""A channel of a server on Discord, which two share: what is heard of it, and who sees the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.events import Command, Incoming, Place, Pressed
from bot.people import GroupKey
from bot.ports import Among, Choice
from tests.doubles.discord.double import RefusedError
from tests.doubles.discord.guilds import Guild
from tests.doubles.discord.objects import Interaction
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

SERVER = 5_000
FOLLOW_UP = "POST /webhooks/{application}/{token}"
ORIGINAL = "/webhooks/{application}/{token}/messages/@original"
CALLBACK = "POST /interactions/{id}/{token}/callback"


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _place(guild: Guild) -> Place:
    return Place(GroupKey("discord", guild.room.id), server=guild.id)


def _there(rig: Rig, **more: Any) -> Guild:
    """A server of the two."""
    return rig.double.guilds.make(SERVER, ANA, BEN, **more)


def _told(said: str | None) -> Callable[[Incoming], Awaitable[str | None]]:
    """Turns that have that for whoever did something, alone."""

    async def take(event: Incoming) -> str | None:
        return said

    return take


async def _pressed(rig: Rig, guild: Guild, carries: str = "v1:c:group:here") -> Interaction:
    """Ben presses a button under what the bot has said in the channel."""
    choice = Choice("v1:c:group:here", "that's me")
    sent = await rig.say("Well?", chat=guild.room.id, choices=(choice,), among=Among(server=SERVER))
    return rig.double.presses(BEN, int(sent.message), carries)


def _flags(rig: Rig) -> list[int]:
    """The flags of all that went to interactions."""
    made = [*rig.double.made(CALLBACK), *rig.double.made(FOLLOW_UP)]
    return [
        (request.body.get("data") or request.body).get("flags", 0) for request in made if request.body != {"type": 6}
    ]


# ---- what is heard


def test_a_command_in_a_channel_says_where_it_was_given() -> None:
    """The channel, its server, who it was; where their own direct messages are is not told there."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        await rig.ready()
        rig.double.commands_(BEN, "pair", "CODE", channel=guild.room.id)
        assert await rig.deeds(1) == [Command("pair", "CODE")]
        (event,) = rig.heard
        assert event.sender.place == _place(guild)
        assert (event.sender.account.user, event.sender.chat, event.sender.profile.language) == (BEN.id, -BEN.id, "de")

    played(play)


@pytest.mark.parametrize("token", ["v1:c:group:here", "no button of ours \u200f"])
def test_a_press_in_a_channel_says_where_it_was(token: str) -> None:
    """Also one that no button of ours carries."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        await _pressed(rig, guild, token)
        assert await rig.deeds(1) == [Pressed(token)]
        assert rig.heard[0].sender.place == _place(guild)

    played(play)


def test_with_the_bot_alone_there_is_no_group() -> None:
    """As ever."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        sent = await rig.say(choices=(Choice("one", "1"),))
        rig.double.commands_(ANA, "help")
        rig.double.presses(ANA, int(sent.message), "one")
        await rig.deeds(2)
        assert [(event.sender.place, event.sender.chat) for event in rig.heard] == [(None, ANA.dm)] * 2

    played(play)


def test_d12_where_the_bot_is_not_there_is_no_group() -> None:
    """Somebody has brought it along, to a server or to a channel that some people have to themselves: it could say
    nothing there by itself."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, has_bot=False)
        await rig.ready()
        for channel in (guild.room.id, 77):
            given = rig.double.commands_(ANA, "help", channel=channel)
            await rig.double.until(lambda given=given: given.callback is not None)  # type: ignore[misc]
            await rig.say()
            await rig.double.until(lambda given=given: given.original is not None)  # type: ignore[misc]
            assert (given.is_private, given.original) == (True, "Answered in private.")
        assert [(event.sender.place, event.sender.chat) for event in rig.heard] == [(None, -ANA.id)] * 2

    played(play)


# ---- what is answered


@pytest.mark.parametrize(
    ("name", "aside", "answered"),
    [
        ("pair", None, "Answered in private."),
        ("pair", "Not for *you*.", "Not for \\*you\\*."),
        ("help", None, None),
        ("help", "Not for you.", "Not for you."),
    ],
)
def test_d08_a_command_in_a_channel_is_answered_to_one_alone(
    name: str, aside: str | None, answered: str | None
) -> None:
    """What its turn has for them, else where the answer is; what everybody in the channel is told leaves no trace."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        await rig.ready()
        rig.take = _told(aside)
        given = rig.double.commands_(ANA, name, channel=guild.room.id)
        await rig.deeds(1)
        await rig.say()
        await rig.double.until(lambda: given.deleted or given.original is not None)
        assert (given.is_private, given.original, given.deleted) == (True, answered, answered is None)
        assert _flags(rig) == [64]
        assert [posted.channel for posted in rig.double.bots] == [ANA.dm]

    played(play)


def test_d08_an_aside_to_a_press_is_for_one_alone() -> None:
    """Beside the message with the button, which stays as it was; nobody else reads it."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        await rig.ready()
        rig.take = _told("Noted. Now the *other* one.")
        pressed = await _pressed(rig, guild)
        await rig.double.until(lambda: bool(pressed.more))
        assert pressed.callback == {"type": 6}
        assert [(posted.content, posted.flags) for posted in pressed.more] == [("Noted. Now the \\*other\\* one.", 64)]
        assert _flags(rig) == [64]
        assert [(posted.content, posted.edits) for posted in rig.double.bots] == [("Well?", 0)]

    played(play)


def test_a_press_without_an_aside_is_acknowledged_and_no_more() -> None:
    """The group sees what comes of it."""

    async def play(rig: Rig) -> None:
        pressed = await _pressed(rig, _there(rig))
        await rig.deeds(1)
        await asyncio.sleep(0.05)  # for what might follow
        assert pressed.callback == {"type": 6}
        assert (rig.double.made(FOLLOW_UP), len(rig.double.bots)) == ([], 1)

    played(play)


def test_d04_an_aside_that_comes_too_late_is_lost() -> None:
    """Nothing is said of it, in the channel or in the log."""

    async def play(rig: Rig) -> None:
        await rig.ready()

        async def take(event: Incoming) -> str:
            await rig.double.until(lambda: pressed.callback is not None)
            rig.clock.at += 901
            return "Noted."

        rig.take = take
        with capture_logs() as logs:
            pressed = await _pressed(rig, _there(rig))
            await rig.double.until(lambda: bool(rig.double.made(FOLLOW_UP)))
            await asyncio.sleep(0.05)  # for what the log might say
        assert (pressed.more, len(rig.double.bots), logs) == ([], 1, [])

    played(play)


def test_d02_a_press_that_was_not_acknowledged_gets_no_aside() -> None:
    """There is nothing to follow."""

    async def play(rig: Rig) -> None:
        rig.double.faults[CALLBACK].append(RefusedError(404, 10062, "Unknown interaction"))
        rig.take = _told("Noted.")
        await _pressed(rig, _there(rig))
        await rig.deeds(1)
        await asyncio.sleep(0.05)
        assert rig.double.made(FOLLOW_UP) == []

    played(play)
