"""The whole program with a token: a process of its own, and the double that it talks to over real HTTP."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.clock import SystemClock
from tests.browser.programs import ROOT
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.judge import judge
from tests.doubles.telegram.objects import Posted
from tests.doubles.telegram.server import serving

PATIENCE = 45.0  # seconds for all of it


@dataclass
class Running:
    """A process, what it wrote, and the server that it talks to."""

    double: Double
    folder: Path
    settings: dict[str, str]
    arguments: tuple[str, ...] = ("-m", "bot")
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it."""
        environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **self.settings}
        with (self.folder / "log.txt").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *self.arguments, cwd=self.folder, env=environment, stdout=log, stderr=log
            )

    async def end(self, by: signal.Signals) -> int:
        """Ends it; its exit code."""
        assert self.process is not None
        self.process.send_signal(by)
        return await self.process.wait()

    @property
    def log(self) -> str:
        """What it wrote."""
        return (self.folder / "log.txt").read_text()


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[Running]:
    """The program, started. At the end the double has nothing to complain of."""
    async with ready(Double(SystemClock().now), folder, PATIENCE, **settings) as program:
        await program.start()
        yield program


@asynccontextmanager
async def ready(double: Double, folder: Path, patience: float, **settings: str) -> AsyncIterator[Running]:
    """The program, not yet started, and the double, which serves."""
    async with serving(double) as server, asyncio.timeout(patience):
        mine = {"DATA_DIR": str(folder), "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": server, **settings}
        program = Running(double, folder, mine)
        try:
            yield program
        finally:
            if program.process is not None and program.process.returncode is None:
                program.process.kill()
                await program.process.wait()
    assert double.complaints == []
    assert judge(double) > 0
    assert TOKEN not in program.log


def buttons_of(posted: Posted) -> list[str]:
    """What the buttons under a message carry."""
    keyboard = posted.keyboard or {"inline_keyboard": []}
    return [
        button["callback_data"] for row in keyboard["inline_keyboard"] for button in row if "callback_data" in button
    ]
