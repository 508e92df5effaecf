"""The store's own thread: what somebody waits for goes before what is merely due, one thing at a time."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from bot.errors import StoreError

Result = TypeVar("Result")
Work = tuple[Callable[[], Any], Future[Any]]


class Writer:
    """A thread with two queues. Making one starts the thread; `close` ends it."""

    def __init__(self) -> None:
        """Starts the thread."""
        self._replies: deque[Work] = deque()
        self._bulk: deque[Work] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    async def reply(self, work: Callable[[], Result]) -> Result:
        """Does it before everything in the other queue, and returns its result or raises its error."""
        return await asyncio.wrap_future(self._add(self._replies, work))

    async def bulk(self, work: Callable[[], Result]) -> Result:
        """Does it when nobody waits for a reply, and returns its result or raises its error."""
        return await asyncio.wrap_future(self._add(self._bulk, work))

    async def close(self) -> None:
        """Does all that was asked for, then ends the thread. Whatever comes later raises `StoreError`."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        await asyncio.to_thread(self._thread.join)

    def _add(self, queue: deque[Work], work: Callable[[], Result]) -> Future[Result]:
        future: Future[Result] = Future()
        with self._changed:
            if self._closed:
                raise StoreError("the store is closed")
            queue.append((work, future))
            self._changed.notify()
        return future

    def _run(self) -> None:
        while (item := self._next()) is not None:
            _do(*item)

    def _next(self) -> Work | None:
        """The next work; None when the thread is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._replies or self._bulk or self._closed)
            queue = self._replies or self._bulk
            return queue.popleft() if queue else None


def _do(work: Callable[[], Any], future: Future[Any]) -> None:
    if future.set_running_or_notify_cancel():
        try:
            future.set_result(work())
        except BaseException as error:  # whoever asked for it gets it, whatever it is
            future.set_exception(error)
