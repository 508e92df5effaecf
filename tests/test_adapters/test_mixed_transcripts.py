"""Conversations as they are meant to go, one on Telegram and the other on Discord: one store, two real libraries."""

from __future__ import annotations

import asyncio
import tempfile
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
from tests.test_adapters.test_discord_transcripts import FILES

# What `make test` plays: an invitation across, a round with guess and follow-up, restarts, a rhythm, a time alone.
FEW = {"first-ten-minutes", "guess", "restarts", "space", "leave-now"}


def _plays() -> list[ParameterSet]:
    """Each transcript, begun on either side; all but a few in `make soak`."""
    return [
        pytest.param(
            path, on, id=f"{path.stem}-{on}", marks=[] if path.stem in FEW and on == "telegram" else [pytest.mark.soak]
        )
        for path in FILES
        for on in ("telegram", "discord")
    ]


@pytest.mark.parametrize(("path", "on"), _plays())
def test_a_conversation_goes_as_written_across_platforms(path: Path, on: str) -> None:
    """What the bot says is what stands in the file, wherever whoever begins is."""
    script = read_script(path)

    async def play(folder: Path) -> None:
        clock = Hands(script.begins)
        here: dict[str, Phones] = {"telegram": TelegramPhones(clock), "discord": DiscordPhones(clock)}
        mine = here.pop(on)
        (other,) = here.values()
        stage = PlatformStage(clock, folder, {script.players[0].name: mine}, other)
        try:
            async with asyncio.timeout(55):
                await Play(script, stage, clock).whole()
        finally:
            await stage.close()

    with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
        asyncio.run(play(Path(folder)))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
