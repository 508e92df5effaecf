"""Rows that were claimed in a commit of which nobody knows whether it was kept: the database went away over it.

Nobody was handed them, so they are not on their way, whatever the table says: the next claim puts them back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import bindparam, literal_column, update

from storage.straight import Straight
from storage.tables import metadata

OUTBOX = metadata.tables["outbox"]

_PUT_BACK = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("row"), OUTBOX.c.state == literal_column("'sending'"))
    .values(state="waiting")
)


class Doubts:
    """What was claimed and perhaps not kept, over one commit after the other."""

    def __init__(self) -> None:
        """There is none."""
        self._lost: set[int] = set()
        self._claimed: set[int] = set()
        self._returned: set[int] = set()

    @contextmanager
    def commit(self) -> Iterator[None]:
        """The transaction in the block is committed at its end: after that it is known what was kept, unless it
        raises."""
        try:
            yield
        except BaseException:
            self._lost |= self._claimed
            raise
        else:
            self._lost -= self._returned
        finally:
            self._claimed, self._returned = set(), set()

    def put_back(self, connection: Straight) -> None:
        """Lets go again what a lost commit may have claimed."""
        for row in self._lost - self._returned:
            connection.execute(_PUT_BACK, {"row": row})
        self._returned |= self._lost

    def claimed(self, row: int) -> None:
        """A row was claimed in the transaction."""
        self._claimed.add(row)
