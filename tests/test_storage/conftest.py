"""The stores that the tests are played on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.memory import MemoryStore
from tests.test_storage.parts import Memory, Place, meet, ring


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder where nothing was opened yet."""
    return Place(tmp_path, ring("a"))


@pytest.fixture(params=["memory", "database"])
def store(request: pytest.FixtureRequest, place: Place) -> Iterator[Memory]:
    """A store that knows Ana and Ben, once in memory and once on a database."""
    if request.param == "memory":
        made = MemoryStore()
        meet(made)
        yield made
        return
    opened = place.open()
    meet(opened)
    yield opened
    opened.close()
