"""Conversations as they are meant to go, one on Telegram and the other on Discord: one store, two real libraries."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from structlog.testing import capture_logs

from tests.playing.discord import DiscordPhones
from tests.playing.platforms import Phones, PlatformStage
from tests.playing.plays import Play
from tests.playing.script import read_script
from tests.playing.stages import Hands
from tests.playing.telegram import TelegramPhones
from tests.test_adapters.test_discord_transcripts import FILES, FOLDER

# What `make test` plays: an invitation across, a round with guess and follow-up, restarts, a time alone, a group.
FEW = {"first-ten-minutes", "guess", "space"}
BY_ONE = "group-by-one"  # a group in which one of the two is, on either side

WAYS = [("telegram", "telegram"), ("discord", "discord"), ("telegram", "discord")]


def _plays() -> list[ParameterSet]:
    """Each transcript, begun on either side; all but a few in `make soak`."""
    return [
        pytest.param(
            path,
            on,
            id=f"{path.stem}-{on}",
            marks=[] if (path.stem in FEW and on == "telegram") or path.stem == BY_ONE else [pytest.mark.soak],
        )
        for path in FILES
        if path.stem == BY_ONE or not read_script(path).has_group  # which is on one platform
        for on in ("telegram", "discord")
    ]


@pytest.mark.parametrize(("path", "on"), _plays())
def test_a_conversation_goes_as_written_across_platforms(path: Path, on: str) -> None:
    """What the bot says is what stands in the file, wherever whoever begins is."""
    _play(path, on, "discord" if on == "telegram" else "telegram")


@pytest.mark.soak
@pytest.mark.parametrize(
    "ways", [("telegram", "telegram"), ("discord", "discord"), ("telegram", "discord")], ids="-".join
)
@pytest.mark.parametrize("name", ["first-ten-minutes", "guess", "space", "village", BY_ONE])
def test_a_conversation_goes_on_after_a_restart_between_any_two_steps(name: str, ways: tuple[str, str]) -> None:
    """The program ends and starts again after everything that anybody does."""
    _play(FOLDER / f"{name}.txt", *ways, restless=True)


def _play(path: Path, first: str, others: str, *, restless: bool = False) -> None:
    script = read_script(path)

    async def play(folder: Path) -> None:
        clock = Hands(script.begins)
        make: dict[str, Callable[[Hands], Phones]] = {"telegram": TelegramPhones, "discord": DiscordPhones}
        phones = {name: make[name](clock) for name in {first, others}}
        stage = PlatformStage(clock, folder, {script.players[0].name: phones[first]}, phones[others], restless=restless)
        try:
            async with asyncio.timeout(150 if restless else 55):
                await Play(script, stage, clock).whole()
        finally:
            await stage.close()

    with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
        asyncio.run(play(Path(folder)))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
