"""Two worlds over the wire: whatever Ana answers in private, the servers are asked for the same for everybody else, and
none of her words leaves for anybody but her."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.playing.discord import DiscordPhones
from tests.playing.platforms import Phones, PlatformStage
from tests.playing.plays import Play
from tests.playing.script import Entry, Script, read_text
from tests.playing.stages import Hands
from tests.playing.telegram import TelegramPhones

HEAD = """couple ana (en, playground, Europe/Lisbon) and ben (en, playground, Europe/Berlin)
friday 20:00
"""
# What Ana writes and taps differs in the two worlds; how often she does so does not: messages are numbered.
PRIVATE = """
ana          /village
ana          [{need}]
ana          [calm]
ana          [being held]
ana          [practical help]
ana          {words} one
ana          [{carrier}]
ana          [someone else]
ana          [{carrier}]
ana          [myself]
ana          [nobody yet]
ana          /ask {words} two?
ana          [into the jar]
ana          /settings quiet
ana          {hours}
ana          /curious
ana          {words} three
ana          {words} four
"""
GROUP = """
ana to group /help
ana to group [that's me]
ben          [yes, it is ours]
ana to group /curious
ana          {words} five
ana to group {asks}
ana to group /settings
ana to group [open answers here, too]
ben          [open answers there, too]
"""
LATER = """
+2 hours
ben          /curious
ben          /help
+1 day
"""
MARK = "zebra"
ONE = {
    "need": "belonging", "carrier": "my partner", "words": f"{MARK} apples", "hours": "22:00 to 08:00",
    "asks": "/village",
}  # fmt: skip
OTHER = {
    "need": "adventure", "carrier": "nobody yet", "words": f"{MARK} oranges", "hours": "23:00 to 07:00",
    "asks": "/history",
}  # fmt: skip
MAKE: dict[str, Callable[[Hands], Phones]] = {"telegram": TelegramPhones, "discord": DiscordPhones}


@pytest.mark.trust
@pytest.mark.parametrize(
    ("first", "others", "text"),
    [
        pytest.param("telegram", "telegram", PRIVATE + GROUP + LATER, id="telegram", marks=pytest.mark.soak),
        pytest.param("discord", "discord", PRIVATE + GROUP + LATER, id="discord", marks=pytest.mark.soak),
        pytest.param("telegram", "discord", PRIVATE + GROUP + LATER, id="across, the group on Telegram"),
        pytest.param("discord", "telegram", PRIVATE + GROUP + LATER, id="across, the group on Discord"),
    ],
)
def test_nobody_else_s_wire_differs(first: str, others: str, text: str) -> None:
    """Everything that is said to Ben and in the group, when, and all that the servers are asked to do for it."""
    worlds = []
    for values in (ONE, OTHER):
        with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
            worlds.append(asyncio.run(_played(HEAD + text.strip().format(**values), first, others, Path(folder))))
        assert MARK not in json.dumps(logs, default=str)
    (heard, asked), (heard_there, asked_there) = worlds
    assert heard == heard_there
    assert asked == asked_there
    assert len(asked) > 5
    assert MARK not in json.dumps(asked)
    assert [entry for entry in heard if MARK in entry.shown] == []


async def _played(text: str, first: str, others: str, folder: Path) -> tuple[list[Entry], list[Any]]:
    """Plays it; what everybody but Ana heard, with when, and what the servers were asked for them."""
    script: Script = read_text(text, Path("worlds.txt"))
    clock = Hands(script.begins)
    phones = {name: MAKE[name](clock) for name in {first, others}}
    stage = PlatformStage(clock, folder, {"ana": phones[first]}, phones[others])
    play, heard = Play(script, stage, clock), list[Entry]()
    try:
        async with asyncio.timeout(50):
            await play.begin()
            for step in script.steps:
                told = await play.step(step)
                heard += [Entry("", str(clock.at)), *(entry for entry in told if entry.to not in {"ana", ""})]
    finally:
        await stage.close()
    return heard, [asked for each in phones.values() for asked in _asked(each)]


def _asked(phones: Phones) -> list[Any]:
    """What a server was asked for others than Ana, chat by chat: who of several is written to first is chance, and so
    are the numbers of their messages."""
    if isinstance(phones, TelegramPhones):
        asked = [
            [request.method, {name: value for name, value in request.fields.items() if name != "message_id"}]
            for request in phones.double.requests
            if int(request.fields.get("chat_id", 1)) != 1
        ]
        return sorted(asked, key=lambda each: int(each[1]["chat_id"]))
    assert isinstance(phones, DiscordPhones)
    mine = {channel for channel, user in phones._users.items() if user == 1}
    theirs = [posted for posted in phones.double.bots if posted.channel not in mine]
    return [[posted.content, posted.components] for posted in sorted(theirs, key=lambda posted: posted.channel)]
