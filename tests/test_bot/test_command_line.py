"""The command line: what it says, its exit codes, and that nothing starts when something has to be mended first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
KNOWN = ("DATA_DIR", "VAULT_KEYS", "TIME_ZONE", "HTTP_HOST", "HTTP_PORT", "LOG_LEVEL")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, and an environment that sets nothing."""
    monkeypatch.chdir(tmp_path)
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program, as somebody would run it."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=50, check=False)


@pytest.mark.parametrize("arguments", [(), ("due", "--at", "2027-01-03T19:00+01:00")])
def test_wrong_settings_end_with_two_and_start_nothing(bare: Path, arguments: tuple[str, ...]) -> None:
    """Every mistake is on standard error, and no file was made."""
    done = _run(*arguments, HTTP_PORT="none", TIME_ZONE="Mars")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert done.stdout == ""
    assert list(bare.iterdir()) == []


def test_wrong_keys_end_with_two(bare: Path) -> None:
    """So do keys of the wrong form, and the sentence does not show them."""
    done = _run(VAULT_KEYS="a:c2VjcmV0")
    assert done.returncode == 2
    assert "VAULT_KEYS" in done.stderr
    assert "c2VjcmV0" not in done.stderr


def test_due_runs_once_and_counts() -> None:
    """On a fresh folder nothing is due."""
    done = CliRunner().invoke(main, ["due", "--at", "2027-01-03T19:00+01:00"])
    assert done.exit_code == 0
    assert done.output.endswith("0 due by 2027-01-03T19:00:00+01:00.\n")


@pytest.mark.parametrize("at", ["", "sunday", "2027-13-01T00:00+00:00", "2027-01-03T25:00+01:00", "now"])
def test_a_time_that_is_none_is_explained(at: str) -> None:
    """The form is shown; exit code 2."""
    done = CliRunner().invoke(main, ["due", "--at", at])
    assert done.exit_code == 2
    assert "should look like 2027-01-03T19:00+01:00" in done.output


@pytest.mark.parametrize("at", ["2027-01-03", "2027-01-03T19:00"])
def test_a_time_without_an_offset_is_refused(at: str) -> None:
    """Nine o'clock where? It has to be said."""
    done = CliRunner().invoke(main, ["due", "--at", at])
    assert done.exit_code == 2
    assert "needs its offset" in done.output


def test_due_needs_a_time() -> None:
    """There is no default: nobody runs the future by accident."""
    assert CliRunner().invoke(main, ["due"]).exit_code == 2


def test_check_finds_the_content_sound() -> None:
    """What Leeway ships with has no mistakes."""
    done = CliRunner().invoke(main, ["check"])
    assert (done.exit_code, done.output) == (0, "Content and catalogues are sound.\n")


def test_check_ends_with_one_and_names_file_and_line(bare: Path) -> None:
    """A spoilt deck is named on standard error."""
    shutil.copytree(ROOT / "bot", bare / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("adapters", "scheduler", "storage"):
        (bare / room).symlink_to(ROOT / room)
    deck = bare / "bot" / "content" / "decks" / "curiosity.en.toml"
    deck.write_text(deck.read_text().replace("depth = 1", "depth = 9", 1))
    done = _run("check", PYTHONPATH=str(bare))
    assert done.returncode == 1
    assert "curiosity.en.toml:" in done.stderr


def test_an_unknown_command_is_explained() -> None:
    """Exit code 2, with the usage."""
    done = CliRunner().invoke(main, ["dance"])
    assert done.exit_code == 2
    assert "No such command" in done.output


def test_help_needs_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for help gets it, whatever has to be mended."""
    monkeypatch.setenv("HTTP_PORT", "none")
    done = CliRunner().invoke(main, ["--help"])
    assert done.exit_code == 0
    assert "closeness" in done.output
