"""A figure with its goal, and how figures are shown: medians, with the lowest and the highest round beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Show = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `met` is None where there is no goal."""

    what: str
    goal: str
    measured: str
    spread: str
    met: bool | None = None


def figure(
    what: str, rounds: Sequence[float], show: Show, *, goal: str = "", meets: Callable[[float], bool] | None = None
) -> Figure:
    """The median of some rounds, as text, held against a goal."""
    middle = median(rounds)
    spread = f"{show(min(rounds))} – {show(max(rounds))}" if len(rounds) > 1 else ""
    return Figure(what, goal, show(middle), spread, meets(middle) if meets else None)


def microseconds(seconds: float) -> str:
    """A short time."""
    return f"{seconds * 1e6:,.1f} µs" if seconds < 100e-6 else f"{seconds * 1e6:,.0f} µs"


def milliseconds(value: float) -> str:
    """A time that somebody might notice."""
    return f"{value * 1e3:,.1f} ms"


def seconds(value: float) -> str:
    """A time that somebody waits for."""
    return f"{value:.2f} s"


def rate(value: float) -> str:
    """So many a second."""
    return f"{value:,.0f}/s"


def share(value: float) -> str:
    """A part of the raw floor's rate."""
    return f"1/{1 / value:.1f}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table in Markdown."""
    verdict = {None: "–", True: "met", False: "**not met**"}
    rows = [f"| {f.what} | {f.goal or '–'} | {f.measured} | {f.spread or '–'} | {verdict[f.met]} |" for f in figures]
    return "\n".join(
        ["| what | goal | measured | lowest – highest round | goal is |", "| --- | --- | --- | --- | --- |", *rows]
    )
