"""The whole program with a token: a process of its own, and the double that it talks to over real HTTP and a real
WebSocket."""

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
from tests.doubles.discord.double import TOKEN, Double
from tests.doubles.discord.objects import Posted
from tests.doubles.discord.server import serving

PATIENCE = 45.0  # seconds for all of it


@dataclass
class Running:
    """A process, what it wrote, and the server that it talks to."""

    double: Double
    folder: Path
    settings: dict[str, str]
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it."""
        environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **self.settings}
        with (self.folder / "log.txt").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", cwd=self.folder, env=environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Cuts its power, now."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()

    async def ended(self) -> int:
        """Its exit code, once it has ended."""
        assert self.process is not None
        return await self.process.wait()

    async def end(self, by: signal.Signals) -> int:
        """Ends it; its exit code."""
        assert self.process is not None
        self.process.send_signal(by)
        return await self.ended()

    @property
    def log(self) -> str:
        """What it wrote."""
        return (self.folder / "log.txt").read_text()


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[Running]:
    """The program, started. At the end the double has nothing to complain of, and no log has the token."""
    double = Double(SystemClock().now)
    async with serving(double) as site, asyncio.timeout(PATIENCE):
        mine = {"DATA_DIR": str(folder), "DISCORD_BOT_TOKEN": TOKEN}
        mine |= {"DISCORD_API_BASE": site.rest, "DISCORD_GATEWAY_URL": site.gateway}
        program = Running(double, folder, mine | settings)
        await program.start()
        try:
            yield program
        finally:
            program.kill()
            await program.ended()
    assert double.complaints == []
    assert TOKEN not in program.log


def buttons_of(posted: Posted) -> list[str]:
    """What the buttons under a message carry."""
    return [part["custom_id"] for row in posted.components for part in row["components"]]
