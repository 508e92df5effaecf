"""Conversations as they are meant to go, each played in several ways: every file in tests/transcripts is a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.playing.plays import Play
from tests.playing.script import Script, read_script
from tests.playing.stages import FreshStage, Hands, MemoryStage, Stage

FOLDER = Path(__file__).parent / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))

WAYS: dict[str, Callable[[Hands, Path], Stage]] = {
    "straight": lambda clock, folder: MemoryStage(clock),
    "fresh": FreshStage,
    "twice": lambda clock, folder: MemoryStage(clock, times=2),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(path: Path, way: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What the bot says is what stands in the file, in whatever way it is played."""
    script = read_script(path)
    with capture_logs() as logs:
        anew = asyncio.run(_played(script, way, tmp_path, request.config.getoption("--rewrite-transcripts")))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
    if anew:
        path.write_text(anew, encoding="utf-8")


async def _played(script: Script, way: str, folder: Path, rewrite: bool) -> str:
    clock = Hands(script.begins)
    stage = WAYS[way](clock, folder)
    try:
        play = Play(script, stage, clock)
        if rewrite and way == "straight":
            return await play.anew()
        await play.whole()
        return ""
    finally:
        await stage.close()
