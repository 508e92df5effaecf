"""Slash commands on Discord, given to the bot alone and among others: what is handed in, and what stays to be seen."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from adapters.discord.inbound import unopened
from bot.events import Command, Incoming
from tests.doubles.discord.double import RefusedError
from tests.doubles.discord.objects import Person
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

CALLBACK = "POST /interactions/{id}/{token}/callback"
ORIGINAL = "/webhooks/{application}/{token}/messages/@original"


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@pytest.mark.parametrize(("name", "argument"), [("help", ""), ("start", ""), ("start", "CODE 1"), ("pair", " CODE ")])
def test_a_slash_command_is_heard_and_leaves_no_trace(name: str, argument: str) -> None:
    """Only she sees that she gave it, and that goes once her turn is through."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        through = asyncio.Event()

        async def take(event: Incoming) -> None:
            await through.wait()

        rig.take = take
        given = rig.double.commands_(ANA, name, argument)
        await rig.double.until(lambda: given.callback is not None)
        assert given.callback == {"type": 5, "data": {"flags": 64}}
        assert not given.deleted
        through.set()
        assert await rig.deeds(1) == [Command(name, argument.strip())]
        await rig.double.until(lambda: given.deleted)
        assert rig.heard[0].sender.chat == ANA.dm
        assert rig.double.texts(ANA) == []

    played(play)


@pytest.mark.parametrize(("who", "words"), [(ANA, "Answered in private."), (BEN, "Privat beantwortet.")])
def test_d08_among_others_she_alone_is_told_where_the_answer_is(who: Person, words: str) -> None:
    """In her language; the direct messages are not known yet."""

    async def play(rig: Rig) -> None:
        server = rig.double.guilds.make(500, who)
        await rig.ready()
        given = rig.double.commands_(who, "pair", "CODE", channel=server.room.id)
        assert await rig.deeds(1) == [Command("pair", "CODE")]
        await rig.say(to=who)
        await rig.double.until(lambda: given.original is not None)
        assert given.is_private
        assert given.original == words
        assert rig.heard[0].sender.chat == unopened(who.id) == -who.id
        assert rig.heard[0].sender.profile.language == who.language

    played(play)


def test_a_command_that_is_gone_is_heard_all_the_same() -> None:
    """A client may still show what an earlier version of ours had."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        given = rig.double.commands_(ANA, "tarot", "now")
        assert await rig.deeds(1) == [Command("tarot", "now")]
        await rig.double.until(lambda: given.deleted)

    played(play)


def test_d04_a_turn_that_took_longer_than_an_answer_may_wait() -> None:
    """After a quarter of an hour the trace stays; nothing is said of it."""

    async def play(rig: Rig) -> None:
        await rig.ready()

        async def take(event: Incoming) -> None:
            await rig.double.until(lambda: given.callback is not None)
            rig.clock.at += 901

        rig.take = take
        with capture_logs() as logs:
            given = rig.double.commands_(ANA, "help")
            await rig.deeds(1)
            await rig.double.until(lambda: bool(rig.double.made(f"DELETE {ORIGINAL}")))
            await asyncio.sleep(0.05)  # for what the log might say
        assert not given.deleted
        assert logs == []

    played(play)


@pytest.mark.parametrize("refused", [(404, 10062), (404, 10015)])
def test_d02_what_was_not_acknowledged_is_left_alone(refused: tuple[int, int]) -> None:
    """The command counts; asking time and again for what is not there is what Discord shuts out for."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        rig.double.faults[CALLBACK].append(RefusedError(*refused, "Unknown"))
        rig.double.commands_(ANA, "help")
        rig.double.says(ANA, "next")
        assert (await rig.deeds(2))[0] == Command("help")
        await asyncio.sleep(0.05)
        assert rig.double.made(f"DELETE {ORIGINAL}") == []

    played(play)


def test_a_trace_that_stays_holds_nobody_up() -> None:
    """What somebody does next does not wait for it to go, and what becomes of it is one line."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        rig.double.faults[f"DELETE {ORIGINAL}"].extend([5.0, RefusedError(403, 50001, "Missing Access")])
        with capture_logs() as logs:
            rig.double.commands_(ANA, "help")
            rig.double.commands_(ANA, "help")
            rig.double.says(ANA, "next")
            async with asyncio.timeout(2):
                await rig.deeds(3)
                while not logs:  # noqa: ASYNC110 - a log tells nobody
                    await asyncio.sleep(0.005)
        assert [log["event"] for log in logs] == ["discord.unanswered"]

    played(play)
