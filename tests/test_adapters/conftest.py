"""Phones in memory, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.phones import Phones
from tests.test_adapters.site import Desk, Site


@pytest.fixture
def desk() -> Desk:
    """A clock that stands at a time."""
    return Desk()


@pytest.fixture
def phones() -> Iterator[Phones]:
    """Two empty phones."""
    made = Phones(":memory:")
    yield made
    made.close()


@pytest.fixture
def playground(phones: Phones, desk: Desk) -> Playground:
    """The adapter over two empty phones."""
    return Playground(phones, desk)


@pytest.fixture
def site(phones: Phones, desk: Desk) -> Site:
    """The page's server over two empty phones."""
    return Site(phones, desk)
