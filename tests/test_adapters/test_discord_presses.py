"""Presses of buttons and selects on Discord: each is heard, and each is acknowledged."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.events import Incoming, Pressed
from bot.ports import Choice
from tests.doubles.discord.double import Broken, Failing, RefusedError
from tests.doubles.discord.rig import ANA, Rig, in_haste, played

CALLBACK = "POST /interactions/{id}/{token}/callback"


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def test_d07_a_press_is_what_the_button_carries() -> None:
    """Also after a restart, under a message that nobody remembers, and from long ago."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"), Choice("two", "2")))
        await rig.ready()
        await rig.restart()
        for token in ("two", "one", "one"):
            rig.double.presses(ANA, int(sent.message), token)
        assert await rig.deeds(3) == [Pressed("two"), Pressed("one"), Pressed("one")]
        assert {(event.sender.chat, event.sender.profile.language) for event in rig.heard} == {(ANA.dm, "en-US")}
        assert len({event.id for event in rig.heard}) == 3

    played(play)


def test_d06_what_is_taken_from_a_select_is_a_press() -> None:
    """There is no difference."""

    async def play(rig: Rig) -> None:
        many = tuple(Choice(f"v1:p:1:1:{n}", f"a long label, number {n}") for n in range(40))
        sent = await rig.say(choices=many)
        for number in (0, 24, 25, 39):
            rig.double.presses(ANA, int(sent.message), f"v1:p:1:1:{number}")
        assert await rig.deeds(4) == [Pressed(f"v1:p:1:1:{number}") for number in (0, 24, 25, 39)]
        await rig.double.until(lambda: len(rig.double.made(CALLBACK)) == 4)
        assert [request.body["type"] for request in rig.double.made(CALLBACK)] == [6] * 4

    played(play)


def test_d04_a_press_is_acknowledged_before_its_turn_is_through() -> None:
    """The turn waits for that here."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))

        async def take(event: Incoming) -> None:
            await rig.double.until(lambda: all(each.callback for each in rig.double.interactions.values()))

        rig.take = take
        rig.double.presses(ANA, int(sent.message), "one")
        rig.double.presses(ANA, int(sent.message), "one")
        assert await rig.deeds(2) == [Pressed("one")] * 2

    played(play)


@pytest.mark.parametrize("refused", [(404, 10062), (400, 40060), (404, 10015), (401, 50027)])
def test_d04_an_acknowledgement_in_vain_is_no_word_in_the_log(refused: tuple[int, int]) -> None:
    """It was too late, or was there already: the press counts all the same."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))
        rig.double.faults[CALLBACK].append(RefusedError(*refused, "Unknown interaction"))
        with capture_logs() as logs:
            rig.double.presses(ANA, int(sent.message), "one")
            rig.double.presses(ANA, int(sent.message), "two")
            assert await rig.deeds(2) == [Pressed("one"), Pressed("two")]
            await rig.double.until(lambda: len(rig.double.made(CALLBACK)) == 2)
            await asyncio.sleep(0.05)  # for what the log might say
        assert logs == []

    played(play)


def test_d04_a_press_from_before_the_start_counts() -> None:
    """It comes too late to be acknowledged, and nothing is said of that."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))
        pressed = rig.double.presses(ANA, int(sent.message), "one")
        rig.clock.at += 10
        with capture_logs() as logs:
            assert await rig.deeds(1) == [Pressed("one")]
            await rig.double.until(lambda: len(rig.double.made(CALLBACK)) == 1)
            await asyncio.sleep(0.05)  # for what the log might say
        assert pressed.callback is None
        assert logs == []

    played(play)


@pytest.mark.parametrize("fault", [RefusedError(400, 50035, "Invalid Form Body"), Broken(done=False)])
def test_d04_any_other_failure_is_told_and_the_press_counts(fault: Any) -> None:
    """One line."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))
        rig.double.faults[CALLBACK].append(fault)
        with capture_logs() as logs:
            rig.double.presses(ANA, int(sent.message), "one")
            assert await rig.deeds(1) == [Pressed("one")]
            while not logs:  # noqa: ASYNC110 - a log tells nobody
                await asyncio.sleep(0.005)
        assert [log["event"] for log in logs] == ["discord.unacknowledged"]

    played(play)


def test_d04_a_server_that_stumbles_is_answered_again() -> None:
    """The first answer came through, nobody told: the second is one too many, and is passed over."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))
        rig.double.faults[CALLBACK].append(Failing(500, done=True))
        with capture_logs() as logs:
            pressed = rig.double.presses(ANA, int(sent.message), "one")
            assert await rig.deeds(1) == [Pressed("one")]
            await rig.double.until(lambda: len(rig.double.made(CALLBACK)) == 2)
            await asyncio.sleep(0.05)  # for what the log might say
        assert pressed.callback is not None
        assert logs == []

    played(play)
