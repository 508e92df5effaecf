"""Whatever Ana writes in private, or in an answer that never opens, is in nothing that leaves the program but hers."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot.logs import Redacted, configure
from tests.test_worlds.marked import MarkedPlay

CHUNKS, MANY_CHUNKS, PLAYS = 5, 400, 50  # of plays, so that they can run side by side
STEPS, MANY_STEPS = 9, 18
Logged = Callable[[], str]
Note = Callable[[str, object], None]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    """All lines that are logged from DEBUG on, as the program writes them; each call says what is new."""
    lines, before, root = io.StringIO(), structlog.get_config(), logging.getLogger()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(Redacted("%(name)s: %(message)s"))
    monkeypatch.setattr(sys, "stderr", lines)
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.setattr(root, "level", logging.DEBUG)
    configure("DEBUG")

    def fresh() -> str:
        text = lines.getvalue()
        lines.seek(0)
        lines.truncate()
        return text

    yield fresh
    structlog.configure(**before)


@pytest.mark.trust
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_word_is_where_it_must_not_be(chunk: int, logged: Logged, record_property: Note) -> None:
    """Messages to others, tokens, file names, log lines, tracebacks, reprs; and hers only where she is shown hers."""
    _holds(chunk, STEPS, logged, record_property)


@pytest.mark.soak
@pytest.mark.parametrize("chunk", range(CHUNKS, CHUNKS + MANY_CHUNKS))
def test_no_word_is_where_it_must_not_be_in_many_longer_plays(
    chunk: int, logged: Logged, record_property: Note
) -> None:
    """Others, and twice as long."""
    _holds(chunk, MANY_STEPS, logged, record_property)


def _holds(chunk: int, steps: int, logged: Logged, note: Note) -> None:
    found, written = list[str](), 0
    with asyncio.Runner() as runner:
        for seed in range(chunk * PLAYS, (chunk + 1) * PLAYS):
            play = MarkedPlay(seed, logged, runner)
            found += play.play(steps)[:1]
            written += play.written
    note("marked words: plays", PLAYS)
    note("marked words: typed", written)
    note("marked words: found where they must not be", len(found))
    assert written > PLAYS
    assert not found, "\n\n".join([f"{len(found)} of {PLAYS} plays; the shortest:", *sorted(found, key=len)[:1]])
