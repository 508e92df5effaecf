"""The whole program with a token: a process of its own, a server on this machine, real signals."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from bot.tokens import read_token
from tests.browser.programs import free_port
from tests.doubles.telegram.methods import RefusedError
from tests.doubles.telegram.program import Running, buttons_of, running
from tests.doubles.telegram.rig import ANA

MARKER = "Quittenmarmelade"


def _play(folder: Path, play: Callable[[Running], Awaitable[None]], **settings: str) -> None:
    async def whole() -> None:
        async with running(folder, **settings) as program:
            await play(program)

    asyncio.run(whole())


async def _agree(program: Running) -> None:
    """Start, and the first screen's button: the first question stands there."""
    double = program.double
    double.says(ANA, "/start")
    await double.until(lambda: len(double.bots) == 2)
    double.presses(ANA, double.bots[1].id, buttons_of(double.bots[1])[0])
    await double.until(lambda: len(double.bots) >= 4)
    await double.until(lambda: double.bots[1].keyboard is None)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends(tmp_path: Path, by: signal.Signals) -> None:
    """A token is enough: the menu, the first screen, the first question; a signal ends it with exit code 0."""

    async def play(program: Running) -> None:
        await _agree(program)
        assert await program.end(by) == 0
        assert program.double.menus
        assert "Traceback" not in program.log
        assert "playground" not in program.log
        assert not (tmp_path / "playground").exists()

    _play(tmp_path, play)


def test_what_was_written_while_it_was_killed_is_answered_once(tmp_path: Path) -> None:
    """Ana's answer is on its way when the power is cut: nothing is lost, and nothing is asked again."""

    async def play(program: Running) -> None:
        double = program.double
        await _agree(program)
        double.says(ANA, MARKER)
        await program.end(signal.SIGKILL)
        double.says(ANA, f"and {MARKER}")
        await program.start()
        await double.all_confirmed()
        await double.until(lambda: any("Added" in text or "Kept" in text for text in double.texts(ANA)))
        assert len([text for text in double.texts(ANA) if text.startswith("Kept")]) == 1
        assert await program.end(signal.SIGTERM) == 0
        assert MARKER not in program.log

    _play(tmp_path, play, LOG_LEVEL="debug")


@pytest.mark.parametrize("beside", ["0", "1"])
def test_whether_it_is_well_is_told(tmp_path: Path, beside: str) -> None:
    """Without a page, too: ready while Telegram is heard, and not while it is away; it runs all the while."""
    port = free_port()

    async def play(program: Running) -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await program.double.until(lambda: bool(program.double.made("getUpdates")))
            await _answers(client, "/readyz", 200)
            program.double.faults["getUpdates"].extend([RefusedError(502, "Bad Gateway")] * 50)
            program.double.says(ANA, "/help")  # ends the poll that is under way
            await _answers(client, "/readyz", 503)
            assert (await client.get("/healthz")).status_code == 200
            program.double.faults["getUpdates"].clear()
            await _answers(client, "/readyz", 200)
        assert await program.end(signal.SIGTERM) == 0
        assert f"http://127.0.0.1:{port}/" in program.log

    _play(tmp_path, play, PLAYGROUND=beside, HTTP_PORT=str(port))


async def _answers(client: httpx.AsyncClient, path: str, status: int) -> None:
    """Returns once it answers so."""
    async with asyncio.timeout(20):
        while True:
            try:
                if (await client.get(path)).status_code == status:
                    return
            except httpx.TransportError:
                pass  # it is not there yet
            await asyncio.sleep(0.05)


def test_the_playground_beside_it_is_apart(tmp_path: Path) -> None:
    """A page, a store and a clock of its own."""
    port = free_port()

    async def play(program: Running) -> None:
        await _agree(program)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            state = (await client.get("/api/state")).json()
        assert state["messages"] == []
        assert (tmp_path / "leeway.db").exists()
        assert (tmp_path / "playground" / "leeway.db").exists()
        assert await program.end(signal.SIGINT) == 0

    _play(tmp_path, play, PLAYGROUND="1", HTTP_PORT=str(port))


def test_an_unknown_token_ends_it_with_a_sentence(tmp_path: Path) -> None:
    """No traceback, and exit code 2."""

    async def play(program: Running) -> None:
        assert program.process is not None
        assert await program.process.wait() == 2
        assert "the server does not know this token" in program.log
        assert "Traceback" not in program.log
        program.double.answers.append(("getMe", program.double.robot.myself()))  # for the judge: it has seen nothing

    async def whole() -> None:
        async with running(tmp_path) as program:
            program.double.faults["getMe"].extend([RefusedError(401, "Unauthorized")] * 9)
            await play(program)

    asyncio.run(whole())


def test_t13_every_button_is_read_again(tmp_path: Path) -> None:
    """What the double was given as callback data is what the router understands."""

    async def play(program: Running) -> None:
        await _agree(program)
        tokens = [token for posted in program.double.bots for token in buttons_of(posted)]
        assert tokens
        assert all(read_token(token) for token in tokens)
        assert await program.end(signal.SIGTERM) == 0

    _play(tmp_path, play)
