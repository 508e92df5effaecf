"""The table in docs/performance.md: what stands between the two marks is written by `python -m benchmarks --write`."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, microseconds, table
from benchmarks.folder import flush_seconds

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def machine() -> str:
    """The machine, how busy it was before (load average of a minute), and the versions, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, fdatasync {microseconds(flush_seconds())}, "
        f"load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def write(figures: Sequence[Figure], measured_on: str) -> None:
    """Puts the figures in the place of those before. Raises `ValueError` when the marks are gone."""
    page = PAGE.read_text("utf-8")
    block = f"{BEGIN}\n{datetime.now(UTC):%Y-%m-%d}: {measured_on}.\n\n{table(figures)}\n{END}"
    written, places = re.subn(f"{BEGIN}.*{END}", lambda _: block, page, flags=re.DOTALL)
    if places != 1:
        raise ValueError(f"{PAGE}: the two marks {BEGIN} and {END} must be there once")
    PAGE.write_text(written, "utf-8")
