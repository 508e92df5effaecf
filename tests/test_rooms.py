"""The rooms: who may import whom, and that importing does nothing."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "adapters", "scheduler", "storage")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}

# contract, the room that offends, and the import that breaks it
OFFENCES = [
    ("engine", "bot/engine", "bot.words"),
    ("engine", "bot/engine", "structlog"),
    ("engine", "bot/engine", "time"),
    ("exercises", "bot/exercises", "bot.words"),
    ("exercises", "bot/exercises", "bot.commands"),
    ("exercises", "bot/commands", "bot.exercises"),
    ("exercises", "bot/commands", "pydantic"),
    ("words", "bot/words", "bot.app"),
    ("words", "bot/words", "bot.wiring.rooms"),
    ("words", "bot/words", "bot.router"),
    ("words", "bot/words", "storage"),
    ("outer-rooms", "adapters/playground", "storage"),
    ("outer-rooms", "storage", "scheduler"),
    ("inward", "bot", "adapters"),
    ("inward", "bot", "storage.store"),
    ("program", "scheduler", "bot.app"),
    ("program", "bot/wiring", "bot.app"),
    ("wiring", "bot", "bot.wiring.rooms"),
    ("wiring", "scheduler", "bot.wiring.telegram"),
    ("web", "adapters", "starlette"),
    ("web", "bot/wiring", "uvicorn"),
    ("database", "scheduler", "sqlalchemy"),
    ("calendars", "adapters", "icalendar"),
    ("pictures", "bot/words", "matplotlib"),
    ("pages", "bot/words", "jinja2"),
    ("jobs", "bot", "apscheduler"),
    ("languages", "adapters/playground", "babel"),
    ("figures", "bot/wiring", "prometheus_client"),
    ("platforms", "adapters/playground", "telegram"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms alone, in a place where they may be spoiled."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=_all_but_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _all_but_code(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_file() and not name.endswith(".py")]


def _lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache", *chosen]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_rooms_are_kept(copy: Path) -> None:
    """The code as it is breaks no contract."""
    outcome = _lint(copy)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(("contract", "room", "imported"), OFFENCES)
def test_a_contract_notices_its_offence(copy: Path, contract: str, room: str, imported: str) -> None:
    """One import in the wrong room breaks the contract of that room."""
    (copy / room / "offence.py").write_text(f"import {imported}\n")
    outcome = _lint(copy, contract)
    assert outcome.returncode == 1, outcome.stdout
    assert f"{CONTRACTS[contract]['name']} BROKEN" in outcome.stdout
    assert f"{room.replace('/', '.')}.offence -> {imported}" in outcome.stdout


def test_every_contract_is_broken_once() -> None:
    """No contract is there that nothing has ever broken."""
    assert {contract for contract, _, _ in OFFENCES} == set(CONTRACTS)


@pytest.mark.parametrize("contract", ["engine", "exercises"])
def test_every_dependency_is_kept_out(contract: str) -> None:
    """A dependency added later is forbidden to the inner rooms, too."""
    wanted = {line.split(">")[0] for line in SETTINGS["project"]["dependencies"]}
    modules = {
        module
        for module, sources in packages_distributions().items()
        if wanted & {re.sub("[_.]", "-", source.lower()) for source in sources} and module.isidentifier()
    }
    assert len(modules) >= len(wanted)
    assert modules - set(CONTRACTS[contract]["forbidden_modules"]) == set()


# Reports every file opened for writing, folder made, database, connection or program, as it happens.
WATCHED_IMPORT = """
import importlib, os, pkgutil, sys
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
EFFECTS = {"os.mkdir", "sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen", "os.system"}
def watch(event, details):
    if event in EFFECTS or (event == "open" and isinstance(details[2], int) and details[2] & WRITES):
        print(event, details)
root, *rooms = sys.argv[1:]
sys.path.insert(0, root)
sys.addaudithook(watch)
SDKS = ("telegram", "discord")
later = []
for room in rooms:
    importlib.import_module(room)
    for module in pkgutil.walk_packages([f"{root}/{room}"], f"{room}."):
        # Alembic runs this file itself, in the middle of a migration.
        if module.name.startswith(tuple(f"adapters.{sdk}." for sdk in SDKS)):
            later.append(module.name)
        elif module.name != "storage.migrations.env":
            importlib.import_module(module.name)
print(*sorted({*SDKS, "matplotlib"} & set(sys.modules)), end="")
for name in later:
    importlib.import_module(name)
"""


def test_importing_has_no_effect(tmp_path: Path) -> None:
    """Every module is imported with an empty environment: nothing is written, opened, said or connected."""
    command = [sys.executable, "-B", "-c", WATCHED_IMPORT, str(ROOT), *ROOMS]
    empty = {"PATH": "/usr/bin:/bin"}
    outcome = subprocess.run(command, cwd=tmp_path, env=empty, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_a_start_loads_what_it_needs() -> None:
    """The driver of a database that is not set, and what brings schemas up, would take a sixth of a second."""
    code = "import sys, bot.app; print(*sorted({'alembic', 'matplotlib', 'psycopg'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "\n"
