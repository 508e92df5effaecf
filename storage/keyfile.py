"""The key file on the disk: replaced as a whole or not at all, and never lost by a power cut."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

_ASIDE = re.compile(r"\.[0-9a-f]{8}")


def save(path: Path, text: str) -> None:
    """Replaces the file by one with that text, for its owner alone; on the disk when this returns. Raises `OSError`."""
    path = path.resolve()  # what a link leads to is replaced, not the link
    # written aside and renamed, so that a crash never leaves half a key
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    settle(path.parent)


def sweep(path: Path) -> None:
    """Removes what was written aside and, by a crash, never renamed. Raises `OSError`."""
    path = path.resolve()
    for left in path.parent.glob(f"{path.name}.*"):
        if _ASIDE.fullmatch(left.name.removeprefix(path.name)):
            left.unlink()


def settle(folder: Path) -> None:
    """Makes a rename in that folder outlast a power cut."""
    if os.name == "nt":  # there a folder cannot be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
