"""Where pictures are drawn: on a thread of their own, one after the other, while everything else goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.pictures.draw import draw
from bot.pictures.drawings import Drawing
from bot.pictures.plate import Form

Made = TypeVar("Made")


class Studio:
    """The thread begins with the first picture."""

    def __init__(self) -> None:
        """Nothing is drawn yet."""
        self._thread = ThreadPoolExecutor(1, "pictures")

    async def draw(self, drawing: Drawing, form: Form = "png") -> bytes:
        """The picture. Raises what drawing it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(draw, drawing, form))

    async def make(self, work: Callable[[], Made]) -> Made:
        """Something that takes its time, like a file with pictures in it. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """What has not begun is not drawn."""
        self._thread.shutdown(wait=False, cancel_futures=True)
