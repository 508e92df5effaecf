"""A store that the tests of the command line copy, look into and spoil."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from storage.keyring import key_ring
from storage.store import open_store
from tests.test_storage.parts import meet


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in which Ana and Ben are, not in use: for whoever makes a copy of it."""
    folder = tmp_path_factory.mktemp("made")
    with closing(open_store(folder / "leeway.db", folder / "keys.db", key_ring("", folder / "vault.key"))) as store:
        meet(store)
    return folder
