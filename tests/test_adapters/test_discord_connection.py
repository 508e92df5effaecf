"""Discord's gateway: one connection after another, whatever ends them; and what is written down of it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import discord
import pytest
from structlog.testing import capture_logs

from adapters.discord import gateway, slash
from adapters.discord.adapter import Access
from adapters.discord.gateway import UNKNOWN
from bot.errors import ConfigurationError, DeliveryError, StoreError
from bot.events import Incoming, Pressed, Typed
from bot.ports import Choice
from tests.doubles.discord.double import TOKEN, Broken, Failing, Fault, Limited, RefusedError
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

MARKER = "Quittenmarmelade"


AGAIN = gateway.AGAIN


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


async def _words(rig: Rig, some: int) -> list[str]:
    return [deed.text for deed in await rig.deeds(some) if isinstance(deed, Typed)]


async def _identified(rig: Rig, some: int) -> None:
    await rig.double.until(lambda: len(rig.double.identifies) == some)


def test_d11_no_privileged_intent_is_asked_for() -> None:
    """Servers and direct messages, as one shard, and nothing is asked of members."""

    async def play(rig: Rig) -> None:
        rig.double.guilds.make(500)
        rig.double.guilds.make(600)
        await rig.ready()
        (identify,) = rig.double.identifies
        assert identify["intents"] == 1 | 1 << 12
        assert identify["shard"] == [0, 1]

    played(play)


# ---- D16, D17, D18: what ends a connection


@pytest.mark.parametrize("resumable", [True, False])
def test_d16_a_connection_that_drops_is_taken_up_again(resumable: bool) -> None:
    """What was done meanwhile is heard, once, where the session stands; where it does not, what is done then is."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        for number in range(3):
            rig.double.drop(resumable=resumable)
            if not resumable:
                await _identified(rig, number + 2)
            rig.double.says(ANA, str(number))
            assert len(await _words(rig, number + 1)) == number + 1
        assert await _words(rig, 3) == ["0", "1", "2"]
        assert len(rig.double.identifies) == (1 if resumable else 4)
        assert len(rig.double.resumes) == 3
        assert rig.double.syncs == 1

    played(play)


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("MESSAGE_CREATE", {"id": "5", "channel_id": str(ANA.dm), "content": MARKER, "channel_type": 1}),
        ("INTERACTION_CREATE", {"id": "5", "type": 3, "token": "x", "version": 1, "application_id": "7"}),
        ("MESSAGE_UPDATE", {"id": "5", "channel_id": str(ANA.dm), "content": MARKER}),
        ("GUILD_CREATE", {"name": MARKER}),
        ("MESSAGE_CREATE", None),
    ],
)
def test_d17_an_event_that_cannot_be_read_ends_one_connection(event: str, data: Any) -> None:
    """Another follows; what was heard before stays, what comes after is heard, and the log has one line. Meanwhile the
    program is not ready."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        rig.double.says(ANA, "before it")
        assert await _words(rig, 1) == ["before it"]
        with capture_logs() as logs:
            assert rig.adapter.hears.is_set()
            rig.double.push(event, data)
            while rig.adapter.hears.is_set():  # noqa: ASYNC110 - it is cleared, and nobody is told
                await asyncio.sleep(0.001)
            await rig.double.until(lambda: len(rig.double.identifies) == 2)
            rig.double.says(ANA, "after it")
            assert await _words(rig, 2) == ["before it", "after it"]
            await rig.adapter.hears.wait()
        assert [log["event"] for log in logs] == ["discord.unheard"]
        assert MARKER not in str(logs)

    played(play)


def test_d17_what_a_person_did_is_in_order_over_connections() -> None:
    """A turn that is under way when the connection ends is not begun twice, and what follows waits for it."""

    async def play(rig: Rig) -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slowly(event: Incoming) -> None:
            begun.set()
            await go_on.wait()

        await rig.ready()
        rig.take = slowly
        rig.double.says(ANA, "one")
        await begun.wait()
        rig.double.push("MESSAGE_CREATE", None)
        await rig.double.until(lambda: len(rig.double.identifies) == 2)
        rig.double.says(ANA, "two")
        await asyncio.sleep(0.05)
        assert rig.heard == []
        go_on.set()
        assert await _words(rig, 2) == ["one", "two"]

    played(play)


@pytest.mark.parametrize(
    ("route", "fault"),
    [
        ("GET /users/@me", Broken(done=False)),
        ("GET /users/@me", RefusedError(403, 0, "Forbidden")),
        ("GET /users/@me", Limited(0.0, via=False)),
        ("GET /oauth2/applications/@me", Broken(done=False)),
        ("GET /gateway/bot", RefusedError(400, 0, "Bad Request")),
        ("GET /gateway/bot", Broken(done=False)),
    ],
)
def test_d18_a_server_that_cannot_be_heard_is_asked_again(route: str, fault: Fault) -> None:
    """The log says so; commands that were on their way then come with the next connection."""

    async def play(rig: Rig) -> None:
        rig.double.faults[route].extend([fault] * 3)
        rig.double.says(ANA, "one")
        with capture_logs() as logs:
            assert await _words(rig, 1) == ["one"]
            await rig.ready()
        assert {log["event"] for log in logs} - {"discord.commands"} == {"discord.unheard"}

    played(play)


def test_d18_a_crash_loop_leaves_some_of_a_days_thousand_logins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that goes on for weeks."""
    monkeypatch.setattr(gateway, "AGAIN", AGAIN)
    logins, seconds = 0, 0.0
    while seconds < 86_400:
        logins += 1
        seconds += gateway.pause(logins)
    assert logins < 1000
    assert gateway.pause(10_000) == gateway.LONGEST_PAUSE


