"""Conversations as they are meant to go, each played in several ways: every file in tests/transcripts is a test."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from structlog.testing import capture_logs

from bot.events import Typed
from tests.playing.crashes import CrashStage, Fate
from tests.playing.losses import StormyStage, Weather
from tests.playing.playground import PlaygroundStage
from tests.playing.plays import ASIDE, ForgivingPlay, Play
from tests.playing.script import GROUP, Player, Script, Step, read_script
from tests.playing.searching import FoundError, SearchedStage
from tests.playing.stages import Hands, MemoryStage, ServerStage, Stage

FOLDER = Path(__file__).parent / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))

POSTGRES = "postgres"
WAYS: dict[str, Callable[[Hands, Path], Stage]] = {
    "straight": lambda clock, folder: MemoryStage(clock),
    "fresh": SearchedStage,
    "playground": PlaygroundStage,
    "twice": lambda clock, folder: MemoryStage(clock, times=2),
}


MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
PHONES = {"ana", "ben"}  # the playground has no more
PEOPLE = {"ana": 1, "ben": 2, "eva": 3}  # who can be in its group
NOT_THERE = "# (not on the playground)"
NOT_IN_ITS_GROUP = {"(makes it a supergroup)", "(gives a command as nobody)"}  # only Telegram knows that


def _fits_the_phones(script: Script) -> bool:
    people = {player.name: player.user for player in script.players}
    steps = script.steps
    chats = {step.who for step in steps if step.who and not step.in_group} | {
        entry.to for step in steps for entry in step.expected if entry.to and not entry.shown.startswith(ASIDE)
    }
    if script.couple:
        chats |= {player.name for player in script.players[:2]}
    fits = people.items() <= PEOPLE.items() and chats <= {*PHONES, GROUP} and NOT_THERE not in script.head
    return fits and not any(step.in_group and step.deed in NOT_IN_ITS_GROUP for step in steps)


IN_GERMAN = "-in-german"  # the same conversations in other words: of their ways, `make test` takes the straight one
# Of each other way `make test` takes every so manieth conversation, from one on; `make soak` takes all.
TAKEN = {"fresh": (4, 0), "playground": (5, 0), "twice": (9, 1), POSTGRES: (9, 2)}


def _marks(path: Path, way: str, number: int) -> tuple[pytest.MarkDecorator, ...]:
    """Which run takes a conversation in a way."""
    every, first = TAKEN.get(way, (1, 0))
    if number % every != first or (way != "straight" and path.stem.endswith(IN_GERMAN)):
        return (pytest.mark.soak,)
    return (pytest.mark.trust,) if way == "fresh" else ()


def _plays() -> list[ParameterSet]:
    """Each transcript in each way that it can be played in."""
    return [
        pytest.param(path, way, id=f"{path.stem}-{way}", marks=_marks(path, way, number))
        for number, path in enumerate(FILES)
        for way in (*WAYS, POSTGRES)
        if way != "playground" or _fits_the_phones(read_script(path))
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory where there is such a place: what is tested is not the disk."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as made:
        yield Path(made)


@pytest.mark.parametrize(("path", "way"), _plays())
def test_a_conversation_goes_as_written(
    path: Path, way: str, folder: Path, record_property: Callable[[str, object], None], request: pytest.FixtureRequest
) -> None:
    """What the bot says is what stands in the file, in whatever way it is played."""
    script, clock = read_script(path), Hands(read_script(path).begins)
    if way == POSTGRES:
        stage: Stage = ServerStage(clock, folder, request.getfixturevalue("postgres"))
    else:
        stage = WAYS[way](clock, folder)
    with capture_logs() as logs:
        rewrite = way == "straight" and bool(request.config.getoption("--rewrite-transcripts"))
        anew = asyncio.run(_played(script, stage, clock, rewrite))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
    if anew:
        path.write_text(anew, encoding="utf-8")
    if isinstance(stage, SearchedStage):
        record_property("files on disk: conversations after which they were read", 1)
        record_property("files on disk: times that one was read", stage.read)
        record_property("files on disk: pieces of typed words looked for", stage.sought)


async def _played(script: Script, stage: Stage, clock: Hands, rewrite: bool) -> str:
    try:
        play = Play(script, stage, clock)
        if rewrite:
            return await play.anew()
        await play.whole()
        return ""
    finally:
        await stage.close()


@pytest.mark.parametrize("typed", ["Quince jelly", "Quittengel\u00e9e", "\u200f\U0001fae5 quinces"])
@pytest.mark.parametrize("written", [str, json.dumps])
def test_what_lies_open_in_a_file_is_found(typed: str, written: Callable[[str], str], folder: Path) -> None:
    """A typed word that gets into a table unsealed does not pass, also when it is deleted in the same turn."""
    stage = SearchedStage(Hands(0), folder)
    stage.event(Player("ana", 1, "en", "UTC"), Typed(typed, ""), 0)
    with closing(stage._files):
        with closing(sqlite3.connect(folder / "leeway.db", isolation_level=None)) as other:
            other.execute("INSERT INTO seen VALUES (?, 0)", (f"before {written(typed)} after",))
            other.execute("DELETE FROM seen")
        with pytest.raises(FoundError, match=r"leeway\.db-wal: "):
            asyncio.run(stage.restart())


def test_the_first_ten_minutes_are_short() -> None:
    """From the link to the opened answers: at most twelve things done, two of them typed, no command but Start."""
    script = read_script(FOLDER / "first-ten-minutes.txt")
    opened = next(n for n, step in enumerate(script.steps) if _readers_of_an_opening(step) == PHONES)
    deeds = [step.deed for step in script.steps[: opened + 1]]
    typed = [deed for deed in deeds if deed[0] not in "([/"]
    assert len(deeds) <= 12
    assert len(typed) == 2
    assert [deed for deed in deeds if deed.startswith("/")] == ["/start"]


def _readers_of_an_opening(step: Step) -> set[str]:
    return {entry.to for entry in step.expected if " wrote: " in entry.shown}


MORTAL = ("first-ten-minutes", "pass-by-one")  # `make soak` lets the program die in all of them
PARTS = 3
EVERY = (5, 3)  # commits


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", MORTAL)
def test_a_crash_loses_nothing(name: str, part: int) -> None:
    """Whenever the program dies: everything is said in the end, and nothing twice that is marked `once`."""
    script = read_script(FOLDER / f"{name}.txt")
    for at in range(1 + part, _moments(script) + 1, PARTS):
        assert _dying(script, at).moments >= at


@pytest.mark.parametrize("name", MORTAL)
def test_a_crash_loses_nothing_of_the_files(name: str, folder: Path) -> None:
    """The same over real files, at some of the moments."""
    script = read_script(FOLDER / f"{name}.txt")
    for at in range(1, _moments(script) + 1, 17):
        assert _dying(script, at, folder / f"{at}").moments >= at


def test_the_program_runs_over_postgresql(folder: Path, postgres: str) -> None:
    """With its threads and shared commits, as it is wired."""
    script = read_script(FOLDER / "first-ten-minutes.txt")
    clock = Hands(script.begins)
    asyncio.run(_played(script, PlaygroundStage(clock, folder, postgres), clock, rewrite=False))
    assert not (folder / "leeway.db").exists()


def _stormy() -> list[ParameterSet]:
    """Some in `make test`, all in `make soak`; but asides, which are not kept, go with an answer that was lost, and
    what somebody deletes goes when the database is there again."""
    some = [path for path in FILES if ASIDE not in path.read_text(encoding="utf-8")]
    marks = {True: (), False: (pytest.mark.soak,)}
    return [
        pytest.param(path, every, id=f"{path.stem}-{every}", marks=marks[path.stem == MORTAL[0] and every == EVERY[0]])
        for path in some
        for every in EVERY
        if "delete" not in path.stem
    ]


@pytest.mark.parametrize(("path", "every"), _stormy())
def test_a_database_that_goes_away_is_not_noticed(
    path: Path, every: int, folder: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever commit it happens at, and whether that was kept: all is said as written, and nothing twice."""
    monkeypatch.setattr("scheduler.sender.POLL", 0)
    script, clock, weather = read_script(path), Hands(read_script(path).begins), Weather(postgres, every)
    stage = StormyStage(clock, folder, weather)
    with capture_logs():
        asyncio.run(_played(script, stage, clock, rewrite=False))
    assert max(stage.loop.arrived.values()) == 1
    assert weather.losses > 0


@pytest.mark.soak
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_crash_loses_nothing_of_any(path: Path) -> None:
    """Every transcript, at every moment."""
    script = read_script(path)
    for at in range(1, _moments(script) + 1):
        assert _dying(script, at).moments >= at


def _moments(script: Script) -> int:
    return _dying(script, 0).moments


def _dying(script: Script, at: int, folder: Path | None = None) -> Fate:
    with capture_logs():
        stage = asyncio.run(_played_dying(script, at, folder))
    assert not [delivery for delivery in stage.fate.once if stage.loop.arrived[delivery] > 1]
    return stage.fate


async def _played_dying(script: Script, at: int, folder: Path | None) -> CrashStage:
    clock = Hands(script.begins)
    stage = CrashStage(clock, Fate(at), folder)
    try:
        await ForgivingPlay(script, stage, clock).whole()
    finally:
        await stage.close()
    return stage
