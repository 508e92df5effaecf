"""A store that the tests of the command line copy, look into and spoil."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from storage.keyring import key_ring
from storage.store import SqlStore, open_store
from tests.test_bot.copies import Copies
from tests.test_storage.parts import meet


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in which Ana and Ben are, not in use: for whoever makes a copy of it."""
    folder = tmp_path_factory.mktemp("made")
    with closing(open_store(folder / "leeway.db", folder / "keys.db", key_ring("", folder / "vault.key"))) as store:
        meet(store)
    return folder


@pytest.fixture
def copies(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copies:
    """Ana and Ben are in the store."""
    monkeypatch.chdir(tmp_path)
    copies = Copies(tmp_path)
    copytree(made, copies.data)
    return copies


@pytest.fixture(scope="session")
def one_copy(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store and a copy of it."""
    copies = Copies(tmp_path_factory.mktemp("copied"))
    copytree(made, copies.data)
    copies.backs_up()
    return copies.data.parent


@pytest.fixture
def copied(one_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copies:
    """They were copied; DATA_DIR is empty."""
    monkeypatch.chdir(tmp_path)
    copytree(one_copy, tmp_path, dirs_exist_ok=True)
    copies = Copies(tmp_path)
    copies.moves("empty")
    return copies


@pytest.fixture
def running(copies: Copies) -> Iterator[SqlStore]:
    """The store is in use."""
    store = copies.open()
    yield store
    store.close()
