"""The whole program with Discord's token: a process of its own, a server on this machine, real signals."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.tokens import read_token
from tests.doubles.discord.double import TOKEN
from tests.doubles.discord.objects import Posted
from tests.doubles.discord.program import Running, buttons_of, running
from tests.doubles.discord.rig import ANA

MARKER = "Quittenmarmelade"


def _play(folder: Path, play: Callable[[Running], Awaitable[None]], **settings: str) -> None:
    async def whole() -> None:
        async with running(folder, **settings) as program:
            await play(program)

    asyncio.run(whole())


async def _met(program: Running) -> Posted:
    """/start: the first screen, with its button."""
    double = program.double
    await double.until(lambda: double.syncs > 0)
    given = double.commands_(ANA, "start")
    await double.until(lambda: len(double.bots) == 2 and given.deleted)
    return double.bots[1]


async def _agree(program: Running) -> None:
    """Start, and the first screen's button: the first question stands there."""
    double, terms = program.double, await _met(program)
    pressed = double.presses(ANA, terms.id, buttons_of(terms)[0])
    await double.until(lambda: len(double.bots) >= 4)
    await double.until(lambda: terms.components == [])
    assert pressed.callback == {"type": 6}


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends(tmp_path: Path, by: signal.Signals) -> None:
    """A token is enough: the commands, the first screen, the first question; a signal ends it with exit code 0."""

    async def play(program: Running) -> None:
        await _agree(program)
        double = program.double
        double.says(ANA, MARKER)
        await double.until(lambda: any(text.startswith("Kept") for text in double.texts(ANA)))
        tokens = [token for posted in double.bots for token in buttons_of(posted)]
        assert tokens
        assert all(read_token(token) for token in tokens)
        assert await program.end(by) == 0
        assert "Traceback" not in program.log
        assert MARKER not in program.log
        assert not (tmp_path / "playground").exists()

    _play(tmp_path, play, LOG_LEVEL="debug")


def test_0_1_a_question_that_was_being_sent_when_the_power_was_cut_is_there_once(tmp_path: Path) -> None:
    """It had arrived, and nobody was there to be told: the next program sends it again, under the same nonce."""

    async def play(program: Running) -> None:
        double, terms = program.double, await _met(program)
        await double.until(lambda: len(double.made("DELETE /webhooks/{application}/{token}/messages/@original")) == 1)
        double.on_posted = lambda posted, is_edit: None if is_edit else program.kill()
        double.presses(ANA, terms.id, buttons_of(terms)[0])
        await program.ended()
        cut, double.on_posted = len(double.bots), lambda posted, is_edit: None
        assert cut == 3
        await program.start()
        await double.until(lambda: len(double.bots) >= 4 and terms.components == [])
        assert await program.end(signal.SIGTERM) == 0
        texts = double.texts(ANA)
        assert len(texts) == len(set(texts)) == 4
        sent = double.made("POST /channels/{channel}/messages")
        nonces = [request.body["nonce"] for request in sent]
        assert nonces.count(str(double.bots[2].nonce)) == 2
        assert double.syncs == 1

    _play(tmp_path, play)


def test_an_unknown_token_ends_it_with_a_sentence(tmp_path: Path) -> None:
    """No traceback, and exit code 2."""
    wrong = f"{TOKEN[:-6]}elbuoD"

    async def play(program: Running) -> None:
        assert await program.ended() == 2
        assert "Discord does not know this token" in program.log
        assert "Traceback" not in program.log
        assert wrong not in program.log

    _play(tmp_path, play, DISCORD_BOT_TOKEN=wrong)
