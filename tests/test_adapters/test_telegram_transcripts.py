"""Conversations as they are meant to go, on Telegram: over real HTTP, through the real library."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from structlog.testing import capture_logs

from tests.doubles.telegram.judge import judge
from tests.playing.platforms import PlatformStage
from tests.playing.plays import Play
from tests.playing.script import read_script
from tests.playing.stages import Hands
from tests.playing.telegram import TelegramPhones

FOLDER = Path(__file__).parents[1] / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))
# What `make test` plays: an invitation and its link, presses, a block, restarts, odd letters, a group.
FEW = {"first-ten-minutes", "blocked", "buttons", "group-through", "odd-letters", "restarts"}


def _plays() -> list[ParameterSet]:
    """Each transcript; all but a few in `make soak`."""
    return [pytest.param(p, id=p.stem, marks=[] if p.stem in FEW else [pytest.mark.soak]) for p in FILES]


@pytest.mark.parametrize("path", _plays())
def test_a_conversation_goes_as_written_on_telegram(path: Path) -> None:
    """What the bot says is what stands in the file."""
    _play(path)


@pytest.mark.parametrize("name", ["pass-by-one", "buttons"])
def test_t04_what_is_delivered_twice_counts_once(name: str) -> None:
    """Every update comes once more, after it was confirmed: nobody notices."""
    _play(FOLDER / f"{name}.txt", times=2)


def _play(path: Path, times: int = 1) -> None:
    script = read_script(path)

    async def play(folder: Path) -> TelegramPhones:
        clock = Hands(script.begins)
        phones = TelegramPhones(clock, times)
        stage = PlatformStage(clock, folder, {}, phones)
        try:
            async with asyncio.timeout(50):
                await Play(script, stage, clock).whole()
        finally:
            await stage.close()
        return phones

    with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
        phones = asyncio.run(play(Path(folder)))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
    assert judge(phones.double) > 0
