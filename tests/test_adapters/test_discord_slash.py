"""Discord's slash commands: what there is fits, and is told to Discord when it changed."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from discord.app_commands import AppCommandContext
from structlog.testing import capture_logs

from adapters.discord import slash
from adapters.discord.slash import Slash, Words, fingerprint
from bot.commanding import COMMANDS
from bot.wiring.discord import discord_commands
from bot.words.content import load_content
from tests.doubles.discord.double import Broken, Double, Failing, Fault, Limited, RefusedError
from tests.doubles.discord.rig import ANA, SLASH, Rig, in_haste, rig

# https://docs.discord.com/developers/interactions/application-commands#application-command-object
NAME, DESCRIPTION, MOST, WHOLE = re.compile(r"[-_\w]{1,32}"), 100, 100, 8000
ONLY_BUTTONS = {"calendar", "lines", "group", "jar", "takeout", "unsay", "unsaid", "exported", "over"}
PUT = "PUT /applications/{application}/commands"
OTHER = Slash({"help": Words("Other words")}, {}, SLASH.privately, SLASH.pulled)


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _everything() -> Slash:
    return discord_commands(load_content())


async def _asked(rig: Rig) -> None:
    """Once the commands were told, or there was nothing to tell; it hears all the same."""
    await rig.adapter.caught_up.wait()
    rig.double.says(ANA, "hello")
    await rig.deeds(1)
    await asyncio.sleep(0.05)


async def _identified(rig: Rig, some: int) -> None:
    await rig.double.until(lambda: len(rig.double.identifies) == some)


def _start(memory: Path, commands: Slash = SLASH, *faults: Fault) -> Double:
    """The double after a start with these commands."""

    async def whole() -> Double:
        async with rig(memory, commands) as at_work:
            at_work.double.faults[PUT].extend(faults)
            at_work.run()
            await _asked(at_work)
            return at_work.double

    return asyncio.run(whole())


# ---- D12, D13, D14: all that there is


def test_what_a_channel_is_told_is_no_secret() -> None:
    """Of all commands, help alone is answered where everybody reads it."""
    assert _everything().openly == {"help"}


def _told(commands: Slash) -> list[dict[str, Any]]:
    """As Discord is told."""
    return _start(Path("/nowhere/at/all"), commands).commands


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Every command of ours as the double has it, which is stricter than the server."""
    return _told(_everything())


def test_d13_every_command_that_can_be_typed_is_there(told: list[dict[str, Any]]) -> None:
    """But for those that only buttons give."""
    assert {command["name"] for command in told} == set(COMMANDS) - ONLY_BUTTONS
    assert set(COMMANDS) >= ONLY_BUTTONS
    assert len(told) <= MOST


def test_d13_every_name_and_description_fits(told: list[dict[str, Any]]) -> None:
    """Those of what stands behind a command, too, in every language."""
    for each in (part for command in told for part in (command, *command.get("options", []))):
        assert NAME.fullmatch(each["name"])
        assert each["name"] == each["name"].lower()
        for description in (each["description"], *each.get("description_localizations", {}).values()):
            assert 1 <= len(description) <= DESCRIPTION
            assert description.strip() == description
    assert len(str(told)) < WHOLE * len(told)


def test_d12_each_says_where_it_is_and_for_whom(told: list[dict[str, Any]]) -> None:
    """In servers, in direct messages with the bot, and in those of others; for servers and for people."""
    for command in told:
        assert sorted(command["contexts"]) == [0, 1, 2]
        assert sorted(command["integration_types"]) == [0, 1]


def test_what_stands_behind_a_command_may_be_left_out(told: list[dict[str, Any]]) -> None:
    """One text at most."""
    behind = {command["name"]: command["options"] for command in told if command.get("options")}
    assert {"start", "pair", "ask"} <= behind.keys()
    for options in behind.values():
        (option,) = options
        assert option["type"] == 3
        assert not option.get("required")


def test_d14_each_language_has_its_words(told: list[dict[str, Any]]) -> None:
    """English stands there as the source; German for whoever reads German."""
    languages = {language for command in told for language in command.get("description_localizations") or {}}
    known = set(load_content().catalogue.languages) - {"en"}
    assert {language.partition("-")[0] for language in languages} >= known
    assert all(command["description"] for command in told)