def test_a_bug_beside_it_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are told while everything else goes on."""

    async def broken(*told: object) -> None:
        raise KeyError(MARKER)

    monkeypatch.setattr(slash, "sync", broken)

    async def play(rig: Rig) -> None:
        rig.double.says(ANA, "one")
        with capture_logs() as logs:
            assert await _words(rig, 1) == ["one"]
        assert [(log["event"], log["type"]) for log in logs] == [("discord.failed", "KeyError")]

    played(play)


def test_a_server_that_stumbles_is_asked_again_by_the_library() -> None:
    """502 five times over is one failure."""

    async def play(rig: Rig) -> None:
        rig.double.faults["GET /users/@me"].extend([Failing(502, done=False)] * 5)
        rig.double.says(ANA, "one")
        with capture_logs() as logs:
            assert await _words(rig, 1) == ["one"]
        assert [log["event"] for log in logs] == ["discord.unheard"]

    played(play)


def test_what_is_cancelled_while_it_connects_again_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library passes a cancellation over then: for all it cares, the program would never end."""
    monkeypatch.setattr(discord.client, "asyncio", asyncio)  # here it waits for five seconds before it says who it is

    async def play(rig: Rig) -> None:
        await rig.ready()
        rig.double.drop(resumable=False)
        await rig.double.until(lambda: bool(rig.double.resumes))
        await asyncio.sleep(0.1)
        assert len(rig.double.identifies) == 1
        async with asyncio.timeout(2):
            await rig.stop()

    played(play)


# ---- the token


def _mistake(raised: pytest.ExceptionInfo[BaseExceptionGroup[Any]]) -> str:
    (error,) = raised.value.exceptions
    assert isinstance(error, ConfigurationError)
    return str(error)


def test_a_token_that_nobody_knows_is_told_in_a_sentence() -> None:
    """Whoever runs the bot has to mend it: one line, at once, and nothing of the token in it."""

    async def play(rig: Rig) -> None:
        with pytest.raises(BaseExceptionGroup) as raised:
            await rig.adapter.run(rig.receive)
        assert _mistake(raised) == UNKNOWN
        assert "\n" not in UNKNOWN
        assert len(rig.double.requests) == 1
        assert not rig.adapter.caught_up.is_set()

    played(play, token="not.this.one")


def test_a_token_that_was_taken_back_ends_it_too() -> None:
    """The gateway closes with 4004; the next login tells why."""

    async def play(rig: Rig) -> None:
        await rig.ready()
        rig.double.token = "another"
        rig.double.drop(resumable=False)
        assert rig.running is not None
        with pytest.raises(BaseExceptionGroup) as raised:
            await rig.running
        assert _mistake(raised) == UNKNOWN
        rig.running = None

    played(play)


# ---- the log


def test_nothing_that_was_typed_and_no_token_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Not at the most talkative level; neither of what went well nor of what did not."""
    caplog.set_level(logging.DEBUG)

    async def play(rig: Rig) -> None:
        await rig.ready()
        failing = [True, True, False]

        async def take(event: Incoming) -> None:
            if failing and failing.pop(0):
                raise StoreError(MARKER)
            if isinstance(event.deed, Pressed):
                raise RuntimeError(MARKER)

        rig.take = take
        said = rig.double.says(ANA, MARKER)
        rig.double.edits(ANA, said.id, f"{MARKER}!")
        rig.double.commands_(ANA, "start", MARKER)
        rig.double.commands_(BEN, "pair", MARKER, channel=rig.double.guilds.make(500, BEN, has_bot=False).room.id)
        await rig.deeds(4)
        told = {"content": {"_errors": [{"code": "X", "message": MARKER}]}}
        rig.double.faults["POST /channels/{channel}/messages"].extend(
            [RefusedError(400, 50035, MARKER, told), Broken(done=True), RefusedError(403, 50007, MARKER), 0.0]
        )
        for _ in range(3):
            with pytest.raises(DeliveryError):
                await rig.say(MARKER, choices=(Choice("v1:x", MARKER),))
        sent = await rig.say(MARKER, choices=(Choice("v1:x", MARKER),))
        rig.double.presses(ANA, int(sent.message), "v1:x")
        rig.double.push("MESSAGE_CREATE", {"id": "5", "channel_id": str(ANA.dm), "content": MARKER})
        await rig.double.until(lambda: len(rig.double.identifies) == 2)
        rig.double.says(ANA, MARKER)
        await rig.deeds(5)

    with capture_logs() as logs:
        played(play)
    written = caplog.text + str(logs) + repr(Access(TOKEN))
    assert {log["event"] for log in logs} == {"event.again", "event.failed", "discord.unheard"}
    assert TOKEN not in written
    assert MARKER not in written
