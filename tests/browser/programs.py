"""Programs that serve the playground, started for a test and ended after it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
START = 20.0  # seconds that a start may take on a slow machine


@dataclass
class Program:
    """A program of ours on a port of its own; `start` again after `kill` or `stop`."""

    command: Sequence[str]
    folder: Path
    port: int = field(default_factory=lambda: free_port())
    settings: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it is ready."""
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = {**plain, "PYTHONPATH": str(ROOT), **self.settings}
        command = [sys.executable, *(word.format(folder=self.folder, port=self.port) for word in self.command)]
        with (self.folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        self._wait()

    def stop(self) -> int:
        """Asks it to end; returns its exit code."""
        return self.end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.end(signal.SIGKILL)

    def end(self, by: signal.Signals) -> int:
        """Ends it by a signal; returns its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(by)
        try:
            return process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    @property
    def number(self) -> int:
        """The process's id. Raises `ValueError` when it does not run."""
        if self._process is None:
            raise ValueError("the program does not run")
        return self._process.pid

    @property
    def log(self) -> str:
        """What it wrote."""
        return (self.folder / "log.txt").read_text()

    def _wait(self) -> None:
        until = time.monotonic() + START
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.address}/readyz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"it did not get ready:\n{self.log}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def echo(folder: Path, *more: str) -> Program:
    """The playground with an echo in place of the bot."""
    return Program([str(ROOT / "tests/browser/echo.py"), "{folder}", "{port}", *more], folder)


def leeway(folder: Path, **more: str) -> Program:
    """The whole of Leeway, as `make run` starts it; with `more` settings."""
    port = free_port()
    settings = {
        "DATA_DIR": str(folder),
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(port),
        "PLAYGROUND": "1",
        **more,
    }
    return Program(["-m", "bot"], folder, port, settings)
