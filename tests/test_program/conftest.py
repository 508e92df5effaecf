"""The whole program, as it is started by hand: real processes, real files, real signals."""

from __future__ import annotations

import hashlib
import logging
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from tests.browser.programs import Program, leeway
from tests.test_program.hands import FIRST_ROUND, Hands, play


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
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command that soon ends, with arguments and settings, from the first line of the program's command line
    on; in this process, as a start of its own takes seconds. No error gets out of it."""
    monkeypatch.chdir(tmp_path)
    handlers, ending = logging.root.handlers[:], signal.getsignal(signal.SIGTERM)

    def run(*arguments: str, settings: Mapping[str, str]) -> Ended:
        ended = CliRunner().invoke(main, arguments, env=settings)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
        return Ended(ended.exit_code, ended.output)

    yield run
    logging.root.handlers[:] = handlers
    signal.signal(signal.SIGTERM, ending)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has begun; the program has ended well."""
    folder = tmp_path_factory.mktemp("begun")
    program = leeway(folder)
    program.start()
    with Hands(program) as hands:
        play(hands, *FIRST_ROUND[:3])
    program.end(signal.SIGINT)
    return folder / "playground"


@pytest.fixture
def data(begun: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return Path(shutil.copytree(begun, tmp_path / "playground"))


def prints(folder: Path) -> dict[str, str]:
    """A fingerprint of every file but the locks and SQLite's own short-lived ones."""
    files = [path for path in folder.iterdir() if path.suffix in {".db", ".key"}]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def in_one_sentence(ended: Ended, *words: str) -> None:
    """It ended for settings or files that have to be mended, and said so with these words and no more."""
    assert ended.code == 2, ended.said
    assert len(ended.lines) == 1, ended.said
    assert all(word in ended.said for word in words), ended.said