def test_d14_a_language_has_its_words_in_all_its_countries() -> None:
    """What is not there is the source's."""
    words = Words("Begin", {"de": "Anfangen", "es": "Empezar", "pt-BR": "Começar"})
    assert [words.of(each) for each in ("de", "es-ES", "es-419", "pt-BR", "fr")] == [
        "Anfangen",
        "Empezar",
        "Empezar",
        "Começar",
        None,
    ]
    (start,) = _told(Slash({"start": words}, {"start": words}, SLASH.privately, SLASH.pulled))
    expected = {"de": "Anfangen", "es-ES": "Empezar", "es-419": "Empezar", "pt-BR": "Começar"}
    assert start["description_localizations"] == expected
    assert start["options"][0]["description_localizations"] == expected


# ---- D13, D16: when Discord is told


def test_d13_what_is_known_is_not_told_again(tmp_path: Path) -> None:
    """Not after a restart; only when a word changed."""
    memory = tmp_path / "commands"
    assert _start(memory).syncs == 1
    assert _start(memory).syncs == 0
    assert _start(memory, OTHER).syncs == 1
    assert _start(memory).syncs == 1


@pytest.mark.parametrize(
    "other",
    [
        Slash(SLASH.commands, {}, SLASH.privately, SLASH.pulled),
        Slash({**SLASH.commands, "stop": Words("Leave")}, SLASH.arguments, SLASH.privately, SLASH.pulled),
        Slash(
            {**SLASH.commands, "help": Words("What there is", {"de": "Anderes"})},
            SLASH.arguments,
            SLASH.privately,
            SLASH.pulled,
        ),
    ],
)
def test_d13_every_change_is_one(other: Slash) -> None:
    """An option, a command, a word of another language; and another application."""
    assert fingerprint(1, other) != fingerprint(1, SLASH) == fingerprint(1, SLASH)
    assert fingerprint(2, SLASH) != fingerprint(1, SLASH)


def test_d16_a_new_connection_tells_nothing(tmp_path: Path) -> None:
    """However often one is made."""

    async def whole() -> None:
        async with rig(tmp_path / "commands") as at_work:
            await at_work.ready()
            for some in (2, 3, 4):
                at_work.double.push("MESSAGE_CREATE", None)
                await _identified(at_work, some)
            assert len(at_work.double.made(PUT)) == 1

    asyncio.run(whole())


@pytest.mark.parametrize(
    "fault",
    [
        RefusedError(400, 50035, "Invalid Form Body", {"0": {"_errors": [{"code": "X", "message": "no"}]}}),
        RefusedError(403, 50001, "Missing Access"),
        RefusedError(400, 30034, "Max number of daily application command creates has been reached (200)"),
        Limited(3600),
        Limited(2, via=False),
        Broken(done=False),
        Failing(503, done=False),
    ],
)
def test_d12_commands_that_are_refused_stop_nothing(tmp_path: Path, fault: Fault) -> None:
    """One warning; the bot hears all the same, and the next start tries again."""
    memory = tmp_path / "commands"
    with capture_logs() as logs:
        _start(memory, SLASH, *[fault] * 2)
    assert {(log["event"], log["log_level"]) for log in logs} == {("discord.commands", "warning")}
    assert not memory.exists()
    assert _start(memory).syncs == 1


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """They are told, and will be once more."""
    with capture_logs() as logs:
        assert _start(tmp_path / "nowhere" / "commands").syncs == 1
    assert [log["event"] for log in logs] == ["discord.commands"]


# ---- what stands with what is shown in answer to a command


def test_d06_the_words_on_the_form_fit() -> None:
    """In every language: on a button, and over a form."""
    pulled = _everything().pulled
    for words, most in ((pulled.write, 80), (pulled.form, 45)):
        assert all(1 <= len(said) <= most for said in (words.source, *words.by_language.values()))
    assert set(pulled.above) == {"start"}


def test_d12_where_commands_are_offered_is_told_when_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who had an earlier version has its commands in fewer places."""
    before = fingerprint(1, SLASH)
    monkeypatch.setattr(slash, "CONTEXTS", AppCommandContext(guild=True, dm_channel=True))
    assert fingerprint(1, SLASH) != before
