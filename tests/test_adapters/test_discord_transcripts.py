"""Conversations as they are meant to go, on Discord: over real HTTP and a real WebSocket, through the real library."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from structlog.testing import capture_logs

from tests.playing.discord import DiscordPhones
from tests.playing.platforms import PlatformStage
from tests.playing.plays import Play
from tests.playing.script import read_script
from tests.playing.stages import Hands

FOLDER = Path(__file__).parents[1] / "transcripts"
OTHERWISE = {
    "blocked": "a block is heard of by a delivery alone",
    "discreet-waiting": "messages can be taken out again for ever",
    "export": "so can files",
}
FILES = [path for path in sorted(FOLDER.glob("*.txt")) if path.stem not in OTHERWISE]
# What `make test` plays: an invitation and its code, edits, replies, restarts, selects, odd letters.
FEW = {"first-ten-minutes", "back", "buttons", "odd-letters", "replies", "restarts", "village"}


def _plays() -> list[ParameterSet]:
    """Each transcript; all but a few in `make soak`."""
    return [pytest.param(p, id=p.stem, marks=[] if p.stem in FEW else [pytest.mark.soak]) for p in FILES]


@pytest.mark.parametrize("path", _plays())
def test_a_conversation_goes_as_written_on_discord(path: Path) -> None:
    """What the bot says is what stands in the file."""
    script = read_script(path)

    async def play(folder: Path) -> None:
        clock = Hands(script.begins)
        stage = PlatformStage(clock, folder, {}, DiscordPhones(clock))
        try:
            async with asyncio.timeout(50):
                await Play(script, stage, clock).whole()
        finally:
            await stage.close()

    with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
        asyncio.run(play(Path(folder)))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
