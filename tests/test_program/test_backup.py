"""A copy is made while the program runs, and a conversation goes on from it to its end, elsewhere."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from scheduler.clock import SystemClock
from tests.browser.programs import ROOT
from tests.doubles.telegram.double import Double
from tests.doubles.telegram.program import Running, ready
from tests.doubles.telegram.rig import ANA
from tests.test_bot.copies import Copies
from tests.test_program.test_power_cuts_telegram import ANA1, BEN, BEN1, Ahead, Street, first_round
from tests.test_storage.parts import meet

SEALED = 7  # steps of the first round: Ana's answer is sealed, and Ben has the question


async def _command(program: Running, *words: str) -> str:
    """What `python -m bot` says, beside the program or after it."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **program.settings}
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", *words)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=program.folder, env=environment, stdout=pipe, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def _whole(folder: Path) -> tuple[Street, str]:
    double = Double(SystemClock().now)
    async with ready(double, folder, 100, DATA_DIR=str(folder / "data")) as program:
        street = Street(program, Ahead(), Random(1))
        await program.start()
        said = ""
        for number, (act, shows) in enumerate(first_round(street), 1):
            act()
            await double.until(shows)
            if number == SEALED:
                said = await _command(program, "doctor")
                said += await _command(program, "backup", "copy", "--keys", "keys")
                await program.end(signal.SIGKILL)
                program.settings["DATA_DIR"] = str(folder / "elsewhere")
                said += await _command(program, "restore", "copy", "--keys", "keys")
                await program.start()
        await double.all_confirmed()
        assert await program.end(signal.SIGTERM) == 0
        assert "Traceback" not in program.log
    return street, said


@pytest.mark.timeout(120)
def test_a_conversation_goes_on_from_a_copy(tmp_path: Path) -> None:
    """Ana's answer is sealed in it; it opens for Ben when his is in, and the two settle their evening. Beside the
    running program, `doctor` finds nothing wrong. What the commands say has none of their words."""
    street, said = asyncio.run(_whole(tmp_path))
    assert street.said(BEN, ANA1)
    assert street.said(ANA, BEN1)
    assert said.count("its keys open what 2 people wrote") == 3
    assert "Telegram: knows this token" in said
    assert not any(word in said for word in (ANA1, ANA.name, BEN.name))
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {"leeway.db"}
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {"keys.db", "vault.key"}


def test_a_copy_that_was_ended(tmp_path: Path) -> None:
    """Whoever looks at the exit code knows whether there is one; half of one is not left behind."""
    copies = Copies(tmp_path)
    with closing(copies.open()) as store:
        meet(store)
    command = [sys.executable, "-m", "bot", "backup", str(copies.folder), "--keys", str(copies.keys)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **copies.settings}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE) as process:
        while process.poll() is None and not copies.folder.exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGTERM)
    there = [folder for folder in (copies.folder, copies.keys) if folder.exists()]
    left = {path.name for folder in there for path in folder.iterdir()}
    assert left == (set() if process.returncode else {"leeway.db", "keys.db", "vault.key"})
