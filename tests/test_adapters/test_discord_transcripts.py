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
from tests.playing.script import Script, read_script, read_text
from tests.playing.stages import Hands

FOLDER = Path(__file__).parents[1] / "transcripts"
OTHERWISE = {
    "blocked": "a block is heard of by a delivery alone",
    "discreet-waiting": "messages can be taken out again for ever",
    "export": "so can files",
}


def _is_otherwise(path: Path) -> bool:
    """Whether Discord differs there; also where somebody brings the bot to a group: who that is, it does not tell."""
    return path.stem in OTHERWISE or any(step.deed == "(brings the bot)" for step in read_script(path).steps)


FILES = [path for path in sorted(FOLDER.glob("*.txt")) if not _is_otherwise(path)]
# What `make test` plays: an invitation and its code, edits, replies, restarts, selects, odd letters, a group.
FEW = {"first-ten-minutes", "back", "buttons", "group-counted", "odd-letters", "replies", "restarts", "village"}


def _plays() -> list[ParameterSet]:
    """Each transcript; all but a few in `make soak`."""
    return [pytest.param(p, id=p.stem, marks=[] if p.stem in FEW else [pytest.mark.soak]) for p in FILES]


@pytest.mark.parametrize("path", _plays())
def test_a_conversation_goes_as_written_on_discord(path: Path) -> None:
    """What the bot says is what stands in the file."""
    _play(read_script(path))


# What nobody but Discord does: who brings the bot to a server is not told, and a server that is gone is gone for all.
BROUGHT = """
couple ana (en, discord, Europe/Lisbon) and ben (en, discord, Europe/Berlin)
friday 20:00
ana to group (takes the bot out)
bot says nothing
ana to group (brings the bot)
bot to group Leeway is for two people. If that is the two of you, each taps once.
             What is private is asked in each one's own chat with me, never here.
             [that's me]
ana to group [that's me]
bot to ana   (in the group, alone) Noted. It takes a tap from the other one, too.
bot to ben   …
             [yes, it is ours] [no]
ben          [yes, it is ours]
bot to ben   In the chat you share I only say when a question is open. No answers open there.
             [open answers there, too]
bot to group Good. Here I only say when a question is open; all else is between each of you and me.
             …
             [a curiosity question] [open answers here, too]
ana to group (lets the bot write no more)
ben to group /curious
bot to ben   …
bot to ana   …
ana to group (lets the bot write again)
restart
ben to group /help
bot to group Here I say when a question is open. What you answer stays in your own chats.
             …
             [a curiosity question] [open answers here, too]
ben to group (takes the bot out)
bot to ben   Leeway is no longer in the chat you share. Here everything goes on.
bot to ana   Leeway is no longer in the chat you share. Here everything goes on.
"""


def test_a_server_of_theirs_begins_and_ends() -> None:
    """Brought there, silenced, heard again, and taken out."""
    _play(read_text(BROUGHT.strip(), Path("brought.txt")))


@pytest.mark.soak
def test_a_group_goes_on_after_a_restart_between_any_two_steps() -> None:
    """The program ends and starts again after everything that anybody does."""
    _play(read_script(FOLDER / "group-counted.txt"), restless=True)


def _play(script: Script, *, restless: bool = False) -> None:
    async def play(folder: Path) -> None:
        clock = Hands(script.begins)
        stage = PlatformStage(clock, folder, {}, DiscordPhones(clock), restless=restless)
        try:
            async with asyncio.timeout(50):
                await Play(script, stage, clock).whole()
        finally:
            await stage.close()

    with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
        asyncio.run(play(Path(folder)))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
