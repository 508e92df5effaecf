"""The menu: per language and place, sent when it changed, and never in the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.telegram.menu import Menu, fingerprint
from bot.commanding import COMMANDS
from bot.wiring.telegram import telegram_menus
from bot.words.content import load_content
from tests.doubles.telegram.double import Double
from tests.doubles.telegram.methods import RefusedError
from tests.doubles.telegram.rig import ANA, Rig, rig

ENGLISH = Menu("", (("help", "What there is"), ("stop", "Leave")), (("help", "What there is"),), "About.", "Short.")
GERMAN = Menu("de", (("help", "Was es gibt"),), (), "Worum es geht.", "Kurz.")
EIGHT = ("curious", "village", "space", "near", "rhythm", "help", "safety", "stop")


def _start(memory: Path, *menus: Menu, fault: RefusedError | None = None) -> Double:
    """The double after a start with these menus; the bot hears all the same."""

    async def whole() -> Double:
        async with rig(menus, memory) as at_work:
            if fault is not None:
                at_work.double.faults["setMyDescription"].append(fault)
            at_work.double.says(ANA, "hello")
            await at_work.all_heard()
            await _settled(at_work, memory, menus)
            return at_work.double

    return asyncio.run(whole())


async def _settled(rig: Rig, memory: Path, menus: tuple[Menu, ...]) -> None:
    """The menu is shown beside the first polls: until it is remembered, or nothing has been asked for a while."""
    quiet = before = 0
    while quiet < 10 and not _is_remembered(memory, fingerprint(rig.double.robot.id, menus)):
        quiet = quiet + 1 if before == len(rig.double.requests) else 0
        before = len(rig.double.requests)
        await asyncio.sleep(0.1)


def _is_remembered(memory: Path, menus: str) -> bool:
    return memory.is_file() and memory.read_text() == menus


def test_t22_each_language_and_place_has_its_menu(tmp_path: Path) -> None:
    """Private chats and groups, everybody's and the language's own; and what stands on the card."""
    menus = _start(tmp_path / "menu", ENGLISH, GERMAN).menus
    assert menus == {
        ("setMyCommands/all_private_chats", ""): [
            {"command": "help", "description": "What there is"},
            {"command": "stop", "description": "Leave"},
        ],
        ("setMyCommands/all_group_chats", ""): [{"command": "help", "description": "What there is"}],
        ("setMyCommands/all_private_chats", "de"): [{"command": "help", "description": "Was es gibt"}],
        ("setMyCommands/all_group_chats", "de"): None,
        ("setMyDescription", ""): "About.",
        ("setMyDescription", "de"): "Worum es geht.",
        ("setMyShortDescription", ""): "Short.",
        ("setMyShortDescription", "de"): "Kurz.",
    }


def test_t22_what_is_shown_is_not_sent_again(tmp_path: Path) -> None:
    """Only when a word of it changed."""
    assert _start(tmp_path / "menu", ENGLISH).menus != {}
    assert _start(tmp_path / "menu", ENGLISH).menus == {}
    assert _start(tmp_path / "menu", GERMAN).menus != {}
    assert fingerprint(1, [ENGLISH]) != fingerprint(2, [ENGLISH])


def test_t22_a_refused_menu_stops_nothing(tmp_path: Path) -> None:
    """One line in the log; the next start tries again."""
    with capture_logs() as logs:
        _start(tmp_path / "menu", ENGLISH, fault=RefusedError(429, "Too Many Requests", retry_after=900))
    assert [log["event"] for log in logs] == ["telegram.menu"]
    assert ("setMyDescription", "") in _start(tmp_path / "menu", ENGLISH).menus


def test_t22_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """It is shown, and will be once more."""
    with capture_logs() as logs:
        assert _start(tmp_path / "nowhere" / "menu", ENGLISH).menus != {}
    assert [log["event"] for log in logs] == ["telegram.menu"]


def test_t22_the_menu_has_what_there_is() -> None:
    """Of the eight commands those that exist, in their order; in groups fewer; each in a few words."""
    for menu in telegram_menus(load_content()):
        assert [name for name, _ in menu.private] == [name for name in EIGHT if name in COMMANDS]
        assert [name for name, _ in menu.groups] == [n for n in ("curious", "help", "ask") if n in COMMANDS]
        assert all(1 <= len(words) <= 60 for _, words in menu.private)
        assert len(menu.about) <= 512
        assert len(menu.short) <= 120


@pytest.mark.parametrize("word", ["therapy", "crisis", "/safety"])
def test_t22_an_empty_chat_says_what_leeway_is_not(word: str) -> None:
    """Before anybody presses Start."""
    assert word in telegram_menus(load_content())[0].about
