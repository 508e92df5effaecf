"""A town of three with a phone each; Ben is the one who pries."""

import pytest

from tests.test_bot.phones import Phone, Town


@pytest.fixture
def town() -> Town:
    """Ana, Ben and Eve, none of whom has written yet."""
    return Town()


@pytest.fixture
def ana(town: Town) -> Phone:
    """Ana's phone, in Lisbon."""
    return town.ana


@pytest.fixture
def ben(town: Town) -> Phone:
    """Ben's phone, in Berlin."""
    return town.ben
