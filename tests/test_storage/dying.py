"""A rotation of the key file that is killed at each of its moments in turn: `dying.py FOLDER`.

FOLDER/start holds keys.db and vault.key. For each moment a copy of it is made, and a process of its own rotates it and
ends itself by SIGKILL just before the n-th call that reaches the disk. What it leaves is in FOLDER/1, FOLDER/2, …; the
last of them was not killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

from storage import keytables
from storage.database import Database
from storage.rotating import rotate_file

FILES = {"open", "fsync", "replace", "unlink", "close"}  # of `os`
OBJECTS = {"sqlite3", "_io"}  # whose methods are all counted


def rotated(folder: Path) -> None:
    """The whole of a rotation, its database opened and closed."""
    with closing(Database(folder / "keys.db", keytables.metadata, keytables.REVISION)) as database:
        rotate_file(database, folder / "vault.key")


class Death:
    """Comes before the n-th call that reaches the disk."""

    def __init__(self, at: int) -> None:
        """None was made yet."""
        self.left = at

    def __call__(self, frame: FrameType, event: str, what: Any) -> None:
        """The interpreter tells of a call."""
        if event == "c_call" and _reaches_the_disk(what):
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _reaches_the_disk(what: Any) -> bool:
    owner = getattr(what, "__self__", None)
    if owner is os or getattr(owner, "__name__", "") == "posix":
        return what.__name__ in FILES
    return type(owner).__module__ in OBJECTS


def _is_killed(folder: Path, at: int) -> bool:
    child = os.fork()
    if child == 0:
        sys.setprofile(Death(at))
        rotated(folder)
        sys.setprofile(None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    where, moment = Path(sys.argv[1]), 1
    while _is_killed(shutil.copytree(where / "start", where / str(moment)), moment):
        moment += 1
