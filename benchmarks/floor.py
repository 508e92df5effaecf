"""The raw floor: what this disk and this Python give when a turn is no more than load, append an answer, save."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from concurrent.futures import Future
from pathlib import Path

from benchmarks.audit import ANSWER, QUESTIONS

SESSIONS = 1_000

Waiting = tuple[int, Future[None]]


class Floor:
    """Plain sqlite3 with synchronous=FULL on one thread; what waits at the same time shares a commit.

    Work comes and goes as with the store's writer, a future for each, so that only the work differs.
    """

    def __init__(self, path: Path) -> None:
        """Makes the file, with a thousand sessions in it, and starts the thread."""
        self._waiting: list[Waiting] = []
        self._changed = threading.Condition()
        self._closed = False
        self._connection = _opened(path)
        self._thread = threading.Thread(target=self._run, name="floor", daemon=True)
        self._thread.start()

    async def update(self, session: int) -> None:
        """Adds an answer to that session; returns once it is committed."""
        done: Future[None] = Future()
        with self._changed:
            self._waiting.append((session, done))
            self._changed.notify()
        await asyncio.wrap_future(done)

    async def close(self) -> None:
        """Ends the thread and closes the file."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        await asyncio.to_thread(self._thread.join)
        self._connection.close()

    def _run(self) -> None:
        while group := self._next():
            self._connection.execute("BEGIN IMMEDIATE")
            for session, _ in group:
                self._append(session)
            self._connection.execute("COMMIT")
            for _, done in group:
                done.set_result(None)

    def _next(self) -> list[Waiting]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            group, self._waiting = self._waiting, []
            return group

    def _append(self, session: int) -> None:
        (state,) = self._connection.execute("SELECT state FROM session WHERE id = ?", (session,)).fetchone()
        answers = json.loads(state)
        if len(answers) == QUESTIONS:
            answers.clear()
        answers[f"why.{len(answers)}"] = {"value": ANSWER, "by": session, "at": 0}
        self._connection.execute("UPDATE session SET state = ? WHERE id = ?", (json.dumps(answers), session))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE session (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO session VALUES (?, '{}')", ((n,) for n in range(SESSIONS)))
    connection.execute("COMMIT")
    return connection
