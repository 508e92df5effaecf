"""A year of couples in twenty-five zones, on a clock that is moved: what must never happen does not happen once."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.words.content import load_content
from tests.simulating.fates import befall
from tests.simulating.findings import RULES, Finding, Lived, never_said
from tests.simulating.year import Year

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
FIRST, WEEKS = date(2027, 1, 4), 52
SHOWN = 3  # findings, each with its week


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak)])
def test_a_year(seed: int) -> None:
    """Thirty couples, half of them here: two clock changes, new starts, standstills, a partner who blocks the bot."""
    _holds(_lived(15, seed), seed)


@pytest.mark.soak
def test_a_year_of_a_thousand_couples() -> None:
    """The same, with all that seldom happens."""
    _holds(_lived(1000, 3), 3)


def _holds(lived: Lived, seed: int) -> None:
    assert never_said(lived) == []
    found = [finding for rule in RULES for human in lived.people.values() for finding in rule(lived, human)]
    assert not found, (
        f"seed {seed}, {len(found)} findings: {Counter(f.what.partition(':')[0] for f in found)}\n\n"
        + "\n\n".join(map(str, _by_kind(found)))
    )


def _by_kind(found: list[Finding]) -> list[Finding]:
    """The first of each kind, a few of them."""
    kinds = {finding.what.partition(":")[0]: finding for finding in reversed(found)}
    return [*kinds.values()][:SHOWN]


def _lived(couples: int, seed: int) -> Lived:
    async def live(folder: Path) -> Year:
        year = Year(folder, couples, seed)
        befall(year)
        await year.live(WEEKS)
        return year

    with (
        tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder,
        capture_logs() as logs,
    ):
        year = asyncio.run(live(Path(folder)))
    assert [log for log in logs if log["log_level"] in {"warning", "error"}] == []
    assert year.stage.double.complaints == []
    return Lived(year.people, year.rounds, load_content().wording, FIRST, FIRST + timedelta(weeks=WEEKS), year.until)
