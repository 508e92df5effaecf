"""What a log may say about an error: its place, never its message, which may hold what people typed."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_ROOMS: Final = frozenset({"bot", "adapters", "scheduler", "storage"})


def place(error: BaseException) -> str:
    """The innermost line of our own code that it came through, as "file:line"."""
    lines = list(_lines(error))
    ours = [line for line in lines if line.split("/", 1)[0] in _ROOMS]
    return (ours or lines or ["nowhere"])[-1]


def frames(error: BaseException) -> list[str]:
    """All the lines that it came through, outermost first, as "file:line"."""
    return list(_lines(error))


def _lines(error: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{_short(frame.f_code.co_filename)}:{line}"


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
