"""Non-interference: whatever Ana answers in private, all that reaches Ben is the same, and at the same times."""

import pytest

from bot.engine.exercise import Scope
from bot.wiring.rooms import library
from tests.test_bot.phones import content
from tests.test_worlds.worlds import TELLS, heard

PLAYS = 30


@pytest.mark.parametrize("seed", range(PLAYS))
def test_ben_s_world_is_the_same(seed: int) -> None:
    """Two plays that differ only in what Ana answered in private."""
    one, other = heard(seed)
    assert one == other


def test_every_conversation_says_what_it_tells() -> None:
    """A new conversation of one's own is in these worlds, or says that each answer of it may tell something."""
    alone = {name for name, c in library(content(), "UTC", {}).conversations.items() if c.scope is Scope.ALONE}
    assert alone == set(TELLS)
