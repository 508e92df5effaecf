"""The benchmarks run; what they find is no test's business."""

import subprocess
import sys
from pathlib import Path

from benchmarks.page import BEGIN, END, PAGE

ROOT = Path(__file__).resolve().parent.parent


def test_everything_is_measured_once() -> None:
    """A small run goes through the engine, the store, the tick, a start, an evening and a crowd: a line for each."""
    small = [sys.executable, "-m", "benchmarks", "--small"]
    run = subprocess.run(small, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)
    assert run.returncode == 0, run.stderr
    named = ("engine alone", "raw floor", "durable turns", "idle tick", "start", "20 couples due", "a reply behind")
    for what in named:
        assert f"\n| {what}" in run.stdout


def test_the_page_keeps_the_place_of_the_table() -> None:
    """`--write` finds its two marks in docs/performance.md."""
    page = PAGE.read_text("utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
