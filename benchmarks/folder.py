"""A folder on a real disk, for as long as something is measured there."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from storage.keyring import KEY_BYTES, KeyRing
from storage.store import SqlStore, open_store

# /tmp may lie in memory; /var/tmp outlives a restart (Filesystem Hierarchy Standard 3.0, 5.15)
ON_DISK = Path("/var/tmp")
RING = KeyRing.parse(f"bench:{base64.b64encode(bytes(KEY_BYTES)).decode()}")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is removed afterwards."""
    with TemporaryDirectory(prefix="leeway-bench-", dir=ON_DISK if ON_DISK.is_dir() else None) as made:
        yield Path(made)


def store_in(where: Path) -> SqlStore:
    """The real store, with both its files in that folder."""
    return open_store(where / "leeway.db", where / "keys.db", RING)


def flush_seconds(times: int = 200) -> float:
    """What the disk takes to keep a page: the median of some fdatasync calls."""
    with folder() as where, (where / "page").open("wb", buffering=0) as page:
        return sorted(_flush(page.fileno()) for _ in range(times))[times // 2]


def _flush(file: int) -> float:
    os.pwrite(file, os.urandom(4096), 0)
    begun = perf_counter()
    os.fdatasync(file)
    return perf_counter() - begun
