"""The two commands: what they install is locked, and what they read is explained."""

import os
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-browser.lock"]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
DIRECT = {
    "requirements.lock": SETTINGS["project"]["dependencies"],
    "requirements-dev.lock": SETTINGS["project"]["dependencies"] + SETTINGS["dependency-groups"]["dev"],
    "requirements-browser.lock": SETTINGS["dependency-groups"]["browser"],
}


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_hashes_alone(lock: str) -> None:
    """A lock names no address, no option and no path of the machine it was made on."""
    shape = re.compile(r"[a-z0-9-]+==\S+( ; [^/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in (ROOT / lock).read_text().splitlines() if not shape.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_every_direct_dependency(lock: str) -> None:
    """What pyproject.toml asks for is pinned."""
    wanted = {re.split(r"[<>=]", line)[0] for line in DIRECT[lock]}
    assert wanted - set(_pins(lock)) == set()


def test_the_locks_agree() -> None:
    """What is tested is what runs: all locks pin the same versions."""
    developing = _pins("requirements-dev.lock")
    assert _pins("requirements.lock").items() <= developing.items()
    browsing = _pins("requirements-browser.lock")
    assert {name: developing.get(name, pin) for name, pin in browsing.items()} == browsing


def test_the_licence_is_there() -> None:
    """Anyone may use, change and pass on Leeway."""
    assert (ROOT / "LICENSE").read_text().startswith("MIT License\n\nCopyright (c) 2026 The Leeway authors\n")


def test_the_whole_check_is_one_program() -> None:
    """.ci/run can be started by name."""
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_setting_is_explained() -> None:
    """.env.example has each setting, below one line that says why it is there."""
    from bot.settings import Settings

    lines = (ROOT / ".env.example").read_text().splitlines()
    explained = {
        found[1]
        for above, line in pairwise(lines)
        if (found := re.match(r"#? ?([A-Z][A-Z0-9_]*)=", line)) and re.match(r"# \S", above)
    }
    assert {name.upper() for name in Settings.model_fields} - explained == set()
