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


@pytest.fixture
def server_place(tmp_path: Path, postgres: str) -> Place:
    """The same with a database in PostgreSQL: only its keys are in the folder."""
    return Place(tmp_path, ring("a"), postgres)


@pytest.fixture(params=["file", "postgres"])
def either(request: pytest.FixtureRequest, place: Place) -> Place:
    """A place for a database of each kind, where nothing was opened yet."""
    found: Place = request.getfixturevalue("server_place") if request.param == "postgres" else place
    return found


@pytest.fixture(params=["memory", "database", "postgres"])
def store(request: pytest.FixtureRequest, place: Place) -> Iterator[Memory]:
    """A store that knows Ana and Ben: in memory, in a file, in PostgreSQL."""
    if request.param == "memory":
        made = MemoryStore()
        meet(made)
        yield made
        return
    at: Place = request.getfixturevalue("server_place") if request.param == "postgres" else place
    opened = at.open()
    meet(opened)
    yield opened
    opened.close()
