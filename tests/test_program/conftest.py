"""The whole program, as it is started by hand: real processes, real files, real signals."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.programs import ROOT, Program, leeway
from tests.test_program.hands import Hands


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it said."""

    code: int
    said: str

    @property
    def lines(self) -> list[str]:
        """What it said, line by line."""
        return self.said.splitlines()


Run = Callable[..., Ended]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The whole of Leeway, not yet started."""
    made = leeway(tmp_path)
    yield made
    made.stop()
    assert "Traceback" not in made.log


@pytest.fixture
def hands(program: Program) -> Iterator[Hands]:
    """Ana's and Ben's hands at a program that runs."""
    program.start()
    with Hands(program) as both:
        yield both


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the program with arguments and settings, and waits until it ends; no traceback is ever said."""

    def run(*arguments: str, settings: Mapping[str, str]) -> Ended:
        command = [sys.executable, "-m", "bot", *arguments]
        environment = {"PYTHONPATH": str(ROOT), **settings}
        ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=20)
        assert "Traceback" not in ended.stdout + ended.stderr, ended.stderr
        return Ended(ended.returncode, ended.stdout + ended.stderr)

    return run
