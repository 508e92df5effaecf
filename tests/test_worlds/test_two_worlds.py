"""Non-interference: whatever Ana answers in private, all that reaches others is the same, and at the same times."""

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.engine.exercise import Scope
from bot.wiring.rooms import library
from tests.test_bot.phones import content
from tests.test_worlds.plays import Play
from tests.test_worlds.tells import TELLS

CHUNKS, MANY_CHUNKS, PLAYS = 5, 400, 50  # of plays, so that they can run side by side
STEPS, MANY_STEPS = 9, 18
Note = Callable[[str, object], None]


@pytest.mark.trust
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nobody_s_world_differs(chunk: int, record_property: Note) -> None:
    """Plays in two worlds that differ only in what Ana answered in private, or whether she did."""
    _holds(chunk, STEPS, record_property)


@pytest.mark.soak
@pytest.mark.parametrize("chunk", range(CHUNKS, CHUNKS + MANY_CHUNKS))
def test_nobody_s_world_differs_in_many_longer_plays(chunk: int, record_property: Note) -> None:
    """Others, and twice as long."""
    _holds(chunk, MANY_STEPS, record_property)


def _holds(chunk: int, steps: int, note: Note) -> None:
    with capture_logs():
        plays = [Play(seed, steps) for seed in range(chunk * PLAYS, (chunk + 1) * PLAYS)]
        found = [account for play in plays if (account := play.find()) is not None]
    note("two worlds: plays", len(plays))
    note("two worlds: messages to others compared", sum(play.compared for play in plays))
    note("two worlds: differences found", len(found))
    assert not found, "\n\n".join([f"{len(found)} of {PLAYS} plays differ; the shortest:", *sorted(found, key=len)[:1]])


def test_every_conversation_says_what_it_tells() -> None:
    """A new conversation of one's own is in these worlds, or says that each answer of it may tell something."""
    alone = {name for name, c in library(content(), "UTC", {}).conversations.items() if c.scope is Scope.ALONE}
    assert alone == set(TELLS)
