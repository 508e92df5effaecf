"""A town of three with a phone each, in memory and on a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.keyring import key_ring
from storage.store import SqlStore, open_store
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


@pytest.fixture
def eve(town: Town) -> Phone:
    """Eve's phone, in Lisbon; nobody's partner."""
    return town.eve


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlStore]:
    """The store on files, empty."""
    store = open_store(tmp_path / "leeway.db", tmp_path / "keys.db", key_ring("", tmp_path / "vault.key"))
    yield store
    store.close()
