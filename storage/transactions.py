"""What the store needs of a database, whichever it is: transactions."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Dialect


class Transactions(Protocol):
    """An open database with one connection, which one thread at a time may use, and no other program."""

    @property
    def dialect(self) -> Dialect:
        """How statements are written for it."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether several transactions are being made one."""
        ...

    def transaction(self) -> AbstractContextManager[Connection]:
        """Committed when the block ends, rolled back when it raises; inside `together`, both only as far as the block
        goes. Raises `StoreError`."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """The transactions in the block are committed at its end, all or none; each can still undo itself alone.
        Raises `StoreError`; then nothing of the block is kept."""
        ...

    def wipe_log(self) -> bool:
        """Does what it can so that what was deleted is in no file any more; False when that is to be tried again."""
        ...

    def close(self) -> None:
        """Closes it and lets other programs have it."""
        ...
