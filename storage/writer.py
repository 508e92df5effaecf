"""The store's own thread: what somebody waits for goes before what is merely due, and what waits together shares a
commit."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Final, TypeVar

from bot.errors import StoreError

Result = TypeVar("Result")
Work = tuple[Callable[[], Any], Future[Any]]

AT_ONCE: Final = 20  # works that share a commit at most: whoever comes next waits for all of them


class Writer:
    """A thread with two queues. Making one starts the thread; `close` ends it."""

    def __init__(self, together: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        """Starts the thread. What waits at the same time in one queue is done inside `together`; nobody hears of
        their own before that is over."""
        self._together = together
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
        while (queue := self._next()) is not None:
            group = list[Work]()
            most = AT_ONCE if len(queue) > 1 else 1  # what waits alone has a commit of its own anyway
            try:
                with self._together() if most > 1 else nullcontext():
                    ends = [_attempt(work) for work, _ in self._begun(queue, group, most)]
            except StoreError:  # nothing was kept; what spoils the commit may be in one of them alone
                ends = [_attempt(work) for work, _ in group or self._begun(queue, group, most)]
            for (_, future), end in zip(group, ends, strict=True):
                end(future)

    def _next(self) -> deque[Work] | None:
        """The queue that comes next; None when the thread is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._replies or self._bulk or self._closed)
            return self._replies or self._bulk or None

    def _begun(self, queue: deque[Work], group: list[Work], most: int) -> Iterator[Work]:
        """What waits in a queue, at most so much, one after the other, and noted in the group."""
        while len(group) < most and (item := self._another(queue, bool(group))) is not None:
            if item[1].set_running_or_notify_cancel():
                group.append(item)
                yield item

    def _another(self, queue: deque[Work], begun: bool) -> Work | None:
        """The next of a group; none when it has begun, is of what is due, and somebody waits for a reply."""
        with self._changed:
            is_over = begun and queue is self._bulk and self._replies
            return None if is_over or not queue else queue.popleft()


def _attempt(work: Callable[[], Any]) -> Callable[[Future[Any]], None]:
    """Does it; how it ended is for whoever asked for it, whatever it is."""
    try:
        return partial(Future.set_result, result=work())
    except BaseException as error:
        return partial(Future.set_exception, exception=error)
